"""What supervision asks of a unit now, and of a clerk: reminders of an instruction go to the clerk, never to the leader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.supervision.models import Item, Supervision
from zhitong.domain.supervision.queries.sight import items_seen
from zhitong.domain.supervision.rules.kinds import DutyKind, Grade, ItemState, SupervisionState
from zhitong.domain.supervision.rules.way import RUNNING


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: on which paper, what it is called, with whom, until when; what follows when it is late.

    `item_id` is the item of an instruction that the unit reports on.
    """

    kind: DutyKind
    paper_id: UUID
    title: str
    about: str
    due_at: datetime | None
    light: Light
    text: str
    consequence: str
    item_id: UUID | None = None


def duties_for(viewer: Viewer, *, now: datetime, limit: int = 50) -> list[Duty]:
    """The viewer's duties, the most urgent first, those without a limit last; three queries."""
    if viewer.unit_kind is UnitKind.SERVED:
        return []
    papers, items = list(_papers(viewer, limit)), list(_items(viewer, now, limit))
    sides = [*((one.by_unit_id, one.unit_id) for one in papers), *((one.by_unit_id, one.unit_id) for one in items)]
    names = unit_names(id_ for both in sides for id_ in both) if sides else {}
    found = [*(_of_paper(one, names, now) for one in papers), *(_of_item(one, viewer, names, now) for one in items)]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or now))[:limit]


def _papers(viewer: Viewer, limit: int) -> QuerySet[Supervision]:
    """Papers that wait for this unit: to answer, and for an issuer to sign or to judge an answer."""
    wanted = Q(pk__in=[])
    if viewer.may(Permission.HANDLE):
        wanted |= Q(unit_id=viewer.unit_id, state__in=[state.value for state in RUNNING])
    if viewer.may(Permission.SUPERVISE):
        mine = (SupervisionState.DRAFTED.value, SupervisionState.ANSWERED.value)
        wanted |= Q(by_unit_id=viewer.unit_id, state__in=mine)
    return Supervision.objects.filter(wanted).order_by("due_at", "id")[:limit]


def _of_paper(one: Supervision, names: Mapping[UUID, str], now: datetime) -> Duty:
    state, grade = SupervisionState(one.state), Grade(one.grade).label
    if state in RUNNING:
        returned = f"反馈已退回：{one.return_reason}" if state is SupervisionState.RETURNED else ""
        light = light_of(one.due_at, one.warn_at, now)
        return Duty(DutyKind.ANSWER, one.id, one.number, f"{grade} · {names[one.by_unit_id]}", one.due_at, light,
                    returned or one.demand, "逾期显示为超期，督办单位和上级都能看到")
    about = f"{grade} · {names[one.unit_id]}"
    if state is SupervisionState.DRAFTED:
        return Duty(DutyKind.ISSUE, one.id, "督办单（草稿）", about, None, Light.NONE, one.demand, "签发后才有编号、才开始计时")
    return Duty(DutyKind.ACCEPT, one.id, one.number, about, None, Light.NONE, one.answer, "")


def _items(viewer: Viewer, now: datetime, limit: int) -> QuerySet[Item]:
    """Items to report on; for the clerk's post what is reported and has to go back to the leader, and what is late."""
    wanted = Q(pk__in=[])
    if viewer.may(Permission.HANDLE):
        wanted |= Q(unit_id=viewer.unit_id, state=ItemState.ASSIGNED.value)
    if viewer.may(Permission.SUPERVISE):
        clerks = Q(state=ItemState.REPORTED.value) | Q(state=ItemState.ASSIGNED.value, due_at__lt=now)
        wanted |= Q(clerks, instruction__by_post_id=viewer.post_id)
    return items_seen(viewer).filter(wanted).select_related("instruction").order_by("due_at", "id")[:limit]


def _of_item(item: Item, viewer: Viewer, names: Mapping[UUID, str], now: datetime) -> Duty:
    paper, unit = item.instruction, names[item.unit_id]
    title = f"{paper.leader_title} {paper.leader}批示"
    if item.state == ItemState.REPORTED.value:
        return Duty(DutyKind.CLOSE, paper.id, title, f"{unit}已报办理情况", None, Light.NONE, item.report,
                    "登记领导答复后，这一项才算结束")
    light = light_of(item.due_at, item.warn_at, now)
    if item.unit_id == viewer.unit_id:
        return Duty(DutyKind.REPORT, paper.id, title, "领导批示事项", item.due_at, light, item.demand,
                    "逾期显示为超期，由登记批示的单位提醒", item.id)
    return Duty(DutyKind.CHASE, paper.id, title, f"{unit}逾期未报", item.due_at, light, item.demand,
                "只提醒登记人，不提醒领导")
