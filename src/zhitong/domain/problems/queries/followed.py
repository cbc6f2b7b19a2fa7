"""Problems followed from another thing (an order, a ledger, a meeting): each in a line, with the answer the reporter sees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Answer, Party, Problem
from zhitong.domain.problems.queries.seeing import may_see, name_shown
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.kinds import Outcome, State

EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Followed:
    """A problem in a line; `answer` is the newest that the reporter can read."""

    number: str
    subject_name: str
    excerpt: str
    state: State
    unit: str
    outcome: Outcome | None
    answer: str
    answered_at: datetime | None


def problems_followed(viewer: Viewer, problem_ids: Collection[UUID]) -> dict[UUID, Followed]:
    """The problems with these ids that the viewer may see, by id; three queries, none when there are no ids."""
    if not problem_ids:
        return {}
    here = directory()
    mine = set(Party.objects.filter(unit_id=viewer.unit_id, problem_id__in=problem_ids).values_list("problem_id", flat=True))
    answers = {
        row.problem_id: row
        for row in Answer.objects.filter(problem_id__in=problem_ids, shown_at__isnull=False).order_by("answered_at", "id")
    }
    found = {}
    for row in Problem.objects.filter(id__in=problem_ids).values(*COLUMNS, "subject_name", "text"):
        standing = standing_from(row)
        if may_see(viewer, standing, standing.id in mine, here):
            unit = here.units.get(standing.accountable_unit_id) if standing.accountable_unit_id else None
            answer = answers.get(standing.id)
            found[standing.id] = Followed(
                standing.number, name_shown(viewer, standing, row["subject_name"], here), row["text"][:EXCERPT],
                standing.state, unit.name if unit else "",
                standing.outcome, answer.text if answer else "", answer.answered_at if answer else None,
            )
    return found
