"""The declined matters that were drawn for an office to look at again, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Check
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.seeing import UNNAMED, may_know_name
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, DeclineReason

SHOWN, EXCERPT = 200, 80


@dataclass(frozen=True, slots=True)
class Sampled:
    """A declined matter drawn for a second look; `office` declined it."""

    id: UUID
    number: str
    subject_name: str
    category_label: str
    office: str
    reason: DeclineReason | None
    excerpt: str
    declined_at: datetime | None
    seed: str
    state: CheckState
    words: str


def sampled_for(viewer: Viewer) -> list[Sampled]:
    """What was drawn for the viewer's office, what waits first, then the newest; at most SHOWN; one query."""
    here = directory()
    rows = Check.objects.filter(unit_id=viewer.unit_id, kind=CheckKind.DECLINED.value).select_related("problem")
    found = sorted(rows.order_by("-id")[:SHOWN], key=lambda row: row.state != CheckState.WAITING.value)
    return [_sampled(viewer, row, here.office(row.problem.region_id)) for row in found]


def _sampled(viewer: Viewer, row: Check, office: UnitEntry | None) -> Sampled:
    problem, here = row.problem, directory()
    is_known = may_know_name(
        viewer, unnamed=problem.unnamed, reporter_unit_id=problem.reporter_unit_id, region_id=problem.region_id, here=here
    )
    return Sampled(
        row.id, problem.number, problem.subject_name if is_known else UNNAMED,
        rulebook(problem.campaign).label(problem.subject_kind, problem.category), office.name if office else "",
        DeclineReason(problem.decline_reason) if problem.decline_reason else None, problem.text[:EXCERPT], problem.ended_at,
        row.seed, CheckState(row.state), row.words,
    )
