"""The text of a paper in Word: headings, paragraphs, ruled tables, forms and codes, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import segno
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from zhitong.kit.official.forms import edges_of, laid_out
from zhitong.kit.official.measures import (
    BODY_PT,
    CODE_MM,
    HEADINGS,
    MIDDLE_RULE_MM,
    SMALL_PT,
    TABLE_LINE_PT,
    TABLE_PT,
    Face,
    table_type,
)
from zhitong.kit.official.ooxml.markup import border, element, twips_of_mm
from zhitong.kit.official.ooxml.paper import Paper, indent
from zhitong.kit.official.ooxml.runs import put_pieces, put_words
from zhitong.kit.official.ooxml.styles import BODY, CELL, heading_style
from zhitong.kit.official.shapes import Block, Break, Code, Figure, Grid, Heading, Paragraph, Piece, Table
from zhitong.kit.official.widths import column_widths

_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def put_block(paper: Paper, block: Block, name: str, width_mm: float) -> None:
    """One part of the text, `width_mm` wide where it fills the page, under a name by which it is known again."""
    match block:
        case Heading():
            paragraph = paper.paragraph(heading_style(block.level))
            put_words(paragraph, block.text, HEADINGS[block.level], BODY_PT)
            paper.bookmark(paragraph, name)
        case Paragraph():
            paragraph = paper.paragraph(BODY)
            if block.is_flush:
                indent(paragraph)
            put_pieces(paper, paragraph, block.pieces, Face.BODY, BODY_PT)
            paper.bookmark(paragraph, name)
        case Table():
            _put_table(paper, block, name, width_mm)
        case Grid():
            _put_grid(paper, block, name, width_mm)
        case Code():
            _put_code(paper, block, name)
        case Break():
            paragraph = paper.paragraph()
            paragraph.paragraph_format.line_spacing = Pt(1)
            paragraph.add_run().add_break(WD_BREAK.PAGE)
            paper.bookmark(paragraph, name)


def _put_table(paper: Paper, table: Table, name: str, width_mm: float) -> None:
    size, line = table_type(len(table.heads))
    if table.caption:
        caption = paper.paragraph(align=_CENTRE)
        caption.paragraph_format.keep_with_next = True
        put_words(caption, table.caption, Face.BLACK, SMALL_PT)
        paper.bookmark(caption, f"{name}_caption")
    widths = column_widths(table, width_mm)
    made = _ruled(paper, widths, 1 + len(table.rows))
    cells = [list(row.cells) for row in made.rows]  # python-docx walks the whole table for each cell asked for
    for cell, head in zip(cells[0], table.heads, strict=True):
        _fill(paper, cell, [head], Face.BLACK, size, line, _CENTRE)
    for row, pieces in zip(cells[1:], table.rows, strict=True):
        for column, (cell, piece) in enumerate(zip(row, pieces, strict=True)):
            _fill(paper, cell, [piece], Face.BODY, size, line, _RIGHT if column in table.numeric else _LEFT)
    _repeat_head(made)
    paper.bookmark(cells[0][0].paragraphs[0], name)
    _close_table(paper)


def _ruled(paper: Paper, widths: Sequence[float], rows: int) -> WordTable:
    """A table of fixed columns (mm) ruled all round, whose rows never break across pages."""
    made: WordTable = paper.word.add_table(rows=rows, cols=len(widths))
    properties = made._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    sides = [border(side, mm=MIDDLE_RULE_MM) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    properties.extend([
        element("tblW", w=twips_of_mm(sum(widths)), type="dxa"), element("jc", val="center"), element("tblBorders", *sides),
        element("tblLayout", type="fixed"),
    ])  # fmt: skip
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    for row in made._tbl.tr_lst:
        row.get_or_add_trPr().append(element("cantSplit"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
            cell.get_or_add_tcPr().append(element("vAlign", val="center"))
    return made


def _repeat_head(table: WordTable) -> None:
    table._tbl.tr_lst[0].get_or_add_trPr().append(element("tblHeader"))


def _fill(
    paper: Paper, cell: _Cell, pieces: Sequence[Piece], face: Face, size: float, line: float, align: WD_ALIGN_PARAGRAPH
) -> None:
    """Words of a cell; line ends in them begin a new paragraph, so that long entries stay readable."""
    for place, words in enumerate(_lines(pieces)):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph._p.style = CELL
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing = Pt(line)
        put_pieces(paper, paragraph, words, face, size)


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Figure):
            lines[-1].append(piece)
            continue
        first, *others = piece.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return lines


def _put_grid(paper: Paper, grid: Grid, name: str, width_mm: float) -> None:
    rows = laid_out(grid, width_mm)
    edges = edges_of(rows)
    made = _ruled(paper, [end - start for start, end in pairwise(edges)], len(rows))
    for row, boxes in zip(made._tbl.tr_lst, rows, strict=True):
        cells: list[Any] = list(row.tc_lst)
        height = max(box.lines for box in boxes) * TABLE_LINE_PT + 8
        row.get_or_add_trPr().append(element("trHeight", val=round(height * 20), hRule="atLeast"))
        for box in boxes:
            start, end = edges.index(box.start), edges.index(box.end)
            first = cells[start] if end - start == 1 else cells[start].merge(cells[end - 1])
            align = _CENTRE if box.is_label else _LEFT
            _fill(paper, _Cell(first, made), box.pieces, Face.BLACK if box.is_label else Face.BODY, TABLE_PT, TABLE_LINE_PT, align)
    paper.bookmark(made.cell(0, 0).paragraphs[0], name)
    _close_table(paper)


def _close_table(paper: Paper) -> None:
    """Two tables that touch become one in Word: a fine line of nothing stands between them."""
    paper.paragraph().paragraph_format.line_spacing = Pt(8)


def _put_code(paper: Paper, code: Code, name: str) -> None:
    picture = BytesIO()
    segno.make(code.content, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    paragraph = paper.paragraph(align=_CENTRE)
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(picture, width=Mm(CODE_MM))
    shape._inline.docPr.set("descr", code.caption)
    paper.bookmark(paragraph, name)
    put_words(paper.paragraph(align=_CENTRE), code.caption, Face.BODY, TABLE_PT)
