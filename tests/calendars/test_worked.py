"""Working time laid out once gives what counting stretch by stretch gives, in whole minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.domain.calendars.rules import Calendar, working_seconds
from zhitong.domain.calendars.rules.published import published_calendar
from zhitong.domain.calendars.rules.worked import WorkedTime, minutes_of_a_day

FIRST, LAST = date(2018, 4, 20), date(2018, 6, 20)
BEGIN = datetime(2018, 4, 20, tzinfo=UTC)
MOMENTS = st.integers(0, 60 * 24 * 3600).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
SHORT_DAYS = Calendar({}, frozenset({2018}), ((time(9), time(12)),), ((date(2018, 5, 7), ((time(13), time(17)),)),))


@settings(max_examples=60, deadline=None)
@given(MOMENTS, MOMENTS)
def test_it_is_what_counting_stretch_by_stretch_gives(start: datetime, end: datetime) -> None:
    for calendar in (published_calendar(), SHORT_DAYS):
        worked = WorkedTime(calendar, FIRST, LAST)

        assert worked.minutes(start, end) == working_seconds(start, end, calendar) // 60


def test_a_make_up_saturday_counts_and_the_holiday_after_it_does_not() -> None:
    worked = WorkedTime(published_calendar(), FIRST, LAST)
    friday = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)

    assert worked.minutes(friday, friday + timedelta(days=1)) == 110 + 340
    assert worked.minutes(friday, datetime(2018, 5, 1, 15, tzinfo=UTC)) == 110 + 450


def test_nothing_passes_backwards() -> None:
    at = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)

    assert WorkedTime(published_calendar(), FIRST, LAST).minutes(at, at - timedelta(hours=1)) == 0


def test_a_day_is_as_long_as_offices_are_open() -> None:
    assert (minutes_of_a_day(published_calendar()), minutes_of_a_day(SHORT_DAYS)) == (450, 180)
