"""What people already have when a moment begins: a clerk's Excel files with heads of his own, a photo, matters under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import FilePayload

from tests.files.samples import photo
from tests.world import PASSWORD
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROSTER_HEADS = ("序号", "部门", "人员姓名", "岗位", "联系方式")
ROSTER = (
    (1, "任丘市双创双服办", "演示申", "综合科科员", "138 0000 1101"),
    (2, "任丘市科技和工业信息化局", "演示酉", "局长", "138 0000 1102"),
    (3, "任丘市发展改革局", "演示戌", "副局长", "138 0000 1103"),
)
LEDGER_HEADS = ("序号", "诉求主体", "诉求内容", "类别", "受理时间", "责任单位", "进度", "处理结果", "备注")
NIGHTLY = "夜间限电，热处理炉不能连续生产，请协调错峰方案。（演示内容）"
FIRM = "演示任丘管道装备有限公司"
LEDGER = (
    (1, FIRM, "厂区外道路破损，运料车进不来。", "其他", "2018年2月3日", "市交通局", "已办结", "已修复。", "李主任交办"),
    (2, FIRM, "夜间限电，热处理炉不能连续生产。", "能源保障", "2018/3/5", "任丘市科技和工业信息化局", "办理中", "", ""),
    (3, "演示任丘小作坊", "办证往返多次。", "项目审批", date(2018, 3, 6), "市审批局", "甩项", "", "企业已搬走"),
    (4, FIRM, "缺少焊接技工二十人。", "人才用工", "2018-04-02", "任丘市发展改革局", "推进中", "", ""),
)


def workbook(name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> FilePayload:
    """An Excel file as an office keeps it: a merged title, who made it, then heads and rows."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy年m月d日"})
    sheet.merge_range(0, 0, 0, len(heads) - 1, title)
    sheet.write(1, 0, "填表单位：任丘市双创双服办")
    sheet.write_row(2, 0, heads)
    for line, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            sheet.write(line, place, value, *([day] if isinstance(value, date) else []))
    book.close()
    return {"name": name, "mimeType": EXCEL, "buffer": into.getvalue()}


def roster() -> FilePayload:
    """Who does this work in the county."""
    return workbook("工作人员花名册.xlsx", "任丘市双创双服活动工作人员花名册", ROSTER_HEADS, ROSTER)


def old_ledger() -> FilePayload:
    """What the county has kept since February."""
    return workbook("问题台账（最新）.xlsx", "任丘市企业问题台账（截至4月26日）", LEDGER_HEADS, LEDGER)


def picture() -> FilePayload:
    """A photo just taken, held sideways."""
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(1200, 900), turned=6)}


def seated(login: str, code: str, kind: str = "officer") -> str:
    """Somebody new at a desk of a unit; returns the login."""
    post_id = Post.objects.filter(unit__code=code, kind=kind).order_by("title").values_list("id", flat=True)[0]
    seat([Seat(login=login, name="演示寅", password=PASSWORD, post_id=post_id, since=date(2018, 1, 1))])
    return login


def rows_in(sheet: bytes) -> list[list[str]]:
    """Every row of every table of a Word file; bound numbers stand in controls of their own."""
    tables = Document(BytesIO(sheet)).tables
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row._tr.iter(qn("w:tc"))]
        for table in tables for row in table.rows
    ]
