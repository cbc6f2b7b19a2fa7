"""What waits for what has passed by lapses in one place, whichever act left it behind (R-F3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.world import NOW
from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.rules.kinds import Nature, RequestKind, Source, SpellKind, State, Urgency
from zhitong.domain.problems.rules.lapsing import Waiting, has_waiting, with_lapsed
from zhitong.domain.problems.rules.standing import Change, SpellStanding, Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7

UNIT, OFFICE, OTHER, REGION = uuid7(), uuid7(), uuid7(), uuid7()
REQUEST, OFFER, PROPOSAL, PART = uuid7(), uuid7(), uuid7(), uuid7()
WAITING = Waiting(REQUEST, OFFER, PROPOSAL, (PART,))
CALENDAR = Calendar({}, frozenset({2018}))
SOMEBODY = Actor(None, None, UNIT, "test")


def spell(unit_id: UUID = UNIT) -> SpellStanding:
    return SpellStanding(uuid7(), SpellKind.HANDLING, unit_id, REGION, NOW)


BEFORE = Standing(
    id=uuid7(), number="冀-演示-2018-000001", campaign="hebei-2018", region_id=REGION, reporter_unit_id=None,
    subject_kind="enterprise", category="energy", line_id=None, nature=Nature.REQUEST, urgency=Urgency.ORDINARY,
    confidential=False, unnamed=False, recorded=False, source=Source.CARD, tier="", state=State.HANDLING, spell=spell(),
    level_region_id=REGION, last_act=Act.ACKNOWLEDGE, last_unit_id=UNIT, last_at=NOW, submitted_at=NOW,
)


def after(act: Act, before: Standing, **changes: Any) -> Change:
    change = Change(act, SOMEBODY, NOW + timedelta(hours=1), before, replace(before, **changes))
    return with_lapsed(change, WAITING, CALENDAR)


def amended(change: Change) -> dict[tuple[str, UUID], str]:
    return {(model, row_id): values["state"] for model, row_id, values in change.amend}


def asked(kind: RequestKind, **more: Any) -> Standing:
    return replace(BEFORE, pending=kind, decider_unit_id=OFFICE, **more)


@pytest.mark.parametrize("kind", [RequestKind.EXTENSION, RequestKind.PAUSE, RequestKind.PARK])
@pytest.mark.parametrize(("act", "moves"), [
    (Act.COMPLETE, {"state": State.ANSWERED}),
    (Act.PROPOSE, {"state": State.PROPOSED}),
    (Act.REASSIGN, {"state": State.DISPATCHED, "spell": spell(OTHER)}),
    (Act.TAKE, {"spell": spell(OTHER)}),
    (Act.SEND_BACK, {"state": State.ACCEPTED, "spell": spell(OFFICE)}),
])
def test_a_request_for_time_lapses_when_the_matter_moves_on(kind: RequestKind, act: Act, moves: dict[str, Any]) -> None:
    change = after(act, asked(kind), **moves)

    assert (change.after.pending, change.after.decider_unit_id) == (None, None)
    assert amended(change) == {("Request", REQUEST): "lapsed"}
    assert change.body["lapsed"] == ["request"]


@pytest.mark.parametrize("act", [Act.REPLY, Act.INVITE, Act.CONTACT, Act.LOOK_IN])
def test_a_request_waits_on_while_the_same_unit_handles_it(act: Act) -> None:
    change = after(act, asked(RequestKind.EXTENSION))

    assert change.after.pending is RequestKind.EXTENSION
    assert change.amend == ()


def test_a_withdrawal_is_asked_of_the_matter_and_not_of_who_has_it() -> None:
    moved = after(Act.REASSIGN, asked(RequestKind.WITHDRAWAL), state=State.DISPATCHED, spell=spell(OTHER))
    answered = after(Act.COMPLETE, asked(RequestKind.WITHDRAWAL), state=State.ANSWERED)

    assert moved.after.pending is RequestKind.WITHDRAWAL
    assert amended(answered) == {("Request", REQUEST): "lapsed"}


def test_what_the_act_itself_decides_does_not_lapse() -> None:
    change = after(Act.REFUSE_REQUEST, asked(RequestKind.PAUSE), pending=None, decider_unit_id=None)

    assert change.amend == ()
    assert "lapsed" not in change.body


def test_an_offer_lapses_when_the_one_who_offered_no_longer_has_it() -> None:
    offered = replace(BEFORE, offered_unit_id=OTHER)

    kept = after(Act.REPLY, offered)
    moved = after(Act.REASSIGN, offered, state=State.DISPATCHED, spell=spell(OFFICE))
    taken = after(Act.TAKE, offered, offered_unit_id=None, spell=spell(OTHER))

    assert (kept.after.offered_unit_id, kept.amend) == (OTHER, ())
    assert (moved.after.offered_unit_id, amended(moved)) == (None, {("Offer", OFFER): "lapsed"})
    assert taken.amend == ()


def test_open_parts_stay_unanswered_once_the_answer_is_given() -> None:
    invited = replace(BEFORE, open_parts=1, asked_unit_ids=frozenset({OTHER}))

    moved = after(Act.REASSIGN, invited, state=State.DISPATCHED, spell=spell(OFFICE))
    answered = after(Act.COMPLETE, invited, state=State.RETURNING)

    assert (moved.after.open_parts, moved.amend) == (1, ())
    assert (answered.after.open_parts, answered.after.asked_unit_ids) == (0, frozenset())
    assert amended(answered) == {("Part", PART): "unanswered"}


def test_a_proposal_ends_with_the_matter() -> None:
    proposed = replace(BEFORE, state=State.PROPOSED)

    withdrawn = after(Act.GRANT_WITHDRAWAL, proposed, state=State.WITHDRAWN, spell=None)
    kept = after(Act.KEEP, proposed, state=State.HANDLING)

    assert amended(withdrawn) == {("Escalation", PROPOSAL): "refused"}
    assert kept.amend == ()


def test_a_day_of_return_goes_with_the_parking() -> None:
    parked = replace(BEFORE, state=State.PARKED, returns_on=date(2018, 6, 1))

    assert after(Act.RESUME, parked, state=State.HANDLING).after.returns_on is None
    assert after(Act.CONFIRM_CONTACT, parked).after.returns_on == date(2018, 6, 1)


def test_nothing_is_read_where_nothing_waits() -> None:
    assert not has_waiting(BEFORE)
    assert has_waiting(asked(RequestKind.PARK))
