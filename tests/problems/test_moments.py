"""Problems reported or closed within a time, and problems as they stood at a past moment (R-H9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.cast import Story, viewer
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.queries.lists import Filters, count_for
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.moments import Moments

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]
LATER = NOW + timedelta(days=20)


def counted(now: datetime = LATER, **asked: object) -> int:
    with acting_as(viewer("city_office")) as here:
        return count_for(here, Lens.TERRITORY, Filters(**asked), now=now)  # type: ignore[arg-type]


def test_problems_reported_within_a_time_are_found_to_the_moment(raised: Raised) -> None:
    raised()
    raised(now=NOW + timedelta(days=1))

    assert counted(moments=Moments(reported_after=NOW)) == 1
    assert counted(moments=Moments(reported_until=NOW)) == 1
    assert counted(moments=Moments(reported_after=NOW - timedelta(seconds=1), reported_until=NOW + timedelta(days=1))) == 2


def test_problems_closed_within_a_time_and_as_they_stood_before(raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系企业负责人")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已调整供电方案。")
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    before = story.now
    story.does("zone_office", close_off, CloseOff)

    assert counted(moments=Moments(closed_after=before, closed_until=story.now)) == 1
    assert counted(moments=Moments(closed_until=before)) == counted(moments=Moments(closed_after=story.now)) == 0
    assert counted(states=(State.CONFIRMED,), moments=Moments(as_of=before)) == 1
    assert counted(states=(State.CONFIRMED,)) == counted(states=(State.CLOSED,), moments=Moments(as_of=before)) == 0
    assert counted(states=(State.CLOSED,), moments=Moments(as_of=story.now)) == 1
    assert counted(moments=Moments(as_of=NOW - timedelta(seconds=1))) == 0


def test_what_was_late_then_is_found_though_it_is_late_no_longer(raised: Raised) -> None:
    story = raised()
    late = NOW + timedelta(days=10)
    story.now = late
    story.does("park", acknowledge, Acknowledge, contact="已联系")

    assert counted(light=Light.OVERDUE, moments=Moments(as_of=late)) == 1
    assert counted(light=Light.OVERDUE, moments=Moments(as_of=NOW)) == 0
    assert counted(light=Light.OVERDUE, now=story.now) == 0


def test_category_level_and_line_are_asked_of_that_moment_too(raised: Raised) -> None:
    raised(category="energy")
    here = directory()
    line = next(one.id for one in here.lines.values() if counted(line_id=one.id))

    for asked in ({"categories": ("energy",)}, {"line_id": line}, {}):
        assert counted(moments=Moments(as_of=NOW), **asked) == 1
    assert counted(moments=Moments(as_of=NOW), categories=("land",)) == 0
