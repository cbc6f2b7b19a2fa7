"""A timetable for many at once: handed down to the regions below (下发时间表), or written from a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.actions.naming import units_by_name
from zhitong.domain.plans.actions.scheduling import NewMilestone, make_milestones, must_keep, set_waits, tell
from zhitong.domain.plans.models import Milestone, MilestoneLink
from zhitong.domain.plans.rules.timetable import TimetableFact
from zhitong.kit.figures import NoDay, day_in
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.sheets.table import Line, table_in

HEADS = ("节点", "开始日", "完成日", "责任单位", "前置节点", "间隔天数", "需要佐证", "权重")
MOST_BYTES = 1024 * 1024
_YES = frozenset({"是", "需要", "1", "Y", "y", "√"})


class NothingToHandDown(Refused):
    """The task has no open milestones here, or nobody stands below."""


class RowsInTrouble(BadInput):
    """Rows of a sheet cannot be taken; nothing was. `rows` has a sentence for each."""

    def __init__(self, rows: Sequence[str]) -> None:
        said = "；".join(rows[:10])
        super().__init__(f"有{len(rows)}行要改，没有导入：{said}", {"sheet": f"有{len(rows)}行要改，没有导入：{said}"})
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class HandedDown:
    """How many regions got how many milestones; `left` are those that have a timetable of their own for the task."""

    regions: int
    milestones: int
    left: tuple[str, ...]


@transaction.atomic
def hand_down(viewer: Viewer, task_id: UUID, region_id: UUID, *, actor: Actor, now: datetime) -> HandedDown:
    """Give a region's timetable of a task to every region directly below that has none for it, days and waits alike.

    A region that has one keeps it. Raises NotFound, NotYours, NotYoursToSchedule. Raises NothingToHandDown.
    Source: 冀发〔2018〕7号 一（四）: 逐项明确时间表、路线图.
    """
    must_keep(viewer, task_id, region_id)
    below = directory().children(region_id)
    upper = list(
        Milestone.objects.filter(task_id=task_id, region_id=region_id, dropped_reason="", done_on__isnull=True).order_by("position")
    )
    if not upper or not below:
        raise NothingToHandDown("没有可下发的：本级这项任务没有未完成的节点，或者没有下级地区。请先编制本级时间表。")
    have = set(Milestone.objects.filter(task_id=task_id, region_id__in=[one.id for one in below]).values_list("region_id", flat=True))
    to = [one for one in below if one.id not in have]
    copies = {
        (one.id, row.id): Milestone(
            task_id=task_id, region_id=one.id, position=place, name=row.name, printed=row.printed, document=row.document,
            clause_start=row.clause_start, clause_end=row.clause_end, begin_on=row.begin_on, due_on=row.due_on,
            first_due_on=row.due_on, weight=row.weight, needs_evidence=row.needs_evidence,
        ) for one in to for place, row in enumerate(upper, 1)
    }
    Milestone.objects.bulk_create(copies.values(), batch_size=1000)
    _copy_waits(copies, [one.id for one in to], [row.id for row in upper])
    record_many([Fact(
        str(TimetableFact.HANDED_DOWN), "task", task_id, actor, now,
        {"region": region_id, "regions": [one.id for one in to], "milestones": len(upper)},
    )])
    return HandedDown(len(to), len(copies), tuple(one.name for one in below if one.id in have))


def _copy_waits(copies: dict[tuple[UUID, UUID], Milestone], regions: Sequence[UUID], upper: Sequence[UUID]) -> None:
    links = list(MilestoneLink.objects.filter(after_id__in=upper, before_id__in=upper))
    MilestoneLink.objects.bulk_create([
        MilestoneLink(before=copies[region, one.before_id], after=copies[region, one.after_id], lag_days=one.lag_days)
        for region in regions for one in links
    ], batch_size=1000)


@dataclass(slots=True)
class _Read:
    """A row of a sheet, its waits still names."""

    line: int
    new: NewMilestone
    waits: list[str] = field(default_factory=list)
    lag: int = 0


@transaction.atomic
def write_timetable(viewer: Viewer, task_id: UUID, region_id: UUID, content: bytes, *, actor: Actor, now: datetime) -> int:
    """Write the milestones of a sheet (heads: HEADS; 节点 and 完成日 are wanted) after those that are there; all or none.

    Returns how many. Raises NotFound, NotYours, NotYoursToSchedule. Raises UnreadableTable: see `table_in`.
    Raises RowsInTrouble, WaitsInCircle.
    """
    must_keep(viewer, task_id, region_id)
    table = table_in(content, words=HEADS)
    place = {head: table.heads.index(head) for head in HEADS if head in table.heads}
    if "节点" not in place or "完成日" not in place:
        raise RowsInTrouble([f"表头要有“节点”和“完成日”，现在是：{'、'.join(table.heads)}"])
    read, faults = _rows(list(table.lines), place, region_id)
    if faults or not read:
        raise RowsInTrouble(faults or ["表里没有节点"])
    rows = make_milestones(task_id, region_id, [one.new for one in read])
    by_name = dict(Milestone.objects.filter(task_id=task_id, region_id=region_id).values_list("name", "id"))
    unknown = [f"第{one.line}行前置节点“{name}”没有找到" for one in read for name in one.waits if name not in by_name]
    if unknown:
        raise RowsInTrouble(unknown)
    for row, one in zip(rows, read, strict=True):
        set_waits(row, [(by_name[name], one.lag) for name in one.waits])
    tell(rows, TimetableFact.PLANNED, actor, now, {"from_sheet": True})
    return len(rows)


def _rows(lines: Sequence[Line], place: dict[str, int], region_id: UUID) -> tuple[list[_Read], list[str]]:
    read: list[_Read] = []
    faults: list[str] = []
    said = [{head: line.cells[at].strip() for head, at in place.items()} for line in lines]
    units = units_by_name({row.get("责任单位", "") for row in said if row.get("责任单位")}, region_id)
    for line, row in zip(lines, said, strict=True):
        try:
            read.append(_row(line.number, row, units))
        except (ValueError, InvalidOperation) as wrong:
            faults.append(f"第{line.number}行{wrong}")
    return read, faults


def _row(number: int, row: dict[str, str], units: dict[str, UUID]) -> _Read:
    due_on, unit = _day(row["完成日"], "完成日"), row.get("责任单位", "")
    if due_on is None:
        raise ValueError("没有完成日")
    if unit and unit not in units:
        raise ValueError(f"责任单位“{unit}”没有找到")
    lag, weight = row.get("间隔天数", ""), row.get("权重", "")
    if lag and not lag.isdigit():
        raise ValueError(f"间隔天数“{lag}”不是整数")
    new = NewMilestone(
        name=row["节点"], due_on=due_on, begin_on=_day(row.get("开始日", ""), "开始日"), unit_id=units.get(unit),
        needs_evidence=row.get("需要佐证", "") in _YES, weight=_weight(weight),
    )
    return _Read(number, new, [name for name in row.get("前置节点", "").replace("，", "、").split("、") if name], int(lag or 0))


def _day(text: str, head: str) -> date | None:
    try:
        return day_in(text)
    except NoDay as wrong:
        raise ValueError(f"{head}{wrong}") from None


def _weight(text: str) -> Decimal:
    try:
        return Decimal(text or 1)
    except InvalidOperation:
        raise ValueError(f"权重“{text}”不是数") from None
