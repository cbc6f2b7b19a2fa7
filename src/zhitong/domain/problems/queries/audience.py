"""Whom a problem concerns, for reactions to its facts: ids only, asked by the worker, which shows nothing to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.models import Problem


@dataclass(frozen=True, slots=True)
class Audience:
    """The units a problem concerns as it stands now."""

    number: str
    reporter_unit_id: UUID | None
    accountable_unit_id: UUID | None
    relay_unit_id: UUID | None
    level_office_id: UUID | None
    home_office_id: UUID | None
    is_answered: bool


def audience_of(problem_id: UUID) -> Audience | None:
    """The audience of a problem; None when it is gone."""
    row = (
        Problem.objects.filter(id=problem_id)
        .values_list("number", "reporter_unit_id", "accountable_unit_id", "relay_unit_id", "level_region_id", "state", "region_id")
        .first()
    )
    if row is None:
        return None
    here = directory()
    office, home = here.office(row[4]), here.office(row[6])
    return Audience(
        row[0], row[1], row[2], row[3], office.id if office else None, home.id if home else None, row[5] == "answered"
    )
