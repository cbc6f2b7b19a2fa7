"""What can be seen of timetables: the milestones of a task, of a region, of a unit, and how much of them is done.

Milestones are seen by officials of their own region, of those below it and of those above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.plans.models import Milestone, MilestoneLink, Postponement
from zhitong.domain.plans.queries.leading import leading_in, units_leading
from zhitong.domain.plans.queries.steps import step_of
from zhitong.domain.plans.rules.timetable import (
    SOON_DAYS,
    MilestoneState,
    Outlook,
    Wait,
    outlooks,
    standing_in_words,
    state_of,
)
from zhitong.kit.refusals import NotFound

FILES_OF = "milestone"
"""The kind of thing that evidence is attached to."""


@dataclass(frozen=True, slots=True)
class WaitView:
    """A milestone that another one waits for."""

    id: UUID
    name: str
    lag_days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone with how it stands: `standing` in words, `outlook` the earliest day it can now be done where it is open."""

    id: UUID
    task_id: UUID
    task_number: str
    task_title: str
    campaign: str
    region_id: UUID
    region: str
    region_code: str
    position: int
    name: str
    printed: str
    unit_id: UUID | None
    unit: str
    begin_on: date | None
    due_on: date
    first_due_on: date
    begun_on: date | None
    done_on: date | None
    done_words: str
    dropped_reason: str
    needs_evidence: bool
    weight: Decimal
    postponed: int
    state: MilestoneState
    standing: str
    outlook: Outlook | None
    waits: tuple[WaitView, ...]
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.dropped_reason


@dataclass(frozen=True, slots=True)
class PutOff:
    """One postponement."""

    from_on: date
    to_on: date
    reason: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneWhole:
    """A milestone opened: the days it was put off, its evidence, who answers for it, and the words it comes from."""

    view: MilestoneView
    put_off: tuple[PutOff, ...]
    files: tuple[FileView, ...]
    answering: tuple[UUID, ...]
    document: str
    clause: tuple[int, int] | None


def milestones_of(viewer: Viewer, task_id: UUID, region_id: UUID, *, today: date) -> list[MilestoneView]:
    """The timetable of a task in a region by day (four queries); empty where none was made or the viewer may not see it."""
    return views_of(_seen(viewer).filter(task_id=task_id, region_id=region_id), today)


def milestones_in(viewer: Viewer, region_id: UUID, *, today: date, campaign: str = "") -> list[MilestoneView]:
    """Every milestone of a region by task and day (four queries); of one campaign where it is named."""
    rows = _seen(viewer).filter(region_id=region_id)
    return views_of(rows.filter(task__plan__campaign=campaign) if campaign else rows, today)


def milestones_of_task(viewer: Viewer, task_id: UUID, *, today: date) -> list[MilestoneView]:
    """A task's milestones in all regions that the viewer may see (four queries)."""
    return views_of(_seen(viewer).filter(task_id=task_id), today)


def milestone_seen(viewer: Viewer, milestone_id: UUID, *, today: date) -> MilestoneWhole:
    """One milestone (nine queries).

    Raises NotFound: there is none, or none for this viewer.
    """
    row = _seen(viewer).filter(id=milestone_id).first()
    if row is None:
        raise NotFound
    beside = views_of(Milestone.objects.filter(task_id=row.task_id, region_id=row.region_id), today)
    here = directory()
    put_off = Postponement.objects.filter(milestone_id=row.id).order_by("number")
    clause = (row.clause_start, row.clause_end) if row.clause_start is not None and row.clause_end is not None else None
    return MilestoneWhole(
        next(one for one in beside if one.id == row.id),
        tuple(PutOff(one.from_on, one.to_on, one.reason, here.name_of(one.by_unit_id), one.at) for one in put_off),
        tuple(files_of(FILES_OF, [row.id])[row.id]), answering_for(row), row.document, clause,
    )


def must_see_milestone(viewer: Viewer, milestone_id: UUID) -> None:
    """Refuse a file beside a milestone to whoever may not see it.

    Raises NotFound.
    """
    if not _seen(viewer).filter(id=milestone_id).exists():
        raise NotFound


def due_of_unit(viewer: Viewer, *, today: date, limit: int = 20) -> list[MilestoneView]:
    """The open milestones of the region that the viewer's unit answers for, by name or as who leads the task, late or due
    soon, the earliest first (five queries)."""
    until = date.fromordinal(today.toordinal() + SOON_DAYS)
    own = Milestone.objects.filter(Q(unit_id=viewer.unit_id) | Q(unit__isnull=True), region_id=viewer.region_id)
    rows = list(own.filter(done_on__isnull=True, dropped_reason="", due_on__lte=until).order_by("due_on", "id"))
    if not rows:
        return []
    leads = units_leading({row.task_id for row in rows if row.unit_id is None})
    here = directory()
    mine = [
        row for row in rows
        if row.unit_id or viewer.unit_id in leading_in(row.region_id, leads.get(row.task_id, ()), here)
    ]
    chosen = {row.id: row.task_id for row in mine[:limit]}
    if not chosen:
        return []
    beside = Milestone.objects.filter(task_id__in=set(chosen.values()), region_id=viewer.region_id)
    return sorted((one for one in views_of(beside, today) if one.id in chosen), key=lambda one: (one.due_on, one.id))


def answering_for(row: Milestone) -> tuple[UUID, ...]:
    """The units that answer for a milestone: the one it names, else those that lead its task in its region."""
    if row.unit_id is not None:
        return (row.unit_id,)
    return leading_in(row.region_id, units_leading([row.task_id]).get(row.task_id, ()))


def views_of(rows: QuerySet[Milestone], today: date) -> list[MilestoneView]:
    """Milestones as they are shown, by task, region and day; each is judged with those of its task and region beside it."""
    kept = list(rows.select_related("task__plan").order_by("task__plan__campaign", "task__position", "region_id", "due_on", "position"))
    ids = [row.id for row in kept]
    links = list(MilestoneLink.objects.filter(after_id__in=ids).select_related("before").order_by("before__due_on", "id"))
    beside = {row.id: row for row in (*kept, *(link.before for link in links))}
    found = outlooks([step_of(row) for row in beside.values()], _waits_among(beside, links), today)
    counted: dict[UUID, int] = defaultdict(int)
    for milestone_id in Postponement.objects.filter(milestone_id__in=ids).values_list("milestone_id", flat=True):
        counted[milestone_id] += 1
    waits: dict[UUID, list[MilestoneLink]] = defaultdict(list)
    for link in links:
        waits[link.after_id].append(link)
    here = directory()
    return [_view(row, counted[row.id], found.get(row.id), waits[row.id], today, here) for row in kept]


def waits_of(links: Iterable[MilestoneLink]) -> list[Wait]:
    """Links as the rules take them."""
    return [Wait(link.before_id, link.after_id, link.lag_days) for link in links]


def _waits_among(beside: Mapping[UUID, Milestone], links: Sequence[MilestoneLink]) -> list[Wait]:
    return [one for one in waits_of(links) if one.before in beside]


def _view(
    row: Milestone, postponed: int, outlook: Outlook | None, waits: Sequence[MilestoneLink], today: date,
    here: Directory,
) -> MilestoneView:
    step = step_of(row)
    return MilestoneView(
        row.id, row.task_id, row.task.number, row.task.title, row.task.plan.campaign, row.region_id,
        here.regions[row.region_id].name, here.regions[row.region_id].code, row.position, row.name, row.printed, row.unit_id,
        here.name_of(row.unit_id) if row.unit_id else "", row.begin_on, row.due_on, row.first_due_on, row.begun_on,
        row.done_on, row.done_words, row.dropped_reason, row.needs_evidence, row.weight, postponed, state_of(step, today),
        standing_in_words(step, today), outlook,
        tuple(WaitView(
            link.before_id, link.before.name, link.lag_days, link.before.done_on is not None or bool(link.before.dropped_reason)
        ) for link in waits),
        row.version,
    )


def _seen(viewer: Viewer) -> QuerySet[Milestone]:
    return Milestone.objects.filter(seen_by(viewer)) if first_wall_stands() else Milestone.objects.all()


def seen_by(viewer: Viewer) -> Q:
    """What the first wall asks of a row that belongs to a region: one's own, those below and those above it."""
    if viewer.reach not in (Reach.SUBTREE, Reach.LINE):
        return Q(pk__in=[])
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    above = RegionWithin.objects.filter(region_id=viewer.region_id).values("ancestor_id")
    return Q(region_id__in=below) | Q(region_id__in=above)
