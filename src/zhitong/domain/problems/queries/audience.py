"""Whom a problem concerns, for reactions to its facts: ids only, asked by the worker, which shows nothing to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.models import Problem, Request, Spell
from zhitong.domain.problems.rules.kinds import SpellKind


@dataclass(frozen=True, slots=True)
class Audience:
    """The units a problem concerns as it stands now; `asker_unit_id` asked for what was decided last, `last_handler_id`
    handled it last."""

    number: str
    reporter_unit_id: UUID | None
    accountable_unit_id: UUID | None
    relay_unit_id: UUID | None
    decider_unit_id: UUID | None
    asker_unit_id: UUID | None
    last_handler_id: UUID | None
    level_office_id: UUID | None
    is_answered: bool


_PLAIN = (
    "number", "reporter_unit_id", "accountable_unit_id", "relay_unit_id", "decider_unit_id", "asker_unit_id",
    "last_handler_id",
)


def audience_of(problem_id: UUID) -> Audience | None:
    """The audience of a problem, in one statement; None when it is gone."""
    decided = Request.objects.filter(problem_id=OuterRef("id"), decided_at__isnull=False).order_by("-decided_at")
    handled = Spell.objects.filter(problem_id=OuterRef("id"), kind=SpellKind.HANDLING.value).order_by("-started_at")
    row = (
        Problem.objects.filter(id=problem_id)
        .annotate(
            asker_unit_id=Subquery(decided.values("by_unit_id")[:1]),
            last_handler_id=Subquery(handled.values("unit_id")[:1]),
        )
        .values(*_PLAIN, "level_region_id", "state").first()
    )
    if row is None:
        return None
    office = directory().office(row["level_region_id"])
    return Audience(
        **{name: row[name] for name in _PLAIN}, level_office_id=office.id if office else None,
        is_answered=row["state"] == "answered",
    )
