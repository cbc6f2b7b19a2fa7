"""How a problem stands at one moment, and what an act would change: plain values, decided on without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.rules.kinds import (
    CLOSED_STATES,
    Nature,
    Outcome,
    PartyRole,
    Rating,
    RequestKind,
    Source,
    SpellKind,
    Stage,
    State,
    Urgency,
)
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True)
class SpellStanding:
    """The open spell: who is accountable, since when, and how far its handling has come.

    `clock_from` is where its limits are counted from: its beginning, or that of the spell it took over by consent.
    `contact_confirmed` is the reporter's word on the first contact; None while nothing was said.
    """

    id: UUID
    kind: SpellKind
    unit_id: UUID
    region_id: UUID
    started_at: datetime
    acknowledged_at: datetime | None = None
    stopped_at: datetime | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    clock_from: datetime | None = None
    contact_confirmed: bool | None = None
    designated: bool = False

    @property
    def counted_from(self) -> datetime:
        """The moment its limits are counted from."""
        return self.clock_from or self.started_at


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about a problem that acts ask and change. Mutable columns of the table stand here by name.

    `offered_unit_id` is the unit it is offered to by consent; `pending` the request that waits and `decider_unit_id` the
    office that decides it; `looker_unit_id` the office above that the reporter asked to look in, `prechecker_unit_id` the
    township that looks first; `asked_unit_ids` the
    units with an open part, `open_parts` how many; `returns_on` the day a parked matter comes back; `closable_at` the
    moment from which silence may be closed unrated. `stage_since` is where the running stage's limit is counted from;
    `corrected_at` when what limits are chosen by was last corrected; `misrouted` whether it turned out to be another unit's
    than the one it was first sent to.
    """

    id: UUID
    number: str
    campaign: str
    region_id: UUID
    reporter_unit_id: UUID | None
    subject_kind: str
    category: str
    line_id: UUID | None
    nature: Nature
    urgency: Urgency
    confidential: bool
    unnamed: bool
    recorded: bool
    source: Source
    tier: str
    state: State
    spell: SpellStanding | None
    level_region_id: UUID
    last_act: Act
    last_unit_id: UUID | None
    last_at: datetime
    submitted_at: datetime
    relay_unit_id: UUID | None = None
    outcome: Outcome | None = None
    rating: Rating | None = None
    decline_reason: str = ""
    routing_words: str = ""
    rule_code: str = ""
    stage: Stage | None = None
    stage_since: datetime | None = None
    stage_due_at: datetime | None = None
    warn_at: datetime | None = None
    due_is_provisional: bool = False
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    corrected_at: datetime | None = None
    accepted_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    asks: int = 0
    send_backs: int = 0
    rejections: int = 0
    climbs: int = 0
    objections: int = 0
    hand_overs: int = 0
    extensions: int = 0
    pauses: int = 0
    broken_dates: int = 0
    contact_voids: int = 0
    wantings: int = 0
    open_parts: int = 0
    verified: bool = False
    misrouted: bool = False
    returns_on: date | None = None
    closable_at: datetime | None = None
    pending: RequestKind | None = None
    decider_unit_id: UUID | None = None
    offered_unit_id: UUID | None = None
    looker_unit_id: UUID | None = None
    prechecker_unit_id: UUID | None = None
    merged_into_id: UUID | None = None
    asked_unit_ids: frozenset[UUID] = frozenset()

    @property
    def accountable_unit_id(self) -> UUID | None:
        """The one unit that has the problem now."""
        return self.spell.unit_id if self.spell else None


@dataclass(frozen=True, slots=True)
class Change:
    """What one act does to one problem: the standing before and after, who joins, what is told.

    A spell with another id in `after` closes the one before. `rows` are typed rows to add, each (model name, values);
    `amend` are typed rows to change, each (model name, id, values). `follows` is the last spell of a matter that had
    ended, where `after` opens it again.
    """

    act: Act
    actor: Actor
    at: datetime
    before: Standing
    after: Standing
    parties: tuple[tuple[UUID, PartyRole], ...] = ()
    rows: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    amend: tuple[tuple[str, UUID, Mapping[str, Any]], ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    follows: UUID | None = None


_MOVES_ELSEWHERE = frozenset({Act.SEND_BACK, Act.REASSIGN, Act.TAKE, Act.DESIGNATE})
"""Acts which say that the unit at hand was not the right one."""


def moved(standing: Standing, act: Act, actor: Actor, at: datetime, **changes: Any) -> Standing:
    """The standing after an act, with its mark of who acted last, and of having been sent to the wrong unit; what has ended
    is no longer looked into."""
    misrouted = standing.misrouted or (act in _MOVES_ELSEWHERE and standing.state is not State.ACCEPTED)
    after = replace(
        standing, last_act=act, last_unit_id=actor.unit_id, last_at=at, misrouted=misrouted, **changes
    )
    return replace(after, looker_unit_id=None) if after.state in CLOSED_STATES else after
