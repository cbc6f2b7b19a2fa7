"""What is work and what is waiting, whose names stand beside figures, and what is a bottleneck (R-H3, R-H9)."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.analysis.rules.timing.activities import (
    ACTIVITY_OF,
    GOING_BACK,
    HELD_BY_A_UNIT,
    Activity,
    WaitsFor,
    activity_of,
    waits_for,
)
from zhitong.domain.analysis.rules.timing.bottlenecks import LEAST_TIMES, bottlenecks
from zhitong.domain.analysis.rules.timing.figures import Length, Standing
from zhitong.domain.analysis.rules.timing.peers import LEAST_TOGETHER, place_among
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import CLOSED_STATES, OPEN_STATES, State
from zhitong.domain.problems.rules.way import Act

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_time_is_spent_in_every_open_state_and_in_no_closed_one() -> None:
    assert set(ACTIVITY_OF) == OPEN_STATES
    assert {activity_of(state) for state in CLOSED_STATES} == {None}


def test_what_waits_waits_for_somebody() -> None:
    for state, (activity, whom) in ACTIVITY_OF.items():
        assert (whom is WaitsFor.NOBODY) == (activity is Activity.WORKING), state
    assert waits_for(State.CLOSED) is WaitsFor.NOBODY


def test_a_unit_does_not_answer_for_what_waits_for_the_firm() -> None:
    assert not {State.ANSWERED, State.ASKED, State.PAUSED, State.PARKED} & HELD_BY_A_UNIT
    assert {State.DISPATCHED, State.HANDLING, State.ACCEPTED} <= HELD_BY_A_UNIT


def test_sending_back_and_rejecting_lead_back() -> None:
    assert {Act.SEND_BACK, Act.REJECT, Act.FIND_WANTING} <= set(GOING_BACK)


def held(unit: UUID, times: int, median: int, late: int = 0) -> dict[tuple[UUID, State, Rank], Length]:
    return {(unit, State.DISPATCHED, Rank.COUNTY): Length(times, times, median, median, times * median, times, late)}


LIKE = {(State.DISPATCHED, Rank.COUNTY): Length(40, 40, 60, 300, 4000, 40, 2)}


def test_the_excess_is_what_all_times_come_to_beyond_the_like() -> None:
    standing = {(ONE, State.DISPATCHED): Standing(3, 1)}

    found = bottlenecks(held(ONE, 6, 100) | held(OTHER, 20, 70), LIKE, standing, [ONE, OTHER])

    assert [(one.unit_id, one.excess, one.standing.problems) for one in found] == [(ONE, 240, 3), (OTHER, 200, 0)]


def test_who_is_as_quick_as_its_like_but_late_is_named_after_the_slow() -> None:
    found = bottlenecks(held(ONE, 9, 60, late=4) | held(OTHER, 9, 61), LIKE, {}, [ONE, OTHER])

    assert [one.unit_id for one in found] == [OTHER, ONE]


def test_few_times_quick_units_and_others_names_are_left_out() -> None:
    few, quick, unnamed = held(ONE, LEAST_TIMES - 1, 999), held(ONE, 9, 60), held(OTHER, 9, 999)

    assert bottlenecks(few, LIKE, {}, [ONE]) == bottlenecks(quick, LIKE, {}, [ONE]) == []
    assert bottlenecks(unnamed, LIKE, {}, [ONE]) == []


def test_ones_own_place_is_told_among_enough_others() -> None:
    medians = {UUID(int=n): n * 10 for n in range(1, LEAST_TOGETHER + 2)}

    assert place_among(UUID(int=2), medians) == (2, LEAST_TOGETHER + 1)
    assert place_among(UUID(int=99), medians) is None
    assert place_among(UUID(int=1), dict(list(medians.items())[:LEAST_TOGETHER])) is None
