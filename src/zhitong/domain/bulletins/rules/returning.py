"""The text of an edition out of the paper that came back from Word, and which version it was begun with. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhitong.domain.bulletins.rules.drawn import Section
from zhitong.domain.bulletins.rules.marks import mark
from zhitong.kit.official.shapes import Document, Figure, Heading, Paragraph, Piece
from zhitong.kit.refusals import BadInput

_NUMERAL = re.compile(r"^[一二三四五六七八九十]+、")
_VERSION = re.compile(r"第(\d{1,6})版")


def version_named(name: str) -> int | None:
    """The version in the name of a file (…-草稿第3版.docx); None where it names none."""
    found = _VERSION.search(name)
    return int(found[1]) if found else None


def sections_from(document: Document, labels: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections of a paper, figures by their marks; `labels` are the names of the figures by their keys.

    Raises BadInput: something stands in the text that is neither a heading nor a paragraph.
    """
    found: list[tuple[str, list[str]]] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((_NUMERAL.sub("", block.text.strip()), []))
            continue
        if not found:
            found.append(("", []))
        if isinstance(block, Heading):
            found[-1][1].append(block.text)
        elif isinstance(block, Paragraph):
            found[-1][1].append("".join(_said(piece, labels) for piece in block.pieces))
        else:
            raise BadInput("正文里加了表格或图，取不回来。请把表格改成文字，或者放进附件另发。", {"file": "请删去正文里的表格和图。"})
    return tuple(Section(heading, "\n".join(line for line in lines if line.strip())) for heading, lines in found)


def _said(piece: Piece, labels: Mapping[str, str]) -> str:
    return mark(labels.get(piece.key, piece.key)) if isinstance(piece, Figure) else piece
