"""Keeping a timetable going: milestones begun, done with evidence, put off with a reason.

A promise whose day is past is put off by the level above alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhitong.domain.files.actions import attach
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.plans.actions.scheduling import (
    LONGEST_WORDS,
    NOT_YOURS,
    NotYoursToSchedule,
    found,
    must_be_open,
    must_keep,
    tell,
)
from zhitong.domain.plans.models import Milestone, MilestoneLink, Postponement
from zhitong.domain.plans.queries.keeping import keeps, may_put_off
from zhitong.domain.plans.queries.steps import step_of
from zhitong.domain.plans.queries.timetables import FILES_OF
from zhitong.domain.plans.rules.timetable import TimetableFact, day_said
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written


class StillWaiting(Refused):
    """What it waits for is not done."""


class PutOffAbove(Refused):
    """The promised day is past: the level above decides."""


class EvidenceMissing(BadInput):
    """The milestone is not done without its evidence."""


@transaction.atomic
def begin_milestone(viewer: Viewer, milestone_id: UUID, *, begun_on: date, actor: Actor, now: datetime) -> None:
    """Register that work on a milestone began.

    Raises NotFound, NotYours, NotYoursToSchedule, MilestoneOver. Raises BadInput: a day to come. Raises StillWaiting.
    """
    row = must_be_open(found(viewer, milestone_id))
    must_keep(viewer, row.task_id, row.region_id, row.unit_id)
    _not_ahead("begun_on", begun_on, now, "开始")
    _must_not_wait(row, begun_on)
    Milestone.objects.filter(id=row.id).update(begun_on=begun_on, version=F("version") + 1)
    tell([row], TimetableFact.BEGUN, actor, now, {"on": begun_on})


@transaction.atomic
def complete_milestone(
    viewer: Viewer, milestone_id: UUID, *, done_on: date, words: str = "", file_ids: Sequence[UUID] = (), actor: Actor,
    now: datetime,
) -> None:
    """Register that a milestone is done, with its evidence (a dated photo, 验收单) where it asks for one.

    Raises NotFound, NotYours, NotYoursToSchedule, MilestoneOver. Raises BadInput: a day to come or before it began.
    Raises StillWaiting, EvidenceMissing. Raises what `files.actions.attach` refuses.
    """
    row = must_be_open(found(viewer, milestone_id))
    must_keep(viewer, row.task_id, row.region_id, row.unit_id)
    _not_ahead("done_on", done_on, now, "完成")
    if row.begun_on and done_on < row.begun_on:
        sentence = f"完成日不能早于开始日{day_said(row.begun_on, day_of(now))}。"
        raise BadInput(sentence, {"done_on": sentence})
    _must_not_wait(row, done_on)
    if row.needs_evidence and not file_ids:
        sentence = "这个节点完成时要附佐证材料，请上传带日期的照片或验收单。"
        raise EvidenceMissing(sentence, {"files": sentence})
    said = written("words", words, LONGEST_WORDS)
    Milestone.objects.filter(id=row.id).update(done_on=done_on, done_words=said, version=F("version") + 1)
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    tell([row], TimetableFact.COMPLETED, actor, now, {"on": done_on, "first_due_on": row.first_due_on}, {"words": said})


@transaction.atomic
def postpone_milestone(viewer: Viewer, milestone_id: UUID, *, to_on: date, reason: str, actor: Actor, now: datetime) -> None:
    """Promise a later day, with the reason; counted, and the day first promised stays.

    Before the promised day is past who keeps the timetable may do so, afterwards the level above alone.
    Raises NotFound, NotYours, NotYoursToSchedule, MilestoneOver, PutOffAbove. Raises BadInput: no reason, a day that is
    not later or already past.
    """
    row, today = must_be_open(found(viewer, milestone_id)), day_of(now)
    require(viewer, Permission.HANDLE)
    if not may_put_off(viewer, row, today):
        if today > row.due_on and keeps(viewer, row.task_id, row.region_id, row.unit_id):
            past = day_said(row.due_on, today)
            raise PutOffAbove(f"承诺的完成日{past}已过，顺延要由上级办公室或上级牵头部门定。请说明情况，报上级办理。")
        raise NotYoursToSchedule(NOT_YOURS)
    if to_on <= max(row.due_on, today):
        sentence = "顺延后的完成日要晚于原定日和今天。"
        raise BadInput(sentence, {"to_on": sentence})
    said = written("reason", reason, LONGEST_WORDS, wanted="请写明顺延的理由。")
    number = Postponement.objects.filter(milestone=row).count() + 1
    Postponement.objects.create(
        milestone=row, number=number, from_on=row.due_on, to_on=to_on, reason=said, by_unit_id=viewer.unit_id, at=now
    )
    Milestone.objects.filter(id=row.id).update(due_on=to_on, version=F("version") + 1)
    tell([row], TimetableFact.POSTPONED, actor, now, {"from_on": row.due_on, "to_on": to_on, "times": number}, {"reason": said})


def _not_ahead(name: str, day: date, now: datetime, what: str) -> None:
    if day > day_of(now):
        sentence = f"{what}日不能晚于今天。还没有{what}的，请到时再登记。"
        raise BadInput(sentence, {name: sentence})


def _must_not_wait(row: Milestone, on: date) -> None:
    links = MilestoneLink.objects.filter(after=row, before__done_on__isnull=True, before__dropped_reason="")
    names = "、".join(f"“{name}”" for name in links.values_list("before__name", flat=True))
    if names:
        raise StillWaiting(f"前置节点{names}还没有完成。请先登记前置节点完成，或者取消先后关系。")
    early = MilestoneLink.objects.filter(after=row, before__done_on__gt=on).select_related("before").first()
    if early is not None:
        before = step_of(early.before)
        raise StillWaiting(f"前置节点“{before.name}”{before.done_on}才完成，这个节点的日期不能更早。")
