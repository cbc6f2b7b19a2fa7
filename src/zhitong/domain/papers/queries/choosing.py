"""Which plans of its region an office may publish a paper as, and which papers it may compare one with."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Paper
from zhitong.domain.papers.queries.sight import seen_by
from zhitong.domain.papers.rules.kinds import ALLOWED, PaperAct, PaperState
from zhitong.domain.plans.models import Plan
from zhitong.domain.plans.rules import PlanKind

MOST = 200


def plans_to_renew(viewer: Viewer) -> list[tuple[str, str]]:
    """The plans of the viewer's region by campaign, each with its title (one query)."""
    rows = Plan.objects.filter(region_id=viewer.region_id, kind=PlanKind.PAPER.value).order_by("campaign", "version")
    return list(dict(rows.values_list("campaign", "title")).items())


def papers_to_compare(viewer: Viewer, paper_id: UUID) -> list[tuple[UUID, str]]:
    """The other papers that can be compared with one, the newest first (one query)."""
    states = [state.value for state in PaperState if PaperAct.COMPARE in ALLOWED[state]]
    rows = Paper.objects.filter(seen_by(viewer), state__in=states).exclude(id=paper_id).order_by("-id")
    return list(rows.values_list("id", "title")[:MOST])
