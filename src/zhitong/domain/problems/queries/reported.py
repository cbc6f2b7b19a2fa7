"""The problems that came out of progress reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Reported
from zhitong.domain.problems.rules.kinds import State


@dataclass(frozen=True, slots=True)
class RaisedDifficulty:
    """A difficulty as a problem: its number and how it stands."""

    problem_id: UUID
    number: str
    state: State


def raised_by_reports(viewer: Viewer, report_ids: Collection[UUID]) -> dict[UUID, RaisedDifficulty]:
    """By report the problem it raised, where the viewer sees it; one query."""
    rows = Reported.objects.filter(report_id__in=report_ids).select_related("problem")
    return {row.report_id: RaisedDifficulty(row.problem_id, row.problem.number, State(row.problem.state)) for row in rows}
