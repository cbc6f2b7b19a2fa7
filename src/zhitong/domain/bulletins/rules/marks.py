"""Figures in a text: where a counted number stands, a person editing the words sees 【数:name】 in its place. Pure.

So a number bound to facts cannot be overwritten by hand, and one typed beside them is seen for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from zhitong.kit.official.shapes import Figure, Piece

MARK = re.compile(r"【数[:：]([^【】]{1,60})】")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.]*[%％]?")
_CITED = re.compile(
    r"〔\d{4}〕\s*\d+号|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}[:：]\d{2}|第\d+期|总第\d+期"
    r"|[一-鿿]-[一-鿿]+-\d{4}-\d+|^\s*\d{1,2}[.．、]|^\s*[（(]\d{1,2}[)）]",
    re.MULTILINE,
)
"""Numbers that count nothing: dates, numbers of papers and problems, and those at the head of a list."""


def mark(name: str) -> str:
    """The sign under which a figure stands in a text."""
    return f"【数:{name}】"


def marks_in(text: str) -> list[str]:
    """The names of the figures in a text, in order, each as often as it stands there."""
    return [name.strip() for name in MARK.findall(text)]


def lost(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The figures that stood in some texts and stand in none of the others, in order."""
    kept = {name for text in after for name in marks_in(text)}
    return list(dict.fromkeys(name for text in before for name in marks_in(text) if name not in kept))


def unknown(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """The marks that name no figure of the paper."""
    there = set(names)
    return list(dict.fromkeys(name for text in texts for name in marks_in(text) if name not in there))


def unbound(text: str) -> list[str]:
    """The numbers typed into a text that no figure stands behind."""
    plain = _CITED.sub("", MARK.sub("", text))
    return list(dict.fromkeys(_NUMBER.findall(plain)))


def pieces(text: str, figures: Mapping[str, Figure]) -> tuple[Piece, ...]:
    """A text as stretches of words and bound figures; a mark that names no figure stays as it is written."""
    found: list[Piece] = []
    end = 0
    for one in MARK.finditer(text):
        figure = figures.get(one[1].strip())
        if figure is not None:
            found += [text[end : one.start()], figure]
            end = one.end()
    return tuple(piece for piece in (*found, text[end:]) if piece != "")


def plainly(text: str, figures: Mapping[str, str]) -> str:
    """A text with every figure written out."""
    return MARK.sub(lambda one: figures.get(one[1].strip(), one[0]), text)
