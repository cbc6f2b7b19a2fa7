"""Counting on: whole working days, never back, with the sum in words (R-F5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problems.timing import at
from zhitong.domain.calendars.rules import Calendar, workdays_between
from zhitong.domain.problems.rules.kinds import Stage
from zhitong.domain.problems.rules.limits import Clock
from zhitong.domain.problems.rules.timing import (
    clock_counted_on,
    counted_on,
    extended_in_words,
    stood_in_words,
    stood_still,
    why_not_so_long,
    why_not_until,
)
from zhitong.kit.clock import SHANGHAI

DAYS = Calendar(
    {date(2018, 4, 28): True, **dict.fromkeys((date(2018, 4, 29), date(2018, 4, 30), date(2018, 5, 1)), False)},
    frozenset({2018}),
)
MOMENTS = st.integers(0, 300 * 24 * 60).map(lambda minutes: at(1, 2, 0, 0) + timedelta(minutes=minutes))


@pytest.mark.parametrize(("due", "workdays", "later"), [
    (at(4, 27), 1, at(4, 28)),
    (at(4, 28), 1, at(5, 2)),
    (at(4, 27), 3, at(5, 3)),
    (at(4, 27, 10, 30), 1, at(4, 28)),
    (at(4, 27, 10, 30), 0, at(4, 27, 10, 30)),
])
def test_a_due_time_is_counted_on_by_working_days(due: datetime, workdays: int, later: datetime) -> None:
    assert counted_on(due, workdays, DAYS) == later


@given(MOMENTS, st.integers(0, 30), st.integers(0, 30))
def test_it_never_moves_back_and_more_days_are_never_less(due: datetime, some: int, more: int) -> None:
    assert due <= counted_on(due, some, DAYS) <= counted_on(due, some + more, DAYS)


@given(MOMENTS, MOMENTS)
def test_a_stop_lasts_the_working_days_between(since: datetime, until: datetime) -> None:
    assert stood_still(since, until, DAYS) == max(0, workdays_between(since, until, DAYS))


def test_a_clock_counted_on_warns_on_its_new_last_day_and_one_that_stays_as_before() -> None:
    clock = Clock(Stage.COMPLETE, at(4, 6), at(4, 27), at(4, 27, 8), False)

    assert clock_counted_on(clock, 2, DAYS) == Clock(Stage.COMPLETE, at(4, 6), at(5, 2), at(5, 2, 8), False)
    assert clock_counted_on(clock, 0, DAYS) == clock


def test_a_clock_counted_on_into_a_year_that_is_not_published_is_provisional() -> None:
    clock = Clock(Stage.COMPLETE, at(12, 7), at(12, 28), at(12, 28, 8), False)

    assert clock_counted_on(clock, 3, DAYS).is_provisional


def test_the_sums_name_every_day() -> None:
    assert extended_in_words(at(4, 27), at(5, 2), 2, DAYS) == (
        "原办结时限 4月27日 17:30，延期 2 个工作日：4月28日(补班) 5月2日，延至 5月2日 17:30"
    )
    assert stood_in_words(at(4, 27, 9, 0), at(4, 27, 16, 0), 0, None, None, DAYS) == (
        "4月27日 09:00 停表，4月27日 16:00 恢复，停表 0 个工作日"
    )


@pytest.mark.parametrize(("workdays", "may"), [(0, False), (1, True), (30, True), (31, False)])
def test_an_extension_has_its_bounds(workdays: int, may: bool) -> None:
    assert (why_not_so_long(workdays) is None) is may


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, False), (1, True), (365, True), (366, False)])
def test_a_day_of_return_has_its_bounds(days: int, may: bool) -> None:
    now = at(4, 27)

    assert (why_not_until(now.astimezone(SHANGHAI).date() + timedelta(days=days), now) is None) is may
