"""Reading how problems stand, for acts: locked, in the order of their ids, through the viewer's own eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhitong.domain.problems.models import Escalation, Part, Problem, Request
from zhitong.domain.problems.rules.kinds import (
    IN_FORCE,
    EscalationState,
    Nature,
    Outcome,
    PartKind,
    PartState,
    Rating,
    RequestKind,
    RequestState,
    Source,
    SpellKind,
    Stage,
    State,
    Urgency,
)
from zhitong.domain.problems.rules.parts import PartStanding
from zhitong.domain.problems.rules.standing import SpellStanding, Standing
from zhitong.domain.problems.rules.way import Act

_PLAIN = (
    "id", "number", "campaign", "region_id", "reporter_unit_id", "subject_kind", "category", "line_id", "confidential",
    "unnamed", "recorded", "tier",
    "level_region_id", "last_unit_id", "last_at", "submitted_at", "relay_unit_id", "decline_reason", "routing_words",
    "rule_code", "stage_since", "stage_due_at", "warn_at", "due_is_provisional", "first_due_at", "due_at", "accepted_at",
    "corrected_at", "answered_at", "ended_at", "asks", "send_backs", "rejections", "climbs",
    "objections", "hand_overs", "extensions", "pauses", "broken_dates", "contact_voids", "wantings", "open_parts", "verified",
    "misrouted", "returns_on", "closable_at", "decider_unit_id", "offered_unit_id", "looker_unit_id", "prechecker_unit_id",
    "merged_into_id",
)
_WORDS = {"source": Source, "nature": Nature, "urgency": Urgency, "state": State, "last_act": Act}
_MAYBE = {"outcome": Outcome, "rating": Rating, "stage": Stage, "pending": RequestKind}
_SPELL = ("id", "unit_id", "region_id", "started_at", "acknowledged_at", "stopped_at", "first_due_at", "due_at",
          "clock_from", "contact_confirmed", "designated")
COLUMNS = (
    *_PLAIN, *_WORDS, *_MAYBE, "open_spell__kind", *(f"open_spell__{name}" for name in _SPELL),
)


def standing_from(row: dict[str, Any]) -> Standing:
    """A standing from a row of COLUMNS."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: word(row[name]) for name, word in _WORDS.items()}
    values |= {name: word(row[name]) if row[name] else None for name, word in _MAYBE.items()}
    spell = None
    if row["open_spell__id"]:
        spell = SpellStanding(
            kind=SpellKind(row["open_spell__kind"]), **{name: row[f"open_spell__{name}"] for name in _SPELL}
        )
    return Standing(spell=spell, **values)


def standings_locked(problem_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """The standings of problems the viewer may see, their rows locked until the transaction ends.

    Locks in id order, so two batches never wait for each other in a ring. Locking and reading are two statements: who
    waited for a lock would otherwise read the spell from before the wait beside the problem as it stands after it.
    """
    locked = list(
        Problem.objects.filter(id__in=set(problem_ids)).order_by("id").select_for_update().values_list("id", flat=True)
    )
    rows = Problem.objects.filter(id__in=locked).values(*COLUMNS)
    return {standing.id: standing for standing in with_parts([standing_from(row) for row in rows])}


def with_parts(standings: Sequence[Standing]) -> list[Standing]:
    """Standings with the units that have an open part; asks the database only where there are any."""
    asked = [standing.id for standing in standings if standing.open_parts]
    if not asked:
        return list(standings)
    units: dict[UUID, set[UUID]] = {}
    rows = Part.objects.filter(problem_id__in=asked, state=PartState.ASKED.value)
    for problem_id, unit_id in rows.values_list("problem_id", "unit_id"):
        units.setdefault(problem_id, set()).add(unit_id)
    return [replace(one, asked_unit_ids=frozenset(units.get(one.id, ()))) for one in standings]


def chains(problem_ids: Sequence[UUID]) -> dict[UUID, list[Escalation]]:
    """The escalations that took effect, oldest first, by problem."""
    found: dict[UUID, list[Escalation]] = {}
    rows = Escalation.objects.filter(problem_id__in=problem_ids, state__in=[state.value for state in IN_FORCE]).select_related("to_unit")
    for row in rows.order_by("sent_at", "id"):
        found.setdefault(row.problem_id, []).append(row)
    return found


def proposals(problem_ids: Sequence[UUID]) -> dict[UUID, Escalation]:
    """The proposals that wait for their office, by problem."""
    waiting = Escalation.objects.filter(problem_id__in=problem_ids, state=EscalationState.PROPOSED.value)
    return {row.problem_id: row for row in waiting}


def parts_of(problem_ids: Sequence[UUID]) -> dict[UUID, list[PartStanding]]:
    """The parts of other units, oldest first, by problem."""
    found: dict[UUID, list[PartStanding]] = {}
    for row in Part.objects.filter(problem_id__in=problem_ids).order_by("asked_at", "id"):
        found.setdefault(row.problem_id, []).append(
            PartStanding(row.id, PartKind(row.kind), PartState(row.state), row.unit_id, row.letter, row.round,
                         row.asked_at, row.due_at)
        )
    return found


def requests_asked(problem_ids: Sequence[UUID]) -> dict[UUID, Request]:
    """The requests that wait for their office, by problem."""
    waiting = Request.objects.filter(problem_id__in=problem_ids, state=RequestState.ASKED.value)
    return {row.problem_id: row for row in waiting}


def stops_running(problem_ids: Sequence[UUID]) -> dict[UUID, Request]:
    """The granted pauses and parkings that are not over, by problem."""
    stops = (RequestKind.PAUSE.value, RequestKind.PARK.value)
    granted = Request.objects.filter(problem_id__in=problem_ids, kind__in=stops, state=RequestState.GRANTED.value)
    return {row.problem_id: row for row in granted.filter(resumed_at__isnull=True)}
