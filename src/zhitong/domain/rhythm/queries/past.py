"""What had come of decisions by a moment of the past, told by their facts: for papers with a cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.queries import Mention, facts_of_many
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import Cycle, Decision
from zhitong.domain.rhythm.queries.sight import cycles_seen, decisions_seen, may_read_answers
from zhitong.domain.rhythm.rules.facts import DecisionFact
from zhitong.domain.rhythm.rules.kinds import DecisionState

_STATES = {
    DecisionFact.MADE.value: DecisionState.OPEN, DecisionFact.ANSWERED.value: DecisionState.ANSWERED,
    DecisionFact.RETURNED.value: DecisionState.RETURNED, DecisionFact.CLOSED.value: DecisionState.CLOSED,
}
_SAID = {DecisionFact.REPORTED.value: "text", DecisionFact.ANSWERED.value: "text", DecisionFact.CLOSED.value: "opinion"}


@dataclass(frozen=True, slots=True)
class DecisionThen:
    """A decision as it stood at a moment; `told` is what was last said of it, `late` whether its limit was past."""

    number: int
    what: str
    unit: str
    joint: tuple[str, ...]
    made_at: datetime
    due_at: datetime
    state: DecisionState
    told: str
    told_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class CycleThen:
    """A cycle whose minutes were out at a moment, with its decisions then."""

    title: str
    decisions: tuple[DecisionThen, ...]


def decisions_then(viewer: Viewer, cycle_id: UUID, at: datetime) -> list[DecisionThen]:
    """The decisions of a cycle as they stood at a moment, in their order; empty before they were published. Two queries."""
    rows = list(decisions_seen(viewer).filter(cycle_id=cycle_id, made_at__lte=at).order_by("number"))
    return _then(viewer, rows, at)


def last_cycle_then(viewer: Viewer, region_id: UUID, at: datetime) -> CycleThen | None:
    """The newest cycle of a region whose minutes were out at a moment, with its decisions; three queries."""
    row = cycles_seen(viewer).filter(region_id=region_id, published_at__lte=at).order_by("-published_at", "-id").first()
    return CycleThen(row.title, tuple(decisions_then(viewer, row.id, at))) if isinstance(row, Cycle) else None


def _then(viewer: Viewer, rows: Sequence[Decision], at: datetime) -> list[DecisionThen]:
    told: dict[UUID, list[Mention]] = {}
    since = {one.id: one.made_at for one in rows if one.made_at is not None}
    for fact in facts_of_many(since, [*_STATES, *_SAID]) if since else ():
        if fact.at <= at:
            told.setdefault(fact.thing_id, []).append(fact)
    return [_one(viewer, one, told.get(one.id, []), at) for one in rows]


def _one(viewer: Viewer, one: Decision, facts: Sequence[Mention], at: datetime) -> DecisionThen:
    assert one.made_at is not None and one.due_at is not None, "what is published has a limit"
    state = next((_STATES[fact.kind] for fact in reversed(facts) if fact.kind in _STATES), DecisionState.OPEN)
    said = next((fact for fact in reversed(facts) if fact.kind in _SAID), None) if may_read_answers(viewer, one) else None
    here = directory()
    is_running = state in (DecisionState.OPEN, DecisionState.RETURNED)
    return DecisionThen(
        one.number, one.what, here.name_of(one.unit_id), tuple(here.name_of(each) for each in one.joint), one.made_at, one.due_at,
        state, said.words.get(_SAID[said.kind], "") if said else "", said.at if said else None, is_running and at > one.due_at,
    )
