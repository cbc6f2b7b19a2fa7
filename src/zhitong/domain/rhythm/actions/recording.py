"""What a cycle came to: its minutes and decisions recorded in one go, published, followed, filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import LimitUnit, arithmetic, due_after_workdays, warn_before
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.actions.opening import tell_of
from zhitong.domain.rhythm.actions.preparing import permitted
from zhitong.domain.rhythm.models import Cycle, Decision
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.rules.facts import CycleFact, DecisionFact
from zhitong.domain.rhythm.rules.kinds import CycleState, DecisionState
from zhitong.domain.rhythm.rules.way import CycleAct
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written

LONGEST_MINUTES, LONGEST_DECISION, LONGEST_ATTENDED = 20_000, 1000, 2000
MOST_DECISIONS, WORKDAYS_MOST = 60, 250


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it is recorded: what, who leads, who joins, within how many working days from publishing."""

    what: str
    unit_id: UUID
    workdays: int
    joint: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """How it was held."""

    held_on: date
    attended: str
    minutes: str
    decisions: tuple[Decided, ...] = ()


@transaction.atomic
def record_meeting(viewer: Viewer, cycle_id: UUID, meeting: Meeting, *, actor: Actor, now: datetime) -> None:
    """Record how it was held and what it decided; until it is published this may be done again, and replaces what was recorded.

    From now on agenda and figures no longer change. Raises NotFound, NotYours, NotNow. Raises BadInput: at `held_on` (a day to
    come), `minutes`, or at `what_1`, `unit_1`, `joint_1`, `workdays_1` of the decision in that place.
    """
    row = permitted(viewer, cycle_id, CycleAct.RECORD)
    if meeting.held_on > day_of(now):
        raise BadInput("召开日期不能晚于今天。", {"held_on": "召开日期不能晚于今天。"})
    decisions = _judged(viewer, meeting.decisions)
    row.held_on, row.state = meeting.held_on, CycleState.HELD.value
    row.attended = written("attended", meeting.attended, LONGEST_ATTENDED)
    row.minutes = written("minutes", meeting.minutes, LONGEST_MINUTES, wanted="请写明会议情况：议了什么，讲了什么要求。")
    row.save(update_fields=["held_on", "state", "attended", "minutes"])
    Decision.objects.filter(cycle=row).delete()
    here = directory()
    Decision.objects.bulk_create([
        Decision(
            cycle=row, office_id=row.office_id, title=row.title, number=number, what=one.what, unit_id=one.unit_id,
            unit_region_id=here.units[one.unit_id].region_id, joint=list(one.joint), workdays=one.workdays,
            state=DecisionState.DRAFT.value,
        )
        for number, one in enumerate(decisions, start=1)
    ])
    tell_of(CycleFact.RECORDED, row, actor, now, {"held_on": row.held_on, "decisions": len(decisions)})


@transaction.atomic
def publish(viewer: Viewer, cycle_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Publish the minutes: they are frozen, every decision goes to its unit, and its working days begin to run.

    Raises NotFound, NotYours, NotNow.
    """
    row = permitted(viewer, cycle_id, CycleAct.PUBLISH)
    row.state, row.published_at = CycleState.PUBLISHED.value, now
    row.save(update_fields=["state", "published_at"])
    decisions = list(Decision.objects.select_for_update(of=("self",)).filter(cycle=row).order_by("number"))
    for one in decisions:
        _set_clock(one, now)
    Decision.objects.bulk_update(decisions, ["state", "made_at", "due_at", "warn_at", "due_words"])
    tell_of(CycleFact.PUBLISHED, row, actor, now, {"called": row.called, "decisions": len(decisions)}, {"minutes": row.minutes})
    record_many([_made(one, actor, now) for one in decisions])


@transaction.atomic
def file_away(viewer: Viewer, cycle_id: UUID, *, actor: Actor, now: datetime) -> None:
    """File a cycle; what is not carried out goes on being followed and stands on the office's next agenda.

    Raises NotFound, NotYours, NotNow.
    """
    row: Cycle = permitted(viewer, cycle_id, CycleAct.FILE)
    row.state, row.filed_at = CycleState.FILED.value, now
    row.save(update_fields=["state", "filed_at"])
    still = Decision.objects.filter(cycle=row).exclude(state=DecisionState.CLOSED.value).count()
    tell_of(CycleFact.FILED, row, actor, now, {"still_open": still})


def _judged(viewer: Viewer, decisions: Sequence[Decided]) -> list[Decided]:
    """The decisions as they are kept. Raises BadInput with every fault at its place."""
    if len(decisions) > MOST_DECISIONS:
        raise BadInput(f"一次会议最多登记{MOST_DECISIONS}项决定事项，请合并后再填。")
    allowed = {one.id for one in units_of_meetings(viewer)}
    faults: dict[str, str] = {}
    kept = [_one(place, one, allowed, faults) for place, one in enumerate(decisions, start=1)]
    if faults:
        raise BadInput("有的决定事项没有填对，请看标出的地方。", faults)
    return kept


def _one(place: int, one: Decided, allowed: set[UUID], faults: dict[str, str]) -> Decided:
    what = one.what
    try:
        what = written(f"what_{place}", one.what, LONGEST_DECISION, wanted="请写明决定什么。")
    except BadInput as refused:
        faults |= refused.fields
    for field, is_wrong, sentence in (
        ("unit", one.unit_id not in allowed, "请选择本地区的单位或下一级活动办公室。"),
        ("joint", not allowed.issuperset(one.joint), "配合单位请选本地区的单位或下一级活动办公室。"),
        ("joint", one.unit_id in one.joint, "责任单位不用再选为配合单位。"),
        ("workdays", not 1 <= one.workdays <= WORKDAYS_MOST, f"期限填1至{WORKDAYS_MOST}个工作日。"),
    ):
        if is_wrong:
            faults.setdefault(f"{field}_{place}", sentence)
    return Decided(what, one.unit_id, one.workdays, one.joint)


def _set_clock(one: Decision, now: datetime) -> None:
    days = calendar_of(directory().calendar_owners(one.unit_id))
    due = due_after_workdays(now, one.workdays, days)
    one.state, one.made_at, one.due_at = DecisionState.OPEN.value, now, due.at
    one.warn_at = warn_before(due, now, days)
    one.due_words = arithmetic(now, due, one.workdays, LimitUnit.WORKDAYS, days, "印发纪要")


def _made(one: Decision, actor: Actor, now: datetime) -> Fact:
    body = {"unit": one.unit_id, "joint": one.joint, "office": one.office_id, "cycle": one.cycle_id, "due_at": one.due_at,
            "name": name_of(one)}
    return Fact(DecisionFact.MADE.value, "decision", one.id, actor, now, body, {"what": one.what})


def name_of(one: Decision) -> str:
    """A decision as notices name it: the cycle and its place there."""
    return f"{one.title}第{one.number}项"
