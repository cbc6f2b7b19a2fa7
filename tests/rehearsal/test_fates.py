"""What comes next for a problem of the story, by how it stands and what is laid down for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.problems.rules.kinds import DeclineReason, Nature, Outcome, Source, SpellKind, State, Urgency
from zhitong.domain.problems.rules.standing import SpellStanding, Standing
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.story.acting import ACTS
from zhitong.rehearsal.story.fates import Fate, Progress, draw_fate, next_act, note
from zhitong.rehearsal.story.hours import OfficeTime

NOW = datetime(2018, 9, 3, 2, 0, tzinfo=UTC)
NOBODY = UUID(int=1)
SPELL = SpellStanding(UUID(int=2), SpellKind.HANDLING, NOBODY, NOBODY, NOW)


def standing(state: State, **more: Any) -> Standing:
    return Standing(
        id=NOBODY, number="", campaign="", region_id=NOBODY, reporter_unit_id=NOBODY, subject_kind="", category="",
        nature=Nature.REQUEST, unnamed=False, recorded=False, source=Source.CARD,
        line_id=None, urgency=Urgency.ORDINARY, confidential=False, tier="", state=state, spell=SPELL,
        level_region_id=NOBODY, last_act=Act.SUBMIT, last_unit_id=None, last_at=NOW, submitted_at=NOW, **more,
    )


CASES = [
    (State.SUBMITTED, {}, Fate(), Act.ACCEPT),
    (State.SUBMITTED, {}, Fate(asked=True), Act.ASK_MORE),
    (State.SUBMITTED, {"asks": 1}, Fate(asked=True), Act.ACCEPT),
    (State.SUBMITTED, {}, Fate(declined=DeclineReason.IN_COURT), Act.DECLINE),
    (State.DISPATCHED, {}, Fate(sent_back=True), Act.SEND_BACK),
    (State.DISPATCHED, {"send_backs": 1}, Fate(sent_back=True), Act.ACKNOWLEDGE),
    (State.DISPATCHED, {"climbs": 1}, Fate(levels=1, given_back=Act.ASK_LOWER), Act.ASK_LOWER),
    (State.HANDLING, {}, Fate(replies=False), Act.COMPLETE),
    (State.HANDLING, {}, Fate(replies=False, levels=2), Act.PROPOSE),
    (State.HANDLING, {"climbs": 2}, Fate(replies=False, levels=2), Act.COMPLETE),
    (State.ANSWERED, {}, Fate(rejections=1), Act.REJECT),
    (State.ANSWERED, {"rejections": 1}, Fate(rejections=1), Act.CONFIRM),
    (State.ANSWERED, {}, Fate(silent=True), None),
    (State.REVIEW, {"rejections": 2}, Fate(rejections=2), Act.END),
    (State.HANDLING, {}, Fate(hold=State.HANDLING), None),
    (State.HANDLING, {}, Fate(hold=State.HANDLING, levels=1, replies=False), Act.PROPOSE),
    (State.CONFIRMED, {"outcome": Outcome.SOLVED}, Fate(), Act.CLOSE_OFF),
    (State.CONFIRMED, {"outcome": Outcome.PARTLY}, Fate(), Act.VERIFY),
    (State.CONFIRMED, {"outcome": Outcome.PARTLY, "verified": True}, Fate(), Act.CLOSE_OFF),
    (State.CLOSED, {}, Fate(), None),
]


@pytest.mark.parametrize(("state", "more", "fate", "act"), CASES)
def test_the_next_act(state: State, more: dict[str, Any], fate: Fate, act: Act | None) -> None:
    assert next_act(standing(state, **more), fate, Progress(fate.levels)) is act


def test_what_comes_next_is_always_allowed_by_the_table() -> None:
    draw = Random(7)
    for state in State:
        for _ in range(200):
            fate = draw_fate(draw)
            act = next_act(standing(state), fate, Progress(fate.levels))
            assert act is None or state in MOVES[act].since


def test_a_kept_proposal_is_not_made_again() -> None:
    gone = Progress(levels=2)

    note(Act.KEEP, standing(State.PROPOSED), gone)

    assert next_act(standing(State.HANDLING), Fate(levels=2, replies=False, kept=True), gone) is Act.COMPLETE


UNPLAYED = {
    Act.SUBMIT,  # every story begins with it
    Act.CORRECT, Act.MERGE, Act.SPLIT,  # the invented texts are never wrong, double or mixed
    Act.DESIGNATE, Act.OFFER, Act.TAKE, Act.TURN_DOWN, Act.CONSULT, Act.REGISTER_REPLY,  # quarrels and letters are for people
    Act.PRECHECK,  # no township of the shipped package looks first
    Act.REFUSE_REQUEST, Act.ADVISE, Act.COORDINATE, Act.TAKE_OVER, Act.LOOK_IN, Act.ANSWER_LOOK_IN,
    Act.CONFIRM_CONTACT, Act.RATE, Act.REOPEN, Act.FIND_WANTING, Act.CLOSE_UNRATED,
}
"""What the demonstration leaves to its guests."""


def test_every_act_that_is_not_left_to_the_guests_is_played() -> None:
    assert set(ACTS) == set(Act) - UNPLAYED


def test_acts_fall_into_office_hours_of_working_days() -> None:
    hours = OfficeTime(Calendar({date(2018, 9, 24): False}, frozenset({2018})), date(2018, 9, 1), date(2018, 9, 30))
    friday = datetime(2018, 9, 21, 17, 15, tzinfo=SHANGHAI)
    draw = Random(1)

    for days in (0, 1, 3):
        for _ in range(50):
            at = hours.later(friday, days, draw)
            assert at > friday
            assert hours.days.count(at.date()) == 1
            assert (8, 30) <= (at.hour, at.minute) <= (17, 30)
            assert not 12 * 60 <= at.hour * 60 + at.minute < 13 * 60 + 30
