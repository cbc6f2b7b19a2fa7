"""Every worked example comes out as it was worked out by hand (R-F5)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tests.calendars.worked_examples import EXAMPLES, Example
from zhitong.domain.calendars.rules import working_seconds
from zhitong.domain.calendars.rules.asking import Question, answer, hours_from, workdays_from
from zhitong.domain.calendars.rules.published import published_calendar
from zhitong.kit.clock import SHANGHAI


def question_of(example: Example) -> Question:
    amount = int(re.match(r"\d+", example.limit)[0])  # type: ignore[index]
    start = datetime.fromisoformat(example.start).replace(tzinfo=SHANGHAI)
    return workdays_from(start, amount) if "工作日" in example.limit else hours_from(start, amount)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.start} {one.limit} {one.why}")
def test_a_limit_comes_out_as_worked_out_by_hand(example: Example) -> None:
    told = answer(question_of(example), published_calendar())

    assert " ".join(f"{day.month}-{day.day}" for day in told.due.days) == example.counted
    assert f"{told.due.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == example.due
    assert told.due.is_provisional is example.is_provisional
    assert bool(told.reservation) is example.is_provisional


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "小时" in one.limit], ids=lambda one: one.start)
def test_an_hour_limit_shows_shares_that_add_up(example: Example) -> None:
    asked = question_of(example)
    told = answer(asked, published_calendar())

    shares = re.findall(r"日(?:\(补班\))? (?:(\d+)小时)?(?:(\d+)分)?", told.arithmetic.split("：", 1)[1].split("，到期")[0])
    assert sum(int(hours or 0) * 60 + int(minutes or 0) for hours, minutes in shares) == asked.amount
    assert working_seconds(asked.start, told.due.at, published_calendar()) == asked.amount * 60


def test_the_examples_cover_what_the_rules_can_meet() -> None:
    starts = [datetime.fromisoformat(one.start) for one in EXAMPLES]

    assert len(EXAMPLES) >= 30
    assert {start.year for start in starts} == set(range(2018, 2027))
    assert any(start.weekday() >= 5 for start in starts)
    assert any(one.start[:4] != one.due[:4] for one in EXAMPLES)
    assert sum(one.is_provisional for one in EXAMPLES) == 2
