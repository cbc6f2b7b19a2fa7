"""What follows the text in Word: annexes named, signature and date, note, and the record at the foot of the last page."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell

from zhitong.kit.official.measures import (
    BODY_PT,
    HEAVY_RULE_MM,
    LINE_PT,
    MIDDLE_RULE_MM,
    POINTS_PER_MM,
    SMALL_PT,
    Face,
)
from zhitong.kit.official.ooxml.markup import border, element, no_border, twips_of_mm
from zhitong.kit.official.ooxml.paper import Paper, indent
from zhitong.kit.official.ooxml.runs import put_words
from zhitong.kit.official.ooxml.styles import FRAME
from zhitong.kit.official.shapes import Document
from zhitong.kit.official.wording import (
    FootRow,
    annexes_named,
    copies_words,
    foot_rows,
    is_foot_ruled,
    noted,
    room_for_seal,
    signing,
)

_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def put_attachments(paper: Paper, attachments: tuple[str, ...]) -> None:
    """The names of the annexes one line below the text, two signs in, numbers below numbers and names below names."""
    lines = annexes_named(attachments)
    if not lines:
        return
    paper.blank()
    for line in lines:
        paragraph = paper.paragraph()
        hanging = 3.0 if len(lines) == 1 else 4.0 if line.startswith("附件：") else 1.0
        indent(paragraph, left=5.0 if len(lines) == 1 else 6.0, hanging=hanging)
        put_words(paragraph, line, Face.BODY, BODY_PT)


def put_signature(paper: Paper, document: Document) -> None:
    """Name and date to the right, kept with the text before them, room for the seal above."""
    signed = signing(document)
    if signed is None:
        return
    paper.keep_last()
    paper.blank(room_for_seal(document))
    for words, right in ((signed.by, signed.by_right), (signed.on, signed.on_right)):
        if words:
            paragraph = paper.paragraph(align=_RIGHT)
            paragraph.paragraph_format.keep_with_next = words is signed.by and bool(signed.on)
            indent(paragraph, right=right)
            put_words(paragraph, words, Face.BODY, BODY_PT)


def put_note(paper: Paper, note: str) -> None:
    """The note in brackets, two signs in."""
    if note:
        paragraph = paper.paragraph()
        indent(paragraph, left=2)
        put_words(paragraph, noted(note), Face.BODY, BODY_PT)


def put_record(paper: Paper, document: Document, width_mm: float) -> None:
    """The record: a table that floats to the foot of the page it falls on, heavy rules outside and fine ones between."""
    rows = foot_rows(document)
    if not rows:
        return
    table = paper.word.add_table(rows=len(rows), cols=1)
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    place = element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
    is_ruled = is_foot_ruled(document)
    rules = [
        border(side, mm=MIDDLE_RULE_MM if side == "insideH" else HEAVY_RULE_MM) if is_ruled else no_border(side)
        for side in ("top", "bottom", "insideH")
    ]
    properties.extend([
        place, element("tblOverlap", val="never"), element("tblW", w=twips_of_mm(width_mm), type="dxa"), element("tblBorders", *rules),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=0, type="dxa"), element("right", w=0, type="dxa")),
    ])  # fmt: skip
    table._tbl.tblGrid.gridCol_lst[0].w = Mm(width_mm)
    for made, row in zip(table._tbl.tr_lst, rows, strict=True):
        made.get_or_add_trPr().append(element("cantSplit"))
        made.tc_lst[0].width = Mm(width_mm)
        _put_row(paper, _Cell(made.tc_lst[0], table), row, width_mm)
    _put_copies(paper, document)


def _put_row(paper: Paper, cell: _Cell, row: FootRow, width_mm: float) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = FRAME
    hanging = 3.0 if row.left[1:3] in ("送：",) else 2.0 if row.left[1:2] == "：" else 0.0
    indent(paragraph, left=1 + hanging, right=1, hanging=hanging, size=SMALL_PT)
    put_words(paragraph, row.left, Face.BODY, SMALL_PT)
    if row.right:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(width_mm * POINTS_PER_MM - SMALL_PT), WD_TAB_ALIGNMENT.RIGHT)
        put_words(paragraph, f"\t{row.right}", Face.BODY, SMALL_PT)


def _put_copies(paper: Paper, document: Document) -> None:
    """The last paragraph, to which the floating record is anchored; it says how many were printed."""
    paragraph = paper.paragraph(align=_RIGHT)
    words = copies_words(document.foot)
    paragraph.paragraph_format.line_spacing = Pt(LINE_PT if words else 1)
    put_words(paragraph, words, Face.BODY, SMALL_PT)
