"""An invented form of an upper level, remembered by a zone's office and filled for the end of August."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.actions.filling import fill_blank
from zhitong.domain.blanks.actions.keeping import point_blank, send_blank
from zhitong.domain.blanks.queries.blanks import blank_seen
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

OFFICE = "bohaiban"
NAME = "附件2 重点企业反映问题办理情况统计表（演示）.xlsx"
SENT_AT = datetime(2018, 9, 5, 15, 40, tzinfo=SHANGHAI)
CUT_OFF = datetime(2018, 8, 31, 18, 0, tzinfo=SHANGHAI)
_HEADS = {
    "A3": "序号", "B3": "企业名称\n（须与营业执照一致）", "C3": "反映问题", "C4": "问题内容", "D4": "类别", "E4": "反映时间",
    "F3": "办理情况", "F4": "责任单位", "G4": "是否办结", "H4": "办结时间", "I3": "带动投资额（万元）", "J3": "备注",
}
_JOINED = ("A1:J1", "A2:H2", "A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:I4", "J3:J4", "A9:J9")
_WIDTHS = {"A": 6, "B": 26, "C": 40, "D": 12, "E": 12, "F": 20, "G": 9, "H": 12, "I": 14, "J": 12}
_TEXTS = {
    "A1": "重点企业反映问题办理情况统计表", "A2": "填报单位：                填表人：            填报时间：    年  月  日",
    "J2": "单位：万元、件", "A8": "合计", "I8": "=SUM(I5:I7)",
    "A9": "全辖区共反映问题____件，已办结____件，办结率____。      主要负责人签字：            （盖章）",
}


def keep_a_blank() -> None:
    """Send the form in, say that its columns are guessed right, and fill it once.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    with acting_as(viewer_of(OFFICE)) as office:
        actor = office.actor("rehearsal")
        sent = send_blank(office, name=NAME, content=invented_form(), actor=actor, now=SENT_AT)
        point_blank(office, sent.blank_id, blank_seen(office, sent.blank_id).pointing, actor=actor, now=SENT_AT)
        fill_blank(office, sent.blank_id, at=CUT_OFF, actor=actor, now=SENT_AT)


def invented_form() -> bytes:
    """The form as a workbook: a title, who fills it in, heads of two rows, three rows, a sum, a line to sign."""
    book, into = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet), "a new workbook has a sheet of cells"
    sheet.title = "附件2"
    for place, text in (_TEXTS | _HEADS).items():
        sheet[place] = text
    for one in _JOINED:
        sheet.merge_cells(one)
    _dress(sheet)
    book.save(into)
    return into.getvalue()


def _dress(sheet: Worksheet) -> None:
    line = Side(style="thin")
    for row in sheet["A3:J8"]:
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(horizontal="center" if cell.row < 5 else "left", vertical="center", wrap_text=True)
    sheet["A1"].font, sheet["A1"].alignment = Font(size=18), Alignment(horizontal="center")
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows, sheet.print_area = "3:4", "A1:J9"
