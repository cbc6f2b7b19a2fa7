"""Planning an inspection: drafted, sent to the inspection office, approved or not, and over in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.models import Inspection
from zhitong.domain.inspections.queries.choosing import approvers_for, objects_for
from zhitong.domain.inspections.queries.sight import hands_on, inspections_seen
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.inspections.rules.kinds import InspectionState, Way
from zhitong.domain.inspections.rules.way import InspectionAct, why_not
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_TITLE, LONGEST_WORDS, LONGEST_TEXT = 120, 400, 4000
MOST_OBJECTS, LONGEST_DAYS = 200, 366


class NotNow(Refused):
    """The act is not possible as the inspection or finding stands, or is another unit's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as it is written: what is looked at, at whom, in which way, on which days, approved by whom."""

    campaign: str
    title: str
    matters: str
    way: Way
    objects_of: tuple[UUID, ...]
    partners: tuple[UUID, ...] = ()
    approver_id: UUID
    since: date
    until: date


@transaction.atomic
def plan(viewer: Viewer, wanted: Plan, *, actor: Actor, now: datetime) -> UUID:
    """Draft a plan; nobody but the unit and its partners sees it until it is sent for approval. Returns its id.

    Raises NotYours. Raises BadInput: something is missing, too long, out of measure, or not the unit's to look at.
    Source: 冀发〔2018〕7号 四（六）; R-G3.
    """
    require(viewer, Permission.SUPERVISE)
    row = Inspection(by_unit_id=viewer.unit_id, region_id=viewer.region_id, state=InspectionState.DRAFTED.value)
    _write(viewer, row, wanted)
    row.save(force_insert=True)
    tell(InspectionFact.DRAFTED, row, actor, now, {"objects": list(wanted.objects_of)}, {"title": row.title})
    return row.id


@transaction.atomic
def change_plan(viewer: Viewer, inspection_id: UUID, wanted: Plan, *, actor: Actor, now: datetime) -> None:
    """Write a plan anew that has not been sent, or was not approved.

    Raises NotFound, NotNow, NotYours, BadInput as `plan`.
    """
    row = permitted(viewer, inspection_id, InspectionAct.SUBMIT)
    _write(viewer, row, wanted)
    row.save()
    tell(InspectionFact.DRAFTED, row, actor, now, {"objects": list(wanted.objects_of)}, {"title": row.title})


@transaction.atomic
def submit_plan(viewer: Viewer, inspection_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Send a plan to the office that approves it.

    Raises NotFound, NotNow, NotYours.
    """
    row = permitted(viewer, inspection_id, InspectionAct.SUBMIT)
    row.state, row.words = InspectionState.SUBMITTED.value, ""
    row.save(update_fields=["state", "words"])
    tell(InspectionFact.SUBMITTED, row, actor, now, {}, {})


@transaction.atomic
def approve_plan(viewer: Viewer, inspection_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Let an inspection happen: from now on it may draw and find, and its objects see it unless it is unannounced.

    Raises NotFound, NotNow, NotYours. Raises BadInput: the words are too long.
    """
    row = permitted(viewer, inspection_id, InspectionAct.APPROVE)
    row.state, row.approved_at, row.words = InspectionState.APPROVED.value, now, written("words", words, LONGEST_WORDS)
    row.save(update_fields=["state", "approved_at", "words"])
    tell(InspectionFact.APPROVED, row, actor, now, {"objects": told_objects(row)}, {"words": row.words})


@transaction.atomic
def refuse_plan(viewer: Viewer, inspection_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Give a plan back with the reason; it may be changed and sent again.

    Raises NotFound, NotNow, NotYours. Raises BadInput: no reason.
    """
    row = permitted(viewer, inspection_id, InspectionAct.REFUSE)
    row.words = written("words", words, LONGEST_WORDS, wanted="请写明不批准的理由。")
    row.state = InspectionState.REFUSED.value
    row.save(update_fields=["state", "words"])
    tell(InspectionFact.REFUSED, row, actor, now, {}, {"words": row.words})


@transaction.atomic
def end_inspection(viewer: Viewer, inspection_id: UUID, conclusion: str, *, actor: Actor, now: datetime) -> None:
    """End it with what it came to; open findings go on being put right. Who was looked at unannounced now sees it.

    Raises NotFound, NotNow, NotYours. Raises BadInput: no conclusion.
    """
    row = permitted(viewer, inspection_id, InspectionAct.END)
    row.conclusion = written("conclusion", conclusion, LONGEST_TEXT, wanted="请写明督查结论。")
    row.state, row.ended_at = InspectionState.ENDED.value, now
    row.save(update_fields=["state", "ended_at", "conclusion"])
    tell(InspectionFact.ENDED, row, actor, now, {"objects": list(row.objects_of)}, {"conclusion": row.conclusion})


def permitted(viewer: Viewer, inspection_id: UUID, act: InspectionAct) -> Inspection:
    """The inspection, locked, when the viewer's unit may do the act now.

    Raises NotFound, NotYours, NotNow.
    """
    require(viewer, Permission.SUPERVISE)
    row = inspections_seen(viewer).select_for_update(of=("self",)).filter(id=inspection_id).first()
    if row is None:
        raise NotFound
    reason = why_not(act, InspectionState(row.state), hands_on(row, viewer.unit_id))
    if reason:
        raise NotNow(reason)
    return row


def told_objects(row: Inspection) -> Sequence[UUID]:
    """The units that are told of an approved inspection: none when it is unannounced."""
    return [] if row.way == Way.UNANNOUNCED.value else list(row.objects_of)


def tell(
    kind: InspectionFact, row: Inspection, actor: Actor, now: datetime, body: dict[str, object], words: dict[str, str]
) -> None:
    """Record what was done in an inspection."""
    sides = {"by_unit": row.by_unit_id, "approver": row.approver_id}
    record(
        kind.value, thing_kind="inspection", thing_id=row.id, actor=actor, at=now, body={**sides, **body},
        details={name: said for name, said in words.items() if said},
    )


def _write(viewer: Viewer, row: Inspection, wanted: Plan) -> None:
    row.campaign, row.way = wanted.campaign, wanted.way.value
    row.title = written("title", wanted.title, LONGEST_TITLE, wanted="请写明督查的名称。")
    row.matters = written("matters", wanted.matters, LONGEST_TEXT, wanted="请写明督查什么。")
    _refuse_wrong_days(wanted)
    _refuse_wrong_units(viewer, wanted)
    row.objects_of, row.partners = list(wanted.objects_of), list(wanted.partners)
    row.approver_id, row.since_on, row.until_on = wanted.approver_id, wanted.since, wanted.until


def _refuse_wrong_days(wanted: Plan) -> None:
    if wanted.until < wanted.since:
        raise BadInput("结束日期不能早于开始日期。", {"until": "结束日期不能早于开始日期。"})
    if wanted.until - wanted.since > timedelta(days=LONGEST_DAYS):
        raise BadInput("一次督查不超过一年，请分次安排。", {"until": "一次督查不超过一年，请分次安排。"})


def _refuse_wrong_units(viewer: Viewer, wanted: Plan) -> None:
    allowed = {one.id for one in objects_for(viewer)}
    for field, is_wrong, sentence in (
        ("objects_of", not wanted.objects_of, "请选择督查哪些单位。"),
        ("objects_of", len(wanted.objects_of) > MOST_OBJECTS, f"一次最多督查{MOST_OBJECTS}个单位，请分次安排。"),
        ("objects_of", not allowed.issuperset(wanted.objects_of), "只能督查本辖区的单位。"),
        ("partners", not allowed.issuperset(wanted.partners), "只能与本辖区的单位联合督查。"),
        ("partners", wanted.way is Way.JOINT and not wanted.partners, "联合督查要写明与哪些单位联合。"),
        ("partners", bool({*wanted.partners} & {*wanted.objects_of}), "一个单位不能既督查又被督查。"),
        ("approver_id", wanted.approver_id not in {one.id for one in approvers_for(viewer)}, "请选择批准方案的督查室。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})
