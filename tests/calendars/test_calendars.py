"""Limits in working days and office hours, over weekends, holidays and make-up days; every step can be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import acting
from zhitong.domain.calendars.actions import load_published, publish_year
from zhitong.domain.calendars.models import PublishedYear, SpecialDay
from zhitong.domain.calendars.queries import calendar, forget_calendar
from zhitong.domain.calendars.rules import (
    Calendar,
    DayKind,
    LimitUnit,
    arithmetic,
    due_after_minutes,
    due_after_workdays,
    warn_before,
    workdays_between,
    working_seconds,
)
from zhitong.domain.calendars.rules.published import SpecialDate
from zhitong.kit.clock import SHANGHAI

MAY = Calendar({date(2018, 4, 28): True, date(2018, 4, 30): False, date(2018, 5, 1): False}, frozenset({2018}))
"""The May of 2018: 4月28日 is worked for 4月30日."""


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2018) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def test_the_example_of_the_design() -> None:
    start = at(4, 27, 15, 40)

    due = due_after_workdays(start, 5, MAY)

    assert due.at == at(5, 7, 17, 30)
    assert arithmetic(start, due, 5, LimitUnit.WORKDAYS, MAY) == (
        "交办 4月27日 15:40，5 个工作日：4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30"
    )


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (at(5, 2, 9), 60, at(5, 2, 10)),
        (at(5, 2, 11, 30), 60, at(5, 2, 14)),  # 午休不计
        (at(5, 2, 12, 10), 60, at(5, 2, 14, 30)),  # 午休时交办，下午起算
        (at(5, 2, 17), 60, at(5, 3, 9)),  # 过夜
        (at(5, 4, 17), 120, at(5, 7, 10)),  # 过周末
        (at(4, 27, 17), 60, at(4, 28, 9)),  # 补班的周六算
        (at(4, 28, 17), 60, at(5, 2, 9)),  # 过五一
        (at(5, 5, 10), 30, at(5, 7, 9)),  # 周末交办，周一起算
        (at(5, 2, 8), 7 * 60 + 30, at(5, 2, 17, 30)),  # 正好一天，下班时到期
        (at(5, 2, 8), 7 * 60 + 31, at(5, 3, 8, 31)),
    ],
)
def test_hour_limits_count_minutes_inside_office_hours(start: datetime, minutes: int, due: datetime) -> None:
    assert due_after_minutes(start, minutes, MAY).at == due


def test_the_day_of_start_does_not_count_even_before_office_hours() -> None:
    assert due_after_workdays(at(5, 2, 1), 1, MAY).at == at(5, 3, 17, 30)
    assert due_after_workdays(at(5, 2, 23, 59), 1, MAY).at == at(5, 3, 17, 30)


def test_beyond_the_published_calendar_a_limit_is_provisional_and_says_so() -> None:
    start = at(12, 28, 10)

    due = due_after_workdays(start, 3, MAY)

    assert (due.at, due.is_provisional) == (at(1, 2, 17, 30, 2019), True)
    assert arithmetic(start, due, 3, LimitUnit.WORKDAYS, MAY).endswith("（该年放假安排尚未公布，为暂定时间）")
    assert due_after_minutes(at(12, 31, 17), 60, MAY).is_provisional
    assert not due_after_workdays(at(12, 27, 10), 2, MAY).is_provisional


def test_an_unpublished_year_counts_by_weekdays() -> None:
    assert MAY.kind_of(date(2019, 5, 1)) is DayKind.WORKING
    assert MAY.kind_of(date(2019, 5, 4)) is DayKind.WEEKEND


@pytest.mark.parametrize("count", [due_after_workdays, due_after_minutes])
def test_a_limit_of_nothing_is_none(count: object) -> None:
    with pytest.raises(ValueError, match="at least one"):
        count(at(5, 2), 0, MAY)  # type: ignore[operator]


def test_soon_begins_with_the_last_working_day_or_at_three_quarters_of_a_short_limit() -> None:
    start = at(5, 2, 10)

    assert warn_before(due_after_workdays(start, 5, MAY), start, MAY) == at(5, 9, 8, 30)
    assert warn_before(due_after_minutes(start, 60, MAY), start, MAY) == at(5, 2, 10, 45)
    one_day = due_after_workdays(start, 1, MAY)
    assert start < warn_before(one_day, start, MAY) < one_day.at


def test_working_time_leaves_out_lunch_nights_and_holidays() -> None:
    assert working_seconds(at(5, 2, 11), at(5, 2, 14), MAY) == 90 * 60
    assert working_seconds(at(4, 27, 17), at(5, 2, 9), MAY) == (30 + 7 * 60 + 30 + 30) * 60
    assert working_seconds(at(5, 2, 14), at(5, 2, 11), MAY) == 0


def test_working_days_between_two_moments_are_counted_forth_and_back() -> None:
    assert workdays_between(at(4, 27, 17), at(5, 7, 9), MAY) == 5
    assert workdays_between(at(5, 7, 9), at(4, 27, 17), MAY) == -5
    assert workdays_between(at(5, 2, 9), at(5, 2, 17), MAY) == 0


MOMENTS = st.integers(0, 330 * 24 * 3600).map(lambda seconds: at(1, 1) + timedelta(seconds=seconds))


@given(start=MOMENTS, workdays=st.integers(1, 40))
def test_a_day_limit_ends_at_the_close_of_its_last_day_and_counts_as_many(start: datetime, workdays: int) -> None:
    due = due_after_workdays(start, workdays, MAY)

    assert len(due.days) == workdays_between(start, due.at, MAY) == workdays
    assert due.at.astimezone(SHANGHAI).time() == time(17, 30)
    assert all(MAY.works_on(day) for day in due.days)


@given(start=MOMENTS, minutes=st.integers(1, 3000))
def test_an_hour_limit_takes_exactly_its_working_minutes(start: datetime, minutes: int) -> None:
    due = due_after_minutes(start, minutes, MAY)

    assert working_seconds(start, due.at, MAY) == minutes * 60
    assert working_seconds(start, due.at - timedelta(seconds=1), MAY) == minutes * 60 - 1


@pytest.mark.django_db
def test_the_published_years_are_entered_once_and_unknown_ones_left_out() -> None:
    forget_calendar()

    with acting("province_office"):
        assert load_published(2018, 2019) == []  # the small world has them
        assert load_published(2017, 2100)[0] == 2017
    assert not PublishedYear.objects.filter(year=2100).exists()
    assert calendar().kind_of(date(2018, 4, 28)) is DayKind.MAKE_UP
    assert calendar().kind_of(date(2018, 10, 1)) is DayKind.HOLIDAY
    assert not calendar().is_published(date(2100, 1, 1))
    forget_calendar()


@pytest.mark.django_db
def test_publishing_a_year_replaces_what_stood_there() -> None:
    with acting("province_office"):
        publish_year(year=2018, dates=[SpecialDate(date(2018, 6, 18), False, "端午")], source="试行")

    assert list(SpecialDay.objects.filter(on__year=2018).values_list("on", "works")) == [(date(2018, 6, 18), False)]
    assert calendar().kind_of(date(2018, 4, 28)) is DayKind.WEEKEND
    forget_calendar()
