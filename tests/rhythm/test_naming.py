"""What cycles are called and when habits open them (R-G2): months, quarters, halves and years alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.calendars.rules import Calendar, period_of
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind, CycleState, DecisionState
from zhitong.domain.rhythm.rules.naming import LATEST_DAY, due_to_open, is_period_of, meeting_day, title_of
from zhitong.domain.rhythm.rules.way import (
    CYCLE_MOVES,
    DECISION_MOVES,
    RETURNS_ALLOWED,
    CycleAct,
    DecisionAct,
    Hand,
    why_not,
)

DAYS = Calendar({}, frozenset({2018}))
EVERY_HAND = frozenset(Hand)


@pytest.mark.parametrize(("kind", "code", "name"), [
    (CycleKind.MONTHLY_MEETING, "2018-09", "甲市2018年9月推进会"),
    (CycleKind.MONTHLY_SUPERVISION, "2018-09", "甲市2018年9月督查会"),
    (CycleKind.QUARTERLY, "2018Q3", "甲市2018年三季度调度会"),
    (CycleKind.MID_YEAR, "2018H1", "甲市2018年上半年会商会"),
    (CycleKind.ANNUAL, "2018", "甲市2018年度考核会"),
])
def test_a_cycle_is_called_by_its_region_period_and_kind(kind: CycleKind, code: str, name: str) -> None:
    assert title_of(kind, period_of(code), "甲市") == name
    assert is_period_of(kind, period_of(code))
    assert not is_period_of(kind, period_of("2018-09A"))


@pytest.mark.parametrize(("kind", "day", "ahead", "today", "expected"), [
    (CycleKind.MONTHLY_MEETING, 5, 7, date(2018, 8, 28), None),
    (CycleKind.MONTHLY_MEETING, 5, 7, date(2018, 8, 29), ("2018-09", date(2018, 9, 5))),
    (CycleKind.MONTHLY_MEETING, 5, 7, date(2018, 9, 5), ("2018-09", date(2018, 9, 5))),
    (CycleKind.MONTHLY_MEETING, 5, 7, date(2018, 9, 6), None),
    (CycleKind.MONTHLY_MEETING, 1, 3, date(2018, 8, 31), ("2018-09", date(2018, 9, 3))),  # 1 September is a Saturday
    (CycleKind.QUARTERLY, 95, 5, date(2018, 9, 28), ("2018Q3", date(2018, 10, 3))),
    (CycleKind.ANNUAL, 370, 10, date(2018, 12, 28), ("2018", date(2019, 1, 7))),
])
def test_a_habit_opens_ahead_of_its_day_and_never_after(
    kind: CycleKind, day: int, ahead: int, today: date, expected: tuple[str, date] | None
) -> None:
    found = due_to_open(kind, day, ahead, today, DAYS)

    assert (found and (found[0].code, found[1])) == expected


@given(st.sampled_from(list(CycleKind)), st.data(), st.integers(1, 60), st.dates(date(2018, 1, 1), date(2018, 12, 31)))
def test_what_a_habit_opens_lies_ahead_within_its_days(kind: CycleKind, data: st.DataObject, ahead: int, today: date) -> None:
    day = data.draw(st.integers(1, LATEST_DAY[PERIOD_OF[kind]]))
    found = due_to_open(kind, day, ahead, today, DAYS)

    if found is not None:
        assert 0 <= (found[1] - today).days <= ahead
        assert found[1] == meeting_day(found[0], day, DAYS)
        assert is_period_of(kind, found[0])


def test_every_act_has_a_state_in_which_it_may_be_done_and_one_in_which_it_may_not() -> None:
    for act, move in [*CYCLE_MOVES.items(), *DECISION_MOVES.items()]:
        states = CycleState if isinstance(act, CycleAct) else DecisionState
        for state in states:
            assert (why_not(act, state, EVERY_HAND) == "") is (state in move.since)
            assert state not in move.since or not move.hands or "不是本单位" in why_not(act, state, frozenset())


def test_after_some_returns_other_means_are_named() -> None:
    assert why_not(DecisionAct.RETURN, DecisionState.ANSWERED, EVERY_HAND, RETURNS_ALLOWED - 1) == ""
    assert "督办" in why_not(DecisionAct.RETURN, DecisionState.ANSWERED, EVERY_HAND, RETURNS_ALLOWED)
