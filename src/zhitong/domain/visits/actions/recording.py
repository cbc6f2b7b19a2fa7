"""Writing down a visit: three lines or a recording, what was promised, and problems raised in place, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.intake.actions.naming import of_subject
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.visits.actions.planning import LONGEST_WHO, PlanOver, written
from zhitong.domain.visits.models import Plan, Promise, Raised, Visit
from zhitong.domain.visits.queries.sight import FILES_OF, subject_reached
from zhitong.domain.visits.rules.facts import VisitFact
from zhitong.domain.visits.rules.kinds import PlanState, VisitKind
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import BadInput, NotFound

LONGEST_LINES, LONGEST_PROMISE, LONGEST_NAME = 1000, 300, 40
MOST_PROMISES, MOST_MATTERS = 10, 10


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What was promised: what, by which unit (the visitors' own when none is named), by when."""

    what: str
    due_on: date
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewMatter:
    """A problem raised in place; without a category it waits for the office to choose one."""

    text: str
    category: str = UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """A visit or call as it was made. `by_liaison`: the liaison went in the lead official's name (代办)."""

    campaign: str
    subject_id: UUID
    plan_id: UUID | None = None
    kind: VisitKind = VisitKind.VISIT
    happened_on: date
    lead_official: str
    by_liaison: bool = False
    went: str = ""
    words: str = ""
    promises: Sequence[NewPromise] = ()
    matters: Sequence[NewMatter] = ()
    file_ids: tuple[UUID, ...] = field(default=())
    actor: Actor
    now: datetime


@transaction.atomic
def record_visit(viewer: Viewer, new: NewVisit) -> UUID:
    """Write down a visit of the viewer's unit with its promises; each matter becomes a problem that goes its ordinary way.

    The firm is asked to confirm it. A plan of the unit for this firm on that day counts as carried out.
    Raises NotYours: the post does no such work. Raises NotFound: the subject or the plan is not there for the viewer.
    Raises BadInput: a day to come, no name, neither words nor a file, a text too long or marked as classified.
    Raises PlanOver. Raises what `raise_problems` and `files.actions.attach` refuse.
    Source: 冀发〔2018〕7号 四（二）（三）; R-B4.
    """
    require(viewer, Permission.HANDLE)
    subject = subject_reached(viewer, new.subject_id)
    _refuse_wrong(new)
    plan = _carried_out(viewer, new)
    row = Visit.objects.create(
        subject=subject, subject_unit_id=subject.unit_id, region_id=subject.region_id, unit_id=viewer.unit_id,
        tier=_tier(viewer, subject.id), plan=plan, kind=new.kind.value, happened_on=new.happened_on,
        lead_official=clean_text(new.lead_official), by_liaison=new.by_liaison, went=clean_text(new.went),
        words=clean_text(new.words), recorded_at=new.now,
    )
    Promise.objects.bulk_create([
        Promise(visit=row, position=place, what=clean_text(one.what), unit_id=one.unit_id or viewer.unit_id, due_on=one.due_on)
        for place, one in enumerate(new.promises, 1)
    ])
    _raise(new, row, subject)
    attach(new.file_ids, FILES_OF, row.id, actor=new.actor, now=new.now)
    record_many([Fact(
        str(VisitFact.RECORDED), "visit", row.id, new.actor, new.now,
        {"subject": subject.id, "firm": subject.unit_id, "unit": viewer.unit_id, "on": new.happened_on, "kind": new.kind,
         "by_liaison": new.by_liaison, "promises": len(new.promises), "problems": len(new.matters)},
        {"lead_official": row.lead_official, "went": row.went},
    )])
    return row.id


def _refuse_wrong(new: NewVisit) -> None:
    written("lead_official", new.lead_official, LONGEST_NAME, wanted="请填写走访的领导；由联络员代办的，写他代办的领导。")
    written("went", new.went, LONGEST_WHO, wanted="由联络员代办的，请写明是谁去的。" if new.by_liaison else "")
    written("words", new.words, LONGEST_LINES, wanted="" if new.file_ids else "请写三句话，或者录一段音。")
    if new.happened_on > day_of(new.now):
        sentence = "走访日期不能晚于今天。还没有去的，请先登记计划。"
        raise BadInput(sentence, {"happened_on": sentence})
    if len(new.promises) > MOST_PROMISES or len(new.matters) > MOST_MATTERS:
        raise BadInput(f"一次走访最多登记{MOST_PROMISES}项承诺和{MOST_MATTERS}个问题，请分次登记。")
    for place, one in enumerate(new.promises):
        written(f"promises.{place}.what", one.what, LONGEST_PROMISE, wanted="请写明承诺什么。")
        if one.due_on < new.happened_on:
            sentence = "承诺的完成日期不能早于走访当天。"
            raise BadInput(sentence, {f"promises.{place}.due_on": sentence})
        if one.unit_id is not None and one.unit_id not in directory().units:
            raise NotFound("承诺的责任单位没有找到，请从列出的单位中选择。")


def _carried_out(viewer: Viewer, new: NewVisit) -> Plan | None:
    """The plan that this visit carries out: the one named, else the unit's own for this firm on that day."""
    own = Plan.objects.select_for_update().filter(subject_id=new.subject_id, unit_id=viewer.unit_id)
    if new.plan_id is not None:
        row = own.filter(id=new.plan_id).first()
        if row is None:
            raise NotFound
        if row.state != PlanState.PLANNED.value:
            raise PlanOver("这次走访计划已经完成或取消，请不带计划直接登记。")
    else:
        row = own.filter(planned_on=new.happened_on, state=PlanState.PLANNED.value).first()
    if row is not None:
        row.state = PlanState.DONE.value
        row.save(update_fields=["state"])
    return row


def _tier(viewer: Viewer, subject_id: UUID) -> str:
    """The level on which the unit looks after the firm; that of its region where it does not."""
    cared = Care.objects.filter(subject_id=subject_id, unit_id=viewer.unit_id, until__isnull=True)
    found = cared.order_by("since", "id").values_list("tier", flat=True).first()
    return found or directory().regions[viewer.region_id].rank.value


def _raise(new: NewVisit, row: Visit, subject: Subject) -> None:
    happened_at = datetime.combine(new.happened_on, time(), SHANGHAI).astimezone(UTC)
    problems = raise_problems([
        Report(
            campaign=new.campaign, source=Source.VISIT, **of_subject(subject), category=one.category, text=one.text,
            happened_at=happened_at, actor=new.actor, now=new.now,
        ) for one in new.matters
    ])
    Raised.objects.bulk_create([
        Raised(visit=row, position=place, problem_id=problem.id) for place, problem in enumerate(problems, 1)
    ])
