"""What a sample is drawn from: matters closed in a period by the units looked at, or the served in their regions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Problem, Spell
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.kit.clock import SHANGHAI, day_of


@dataclass(frozen=True, slots=True)
class Member:
    """One that may be drawn, under a name of its own; `reported` is what was said of it, `unit_id` who said so."""

    name: str
    about: str
    reported: str
    unit_id: UUID | None
    problem_id: UUID | None = None
    subject_id: UUID | None = None


def closed_by(viewer: Viewer, unit_ids: Collection[UUID], since: date, until: date) -> list[Member]:
    """The matters closed from `since` to `until` whose last unit is one of these, as the viewer sees them (five queries)."""
    begin, end = (datetime.combine(day, time(), SHANGHAI) for day in (since, until + timedelta(days=1)))
    rows = Problem.objects.filter(state=State.CLOSED.value, ended_at__gte=begin, ended_at__lt=end)
    closed = {row.id: row for row in rows.only("id", "number", "outcome", "rating", "ended_at")}
    last = dict(
        Spell.objects.filter(problem_id__in=closed).order_by("problem_id", "-started_at", "-id").distinct("problem_id")
        .values_list("problem_id", "unit_id")
    )
    wanted = [one for one, unit in last.items() if unit in unit_ids]
    heads = heads_for(viewer, ids=wanted)
    return [
        Member(closed[one].number, head.subject_name, _said(closed[one]), last[one], problem_id=one) for one, head in heads.items()
    ]


def served_in(viewer: Viewer, unit_ids: Collection[UUID]) -> list[Member]:
    """The served in the regions of these units that the viewer may see, under their codes (one query for each region)."""
    here = directory()
    regions = {here.units[one].region_id for one in unit_ids if one in here.units}
    found: dict[str, Member] = {}
    for region_id in sorted(regions):
        rows = through(viewer, Lens.TERRITORY, region_id).exclude(code="").order_by("id")
        for id_, code, name, said in rows.values_list("id", "code", "name", "tier_words"):
            found.setdefault(code, Member(code, name, said[:200], None, subject_id=id_))
    return list(found.values())


def _said(row: Problem) -> str:
    outcome = Outcome(row.outcome).label if row.outcome else ""
    rated = f"企业评价“{Rating(row.rating).label}”" if row.rating else "企业未评价"
    on = f"{day_of(row.ended_at):%Y-%m-%d}" if row.ended_at else ""
    return "，".join(filter(None, (f"{on} 销号", outcome, rated)))
