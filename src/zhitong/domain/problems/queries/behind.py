"""The problems behind things that name them by id, such as the rows of a card: number, state, who has it, by when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Party, Problem
from zhitong.domain.problems.queries.seeing import may_see
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.kinds import State


@dataclass(frozen=True, slots=True)
class ProblemBehind:
    """A problem in one line: where it went and why, and when the answer is due (None before it is dispatched)."""

    number: str
    state: State
    unit: str
    level: str
    first_due_at: datetime | None
    routing_words: str


def problems_behind(viewer: Viewer, problem_ids: Collection[UUID]) -> dict[UUID, ProblemBehind]:
    """The problems with these ids that the viewer may see, by id; two queries, none when there are no ids."""
    if not problem_ids:
        return {}
    here = directory()
    mine = set(Party.objects.filter(unit_id=viewer.unit_id, problem_id__in=problem_ids).values_list("problem_id", flat=True))
    found = {}
    for row in Problem.objects.filter(id__in=problem_ids).values(*COLUMNS):
        standing = standing_from(row)
        if may_see(viewer, standing, standing.id in mine, here):
            unit = here.units.get(standing.accountable_unit_id) if standing.accountable_unit_id else None
            found[standing.id] = ProblemBehind(
                standing.number, standing.state, unit.name if unit else "", here.regions[standing.level_region_id].name,
                standing.first_due_at, standing.routing_words,
            )
    return found
