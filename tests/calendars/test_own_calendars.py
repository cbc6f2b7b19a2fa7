"""Calendars of units and regions laid over that of the installation, by example and by property (R-F5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.calendars.rules import (
    DEFAULT_SESSIONS,
    Calendar,
    DayKind,
    Sessions,
    due_after_minutes,
    due_after_workdays,
    warn_before,
    workdays_between,
    working_seconds,
)
from zhitong.domain.calendars.rules.own import OwnCalendar, laid_over
from zhitong.domain.calendars.rules.published import published_calendar
from zhitong.kit.clock import SHANGHAI, day_of

NINE_TO_FIVE: Sessions = ((time(9), time(12)), (time(13), time(17)))
SUMMER: Sessions = ((time(8), time(12)), (time(15), time(18)))
THROUGH: Sessions = ((time(9), time(16)),)
BASE = published_calendar()


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2018, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def test_the_nearest_with_own_hours_gives_them() -> None:
    unit, county, city = OwnCalendar(), OwnCalendar({date(2018, 1, 1): NINE_TO_FIVE}), OwnCalendar({date(2018, 1, 1): SUMMER})

    assert laid_over(BASE, [unit, county, city]).sessions_on(date(2018, 5, 2)) == NINE_TO_FIVE
    assert laid_over(BASE, [city]).sessions_on(date(2018, 5, 2)) == SUMMER
    assert laid_over(BASE, []).sessions_on(date(2018, 5, 2)) == DEFAULT_SESSIONS


def test_hours_hold_from_their_day_until_others_begin() -> None:
    county = OwnCalendar({date(2018, 6, 1): SUMMER, date(2018, 9, 1): None})
    unit = OwnCalendar({date(2018, 7, 1): THROUGH})
    here = laid_over(BASE, [unit, county])

    assert here.sessions_on(date(2018, 5, 31)) == DEFAULT_SESSIONS
    assert here.sessions_on(date(2018, 6, 1)) == SUMMER
    assert here.sessions_on(date(2018, 7, 2)) == THROUGH
    assert laid_over(BASE, [county]).sessions_on(date(2018, 9, 1)) == DEFAULT_SESSIONS


def test_a_unit_that_gives_up_its_hours_follows_its_region_again() -> None:
    unit = OwnCalendar({date(2018, 1, 1): THROUGH, date(2018, 6, 1): None})
    county = OwnCalendar({date(2018, 1, 1): NINE_TO_FIVE})

    assert laid_over(BASE, [unit, county]).sessions_on(date(2018, 6, 1)) == NINE_TO_FIVE


def test_special_days_are_merged_and_the_nearest_outdoes() -> None:
    fair, closure = date(2018, 5, 16), date(2018, 8, 14)
    county = OwnCalendar(special={fair: False, closure: False})
    unit = OwnCalendar(special={fair: True, date(2018, 5, 19): True})
    here = laid_over(BASE, [unit, county])

    assert here.kind_of(fair) is DayKind.WORKING
    assert here.kind_of(closure) is DayKind.HOLIDAY
    assert here.kind_of(date(2018, 5, 19)) is DayKind.MAKE_UP
    assert here.kind_of(date(2018, 4, 28)) is DayKind.MAKE_UP


def test_a_limit_across_a_change_of_hours_counts_each_day_by_its_own() -> None:
    here = laid_over(BASE, [OwnCalendar({date(2018, 6, 1): SUMMER})])

    assert due_after_workdays(at(5, 30, 10), 2, here).at == at(6, 1, 18)
    assert due_after_minutes(at(5, 31, 17), 60, here).at == at(6, 1, 8, 30)
    assert warn_before(due_after_workdays(at(5, 30, 10), 2, here), at(5, 30, 10), here) == at(6, 1, 8)


def test_a_local_holiday_moves_a_limit_by_its_day() -> None:
    closed = laid_over(BASE, [OwnCalendar(special={date(2018, 5, 3): False})])

    assert due_after_workdays(at(4, 27, 15, 40), 5, closed).at == at(5, 8, 17, 30)


DAYS = st.dates(date(2018, 1, 1), date(2019, 12, 31))
HOURS = st.sampled_from([DEFAULT_SESSIONS, NINE_TO_FIVE, SUMMER, THROUGH])
OWN = st.builds(
    OwnCalendar, st.dictionaries(DAYS, st.none() | HOURS, max_size=4), st.dictionaries(DAYS, st.booleans(), max_size=30)
)
CALENDARS = st.lists(OWN, max_size=4).map(lambda own: laid_over(BASE, own))
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2019, 11, 30)).map(  # noqa: DTZ001 - the zone is set next
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=SHANGHAI).astimezone(UTC)
)
MINUTES, WORKDAYS = st.integers(1, 6000), st.integers(1, 60)


def is_open(moment: datetime, here: Calendar) -> bool:
    """Whether offices are open at a moment, closing time included."""
    local = moment.astimezone(SHANGHAI)
    return here.works_on(local.date()) and any(
        opens < local.time() <= closes for opens, closes in here.sessions_on(local.date())
    )


@given(here=CALENDARS, start=MOMENTS, minutes=MINUTES, workdays=WORKDAYS)
def test_nothing_falls_due_in_closed_hours(here: Calendar, start: datetime, minutes: int, workdays: int) -> None:
    for due in (due_after_minutes(start, minutes, here), due_after_workdays(start, workdays, here)):
        assert is_open(due.at, here)
        assert due.at > start
        assert due.days == tuple(sorted(set(due.days)))
        assert all(here.works_on(day) for day in due.days)


@given(here=CALENDARS, start=MOMENTS, minutes=MINUTES)
def test_an_hour_limit_takes_exactly_its_office_minutes(here: Calendar, start: datetime, minutes: int) -> None:
    due = due_after_minutes(start, minutes, here)

    assert working_seconds(start, due.at, here) == minutes * 60
    assert working_seconds(start, due.at - timedelta(seconds=1), here) == minutes * 60 - 1


@given(here=CALENDARS, start=MOMENTS, workdays=WORKDAYS)
def test_a_day_limit_ends_at_the_close_of_its_last_day(here: Calendar, start: datetime, workdays: int) -> None:
    due = due_after_workdays(start, workdays, here)

    assert len(due.days) == workdays_between(start, due.at, here) == workdays
    assert due.at.astimezone(SHANGHAI).time() == here.sessions_on(day_of(due.at))[-1][1]


@given(here=CALENDARS, start=MOMENTS, later=st.integers(0, 20000), minutes=MINUTES, workdays=WORKDAYS)
def test_who_starts_later_is_never_due_earlier(
    here: Calendar, start: datetime, later: int, minutes: int, workdays: int
) -> None:
    second = start + timedelta(minutes=later)

    assert due_after_minutes(start, minutes, here).at <= due_after_minutes(second, minutes, here).at
    assert due_after_workdays(start, workdays, here).at <= due_after_workdays(second, workdays, here).at


@given(here=CALENDARS, start=MOMENTS, amount=st.integers(1, 60), more=st.integers(1, 60))
def test_a_longer_limit_is_due_later(here: Calendar, start: datetime, amount: int, more: int) -> None:
    assert due_after_minutes(start, amount, here).at < due_after_minutes(start, amount + more, here).at
    assert due_after_workdays(start, amount, here).at < due_after_workdays(start, amount + more, here).at


@given(here=CALENDARS, start=MOMENTS, workdays=WORKDAYS, minutes=MINUTES)
def test_soon_begins_after_the_start_and_before_the_end(
    here: Calendar, start: datetime, workdays: int, minutes: int
) -> None:
    for due in (due_after_workdays(start, workdays, here), due_after_minutes(start, minutes, here)):
        assert start < warn_before(due, start, here) < due.at


@given(own=st.lists(OWN, max_size=3), day=DAYS)
def test_without_own_entries_on_a_day_the_calendar_above_holds(own: list[OwnCalendar], day: date) -> None:
    here, above = laid_over(BASE, own), laid_over(BASE, own[1:])

    if own and own[0].hours_on(day) is None:
        assert here.sessions_on(day) == above.sessions_on(day)
    if own and day not in own[0].special:
        assert here.kind_of(day) is above.kind_of(day)
