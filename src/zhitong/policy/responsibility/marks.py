"""Marks of the page made alike, one for one, so that every offset stays true: （〔【［ are (, ： is :, NBSP is a space."""

from __future__ import annotations

from collections.abc import Iterator

OPENING = "(（〈〔【［[｛{〖﹝﹙"
CLOSING = ")）〉〕】］]｝}〗﹞﹚"
SPACES = "\r\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\t"

_ALIKE = (
    {ord("！") + step: chr(ord("!") + step) for step in range(94)}
    | dict.fromkeys(map(ord, OPENING), "(")
    | dict.fromkeys(map(ord, CLOSING), ")")
    | dict.fromkeys(map(ord, SPACES), " ")
    | dict.fromkeys(map(ord, "∶︰﹕꞉"), ":")
    | dict.fromkeys(map(ord, "﹑､"), "、")
    | dict.fromkeys(map(ord, "﹔"), ";")
    | dict.fromkeys(map(ord, "\u2028\u2029"), "\n")
)


def alike(text: str) -> str:
    """The same text, as long as it was, with one form of every bracket, colon, comma, digit and space."""
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    return text.translate(_ALIKE)


def pairs_of(text: str) -> tuple[dict[int, int], tuple[int, ...], tuple[int, ...]]:
    """Brackets of a text made alike: opening → closing place, and the places of those left alone, opening and closing.

    A bracket does not close across an empty line: what is missing there must not swallow the next paragraph.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    alone_opening: list[int] = []
    alone_closing: list[int] = []
    for place, mark in enumerate(text):
        if mark == "(":
            opened.append(place)
        elif mark == ")":
            if opened:
                pairs[opened.pop()] = place
            else:
                alone_closing.append(place)
        elif mark == "\n" and text[place + 1 : place + 2].strip(" ") in ("", "\n"):
            alone_opening += opened
            opened.clear()
    return pairs, tuple(sorted(alone_opening + opened)), tuple(alone_closing)


def outside(text: str, start: int = 0, end: int | None = None, marks: str | None = None) -> Iterator[int]:
    """Places of a text made alike that stand in no bracket and no quotation; an unclosed one hides nothing.

    With marks only the places of these.
    """
    end = len(text) if end is None else end
    closing, ending = text.count(")", start, end), text.count("”", start, end)
    depth = quoted = 0
    for place in range(start, end):
        mark = text[place]
        if mark == "(":
            depth += closing > depth
        elif mark == ")":
            closing -= 1
            depth = max(0, depth - 1)
        elif mark == "“":
            quoted += ending > quoted
        elif mark == "”":
            ending -= 1
            quoted = max(0, quoted - 1)
        elif not depth and not quoted and (marks is None or mark in marks):
            yield place
