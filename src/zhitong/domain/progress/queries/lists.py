"""Lists of reports: to approve here, to accept from below, all of the territory; narrowed, sorted, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Plan
from zhitong.domain.progress.models import Duty, Report
from zhitong.domain.progress.queries.reach import reach
from zhitong.domain.progress.queries.rules import rules_of
from zhitong.domain.progress.rules import UNSENT, Mark, ReportState
from zhitong.domain.progress.rules.counting import mark_of
from zhitong.domain.progress.rules.timetable import AcceptedBy
from zhitong.kit.choices import Word

BY = frozenset({"due_at", "period_end", "id"})


class ReportLens(Word):
    """Which reports one looks at."""

    APPROVE = "approve", "待本级审核"
    ACCEPT = "accept", "待接受"
    TERRITORY = "territory", "辖区全部"
    OWN = "own", "本单位"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as a line of a list."""

    id: UUID
    version: int
    number: str
    title: str
    region_id: UUID
    region: str
    unit_id: UUID
    unit: str
    part: str
    period: str
    period_words: str
    period_end: Any
    state: ReportState
    mark: Mark
    due_at: datetime
    lock_at: datetime
    submitted_at: datetime | None
    returned_at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; what is empty narrows nothing. `mark` is how reports count in the meter."""

    period: str = ""
    state: ReportState | None = None
    mark: Mark | None = None
    region_id: UUID | None = None
    unit_id: UUID | None = None
    line_id: UUID | None = None
    words: str = ""
    returned: bool = False


def reports_for(
    viewer: Viewer, lens: ReportLens, narrowing: Narrowing, *, by: str = "due_at", descending: bool = False,
    after: tuple[Any, ...] | None = None, limit: int = 50,
) -> list[ReportRow]:
    """Reports through a lens, ordered by a column and then by id, after a key; a fixed number of queries."""
    assert by in BY, "lists are ordered where an index serves"
    rows = _narrowed(_seen(viewer, lens), narrowing)
    if after is not None:
        beyond = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{by}__{beyond}": after[0]}) | Q(**{by: after[0], f"id__{beyond}": after[1]}))
    sign = "-" if descending else ""
    order = [f"{sign}id"] if by == "id" else [f"{sign}{by}", f"{sign}id"]
    found = list(rows.select_related("task", "region").order_by(*order)[:limit])
    here = directory()
    return [_row(row, here.name_of(row.unit_id)) for row in found]


def count_for(viewer: Viewer, lens: ReportLens, narrowing: Narrowing, *, most: int) -> int:
    """How many such a list holds, counted up to `most`; one query."""
    return int(_narrowed(_seen(viewer, lens), narrowing)[:most].count())


def periods_known(viewer: Viewer) -> list[tuple[str, str]]:
    """The periods of the reports that the viewer sees, as (code, words), the newest first."""
    rows = Report.objects.filter(reach(viewer)).order_by("-period_end", "-period").values_list("period", "period_end").distinct()
    return [(code, period_of(code).words) for code, _end in rows]


def _seen(viewer: Viewer, lens: ReportLens) -> QuerySet[Report]:
    rows = Report.objects.filter(reach(viewer))
    match lens:
        case ReportLens.OWN:
            return rows.filter(unit_id=viewer.unit_id)
        case ReportLens.APPROVE:
            return rows.filter(to_approve(viewer))
        case ReportLens.ACCEPT:
            return rows.filter(to_accept(viewer))
        case _:
            return rows


def to_approve(viewer: Viewer) -> Q:
    """What the viewer's unit approves: as an office what its regions send, as a joiner the parts of others."""
    parts = Duty.objects.filter(unit_id=viewer.unit_id, is_joiner=True, until__isnull=True).values_list("task_id", "region_id")
    wanted = Q()
    for region_id in {region_id for _task, region_id in parts}:
        tasks = [task_id for task_id, one in parts if one == region_id]
        wanted |= Q(is_joiner=False, region_id=region_id, task_id__in=tasks)
    office = directory().office(viewer.region_id)
    if office is not None and office.id == viewer.unit_id:
        wanted |= Q(is_joiner=True, region_id__in=directory().served_by_office(viewer.region_id))
    return Q(state=str(ReportState.SUBMITTED)) & wanted if wanted else Q(pk__in=[])


def to_accept(viewer: Viewer) -> Q:
    """What the viewer's unit accepts from the level below, as each campaign's package says who does."""
    here, wanted = directory(), Q()
    office = here.office(viewer.region_id)
    below = [one.id for one in here.children(viewer.region_id)] if office and office.id == viewer.unit_id else []
    for campaign in Plan.objects.values_list("campaign", flat=True).distinct().order_by("campaign"):
        if rules_of(campaign).accepted_by is AcceptedBy.OFFICE:
            wanted |= Q(task__plan__campaign=campaign, region_id__in=below) if below else Q()
            continue
        duties = Duty.objects.filter(unit_id=viewer.unit_id, is_joiner=True, until__isnull=True, task__plan__campaign=campaign)
        for task_id, region_id in duties.values_list("task_id", "region_id"):
            wanted |= Q(task_id=task_id, region_id__in=[one.id for one in here.children(region_id)])
    return Q(state=str(ReportState.APPROVED), is_joiner=True) & wanted if wanted else Q(pk__in=[])


def _narrowed(rows: QuerySet[Report], one: Narrowing) -> QuerySet[Report]:
    wanted: dict[str, Any] = {
        "period": one.period, "state": str(one.state) if one.state else "", "unit_id": one.unit_id, "line_id": one.line_id,
        "task__title__icontains": one.words.strip(),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if one.region_id is not None:
        rows = rows.filter(region_id__in=list(directory().within(one.region_id)))
    if one.returned:
        rows = rows.filter(returned_at__isnull=False)
    return rows.filter(_marked(one.mark)) if one.mark else rows


def _marked(mark: Mark) -> Q:
    match mark:
        case Mark.RETURNED:
            return Q(state=str(ReportState.RETURNED))
        case Mark.WAITING:
            return Q(state=str(ReportState.WAITING_BELOW))
        case Mark.MISSING:
            return Q(state=str(ReportState.OWED))
    sent = ~Q(state__in=[str(state) for state in UNSENT])
    return sent & (Q(first_submitted_at__gt=F("due_at")) if mark is Mark.LATE else Q(first_submitted_at__lte=F("due_at")))


def _row(row: Report, unit: str) -> ReportRow:
    return ReportRow(
        row.id, row.version, row.task.number, row.task.title, row.region_id, row.region.name, row.unit_id, unit, row.part, row.period,
        period_of(row.period).words, row.period_end, ReportState(row.state),
        mark_of(ReportState(row.state), row.first_submitted_at, row.due_at), row.due_at, row.lock_at, row.submitted_at,
        row.returned_at, row.trouble_words,
    )


def narrowing_of(asked: Mapping[str, Any], region_id: UUID | None = None) -> Narrowing:
    """A narrowing from the words of a form or an address."""
    return Narrowing(
        period=asked.get("period", ""), state=ReportState(asked["state"]) if asked.get("state") else None,
        mark=Mark(asked["mark"]) if asked.get("mark") else None, region_id=region_id,
        unit_id=asked.get("unit"), line_id=asked.get("line"), words=asked.get("words", ""), returned=bool(asked.get("returned")),
    )
