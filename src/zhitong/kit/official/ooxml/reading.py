"""A paper that comes back from Word, part by part: what was deleted under track changes is gone, what was inserted counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from zhitong.kit.official.shapes import Figure, Piece
from zhitong.kit.texts import storable

_GONE = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "drawing", "pict"))
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")


def elements_of(body: Any) -> list[Any]:
    """The paragraphs and tables of a body in order, those inside content controls too; floating tables are none of the text."""
    found: list[Any] = []
    for child in body:
        if child.tag == PARAGRAPH or (child.tag == TABLE and child.find(f"{qn('w:tblPr')}/{qn('w:tblpPr')}") is None):
            found.append(child)
        elif child.tag in (qn("w:sdt"), qn("w:ins")):
            found += elements_of(child.find(qn("w:sdtContent")) if child.tag == qn("w:sdt") else child)
    return found


def names_of(element: Any) -> list[str]:
    """The bookmarks that begin in an element."""
    return [mark.get(qn("w:name"), "") for mark in element.iter(qn("w:bookmarkStart"))]


def style_of(element: Any) -> str:
    """The id of a paragraph's style."""
    worn = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return worn.get(qn("w:val"), "") if worn is not None else ""


def pieces_of(paragraph: Any, figures: Mapping[str, Figure]) -> tuple[Piece, ...]:
    """The words of a paragraph and its bound numbers as they stand now; `figures` are ours by tag, others are words."""
    return joined(list(_pieces(paragraph, figures)))


def text_of(pieces: tuple[Piece, ...]) -> str:
    """Pieces as words alone."""
    return "".join(piece.text if isinstance(piece, Figure) else piece for piece in pieces)


def joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces with neighbouring words put together and empty ones left out."""
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and kept and isinstance(kept[-1], str):
            kept[-1] += piece
        elif piece:
            kept.append(piece)
    return tuple(kept)


def rows_of(table: Any, figures: Mapping[str, Figure]) -> list[list[tuple[Piece, ...]]]:
    """The cells of each row as they stand in Word, merged ones once."""
    return [[_cell(cell, figures) for cell in row.iterchildren(qn("w:tc"))] for row in table.iter(qn("w:tr"))]


def _cell(cell: Any, figures: Mapping[str, Figure]) -> tuple[Piece, ...]:
    """The lines of a cell, joined by line ends."""
    pieces: list[Piece] = []
    for place, paragraph in enumerate(cell.iter(PARAGRAPH)):
        pieces += ["\n", *_pieces(paragraph, figures)] if place else _pieces(paragraph, figures)
    return joined(pieces)


def _pieces(node: Any, figures: Mapping[str, Figure]) -> Iterator[Piece]:
    for child in node:
        if child.tag in _GONE:
            continue
        if child.tag == qn("w:t"):
            yield storable(child.text or "")
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == qn("w:sdt"):
            yield from _control(child, figures)
        else:
            yield from _pieces(child, figures)


def _control(control: Any, figures: Mapping[str, Figure]) -> Iterator[Piece]:
    """A content control: one of ours is the number with the text it has now; an emptied one shows Word's own hint, which is no text."""
    content = control.find(qn("w:sdtContent"))
    if content is None or control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
        return
    inner = list(_pieces(content, figures))
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    ours = figures.get(tag.get(qn("w:val"), "")) if tag is not None else None
    said = "".join(piece for piece in inner if isinstance(piece, str))
    if ours is None:
        yield from inner
    elif said.strip():
        yield Figure(ours.key, said, ours.is_changed)
