"""Who else takes part in a problem, for its page; and whether its parts and offers agree with its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.models import Offer, Part
from zhitong.domain.problems.rules.kinds import OfferState, PartKind, PartState
from zhitong.domain.problems.rules.parts import LETTERS, PartStanding, silent_letters, tried_in_words
from zhitong.domain.problems.rules.sharing import faults_of_sharing
from zhitong.domain.problems.rules.soundness import Finding
from zhitong.domain.problems.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class PartView:
    """What a unit was asked and what it answered. `is_late` is never said of a consulted body: its limit is suggested."""

    id: UUID
    kind: PartKind
    state: PartState
    unit_id: UUID
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


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer to hand the matter over, and what became of it."""

    from_unit: str
    to_unit: str
    state: OfferState
    reason: str
    offered_at: datetime
    settled_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """Everything other units do for a matter; `unanswered_twice` says what was tried of a body that stays silent."""

    parts: tuple[PartView, ...] = ()
    offers: tuple[OfferView, ...] = ()
    unanswered_twice: str = ""

    @property
    def consulted_waiting(self) -> tuple[PartView, ...]:
        """The letters whose answer has not come."""
        return tuple(one for one in self.parts if one.kind is PartKind.CONSULT and one.state is PartState.ASKED)


def sharing_of(problem_id: UUID, here: Directory, *, now: datetime) -> Sharing:
    """The parts and offers of a problem, oldest first; two queries."""
    rows = list(Part.objects.filter(problem_id=problem_id).order_by("asked_at", "id"))
    offers = Offer.objects.filter(problem_id=problem_id).order_by("offered_at", "id")
    return Sharing(
        tuple(_part(row, here, now) for row in rows), tuple(_offer(row, here) for row in offers),
        _unanswered_twice(rows, here, now),
    )


def sharing_findings(standings: Sequence[Standing]) -> list[Finding]:
    """Where parts and offers do not agree with the problem's row; two statements whatever the number."""
    ids = [standing.id for standing in standings]
    waiting = Part.objects.filter(problem_id__in=ids, state=PartState.ASKED.value).values("problem_id")
    parts = {row["problem_id"]: row["open"] for row in waiting.annotate(open=Count("id")).order_by()}
    offered: dict[UUID, UUID] = {}
    taken: dict[UUID, int] = {}
    settled = Offer.objects.filter(problem_id__in=ids, state__in=(OfferState.OFFERED.value, OfferState.TAKEN.value))
    for problem_id, state, unit_id in settled.values_list("problem_id", "state", "to_unit_id"):
        if state == OfferState.OFFERED.value:
            offered[problem_id] = unit_id
        else:
            taken[problem_id] = taken.get(problem_id, 0) + 1
    return [
        Finding(one.number, fault) for one in standings
        for fault in faults_of_sharing(one, parts.get(one.id, 0), offered.get(one.id), taken.get(one.id, 0))
    ]


def _part(row: Any, here: Directory, now: datetime) -> PartView:
    kind, state = PartKind(row.kind), PartState(row.state)
    past = row.due_at is not None and (row.answered_at or now) > row.due_at and state is not PartState.WITHDRAWN
    is_consulted = kind is PartKind.CONSULT
    return PartView(
        row.id, kind, state, row.unit_id, here.units[row.unit_id].name, here.units[row.asked_by_id].name, row.asked_for,
        row.letter, row.asked_at, row.due_at, past and not is_consulted, past and is_consulted, row.answer,
        row.answered_at, row.reply_letter, row.replied_on,
    )


def _offer(row: Any, here: Directory) -> OfferView:
    return OfferView(
        here.units[row.from_unit_id].name, here.units[row.to_unit_id].name, OfferState(row.state), row.reason,
        row.offered_at, row.settled_at, row.words,
    )


def _unanswered_twice(rows: Sequence[Any], here: Directory, now: datetime) -> str:
    """What was tried of the bodies that left two letters unanswered; empty when there are none."""
    letters: dict[UUID, list[PartStanding]] = {}
    for row in rows:
        if row.kind == PartKind.CONSULT.value:
            letters.setdefault(row.unit_id, []).append(
                PartStanding(row.id, PartKind.CONSULT, PartState(row.state), row.unit_id, row.letter, row.round,
                             row.asked_at, row.due_at)
            )
    silent = {unit_id: silent_letters(sent, now) for unit_id, sent in letters.items()}
    return "".join(
        tried_in_words(sent, here.units[unit_id]) for unit_id, sent in silent.items() if len(sent) >= LETTERS
    )
