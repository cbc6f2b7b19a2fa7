"""Tasks, indicators and policy papers found by words. A plan holds some hundreds, papers are few: they are compared one
by one, what is named by the words before what only holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from zhitong.domain.finding.queries.asking import COUNTED_TO, Asked, Group, Hit, grouped, notes_of
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Paper
from zhitong.domain.papers.queries.sight import seen_by
from zhitong.domain.papers.rules.kinds import PaperState
from zhitong.domain.plans.models import Indicator, Task
from zhitong.domain.plans.queries.paper import PlanView, plans_seen
from zhitong.domain.plans.rules import TaskKind
from zhitong.kit.phrases import around, plain

SHOWN = 80
Plans = Mapping[UUID, PlanView]


def plans_in_force(viewer: Viewer) -> Plans:
    """The plans whose tasks and indicators are looked through (two queries)."""
    return {one.id: one for one in plans_seen(viewer)}


def task_group(plans: Plans, asked: Asked, limit: int) -> Group:
    """Tasks of the plans in force by title, number and text (one query)."""
    rows = Task.objects.filter(_holding(asked.phrases, "title", "content", "number"), plan__in=list(plans))
    found = sorted(
        rows.order_by("plan_id", "position")[: COUNTED_TO + 1], key=lambda row: not _names(row.title, asked.phrases)
    )
    hits = (
        Hit(
            FoundKind.TASK, f"{plans[row.plan_id].campaign}/{row.number}", row.title,
            notes_of(TaskKind(row.kind).label, row.number, plans[row.plan_id].title),
            around(row.content, asked.phrases, SHOWN),
        ) for row in found
    )
    return grouped(FoundKind.TASK, hits, limit)


def indicator_group(plans: Plans, asked: Asked, limit: int) -> Group:
    """Indicators of the plans in force by name and text; those of no task lead to the plan (one query)."""
    rows = Indicator.objects.filter(_holding(asked.phrases, "name", "text", "scope"), plan__in=list(plans))
    found = sorted(
        rows.select_related("task").order_by("plan_id", "position")[: COUNTED_TO + 1],
        key=lambda row: not _names(row.name, asked.phrases),
    )
    hits = (
        Hit(
            FoundKind.INDICATOR, f"{plans[row.plan_id].campaign}/{row.task.number if row.task else ''}", row.full_name,
            notes_of(row.task.title if row.task else "", plans[row.plan_id].title), around(row.text, asked.phrases, SHOWN),
        ) for row in found
    )
    return grouped(FoundKind.INDICATOR, hits, limit)


def paper_group(viewer: Viewer, asked: Asked, limit: int) -> Group:
    """Papers that the viewer may read by title, number and text, the newest first (one query)."""
    rows = Paper.objects.filter(seen_by(viewer), _holding(asked.phrases, "title", "number", "text")).order_by("-id")
    found = sorted(rows[: COUNTED_TO + 1], key=lambda row: not _names(f"{row.title} {row.number}", asked.phrases))
    here = directory()
    hits = (
        Hit(
            FoundKind.PAPER, str(row.id), row.title,
            notes_of(row.number, here.regions[row.region_id].name, PaperState(row.state).label),
            around(row.text, asked.phrases, SHOWN),
        ) for row in found
    )
    return grouped(FoundKind.PAPER, hits, limit)


def _holding(phrases: Sequence[str], *fields: str) -> Q:
    asked = Q()
    for phrase in phrases:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": phrase})
        asked &= anywhere
    return asked


def _names(title: str, phrases: Sequence[str]) -> bool:
    said = plain(title)
    return all(phrase in said for phrase in phrases)
