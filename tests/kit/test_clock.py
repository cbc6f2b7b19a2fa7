"""Time has one door: shifted by the installation's offset, held still by a block, cut into days in Shanghai."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.campaigns.queries import clock_offset, is_demonstration
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """Each test asks for the offset as a new process would, and leaves the room's own source behind."""
    yield
    clock.ask_offset_of(clock_offset)


def test_a_day_is_that_of_shanghai() -> None:
    assert clock.day_of(datetime(2018, 4, 27, 15, 59, tzinfo=UTC)) == date(2018, 4, 27)
    assert clock.day_of(datetime(2018, 4, 27, 16, 0, tzinfo=UTC)) == date(2018, 4, 28)


def test_time_runs_on_from_the_offset() -> None:
    clock.ask_offset_of(lambda: timedelta(days=-3000))

    assert abs(clock.now() - datetime.now(UTC) - timedelta(days=-3000)) < timedelta(seconds=5)


def test_the_offset_is_asked_for_once() -> None:
    asked: list[int] = []

    def source() -> timedelta:
        asked.append(1)
        return timedelta(hours=1)

    clock.ask_offset_of(source)
    clock.now()
    clock.now()

    assert asked == [1]


def test_a_held_moment_stands_still_and_lets_go() -> None:
    moment = datetime(2018, 9, 17, 1, tzinfo=UTC)
    clock.ask_offset_of(timedelta)

    with clock.held_at(moment):
        assert clock.now() == clock.now() == moment
        assert clock.today() == date(2018, 9, 17)
    assert clock.now() > moment


@pytest.mark.django_db
def test_a_demonstration_carries_its_offset_in_the_database() -> None:
    assert (is_demonstration(), clock_offset()) == (False, timedelta())

    mark_demonstration(clock_offset=timedelta(days=-2987))
    clock.ask_offset_of(clock_offset)

    assert is_demonstration()
    assert abs(clock.now() - datetime.now(UTC) + timedelta(days=2987)) < timedelta(seconds=5)
