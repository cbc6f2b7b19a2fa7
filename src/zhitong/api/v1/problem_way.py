"""The way of a problem as programs read it: spells, climbs, parts of others, offers, what was asked of the office."""

from __future__ import annotations

from datetime import date, datetime

from zhitong.api.words import Labelled, Shape, labelled, maybe_labelled
from zhitong.domain.problems.queries.sharing import OfferView, PartView
from zhitong.domain.problems.queries.story import EscalationView, SpellView
from zhitong.domain.problems.queries.timing import RequestView


class Climb(Shape):
    """A step up, proposed or taken."""

    from_unit: str
    to_unit: str
    state: Labelled
    power_missing: Labelled | None
    tried: str
    asked_for: str
    consent_by: str
    consent_on: date | None
    ruling: str
    proposed_at: datetime


class Part(Shape):
    """What another unit was asked and what it answered; a consulted body is never late, its limit is suggested."""

    kind: Labelled
    state: Labelled
    unit: str
    asked_by: str
    asked_for: str
    letter: str
    asked_at: datetime
    due_at: datetime | None
    is_late: bool
    is_past_suggested: bool
    answer: str
    answered_at: datetime | None
    reply_letter: str
    replied_on: date | None


class HandOver(Shape):
    """An offer to hand the matter over, and what became of it."""

    from_unit: str
    to_unit: str
    state: Labelled
    reason: str
    offered_at: datetime
    settled_at: datetime | None
    words: str


class Spell(Shape):
    """A stretch of accountability."""

    kind: Labelled
    unit: str
    level: str
    started_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    due_at: datetime | None


class RequestMade(Shape):
    """A request for time or withdrawal; `due_at` is the office's limit to decide while it waits."""

    kind: Labelled
    state: Labelled
    by: str
    decider: str
    pause_reason: Labelled | None
    reason: str
    workdays: int | None
    until: date | None
    asked_at: datetime
    decided_at: datetime | None
    resumed_at: datetime | None
    due_at: datetime | None
    words: str
    arithmetic: str


def climb_told(one: EscalationView) -> Climb:
    return Climb(
        from_unit=one.from_unit, to_unit=one.to_unit, state=labelled(one.state),
        power_missing=maybe_labelled(one.power_missing), tried=one.tried, asked_for=one.asked_for, consent_by=one.consent_by,
        consent_on=one.consent_on, ruling=one.ruling, proposed_at=one.proposed_at,
    )


def request_told(one: RequestView) -> RequestMade:
    plain = ("by", "decider", "reason", "workdays", "until", "asked_at", "decided_at", "resumed_at", "due_at", "words",
             "arithmetic")
    return RequestMade(
        kind=labelled(one.kind), state=labelled(one.state), pause_reason=maybe_labelled(one.pause_reason),
        **{name: getattr(one, name) for name in plain},
    )


def spell_told(spell: SpellView) -> Spell:
    return Spell(
        kind=labelled(spell.kind), unit=spell.unit, level=spell.level, started_at=spell.started_at,
        ended_at=spell.ended_at, acknowledged_at=spell.acknowledged_at, due_at=spell.due_at,
    )


def part_told(part: PartView) -> Part:
    same = ("unit", "asked_by", "asked_for", "letter", "asked_at", "due_at", "is_late", "is_past_suggested", "answer",
            "answered_at", "reply_letter", "replied_on")
    told = {name: getattr(part, name) for name in same}
    return Part(kind=labelled(part.kind), state=labelled(part.state), **told)


def offer_told(one: OfferView) -> HandOver:
    return HandOver(
        from_unit=one.from_unit, to_unit=one.to_unit, state=labelled(one.state), reason=one.reason,
        offered_at=one.offered_at, settled_at=one.settled_at, words=one.words,
    )
