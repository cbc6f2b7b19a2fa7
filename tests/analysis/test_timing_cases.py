"""Where time goes, case by case: limits, the last period, what is left out, what is refused (R-H3, R-H9)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.analysis.worlds import LATER, measure, raised, told
from tests.problems.ways import confirmed, of_safety
from tests.world import NOW
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db


def test_what_is_not_measured_yet_is_counted_and_said() -> None:
    confirmed(raised())

    found = told()

    assert found.times == found.unmeasured == 3
    assert {one.length.median for one in found.states} == {None}


def test_stages_are_held_against_their_limits() -> None:
    quick, slow = raised(), raised()
    quick.does("park", acknowledge, Acknowledge, contact="已联系")
    slow.now += timedelta(days=6)
    slow.does("park", acknowledge, Acknowledge, contact="已联系")
    measure(quick, slow)

    found = told(period=period_of("2018Q2"), now=NOW + timedelta(days=7))

    passed = {one.stage: (one.passed.times, one.passed.within) for one in found.stages}
    assert passed[Stage.ACKNOWLEDGE] == (2, 1)
    dispatched = next(one for one in found.states if one.state is State.DISPATCHED)
    assert (dispatched.length.judged, dispatched.length.late) == (2, 1)


def test_it_is_held_against_as_much_of_the_last_period() -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    measure(story)

    found = told(period=period_of("2018-05"), now=NOW + timedelta(days=33))

    dispatched = next(one for one in found.states if one.state is State.DISPATCHED)
    assert (dispatched.length.times, dispatched.last.times) == (0, 1)
    assert told(period=period_of("2018-05"), now=NOW + timedelta(days=20)).states[0].last.times == 0


def test_confidential_and_recorded_matters_are_not_in_it() -> None:
    measure(confirmed(raised(confidential=True)), confirmed(raised(recorded=True)))

    found = told()

    assert (found.times, found.states) == (0, ())


def test_a_period_that_has_not_begun_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="还没有开始"):
        told(period=period_of("2018-06"))
    with pytest.raises(BadInput, match="不能晚于现在"):
        told(at=LATER + timedelta(days=1))


def test_the_way_of_a_department_is_told_by_its_line() -> None:
    measure(of_safety(raised), confirmed(raised()))

    whole, line = told(), told("city")

    assert 0 < line.times < whole.times
