"""Tables and gaps are found as people see them, and guessed from words unless somebody has said otherwise (R-H8)."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.blanks.forms import book_of, bytes_of, ledger, regions
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.form.shapes import Form
from zhitong.domain.blanks.rules.kinds import Grain
from zhitong.domain.blanks.rules.pointing import Memory, Pointing, TablePointing, guessed, named, said_well

PLACES = Memory({Grain.REGION: ("任丘市", "任丘", "赵县"), Grain.CATEGORY: ("用地需求", "能源保障")})


def form_of(book: Workbook) -> Form:
    return form_in(open_form(bytes_of(book))[0])


def test_heads_of_three_rows_are_joined_and_rows_end_at_the_sum() -> None:
    [table] = form_of(ledger()).tables

    assert (table.top, table.bottom, table.first, table.last, table.total) == (3, 5, 6, 8, 9)
    assert [head.text for head in table.heads][2:5] == [
        "问题办理情况 反映问题 问题内容", "问题办理情况 反映问题 反映时间", "问题办理情况 办理 责任单位",
    ]
    assert (table.examples, table.scale) == (frozenset({6}), 10_000)


def test_columns_are_guessed_by_the_last_part_of_their_heads() -> None:
    form = form_of(ledger())

    [asked] = guessed(form, Memory()).tables

    assert asked.grain is Grain.PROBLEM
    assert list(asked.columns.values()) == ["sequence", "name", "text", "submitted_on", "unit", "is_settled", "", "number", ""]


def test_gaps_are_guessed_by_what_stands_around_them_and_signatures_are_left() -> None:
    form = form_of(ledger())

    gaps = guessed(form, Memory()).gaps

    assert list(gaps.values()) == [
        "own_unit", "own_person", "cut_off_month", "cut_off_day", "", "reported", "settled", "settled_rate",
    ]
    assert [gap.label for gap in form.gaps if not gaps[gap.label]] == ["负责人签字"]


def test_printed_names_say_what_a_row_is() -> None:
    form = form_of(regions("任丘市", "赵县"))

    [asked] = guessed(form, PLACES).tables

    assert asked.grain is Grain.REGION
    assert form.tables[0].printed == {5: "任丘市", 6: "赵县"}
    assert form.tables[0].total == 4
    assert list(asked.columns.values()) == ["region", "reported", "settled", "settled_rate", ""]


def test_another_figure_with_like_words_is_not_taken_for_ours() -> None:
    form = form_of(book_of({"A1": "地区", "B1": "按时办结率", "C1": "同比增长", "D1": "办结情况 件数", "E1": "收集问题数"}, edged="A1:E3"))

    [asked] = guessed(form, Memory({Grain.REGION: ()})).tables

    assert (asked.columns["按时办结率"], asked.columns["同比增长"]) == ("", "")


def test_what_a_person_said_in_the_county_wins() -> None:
    form = form_of(ledger())
    before = Pointing((TablePointing(Grain.PROBLEM, columns={"问题办理情况 办理 投入工时": "answer", "备注": "state"}),), {"办结率": ""})

    asked = guessed(form, Memory(before=[before]))

    assert asked.tables[0].columns["备注"] == "state"
    assert asked.tables[0].columns["问题办理情况 办理 投入工时"] == "answer"
    assert asked.gaps["办结率"] == ""


def test_two_tables_on_a_sheet_below_and_beside_each_other() -> None:
    below = book_of(
        {"A1": "企业名称", "B1": "问题内容", "A6": "二、各地情况", "A7": "地区", "B7": "收集问题数", "A8": "任丘市"}, edged="A1:B4",
    )
    beside = book_of({"A1": "企业名称", "B1": "问题内容", "D1": "地区", "E1": "收集问题数"}, edged="A1:E4")

    assert [(one.first, one.last, one.left) for one in form_of(below).tables] == [(2, 4, 1), (8, 8, 1)]
    assert [(one.left, one.right) for one in form_of(beside).tables] == [(1, 2), (4, 5)]


def test_a_row_that_numbers_the_columns_belongs_to_the_heads() -> None:
    [table] = form_of(book_of({"A1": "企业名称", "B1": "问题内容", "C1": "承办单位", "A2": "甲", "B2": 1, "C2": 2}, edged="A1:C5")).tables

    assert (table.first, [head.text for head in table.heads]) == (3, ["企业名称", "问题内容", "承办单位"])


def test_the_mark_tells_heads_apart_and_not_what_stands_under_them() -> None:
    other = ledger()
    other["附表1"]["A1"], other["附表1"]["B7"] = "九月份的表", "演示企业"

    assert form_of(ledger()).mark == form_of(other).mark
    assert form_of(ledger()).mark != form_of(regions("任丘市")).mark


def test_what_does_not_fit_a_form_is_dropped() -> None:
    form = form_of(ledger())

    said = TablePointing(Grain.PROBLEM, columns={"没有的列": "text", "备注": "没有的字段", "问题编号": "number"})

    kept = said_well(form, Pointing((said,), {"甲": "settled"}))

    assert {head: code for head, code in kept.tables[0].columns.items() if code} == {"问题编号": "number"}
    assert not any(kept.gaps.values())


def test_names_are_known_by_a_part_only_when_it_is_one_alone() -> None:
    names = ("用地需求", "用地审批", "能源保障")

    assert [named(text, names) for text in ("能源 保障", "能源", "用地", "其他")] == ["能源保障", "能源保障", None, None]
