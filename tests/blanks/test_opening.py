"""What is no form is refused with the way on; what reaches out of one is cut off and said (R-H8)."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.blanks.forms import book_of, bytes_of, ledger
from tests.kit.hostile import old_workbook, with_parts
from zhitong.domain.blanks.rules.form.opening import MOST_BYTES, MOST_CELLS, open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.kit.sheets.limits import UnreadableTable

SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


def zipped(name: str) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 100)
    return into.getvalue()


def damaged_on_its_way(content: bytes) -> bytes:
    """The same file with the packed bytes of its sheet overwritten: the list of its parts is whole."""
    with ZipFile(BytesIO(content)) as archive:
        entry = archive.getinfo(SHEET)
    begins = entry.header_offset + 30 + len(SHEET)
    return content[:begins] + b"\xff" * entry.compress_size + content[begins + entry.compress_size:]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.4", "不是Excel表格"),
        (old_workbook([["企业名称", "问题内容"]]), "旧格式的Excel（.xls）.*另存为.xlsx"),
        (b"PK\x03\x04broken", "打不开"),
        (damaged_on_its_way(bytes_of(ledger())), "打不开"),
        (zipped("word/document.xml"), "Word文档"),
        (b"PK" + b"0" * MOST_BYTES, "超过5MB"),
        (with_parts(bytes_of(ledger()), {"xl/styles.xml": BOMB}), "打不开"),
        (with_parts(bytes_of(ledger()), {SHEET: b"<worksheet>" + b"<c/>" * (MOST_CELLS + 1) + b"</worksheet>"}), "太大"),
        (with_parts(bytes_of(ledger()), {SHEET: b'<worksheet><mergeCell ref="A1:XFD1048576"/></worksheet>'}), "太大"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_the_way_on(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableTable, match=sentence):
        open_form(content)


def test_formulas_that_reach_out_are_cut_off_and_said() -> None:
    book = book_of({
        "A1": "企业名称", "B1": "问题内容", "B2": "=[1]Sheet1!A1", "B3": "=WEBSERVICE(A2)", "B4": "=cmd|'/c calc'!A0", "B5": "=1+1",
    })

    opened, said = open_form(bytes_of(book))

    assert said == ["有3个格的公式引用了别的文件或网址，已去掉公式，请补填。"]
    assert [opened["附表1"][f"B{line}"].value for line in range(2, 6)] == [None, None, None, "=1+1"]


def test_macros_do_not_travel_on() -> None:
    _book, said = open_form(with_parts(bytes_of(ledger()), {"xl/vbaProject.bin": b"macro"}))

    assert said == ["表里带有宏，没有运行，填好的表里也不带宏。"]


def test_columns_coloured_to_the_end_of_the_sheet_do_not_hinder_but_text_there_does() -> None:
    book = ledger()
    sheet = book["附表1"]
    for column in range(10, 16_385):
        sheet.cell(6, column).number_format = "0.00"

    form = form_in(open_form(bytes_of(book))[0])
    sheet.cell(6, 16_384, "远处")

    assert (form.tables[0].left, form.tables[0].right) == (1, 9)
    with pytest.raises(UnreadableTable, match="XFD列还有内容"):
        form_in(open_form(bytes_of(book))[0])


def test_a_workbook_without_heads_or_gaps_is_refused() -> None:
    with pytest.raises(UnreadableTable, match="没有找到表头"):
        form_in(open_form(bytes_of(book_of({"A1": "关于开好会议的通知"})))[0])


def test_hidden_sheets_stay_and_are_said() -> None:
    book = ledger()
    book.create_sheet("代码").sheet_state = "hidden"

    form = form_in(open_form(bytes_of(book))[0])

    assert form.said == ("工作表“代码”是隐藏的，原样保留，没有填。",)
