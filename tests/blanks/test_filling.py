"""A form is filled in its own habit: rows grow, formulas and signatures follow, what is not known is marked (R-H8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from tests.blanks.forms import book_of, bytes_of, ledger, opened, regions
from tests.blanks.test_finding import PLACES
from zhitong.domain.blanks.rules.answers import Answer, Answers, Row, Value
from zhitong.domain.blanks.rules.filling.filling import Filled, filled, saved
from zhitong.domain.blanks.rules.filling.marking import REMEMBERED, UNKNOWN
from zhitong.domain.blanks.rules.filling.references import grown, grown_range
from zhitong.domain.blanks.rules.filling.returning import handwritten_in
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.pointing import Memory, guessed

AT = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)
GAPS: dict[str, Value] = {
    "own_unit": "演示办", "own_person": "演示丁", "cut_off_month": 4, "cut_off_day": 27, "reported": 12, "settled": 9,
    "settled_rate": Decimal("0.75"),
}


def matter(number: int, **changes: Value) -> Row:
    values: dict[str, Value] = {
        "sequence": number, "number": f"N-{number}", "name": f"演示企业{number}", "text": "夜间限电", "submitted_on": date(2018, 4, number),
        "unit": "演示局", "is_settled": number % 2 == 0, **changes,
    }  # fmt: skip
    return Row((f"N-{number}",), values)


def fill(
    book: Workbook, *answers: Answer, gaps: Mapping[str, Value] = GAPS, hand: Mapping[str, Mapping[str, str]] | None = None,
    memory: Memory = PLACES,
) -> tuple[Filled, Any]:
    """The form filled, and its file opened again."""
    source, _said = open_form(bytes_of(book))
    form = form_in(source)
    done = filled(source, form, guessed(form, memory), Answers(answers, gaps), hand or {})
    return done, opened(saved(done.book, AT))


def column(sheet: Any, letter: str, first: int, last: int) -> list[Any]:
    return [sheet[f"{letter}{line}"].value for line in range(first, last + 1)]


def test_rows_grow_and_everything_below_moves_whole() -> None:
    done, book = fill(ledger(), Answer(tuple(map(matter, range(1, 8)))))
    sheet = book["附表1"]

    assert column(sheet, "A", 6, 13) == [1, 2, 3, 4, 5, 6, 7, "合计"]
    assert sheet["G13"].value == "=SUM(G6:G12)"
    assert sheet["A14"].value == "负责人签字："
    assert "A14:C14" in {str(one) for one in sheet.merged_cells.ranges}
    assert {"A1:I1", "C3:G3", "B3:B5"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[13].height == 33
    assert sheet.print_area == "'附表1'!$A$1:$I$14"
    assert all(sheet.cell(line, place).border.bottom.style == "thin" for line in (9, 12) for place in range(1, 10))
    assert done.tallied.rows == 7


def test_few_rows_leave_the_rest_of_the_form_empty_and_the_example_goes() -> None:
    _done, book = fill(ledger(), Answer((matter(1),)))
    sheet = book["附表1"]

    assert column(sheet, "B", 6, 8) == ["演示企业1", None, None]
    assert sheet["A9"].value == "合计"


def test_days_are_written_as_the_example_writes_them_and_gaps_are_closed_in_place() -> None:
    _done, book = fill(ledger(), Answer((matter(5),)))
    sheet = book["附表1"]

    assert sheet["D6"].value == "2018.4.5"
    assert sheet["A2"].value == "填报单位：演示办    填表人：演示丁    填报时间：2018年4月27日"
    assert sheet["E10"].value == "全县共12件，其中办结9件，办结率75%。"


def test_text_is_text_whatever_it_begins_with() -> None:
    _done, book = fill(ledger(), Answer((matter(1, name="=HYPERLINK(\"http://x\")", text="+1", unit="@a"),)))
    cells = [book["附表1"][place] for place in ("B6", "C6", "E6")]

    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[0].value == '=HYPERLINK("http://x")'


def test_what_is_not_known_is_shaded_noted_and_listed_but_remarks_are_not() -> None:
    done, book = fill(ledger(), Answer((matter(1), matter(2))))
    sheet = book["附表1"]

    assert sheet["G6"].fill.fgColor.rgb == sheet["G7"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["G6"].comment.text == UNKNOWN
    assert sheet["I6"].fill.fill_type is None
    assert done.tallied.missing == {"问题办理情况 办理 投入工时": 2}


def test_what_was_written_by_hand_last_time_is_offered_where_it_is_not_ours() -> None:
    done, first = fill(ledger(), Answer((matter(1), matter(2))))
    first["附表1"]["G6"], first["附表1"]["I7"] = 12.5, "已送达"
    back, _said = open_form(bytes_of(first))
    form = form_in(back)
    written = handwritten_in(back, form, guessed(form, Memory()))

    done, book = fill(ledger(), Answer((matter(2), matter(1))), hand=written)
    sheet = book["附表1"]

    assert written == {"N-1": {"问题办理情况 办理 投入工时": "12.50"}, "N-2": {"备注": "已送达"}}
    assert (sheet["G7"].value, sheet["I6"].value) == (12.5, "已送达")
    assert sheet["I6"].comment.text == REMEMBERED
    assert done.tallied.missing == {"问题办理情况 办理 投入工时": 1}


def test_printed_rows_are_matched_by_name_and_others_are_left_to_their_offices() -> None:
    answer = Answer(
        (Row(("任丘市", "任丘"), {"region": "任丘市", "reported": 8, "settled": 6, "settled_rate": Decimal("0.75")}),),
        {"reported": 8, "settled": 6, "settled_rate": Decimal("0.75")}, frozenset({"赵县"}),
    )

    done, book = fill(regions("赵县", "任丘", "没有的县"), answer)
    sheet = book["附表1"]

    assert column(sheet, "B", 4, 7) == [8, None, 8, None]
    assert column(sheet, "D", 4, 6) == [75, None, 75]
    assert sheet["A6"].value == "任丘"
    assert done.tallied.missing == {"其他 投入资金（万元）": 1}
    assert done.tallied.said == ["附表1：没有对上系统里的名称，未填：没有的县。"]


@pytest.mark.parametrize(
    ("head", "above", "cell"),
    [("上年营业收入（万元）", "", 23_000), ("上年营业收入（亿元）", "", 2.3), ("上年营业收入", "单位：亿元", 2.3),
     ("上年营业收入(元)", "", 230_000_000), ("上年营业收入", "", 23_000)],
)  # fmt: skip
def test_money_is_converted_to_the_unit_that_the_form_says(head: str, above: str, cell: float) -> None:
    book = book_of({"A1": above, "A2": "企业名称", "B2": head}, edged="A2:B4")

    done, made = fill(book, Answer((Row(("演示企业",), {"name": "演示企业", "revenue_cny": 230_000_000}),)), gaps={})

    assert made["附表1"]["B3"].value == cell
    assert bool(done.tallied.said) == (head == "上年营业收入" and not above)


def test_two_tables_on_a_sheet_grow_apart_and_formulas_elsewhere_follow() -> None:
    book = book_of(
        {"A1": "企业名称", "B1": "问题内容", "A6": "地区", "B6": "收集问题数", "C6": "办结数", "A7": "任丘市", "B8": "=B7"}, edged="A1:B3",
    )
    book.create_sheet("汇总")["A1"] = "=附表1!B7+SUM(附表1!B2:B3)"
    rules = DataValidation("list", formula1='"是,否"')
    rules.add("B2:B3")
    book["附表1"].add_data_validation(rules)

    _done, made = fill(
        book, Answer(tuple(matter(number) for number in range(1, 6))), Answer((Row(("任丘市",), {"reported": 5, "settled": 2}),)), gaps={},
    )
    sheet = made["附表1"]

    assert column(sheet, "B", 2, 6) == ["夜间限电"] * 5
    assert column(sheet, "A", 9, 10) == ["地区", "任丘市"]
    assert (sheet["B10"].value, sheet["B11"].value) == (5, "=B10")
    assert made["汇总"]["A1"].value == "=附表1!B10+SUM(附表1!B2:B6)"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B2:B6"


def test_a_formula_within_a_row_is_repeated_for_new_rows() -> None:
    book = book_of(
        {"A1": "企业名称", "B1": "问题内容", "C1": "合计分值", "C2": "=LEN(B2)/C$4", "A3": "合计", "C4": "=SUM(C2:C2)"}, edged="A1:C3",
    )

    _done, made = fill(book, Answer((matter(1), matter(2), matter(3))), gaps={})

    assert column(made["附表1"], "C", 2, 4) == ["=LEN(B2)/C$6", "=LEN(B3)/C$6", "=LEN(B4)/C$6"]
    assert made["附表1"]["C6"].value == "=SUM(C2:C4)"


def test_equal_content_is_equal_bytes() -> None:
    answer = Answer((matter(1), matter(2)))

    first, again = (fill(ledger(), answer)[0] for _time in range(2))

    assert saved(first.book, AT) == saved(again.book, AT)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [("=A5", "=A5"), ("=A6", "=A8"), ("=SUM(A2:A5)", "=SUM(A2:A7)"), ("=SUM(A5:C5)", "=SUM(A5:C5)"), ("=$B$9", "=$B$11"),
     ("=SUM(A:A)", "=SUM(A:A)"), ("=其他!A9", "=其他!A9"), ("='表'!A9", "='表'!A11"), ('="A9"', '="A9"'), ("=税率*A7", "=税率*A9")],
)  # fmt: skip
def test_references_follow_rows_that_come_in_between(formula: str, moved: str) -> None:
    assert grown(formula, "表", True, 2, 5, 2) == moved


def test_a_range_along_the_only_row_stays_and_one_down_it_grows() -> None:
    assert [grown_range(one, 5, 5, 3) for one in ("A5:C5", "C5:C5", "C5")] == ["A5:C5", "C5:C8", "C5"]
    assert grown_range("A5:C5", 5, 5, 3, is_area=True) == "A5:C8"
