"""Making a timetable: milestones written, changed, dropped, and which of them waits for which.

Who leads the task in the region and the region's campaign office may do so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.plans.models import Milestone, MilestoneLink, Task
from zhitong.domain.plans.queries.keeping import keeps
from zhitong.domain.plans.queries.timetables import seen_by, waits_of
from zhitong.domain.plans.rules.timetable import MOST_LAG, MOST_WEIGHT, TimetableFact, Wait, circle_in, day_said
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_NAME, LONGEST_WORDS = 120, 400
MOST_OF_A_TASK = 60


class NotYoursToSchedule(Refused):
    """The timetable is kept by who leads the task in the region and by the region's office."""


class MilestoneOver(Refused):
    """The milestone is done or dropped."""


class WaitsInCircle(Refused):
    """The milestones would wait for each other for ever; the sentence names the circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMilestone:
    """A milestone as it is written down; `waits` are (milestone, at least so many calendar days after it)."""

    name: str
    due_on: date
    begin_on: date | None = None
    unit_id: UUID | None = None
    needs_evidence: bool = False
    weight: Decimal = Decimal(1)
    waits: Sequence[tuple[UUID, int]] = field(default=())


@transaction.atomic
def plan_milestone(viewer: Viewer, task_id: UUID, region_id: UUID, new: NewMilestone, *, actor: Actor, now: datetime) -> UUID:
    """Put a milestone on a task's timetable in a region; the day written now is the day first promised for ever.

    Raises NotFound: there is no such task or region, or none for the viewer. Raises NotYours, NotYoursToSchedule.
    Raises BadInput: no name, days the wrong way round, a unit that is not there. Raises WaitsInCircle.
    Source: 冀发〔2018〕7号 一（四）: 逐项明确时间表、路线图; R-C3.
    """
    must_keep(viewer, task_id, region_id)
    [row] = make_milestones(task_id, region_id, [new])
    set_waits(row, new.waits)
    tell([row], TimetableFact.PLANNED, actor, now, {"due_on": row.due_on}, {"name": row.name})
    return row.id


@transaction.atomic
def change_milestone(viewer: Viewer, milestone_id: UUID, new: NewMilestone, *, actor: Actor, now: datetime) -> None:
    """Write a milestone anew, all but its day: a later day is put off with a reason, an earlier one may be promised here.

    Raises NotFound, NotYours, NotYoursToSchedule, MilestoneOver. Raises BadInput: as for a new one, or a later day.
    Raises WaitsInCircle.
    """
    row = must_be_open(found(viewer, milestone_id))
    must_keep(viewer, row.task_id, row.region_id)
    refuse_wrong(new)
    if new.due_on > row.due_on:
        sentence = f"完成日原定{day_said(row.due_on, day_of(now))}，要往后推请用“顺延”并写明理由。"
        raise BadInput(sentence, {"due_on": sentence})
    row.name, row.begin_on, row.due_on, row.unit_id = new.name.strip(), new.begin_on, new.due_on, new.unit_id
    row.needs_evidence, row.weight, row.version = new.needs_evidence, new.weight, row.version + 1
    row.save(update_fields=["name", "begin_on", "due_on", "unit", "needs_evidence", "weight", "version"])
    set_waits(row, new.waits)
    tell([row], TimetableFact.CHANGED, actor, now, {"due_on": row.due_on}, {"name": row.name})


@transaction.atomic
def drop_milestone(viewer: Viewer, milestone_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take a milestone off the timetable, with the reason; it stays readable, and what waited for it waits no longer.

    Raises NotFound, NotYours, NotYoursToSchedule, MilestoneOver. Raises BadInput: no reason.
    """
    row = must_be_open(found(viewer, milestone_id))
    must_keep(viewer, row.task_id, row.region_id)
    said = written("reason", reason, LONGEST_WORDS, wanted="请写明取消的理由。")
    Milestone.objects.filter(id=row.id).update(dropped_reason=said, version=F("version") + 1)
    tell([row], TimetableFact.DROPPED, actor, now, {}, {"reason": said})


NOT_YOURS = "这项任务在这个地区的时间表由牵头单位和本级活动办公室管理。需要修改的，请与他们联系。"


def found(viewer: Viewer, milestone_id: UUID) -> Milestone:
    """A milestone that the viewer may change, locked.

    Raises NotFound: there is none for the viewer. Raises NotYoursToSchedule: it is of a level above and only to be read.
    """
    if not Milestone.objects.filter(seen_by(viewer), id=milestone_id).exists():
        raise NotFound
    row = Milestone.objects.select_for_update().filter(id=milestone_id).first()
    if row is None:
        raise NotYoursToSchedule(NOT_YOURS)
    return row


def must_be_open(row: Milestone) -> Milestone:
    """Refuse to touch what is over.

    Raises MilestoneOver.
    """
    if row.done_on is not None or row.dropped_reason:
        raise MilestoneOver(f"节点“{row.name}”已经{'取消' if row.dropped_reason else '完成'}，不能再改。")
    return row


def must_keep(viewer: Viewer, task_id: UUID, region_id: UUID, unit_id: UUID | None = None) -> None:
    """Refuse who does not keep the timetable of a task in a region; `unit_id` is one that answers for the milestone itself.

    Raises NotFound: no such task or region. Raises NotYours, NotYoursToSchedule.
    """
    if region_id not in directory().regions or not Task.objects.filter(id=task_id).exists():
        raise NotFound
    require(viewer, Permission.HANDLE)
    if not keeps(viewer, task_id, region_id, unit_id):
        raise NotYoursToSchedule(NOT_YOURS)


def make_milestones(task_id: UUID, region_id: UUID, new: Sequence[NewMilestone]) -> list[Milestone]:
    """Write milestones after those that are there, without their waits.

    Raises BadInput: one is wrong, or there are too many.
    """
    for one in new:
        refuse_wrong(one)
    there = Milestone.objects.filter(task_id=task_id, region_id=region_id)
    last = there.aggregate(last=Max("position"))["last"] or 0
    if last + len(new) > MOST_OF_A_TASK:
        raise BadInput(f"一项任务在一个地区最多{MOST_OF_A_TASK}个节点，请合并一些。")
    return Milestone.objects.bulk_create([
        Milestone(
            task_id=task_id, region_id=region_id, position=place, name=one.name.strip(), unit_id=one.unit_id,
            begin_on=one.begin_on, due_on=one.due_on, first_due_on=one.due_on, needs_evidence=one.needs_evidence,
            weight=one.weight,
        ) for place, one in enumerate(new, last + 1)
    ])


def refuse_wrong(new: NewMilestone) -> None:
    """Refuse a milestone that makes no sense by itself.

    Raises BadInput.
    """
    written("name", new.name, LONGEST_NAME, wanted="请写明节点名称。")
    if new.begin_on and new.begin_on > new.due_on:
        sentence = "开始日不能晚于完成日。"
        raise BadInput(sentence, {"begin_on": sentence})
    if not 0 < new.weight <= MOST_WEIGHT:
        sentence = f"权重要大于0，不超过{MOST_WEIGHT}。"
        raise BadInput(sentence, {"weight": sentence})
    if new.unit_id is not None and new.unit_id not in directory().units:
        sentence = "责任单位没有找到，请从列出的单位中选择。"
        raise BadInput(sentence, {"unit": sentence})
    if any(not 0 <= lag <= MOST_LAG for _id, lag in new.waits):
        sentence = f"间隔天数请填0到{MOST_LAG}。"
        raise BadInput(sentence, {"waits": sentence})


def set_waits(row: Milestone, waits: Sequence[tuple[UUID, int]]) -> None:
    """Let a milestone wait for these of the same task and region, and for no others.

    Raises BadInput: one is not of this timetable. Raises WaitsInCircle.
    """
    there = dict(Milestone.objects.filter(task_id=row.task_id, region_id=row.region_id).values_list("id", "name"))
    wanted = dict(waits)
    if any(before not in there for before in wanted):
        sentence = "前置节点要从本任务本地区的节点中选择。"
        raise BadInput(sentence, {"waits": sentence})
    others = MilestoneLink.objects.filter(after_id__in=there).exclude(after_id=row.id)
    circle = circle_in([*waits_of(others), *(Wait(before, row.id, lag) for before, lag in wanted.items())])
    if circle:
        names = "→".join(f"“{there[one]}”" for one in circle)
        raise WaitsInCircle(f"先后关系绕成了一圈：{names}。请去掉其中一条。")
    MilestoneLink.objects.filter(after_id=row.id).delete()
    MilestoneLink.objects.bulk_create([
        MilestoneLink(before_id=before, after_id=row.id, lag_days=lag) for before, lag in wanted.items()
    ])


def tell(
    rows: Sequence[Milestone], kind: TimetableFact, actor: Actor, now: datetime, body: dict[str, object],
    words: dict[str, str] | None = None,
) -> None:
    """Record what was done to milestones."""
    record_many([
        Fact(str(kind), "milestone", row.id, actor, now, {
            "task": row.task_id, "region": row.region_id, "unit": row.unit_id, **body,
        }, words or {}) for row in rows
    ])
