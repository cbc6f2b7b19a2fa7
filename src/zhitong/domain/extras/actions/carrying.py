"""A listed item carried through: done with a photo when its timetable is, and what its residents say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.extras.actions.proposing import (
    LONGEST_WORDS,
    NotNow,
    NotYoursToDecide,
    found,
    must_allow,
    must_be_office,
    tell,
)
from zhitong.domain.extras.models import Proposal
from zhitong.domain.extras.queries.sight import FILES_OF
from zhitong.domain.extras.rules.facts import ExtraFact
from zhitong.domain.extras.rules.kinds import ExtraAct, ProposalState
from zhitong.domain.files.actions import attach
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.steps import steps_open
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written


@transaction.atomic
def complete_item(
    viewer: Viewer, proposal_id: UUID, *, done_on: date, words: str, file_ids: Sequence[UUID], actor: Actor, now: datetime
) -> None:
    """Register that a listed item is done, with a photo, when every milestone of it is; by its lead or the office.

    Raises NotFound, NotYoursToDecide. Raises NotNow: it is not listed, or a milestone is open. Raises BadInput: a day to
    come, no words, no photo. Raises what `files.actions.attach` refuses.
    """
    row = found(viewer, proposal_id)
    _must_lead(viewer, row)
    must_allow(row, ExtraAct.COMPLETE)
    if done_on > day_of(now):
        raise BadInput("办成日期不能晚于今天。", {"done_on": "办成日期不能晚于今天。"})
    row.done_words = written("words", words, LONGEST_WORDS, wanted="请写明办成了什么。")
    if not file_ids:
        raise BadInput("请附现场照片。", {"files": "请附现场照片。"})
    left = steps_open(row.task_id) if row.task_id else []
    if left:
        raise NotNow(f"时间表上还有{len(left)}个节点没有完成：{'、'.join(left)}。请先登记节点完成或取消。")
    row.state, row.done_on = ProposalState.DONE.value, done_on
    row.save(update_fields=["state", "done_on", "done_words"])
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    tell(row, ExtraFact.DONE, actor, now, {"on": done_on}, {"words": row.done_words})


@transaction.atomic
def rate_item(viewer: Viewer, proposal_id: UUID, *, asked: int, satisfied: int, actor: Actor, now: datetime) -> None:
    """Register how many residents were asked and how many are satisfied; by the office, not by who did the work.

    Raises NotFound, NotYoursToDecide, NotNow. Raises BadInput: nobody asked, or more satisfied than asked.
    """
    row = found(viewer, proposal_id)
    must_be_office(viewer, row.region_id)
    must_allow(row, ExtraAct.RATE)
    if asked < 1:
        raise BadInput("请填问到的人数，至少1人。", {"asked": "请填问到的人数，至少1人。"})
    if not 0 <= satisfied <= asked:
        raise BadInput("满意的人数不能多于问到的人数。", {"satisfied": "满意的人数不能多于问到的人数。"})
    row.asked, row.satisfied = asked, satisfied
    row.save(update_fields=["asked", "satisfied"])
    tell(row, ExtraFact.RATED, actor, now, {"asked": asked, "satisfied": satisfied})


def _must_lead(viewer: Viewer, row: Proposal) -> None:
    office = directory().office(row.region_id)
    if viewer.unit_id not in (row.lead_unit_id, office.id if office else None):
        raise NotYoursToDecide("办成由牵头单位或本级活动办公室登记。")
