"""What lapses when a problem moves on: a request, an offer or a part that waits for what has passed by. Pure.

Acts need not think of what others have left waiting: every change passes through here before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.rules.kinds import (
    CLOSED_STATES,
    EscalationState,
    OfferState,
    PartState,
    PartyRole,
    RequestKind,
    RequestState,
    Stage,
    State,
)
from zhitong.domain.problems.rules.standing import Change, Standing
from zhitong.domain.problems.rules.timing import STANDING_STILL, counted_on, decider_of, stood_in_words, stood_still
from zhitong.domain.problems.rules.way import MOVES, Act

GRANTS = {
    RequestKind.EXTENSION: Act.GRANT_EXTENSION, RequestKind.PAUSE: Act.GRANT_PAUSE, RequestKind.PARK: Act.GRANT_PARK,
    RequestKind.WITHDRAWAL: Act.GRANT_WITHDRAWAL,
}
"""The act that grants a request of each kind."""

PAST_HANDLING = CLOSED_STATES | {State.RETURNING, State.ANSWERED, State.REVIEW, State.CONFIRMED, State.OBJECTED}
"""The answer is given or the matter is over: nobody waits for parts of it any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rows of one problem that wait: its request, its offer, its proposal to go up, its open parts, by id; and the
    stop that its clock stands still by, with the moment since when."""

    request_id: UUID | None = None
    offer_id: UUID | None = None
    proposal_id: UUID | None = None
    part_ids: tuple[UUID, ...] = ()
    stop_id: UUID | None = None
    stopped_at: datetime | None = None


@dataclass(slots=True)
class _Lapse:
    """What lapses with a change: columns to clear, rows to amend, and the words the fact keeps of it."""

    cleared: dict[str, Any] = field(default_factory=dict)
    amend: list[tuple[str, UUID, Mapping[str, Any]]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def row(self, model: str, row_id: UUID | None, word: str, **values: Any) -> None:
        """Amend a row that has lapsed, and name it."""
        if row_id is not None:
            self.amend.append((model, row_id, values))
        self.named.append(word)


def has_waiting(standing: Standing) -> bool:
    """Whether rows of the problem may wait, so that they have to be read."""
    return bool(
        standing.pending or standing.offered_unit_id or standing.open_parts or standing.state is State.PROPOSED
        or standing.state in STANDING_STILL
    )


def with_lapsed(change: Change, waiting: Waiting, calendar: Calendar) -> Change:
    """The change with all that lapses by it; what the act itself settled is left alone."""
    lapse = _Lapse()
    _request(change, waiting, lapse)
    _offer(change, waiting, lapse)
    _proposal(change, waiting, lapse)
    _parts(change, waiting, lapse)
    _stop(change, waiting, lapse, calendar)
    _columns(change.after, lapse)
    if not lapse.cleared and not lapse.amend:
        return change
    body = {**change.body, "lapsed": lapse.named} if lapse.named else change.body
    return replace(
        change, after=replace(change.after, **lapse.cleared), amend=(*change.amend, *lapse.amend), body=body
    )


def with_decider(change: Change, waiting: Waiting, here: Directory) -> Change:
    """The change with the office that decides a withdrawal now: who has come to have the matter may be its host (R-F13)."""
    before, after = change.before, change.after
    if before.pending is not RequestKind.WITHDRAWAL or after.pending is not before.pending or not moved_on(before, after):
        return change
    decider = decider_of(RequestKind.WITHDRAWAL, after, here)
    if decider.id == after.decider_unit_id or waiting.request_id is None:
        return change
    return replace(
        change, after=replace(after, decider_unit_id=decider.id),
        parties=(*change.parties, (decider.id, PartyRole.OFFICE)),
        amend=(*change.amend, ("Request", waiting.request_id, {"decider_unit_id": decider.id})),
    )


def moved_on(before: Standing, after: Standing) -> bool:
    """Whether the problem has come to another spell: another unit, another level, or nobody any more."""
    return (before.spell.id if before.spell else None) != (after.spell.id if after.spell else None)


def _request(change: Change, waiting: Waiting, lapse: _Lapse) -> None:
    """A request lapses where it can no longer be granted; one for time with the spell it was asked in."""
    before, after = change.before, change.after
    if before.pending is None or after.pending is not before.pending:
        return
    can_be_granted = after.state in MOVES[GRANTS[before.pending]].since
    if can_be_granted and (before.pending is RequestKind.WITHDRAWAL or not moved_on(before, after)):
        return
    lapse.cleared |= {"pending": None, "decider_unit_id": None}
    lapse.row("Request", waiting.request_id, "request", state=RequestState.LAPSED.value, decided_at=change.at)


def _offer(change: Change, waiting: Waiting, lapse: _Lapse) -> None:
    """An offer lapses where it can no longer be taken, or another unit has the matter than the one that offered it."""
    before, after = change.before, change.after
    if before.offered_unit_id is None or after.offered_unit_id != before.offered_unit_id:
        return
    if after.state in MOVES[Act.TAKE].since and not moved_on(before, after):
        return
    lapse.cleared |= {"offered_unit_id": None}
    lapse.row("Offer", waiting.offer_id, "offer", state=OfferState.LAPSED.value, settled_at=change.at)


def _proposal(change: Change, waiting: Waiting, lapse: _Lapse) -> None:
    """A proposal to go up that its office has neither kept nor sent is over when the problem leaves the office's table."""
    left = change.before.state is State.PROPOSED and change.after.state is not State.PROPOSED
    settled = {row_id for _model, row_id, _values in change.amend}
    by_its_office = change.act in (Act.KEEP, Act.ESCALATE)
    if left and not by_its_office and waiting.proposal_id is not None and waiting.proposal_id not in settled:
        ruling = f"已{change.act.label}，不再审核。"
        lapse.row("Escalation", waiting.proposal_id, "proposal", state=EscalationState.REFUSED.value, ruling=ruling,
                  ruled_at=change.at)


def _parts(change: Change, waiting: Waiting, lapse: _Lapse) -> None:
    """Parts that nobody has answered when the answer is given or the matter is over stay unanswered."""
    if not change.after.open_parts or change.after.state not in PAST_HANDLING:
        return
    lapse.cleared |= {"open_parts": 0, "asked_unit_ids": frozenset()}
    settled = {row_id for _model, row_id, _values in change.amend}
    for part_id in waiting.part_ids:
        if part_id not in settled:
            lapse.row("Part", part_id, "part", state=PartState.UNANSWERED.value)


def _stop(change: Change, waiting: Waiting, lapse: _Lapse, calendar: Calendar) -> None:
    """A clock that stood still goes on with whatever act ends the stop; the end-to-end limit is counted on."""
    before, after = change.before, change.after
    if before.state not in STANDING_STILL or after.state is before.state:
        return
    if waiting.stop_id is None or waiting.stopped_at is None or change.act is Act.RESUME:
        return
    stood = stood_still(waiting.stopped_at, change.at, calendar)
    total = counted_on(after.due_at, stood, calendar) if after.due_at else None
    lapse.cleared |= {"due_at": total}
    lapse.amend.append(("Request", waiting.stop_id, {
        "resumed_at": change.at, "workdays": stood, "total_after": total,
        "arithmetic": stood_in_words(waiting.stopped_at, change.at, stood, before.due_at, total, calendar),
    }))


def _columns(after: Standing, lapse: _Lapse) -> None:
    """A day of return belongs to a parked problem, an office asked to look in to one that it can still answer about, a
    township that looks first to one that waits for it."""
    if after.returns_on is not None and after.state is not State.PARKED:
        lapse.cleared |= {"returns_on": None}
    if after.looker_unit_id is not None and after.state not in MOVES[Act.ANSWER_LOOK_IN].since:
        lapse.cleared |= {"looker_unit_id": None}
    if after.prechecker_unit_id is not None and after.stage is not Stage.PRECHECK:
        lapse.cleared |= {"prechecker_unit_id": None}
