"""Everything an Excel from a county office can hold is read rightly, or refused with the place and the reason (R-D6)."""

from __future__ import annotations

import resource
import time
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest

from tests.kit.hostile import HEADS, WORDS, cell, head_row, made, old_workbook, rows_of, sheet_of, with_parts
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.old import old_sheet
from zhitong.kit.sheets.table import Table, table_in

FIRM = ("演示甲公司", "91130900MA00000014", 1200.5)


def read(content: bytes, **wanted: Any) -> tuple[Table, list[tuple[str, ...]]]:
    table = table_in(content, words=WORDS, **wanted)
    return table, [line.cells for line in table.lines]


def test_a_title_and_notes_stand_above_the_heads_and_sums_and_signatures_below_the_rows() -> None:
    content = made(rows_of(
        ("某县企业情况表",), ("填报单位：某县工信局",), HEADS, FIRM, ("合  计", "", 1200.5),
        ("填表人：演示乙", "", "审核：演示丙"), ("联系电话见花名册",),
    ))

    table, rows = read(content)

    assert table.heads == HEADS
    assert rows == [("演示甲公司", "91130900MA00000014", "1200.5")]
    assert [one for one in table.said if "第5行是合计" in one]
    assert [one for one in table.said if "第6行是表后的说明" in one]
    assert [one for one in table.said if "第7行" in one]


def test_two_rows_of_heads_are_joined_and_joined_cells_filled_down() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "企业名称")
        sheet.merge_range("B1:C1", "营业收入（万元）")
        sheet.write_row("B2", ["本月", "上年同期"])
        sheet.merge_range("D1:D2", "属地")
        sheet.write_row("A3", ["演示甲", 1, 2])
        sheet.write_row("A4", ["演示乙", 3, 4])
        sheet.merge_range("D3:D4", "某镇")

    table, rows = read(made(fill))

    assert table.heads == ("企业名称", "营业收入（万元） 本月", "营业收入（万元） 上年同期", "属地")
    assert rows == [("演示甲", "1", "2", "某镇"), ("演示乙", "3", "4", "某镇")]


def test_the_sheet_that_was_read_is_said_and_another_can_be_chosen() -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows_of(HEADS, FIRM)(book, sheet)
        hidden = book.add_worksheet("旧表")
        hidden.hide()
        rows_of(HEADS, ("演示乙公司", "2", 3))(book, hidden)

    content = made(fill)
    table, rows = read(content)
    other, other_rows = read(content, sheet="旧表")

    assert (table.sheet, rows[0][0]) == ("企业", "演示甲公司")
    assert "只读了工作表“企业”，没有读：旧表（隐藏）。" in table.said
    assert (other.sheet, other_rows[0][0]) == ("旧表", "演示乙公司")
    with pytest.raises(UnreadableTable, match="现有：企业、旧表"):
        read(content, sheet="没有")


def test_formulas_are_read_as_computed_and_said_and_one_without_a_result_is_marked() -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows_of(HEADS, ("演示甲公司", "1"))(book, sheet)
        sheet.write_formula("C2", "=1+1", value=2)

    content = made(fill)
    broken = sheet_of(head_row() + b'<row r="2">' + cell("A2", "x") + b'<c r="C2"><f>1+1</f></c></row>')
    table, rows = read(content)

    assert rows[0][2] == "2"
    assert [one for one in table.said if "C2等1格是公式" in one]
    assert read(broken)[1][0][2] == "#公式没有结果"


def test_days_shares_and_long_numbers_are_read_as_they_are_shown() -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows_of(("名称", "信用代码", "日期", "占比", "数"))(book, sheet)
        sheet.write(1, 0, "演示")
        sheet.write(1, 1, 1234567890123)
        sheet.write_datetime(1, 2, datetime(2018, 4, 27), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))  # noqa: DTZ001
        sheet.write(1, 3, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 4, 0.1 + 0.2)

    assert read(made(fill))[1] == [("演示", "1234567890123", "2018-04-27", "12.5%", "0.3")]


def test_macros_are_neither_run_nor_a_reason_to_refuse() -> None:
    content = with_parts(made(rows_of(HEADS, FIRM)), {"xl/vbaProject.bin": b"\0" * 20})

    table, rows = read(content)

    assert rows[0][0] == "演示甲公司"
    assert "表里带有宏，没有运行，也不会保存。" in table.said


def test_an_old_workbook_is_read_whatever_it_is_called() -> None:
    table, rows = read(old_workbook([HEADS, FIRM]))

    assert table.sheet == "表一"
    assert rows == [("演示甲公司", "91130900MA00000014", "1200.5")]


def test_an_old_workbook_tells_its_lines_and_columns_as_excel_counts_them() -> None:
    sheet = old_sheet(old_workbook([], far=(3, 2)), None)

    assert list(sheet.rows) == [(4, ["", "", "1"])]


@pytest.mark.parametrize(("content", "bounds"), [
    (old_workbook([HEADS, FIRM], far=(65_535, 255)), {}),
    (old_workbook([HEADS, *[FIRM] * 40]), {"text": 1000}),
])
def test_an_old_workbook_that_grows_beyond_its_bounds_is_not_opened(content: bytes, bounds: dict[str, int]) -> None:
    with pytest.raises(UnreadableTable, match="展开后过大"):
        old_sheet(content, None, **bounds)


@pytest.mark.parametrize(("content", "wanted", "said"), [
    (old_workbook([HEADS])[:600], None, "打不开"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None, "打不开"),
    (old_workbook([HEADS]), "没有的表", "没有工作表“没有的表”"),
])
def test_an_old_workbook_that_cannot_be_read_says_why(content: bytes, wanted: str | None, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said):
        old_sheet(content, wanted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_separated_values_are_read_in_every_encoding_of_an_office(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(str(cell) for cell in row) for row in (HEADS, FIRM))

    assert read(text.encode(encoding))[1] == [("演示甲公司", "91130900MA00000014", "1200.5")]


def test_a_million_empty_rows_cost_little_and_are_said() -> None:
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (line, line) for line in range(3, 1_048_577))
    content = sheet_of(head_row() + b'<row r="2">' + cell("A2", "演示甲公司") + cell("B2", "1") + b"</row>" + empty)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()

    table, rows = read(content)

    assert len(rows) == 1
    assert "第2行以下连续10000行是空的，没有再往下读。" in table.said
    assert time.monotonic() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_one_cell_in_the_farthest_corner_brings_nothing_down() -> None:
    far_down = sheet_of(head_row() + b'<row r="2">' + cell("A2", "甲") + cell("B2", "1") + b"</row>"
                        b'<row r="1048576">' + cell("A1048576", "末") + b"</row>")
    far_right = sheet_of(head_row() + b'<row r="2">' + cell("XFD2", "远") + b"</row>")

    table, rows = read(far_down)

    assert len(rows) == 1
    assert [one for one in table.said if "没有再往下读" in one]
    with pytest.raises(UnreadableTable, match="单元格XFD2在第256列之外"):
        read(far_right)


def bomb() -> bytes:
    return with_parts(made(rows_of(HEADS)), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 200_000_000})


def crowded() -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for number in range(3100):
            archive.writestr(f"xl/{number}", b"")
    return into.getvalue()


def entities() -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/>&b;</worksheet>'
    return with_parts(made(rows_of(HEADS)), {"xl/worksheets/sheet1.xml": doctype})


@pytest.mark.parametrize(("content", "sentence"), [
    (bomb(), "展开后过大"),
    (crowded(), "展开后过大"),
    (entities(), "打不开"),
    (b"", "文件是空的"),
    (b"PK\x03\x04rest", "打不开"),
    (made(rows_of(HEADS, FIRM))[:-200], "打不开"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式表格打不开"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设了密码"),
    ("<html><table><tr><td>企业</td></tr></table></html>".encode(), "网页或XML"),
    (b"MZ\x90\x00\x03\x00\x00\x00", "不是表格"),
    (with_parts(b"PK\x05\x06" + bytes(18), {"word/document.xml": b"<x/>"}), "Word文档"),
    (with_parts(b"PK\x05\x06" + bytes(18), {"a.txt": b"x"}), "压缩包"),
    (made(rows_of(("只有一个词",), ("另一个",))), "没有找到表头"),
    (b"x" * (20 * 1024 * 1024 + 1), "超过20MB"),
], ids=lambda given: given if isinstance(given, str) else "")
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableTable, match=sentence):
        read(content)


def test_more_rows_than_are_taken_at_once_are_refused_with_the_row() -> None:
    with pytest.raises(UnreadableTable, match="一次最多读2行，这份表在第4行超过了"):
        read(made(rows_of(HEADS, FIRM, FIRM, FIRM)), most=2)
