"""Planning a visit so that others see it, joining one, calling it off; and leaving a firm in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.models import Care
from zhitong.domain.visits.models import Plan, Quiet
from zhitong.domain.visits.queries.sight import of_coming, subject_reached
from zhitong.domain.visits.rules.facts import VisitFact
from zhitong.domain.visits.rules.kinds import PlanState
from zhitong.domain.visits.rules.planning import PLANNED_AHEAD_DAYS
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST_WHO, LONGEST_WORDS = 120, 200


class LeftInPeace(Refused):
    """The firm wants no visits unless it asks; a visit all the same needs its reason."""


class PlannedAlready(Refused):
    """The unit goes there on that day as it is."""


class PlanOver(Refused):
    """The planned visit was made or called off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A visit to come; `despite_quiet` says why it must be, where the firm is to be left in peace."""

    subject_id: UUID
    planned_on: date
    who: str
    purpose: str = ""
    despite_quiet: str = ""
    actor: Actor
    now: datetime


@transaction.atomic
def plan_visit(viewer: Viewer, new: NewPlan) -> UUID:
    """Plan a visit of the viewer's unit; everybody concerned with the firm sees it.

    Raises NotYours: the post does no such work. Raises NotFound: the subject is not there for the viewer.
    Raises BadInput: nobody is named, or the day is past or too far. Raises LeftInPeace: no reason is given.
    Raises PlannedAlready. Source: 冀发〔2018〕7号 四（二）; R-B4.
    """
    require(viewer, Permission.HANDLE)
    subject = subject_reached(viewer, new.subject_id)
    _refuse_wrong(new)
    despite = clean_text(new.despite_quiet)
    if Quiet.objects.filter(subject_id=subject.id, until__isnull=True).exists() and not despite:
        raise LeftInPeace("这家企业已登记“无事不扰”，没有企业邀请不安排走访。确需走访的，请写明理由。")
    row = _planned(viewer, new, subject.id, uuid7(), despite)
    _tell(VisitFact.PLANNED, row.id, new.actor, new.now, {"subject": subject.id, "on": new.planned_on, "unit": viewer.unit_id})
    return row.id


@transaction.atomic
def join_visit(viewer: Viewer, plan_id: UUID, who: str, *, actor: Actor, now: datetime) -> UUID:
    """Go along on the day that another unit has planned; both, and who looks after the firm, are told.

    Raises NotYours. Raises NotFound: there is no such plan for the viewer. Raises PlanOver, PlannedAlready.
    Raises BadInput: nobody is named.
    """
    require(viewer, Permission.HANDLE)
    host = Plan.objects.filter(of_coming(viewer), id=plan_id).first()
    if host is None:
        raise NotFound
    subject = subject_reached(viewer, host.subject_id)
    if host.state != PlanState.PLANNED.value:
        raise PlanOver("这次走访已经完成或取消，不能再参加。请另行安排。")
    new = NewPlan(
        subject_id=subject.id, planned_on=host.planned_on, who=who, purpose=host.purpose, despite_quiet=host.despite_quiet,
        actor=actor, now=now,
    )
    _refuse_wrong(new)
    row = _planned(viewer, new, subject.id, host.together, host.despite_quiet)
    told = set(Plan.objects.filter(together=host.together, state=PlanState.PLANNED.value).values_list("unit_id", flat=True))
    told |= set(Care.objects.filter(subject_id=subject.id, until__isnull=True).values_list("unit_id", flat=True))
    _tell(VisitFact.JOINED, row.id, actor, now, {
        "subject": subject.id, "on": host.planned_on, "unit": viewer.unit_id, "together": host.together,
        "units": sorted(told - {viewer.unit_id}),
    })
    return row.id


@transaction.atomic
def call_off(viewer: Viewer, plan_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Call off a planned visit of the viewer's unit; the others of a joint one go all the same.

    Raises NotFound: the unit has no such plan. Raises PlanOver. Raises BadInput: no reason.
    """
    row = Plan.objects.select_for_update().filter(id=plan_id, unit_id=viewer.unit_id).first()
    if row is None:
        raise NotFound
    require(viewer, Permission.HANDLE)
    if row.state != PlanState.PLANNED.value:
        raise PlanOver("这次走访已经完成或取消。")
    row.state, row.reason = PlanState.CALLED_OFF.value, written("reason", reason, LONGEST_WORDS, wanted="请写明取消的理由。")
    row.save(update_fields=["state", "reason"])
    _tell(VisitFact.CALLED_OFF, row.id, actor, now, {"subject": row.subject_id, "unit": row.unit_id}, {"reason": row.reason})


@transaction.atomic
def ask_quiet(viewer: Viewer, subject_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Leave a firm in peace unless it asks (无事不扰): said by the firm itself, or written down for it by an official.

    Asking again changes nothing. Raises NotFound: the subject is not there for the viewer. Raises BadInput.
    """
    subject = subject_reached(viewer, subject_id)
    _may_speak_for(viewer, subject.unit_id)
    words = written("words", words, LONGEST_WORDS)
    _row, is_new = Quiet.objects.get_or_create(
        subject=subject, until=None, defaults={"unit_id": viewer.unit_id, "words": words, "since": day_of(now)}
    )
    if is_new:
        _tell(VisitFact.QUIET_ASKED, subject.id, actor, now, {"unit": viewer.unit_id}, {"words": words}, "subject")


@transaction.atomic
def end_quiet(viewer: Viewer, subject_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take the wish back. Raises NotFound: the subject is not there for the viewer, or it has no such wish."""
    subject = subject_reached(viewer, subject_id)
    _may_speak_for(viewer, subject.unit_id)
    if not Quiet.objects.filter(subject=subject, until__isnull=True).update(until=day_of(now)):
        raise NotFound("这家企业没有登记“无事不扰”。")
    _tell(VisitFact.QUIET_ENDED, subject.id, actor, now, {"unit": viewer.unit_id}, {}, "subject")


def written(field: str, text: str, longest: int, *, wanted: str = "") -> str:
    """A text as it is kept; `wanted` is the sentence for none where there must be one.

    Raises BadInput: it is missing, too long, or marked as classified.
    """
    text = clean_text(text)
    trouble = text_trouble(text, longest) or ("" if text else wanted)
    if trouble:
        raise BadInput(trouble, {field: trouble})
    return text


def _may_speak_for(viewer: Viewer, unit_id: UUID | None) -> None:
    if unit_id is None or viewer.unit_id != unit_id:
        require(viewer, Permission.HANDLE)


def _refuse_wrong(new: NewPlan) -> None:
    written("who", new.who, LONGEST_WHO, wanted="请填写谁去走访。")
    written("purpose", new.purpose, LONGEST_WORDS)
    written("despite_quiet", new.despite_quiet, LONGEST_WORDS)
    today = day_of(new.now)
    if not today <= new.planned_on <= today + timedelta(days=PLANNED_AHEAD_DAYS):
        sentence = "计划日期须在今天以后一年以内。已经走访过的，请直接登记走访。"
        raise BadInput(sentence, {"planned_on": sentence})


def _planned(viewer: Viewer, new: NewPlan, subject_id: UUID, together: UUID, despite: str) -> Plan:
    if Plan.objects.filter(
        subject_id=subject_id, unit_id=viewer.unit_id, planned_on=new.planned_on, state=PlanState.PLANNED.value
    ).exists():
        raise PlannedAlready("本单位这一天已有走访这家企业的计划，不用重复安排。")
    return Plan.objects.create(
        subject_id=subject_id, unit_id=viewer.unit_id, planned_on=new.planned_on, who=clean_text(new.who),
        purpose=clean_text(new.purpose), despite_quiet=despite, together=together, planned_at=new.now,
    )


def _tell(
    kind: VisitFact, thing_id: UUID, actor: Actor, now: datetime, body: dict[str, object],
    words: dict[str, str] | None = None, thing: str = "visit_plan",
) -> None:
    record_many([Fact(str(kind), thing, thing_id, actor, now, body, words or {})])
