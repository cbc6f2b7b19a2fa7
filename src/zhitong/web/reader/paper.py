"""A comparison as a Word document: its coverage, then a table of both sides with what differs and why."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from zhitong.domain.papers.queries.comparisons import ComparedView
from zhitong.domain.papers.rules.comparing import Covered
from zhitong.kit import clock
from zhitong.web.shell import words
from zhitong.web.shell.taken_out import mark_line

BODY, TITLE = "仿宋_GB2312", "方正小标宋简体"
_WIDTHS = (Cm(8), Cm(2.2), Cm(8), Cm(8))


def word_of(head: ComparedView, covered: Covered, rows: Iterable[Any]) -> FileResponse:
    """The comparison to be saved; `rows` are `comparing.Row`."""
    document = Document()
    _lay_out(document)
    _line(document, _("对照表"), TITLE, Pt(22), centred=True)
    _line(document, _("上级文件：%s") % head.upper, BODY, Pt(14))
    _line(document, _("下级文件：%s") % head.lower, BODY, Pt(14))
    said = _("上级%(total)d项任务，承接%(covered)d项。对照时间：%(at)s") % {
        "total": covered.total, "covered": covered.covered, "at": words.whole_moment(head.compared_at),
    }
    _line(document, said, BODY, Pt(14))
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    _fill(table.rows[0], (_("上级任务"), _("关系"), _("下级任务"), _("差异")))
    for row in rows:
        _fill(table.add_row(), (
            _told([row.upper] if row.upper else []), row.relation.label, _told(row.lower),
            "\n".join(f"{one.what}（{one.verdict}）：{one.why}" for one in row.differences),
        ))
    _mark(document, mark_line(_("对照表")))
    file = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    document.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_('对照表')}-{words.whole_day(clock.today())}.docx")


def _mark(document: Any, line: str) -> None:
    """Who took it out, in the head of every page."""
    head = document.sections[0].header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(head, line, BODY, Pt(8))


def _lay_out(document: Any) -> None:
    """A4 turned sideways, with the margins of official papers."""
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.top_margin = page.bottom_margin = Cm(2.6)
    page.left_margin = page.right_margin = Cm(1.7)


def _told(sides: Iterable[Any]) -> str:
    return "\n".join("\n".join(filter(None, (f"{one.number} {one.title}", *one.goals, one.units))) for one in sides)


def _fill(row: Any, texts: Iterable[str]) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], text, BODY, Pt(10.5))


def _line(document: Any, text: str, face: str, size: Pt, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = 1 if centred else None
    _write(paragraph, text, face, size)


def _write(paragraph: Any, text: str, face: str, size: Pt) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
