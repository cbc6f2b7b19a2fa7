"""Forms as upper levels send them, made when a test asks for one: awkward heads, lines drawn, sums, places for signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

_LINE = Side(style="thin")
_EDGES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def bytes_of(book: Workbook) -> bytes:
    """The workbook as a file."""
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def opened(content: bytes) -> Workbook:
    """A file as a workbook."""
    return load_workbook(BytesIO(content))


def lay(sheet: Worksheet, cells: Mapping[str, Any], *, merged: Sequence[str] = (), edged: str = "") -> None:
    """Write cells, join some, draw lines around the cells of a range."""
    for place, value in cells.items():
        sheet[place] = value
    for one in merged:
        sheet.merge_cells(one)
    for row in sheet[edged] if edged else ():
        for cell in row:
            cell.border = _EDGES


def book_of(cells: Mapping[str, Any], *, merged: Sequence[str] = (), edged: str = "", title: str = "附表1") -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    lay(sheet, cells, merged=merged, edged=edged)
    return book


def ledger() -> Workbook:
    """A list of matters: a title, who fills it in, heads of three rows, an example, sums that count, signatures."""
    book = book_of(
        {
            "A1": "重点企业问题办理情况统计表", "A2": "填报单位：          填表人：          填报时间：2018年  月  日", "I2": "单位：万元",
            "A3": "序号", "B3": "企业名称\n（须与营业执照一致）", "C3": "问题办理情况", "C4": "反映问题", "C5": "问题内容",
            "D5": "反映时间",
            "E4": "办理", "E5": "责任单位", "F5": "是否办结", "G5": "投入工时", "H3": "问题编号", "I3": "备注",
            "A6": "例", "B6": "某某公司", "D6": "2018.3.5", "A9": "合计", "G9": "=SUM(G6:G8)",
            "A10": "负责人签字：", "E10": "全县共____件，其中办结____件，办结率____。",
        },
        merged=("A1:I1", "A3:A5", "B3:B5", "C3:G3", "C4:D4", "E4:G4", "H3:H5", "I3:I5", "A10:C10"), edged="A3:I9",
    )
    sheet = book["附表1"]
    sheet.row_dimensions[9].height = 33
    sheet.print_area = "A1:I10"
    return book


def regions(*names: str) -> Workbook:
    """Statistics with the names of places printed in their rows and a sum above them."""
    cells: dict[str, Any] = {
        "A1": "各县（市、区）问题办理情况统计表", "A2": "县（市、区）", "B2": "问题办理", "E2": "其他", "B3": "收集问题数", "C3": "办结数",
        "D3": "办结率（%）", "E3": "投入资金（万元）", "A4": "合计",
    }
    cells |= {f"A{line}": name for line, name in enumerate(names, start=5)}
    return book_of(cells, merged=("A1:E1", "A2:A3", "B2:D2"), edged=f"A2:E{4 + len(names)}")
