"""How a phone is written right, and what a title says about a seat."""

from __future__ import annotations

import pytest

from zhitong.domain.entry.rules.phones import phone_masked, phone_trouble, phone_written_right
from zhitong.domain.entry.rules.rosters import seat_kind, unit_key
from zhitong.domain.organisations.rules.kinds import PostKind


@pytest.mark.parametrize("written", ["13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８", "008613812345678"])
def test_a_phone_is_read_however_it_is_written(written: str) -> None:
    assert phone_written_right(written) == "13812345678"
    assert phone_trouble(phone_written_right(written)) == ""


@pytest.mark.parametrize(
    ("phone", "said"),
    [("", "请填写手机号码。"), ("1381234567", "现在是10位"), ("12812345678", "核对开头"), ("电话同上", "只写数字")],
)
def test_what_is_no_mobile_is_refused_in_words(phone: str, said: str) -> None:
    assert said in phone_trouble(phone)


def test_lists_hide_the_middle_of_a_phone() -> None:
    assert phone_masked("13812345678") == "138****5678"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("局长", PostKind.LEADER), ("党组书记、局长", PostKind.LEADER), ("副局长", PostKind.DEPUTY),
        ("办公室主任", PostKind.OFFICER), ("投资科科长", PostKind.OFFICER), ("科员", PostKind.OFFICER),
        ("联络员", PostKind.LIAISON), ("系统管理员", PostKind.ADMINISTRATOR), ("常务副县长", PostKind.DEPUTY),
        ("工信股副股长", PostKind.OFFICER), ("审计管理员", PostKind.AUDITOR),
    ],
)
def test_a_title_says_which_seat_it_is(title: str, kind: PostKind) -> None:
    assert seat_kind(title) is kind


def test_units_are_compared_without_blanks_and_brackets() -> None:
    assert unit_key("任丘市 发展改革局（物价局）") == unit_key("任丘市发展改革局(物价局)")
