"""Tables for paper: one page wide with the head on every page, text never a formula, the same bytes for the same rows."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zipfile import ZipFile

from zhitong.kit.clock import SHANGHAI
from zhitong.kit.printing import PrintBook, PrintSheet, Total
from zhitong.kit.sheets.reading import open_sheet
from zhitong.kit.workbook import A3, Head, Shape

AT = datetime(2018, 9, 17, 6, 32, tzinfo=UTC)
HEADS = (Head("单位", width=20), Head("件数", Shape.WHOLE, 8))


def book(*rows: tuple[object, ...], notes: tuple[str, ...] = ("注",)) -> bytes:
    into = io.BytesIO()
    sheet = PrintSheet("演示一览", HEADS, iter(rows), "制表单位：甲", "统计截止时间：乙", notes, A3, tab="一览")
    PrintBook("演示", [sheet], AT, SHANGHAI).write(into)
    return into.getvalue()


def part(content: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def test_title_cut_off_head_rows_and_notes_stand_in_their_order() -> None:
    rows = [[cell for cell in cells if cell] for _line, cells in open_sheet(book(("=1+1", 3), Total(("合计", 3)))).rows]

    assert rows == [
        ["演示一览"], ["制表单位：甲", "统计截止时间：乙"], ["单位", "件数"], ["=1+1", "3"], ["合计", "3"], ["注"],
    ]


def test_it_prints_one_page_wide_with_head_and_number_on_each() -> None:
    content = book(("甲", 1))
    sheet, workbook = part(content, "xl/worksheets/sheet1.xml"), part(content, "xl/workbook.xml")

    assert 'paperSize="8"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert "一览!$3:$3" in workbook
    assert "一览!$A$1:$B$5" in workbook


def test_the_same_rows_are_the_same_file() -> None:
    assert book(("甲", 1)) == book(("甲", 1))
    assert book(("甲", 1)) != book(("甲", 2))


def test_an_empty_table_still_prints_its_head() -> None:
    assert "一览!$A$1:$B$3" in part(book(notes=()), "xl/workbook.xml")
