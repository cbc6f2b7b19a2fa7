"""Checking a card: every trouble at once and at its place; drafts are asked less, and secrets never kept."""

from __future__ import annotations

from tests.cards.forms import definition, filled, row, template
from zhitong.domain.cards.rules.checking import check
from zhitong.domain.cards.rules.templates import template_of


def test_a_full_card_has_no_troubles() -> None:
    checked = check(template(), filled(), [row()])

    assert (checked.troubles.errors, checked.troubles.warnings) == ({}, {})
    assert checked.values["revenue"] == 12_005_000
    assert checked.values["profit"] == -300_000


def test_every_trouble_is_said_at_once() -> None:
    checked = check(template(), filled(revenue="12a", profit="", contact_phone="1", unknown="x"), [row(text="")])

    assert checked.troubles.errors.keys() == {"revenue", "profit", "contact_phone", "unknown", "problems.0.text"}


def test_required_is_asked_of_a_sending_not_of_a_draft() -> None:
    sent = check(template(), {}, [{}])
    draft = check(template(), {}, [{}], complete=False)

    assert {"revenue", "profit", "diagnosis", "contact_name", "problems.0.category"} <= sent.troubles.errors.keys()
    assert draft.troubles.errors == {}


def test_a_marked_text_is_forbidden_even_in_a_draft() -> None:
    checked = check(template(), {"remarks": "附机密文件"}, [row(text="绝密材料")], complete=False)

    assert checked.troubles.forbidden.keys() == {"remarks", "problems.0.text"}
    assert "remarks" not in checked.values
    assert "text" not in checked.rows[0]


def test_a_mark_in_a_short_field_is_stopped_too() -> None:
    assert "revenue" in check(template(), filled(revenue="机密")).troubles.forbidden


def test_comparisons_stop_or_ask_as_they_are_written() -> None:
    more_profit_than_revenue = check(template(), filled(revenue="1", profit="2")).troubles
    no_profit_yet_profitable = check(template(), filled(profit="0", diagnosis="盈利")).troubles
    yuan_typed_for_wan = check(template(), filled(revenue="20000000.01")).troubles

    assert more_profit_than_revenue.errors == {"profit": "利润大于收入。"}
    assert no_profit_yet_profitable.warnings == {"profit": "选了盈利，利润却不是正数。"}
    assert yuan_typed_for_wan.warnings == {"revenue": "请核对单位。"}


def test_a_comparison_with_an_empty_or_wrong_side_is_silent() -> None:
    assert check(template(), filled(revenue="x", profit="5")).troubles.errors.keys() == {"revenue"}
    assert check(template(), {"profit": "5"}, complete=False).troubles.errors == {}


def test_a_problem_row_takes_its_reporter_from_the_card_unless_it_names_one() -> None:
    checked = check(template(), filled(), [row(), row("贷款到期", category="funds", reporter_name="李经理")])

    assert [one["reporter_name"] for one in checked.rows] == ["王会计", "李经理"]
    assert checked.rows[0]["reporter_phone"] == "13800000000"


def test_the_same_problem_twice_on_one_card_is_refused() -> None:
    checked = check(template(), filled(), [row(), row(" 厂区二期缺用地指标 ")])

    assert checked.troubles.errors == {"problems.1.text": "与第1个问题内容相同，请删去其中一个。"}


def test_the_same_words_under_another_category_are_another_matter() -> None:
    assert check(template(), filled(), [row(), row(category="other")]).troubles.errors == {}


def test_too_many_rows_are_refused() -> None:
    checked = check(template(), filled(), [row(str(number)) for number in range(4)])

    assert checked.troubles.errors == {"problems": "一张卡最多写3个问题，您写了4个，请合并或分次反映。"}


def test_a_doubtful_credit_code_asks_and_does_not_stop() -> None:
    right = check(template(), filled(credit_code="91130193757500011Q")).troubles
    wrong_digit = check(template(), filled(credit_code="911301937575000110")).troubles
    too_short = check(template(), filled(credit_code="9113")).troubles

    assert right.warnings == {}
    assert "校验位不对" in wrong_digit.warnings["credit_code"]
    assert "现在是4位" in too_short.warnings["credit_code"]
    assert {**wrong_digit.errors, **too_short.errors} == {}


def test_a_field_is_asked_only_when_its_condition_holds() -> None:
    form = definition()
    form["sections"][1]["fields"].append(
        {"code": "reason", "label": "亏损原因", "type": "text", "required": True,
         "when": {"field": "diagnosis", "is": "in_difficulty"}}
    )
    asked = template_of(form)

    assert check(asked, filled()).troubles.errors == {"reason": "请填写“亏损原因”。"}
    assert check(asked, filled(diagnosis="微利")).troubles.errors == {}
    assert check(asked, filled(reason="订单减少")).values["reason"] == "订单减少"


def test_what_is_written_where_nothing_is_asked_is_asked_about_and_not_sent() -> None:
    form = definition()
    form["sections"][1]["fields"].append(
        {"code": "level", "label": "认定级别", "type": "text", "when": {"field": "national", "is": "yes"}}
    )

    checked = check(template_of(form), filled(national="否", level="国家级"))

    assert "level" not in checked.values
    assert checked.troubles.warnings == {
        "level": "“已通过国家认定”为“是”时才填“认定级别”，这里写的不会报送，请核对。",
    }
