"""Workbooks: what is written is what Excel shows, and text stays text."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from zhitong.kit.clock import SHANGHAI
from zhitong.kit.workbook import Head, Shape, write_sheet

HEADS = [
    Head("企业"),
    Head("营业收入（万元）", Shape.FIGURE),
    Head("户数", Shape.WHOLE),
    Head("到期", Shape.MOMENT),
    Head("日期", Shape.DAY),
    Head("已答复"),
]


def written(rows: list[list[object]], title: str = "问题") -> list[list[object]]:
    file = io.BytesIO()
    write_sheet(file, title=title, notes=["筛选条件：状态：办理中"], heads=HEADS, rows=rows, zone=SHANGHAI)
    return CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()


def test_title_reason_and_heads_stand_above_the_rows() -> None:
    sheet = written([])

    assert sheet[0][0] == "问题"
    assert sheet[1][0] == "筛选条件：状态：办理中"
    assert sheet[2] == [head.title for head in HEADS]


def test_values_keep_their_kind_and_moments_are_those_of_the_zone() -> None:
    due = datetime(2018, 9, 17, 9, 30, tzinfo=UTC)

    shown = due.astimezone(SHANGHAI).replace(tzinfo=None)

    sheet = written([["甲公司", Decimal("3420.5"), 128, due, date(2018, 9, 17), True]])

    assert sheet[3] == ["甲公司", 3420.5, 128, shown, date(2018, 9, 17), "是"]
    assert shown.hour == 17


@pytest.mark.parametrize("text", ["=1+1", "+86 317", "@SUM(A1)", "http://example.cn", "0012"])
def test_text_is_never_taken_for_a_formula_or_a_number(text: str) -> None:
    assert written([[text, None, None, None, None, None]])[3][0] == text


def test_a_text_longer_than_a_cell_is_cut_instead_of_lost() -> None:
    assert len(str(written([["长" * 40_000, None, None, None, None, None]])[3][0])) == 32_767


def test_a_title_with_signs_excel_forbids_still_makes_a_sheet() -> None:
    assert written([], title="问题：[沧州]/2018*?")[0][0] == "问题：[沧州]/2018*?"


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        written([["甲公司"]])
