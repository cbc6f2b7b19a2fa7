"""Preparing a cycle: its agenda put in order, matters added and asked for, its setting changed, its units called; or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.gathering import gather_into
from zhitong.domain.rhythm.actions.opening import Setting, judged, tell_of
from zhitong.domain.rhythm.models import AgendaItem, Cycle
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.queries.gathering import the_office_itself
from zhitong.domain.rhythm.queries.sight import cycles_seen, hands_on
from zhitong.domain.rhythm.rules.facts import AgendaFact, CycleFact
from zhitong.domain.rhythm.rules.kinds import AgendaSource, AgendaState, CycleState
from zhitong.domain.rhythm.rules.way import CycleAct, Hand, why_not
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_TITLE, LONGEST_WORDS, LONGEST_REASON = 200, 2000, 400
MOST_ITEMS = 200


class NotNow(Refused):
    """The act is not possible as the cycle or decision stands, or is another unit's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item of an agenda stands, and whether it is taken up."""

    position: int
    is_on: bool


@transaction.atomic
def change_setting(viewer: Viewer, cycle_id: UUID, setting: Setting, *, actor: Actor, now: datetime) -> None:
    """Change when and where it meets and with whom; who was called already hears of it again.

    Raises NotFound, NotYours, NotNow. Raises BadInput as `open_cycle`, and where nobody is left of a cycle that was called.
    """
    row = permitted(viewer, cycle_id, CycleAct.CHANGE)
    kept = judged(setting, row.office_id, row.region_id, now)
    was_called = row.state == CycleState.CALLED.value
    if was_called and not kept.called:
        raise BadInput("已经发出通知，至少保留一个参加单位。", {"called": "已经发出通知，至少保留一个参加单位。"})
    left_out = [one for one in row.called if one not in kept.called] if was_called else []
    row.meets_at, row.place, row.chair, row.demands = kept.meets_at, kept.place, kept.chair, kept.demands
    row.called = list(kept.called)
    row.save()
    tell_of(CycleFact.CHANGED, row, actor, now, {"called": row.called if was_called else [], "left_out": left_out})


@transaction.atomic
def gather(viewer: Viewer, cycle_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Gather agenda and figures anew as of now; returns how many items are new.

    Raises NotFound, NotYours, NotNow.
    """
    row = permitted(viewer, cycle_id, CycleAct.GATHER)
    fresh = gather_into(the_office_itself(row.office_id), row, now=now)
    tell_of(CycleFact.GATHERED, row, actor, now, {"fresh": fresh})
    return fresh


@transaction.atomic
def arrange(viewer: Viewer, cycle_id: UUID, places: Mapping[UUID, Place], *, actor: Actor, now: datetime) -> None:
    """Put an agenda in order and say what is taken up; items that are not named stay as they are, behind those that are.

    Who asked for an item hears what became of it. Raises NotFound, NotYours, NotNow: also for items of another agenda.
    """
    row = permitted(viewer, cycle_id, CycleAct.ARRANGE)
    items = {one.id: one for one in AgendaItem.objects.filter(cycle=row)}
    if not items.keys() >= places.keys():
        raise NotFound
    last = len(items)
    ordered = sorted(items.values(), key=lambda one: (
        places[one.id].position if one.id in places else last + one.position, one.position, str(one.id)
    ))
    settled: list[AgendaItem] = []
    for position, one in enumerate(ordered, start=1):
        state = _state_of(one, places.get(one.id))
        if one.source == AgendaSource.ASKED.value and state != one.state:
            settled.append(one)
        one.position, one.state = position, state
    AgendaItem.objects.bulk_update(ordered, ["position", "state"])
    tell_of(CycleFact.ARRANGED, row, actor, now, {"on": sum(one.state == AgendaState.ON.value for one in ordered)})
    record_many([_settled(row, one, actor, now) for one in settled])


@transaction.atomic
def add_item(viewer: Viewer, cycle_id: UUID, title: str, words: str, unit_id: UUID | None, *, actor: Actor, now: datetime) -> UUID:
    """Put a matter of the office's own at the end of the agenda. Returns its id.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no title, a text too long, or a unit that is not at the table.
    """
    row = permitted(viewer, cycle_id, CycleAct.ADD)
    if unit_id is not None and unit_id not in {one.id for one in units_of_meetings(viewer)}:
        raise BadInput("请选择本地区的单位或下一级活动办公室。", {"unit_id": "请选择本地区的单位或下一级活动办公室。"})
    item = _new_item(row, AgendaSource.OWN, AgendaState.ON, title, words, unit_id, None, now)
    tell_of(CycleFact.ARRANGED, row, actor, now, {"added": item.id}, {"title": item.title})
    return item.id


@transaction.atomic
def ask_for_item(viewer: Viewer, cycle_id: UUID, title: str, words: str, *, actor: Actor, now: datetime) -> UUID:
    """Ask for a matter to be put on the agenda of a cycle that the viewer's unit is called to. Returns the item's id.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no title, nothing said why, or a text too long.
    """
    row = permitted(viewer, cycle_id, CycleAct.ASK)
    reason = written("words", words, LONGEST_WORDS, wanted="请写明情况和需要会议决定什么。")
    item = _new_item(row, AgendaSource.ASKED, AgendaState.ASKED, title, reason, viewer.unit_id, viewer.unit_id, now)
    record_many([Fact(
        AgendaFact.ASKED.value, "cycle", row.id, actor, now, {"office": row.office_id, "by_unit": viewer.unit_id, "name": row.title},
        {"title": item.title},
    )])
    return item.id


@transaction.atomic
def call(viewer: Viewer, cycle_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Send the notice of a meeting to the units it is called with.

    Raises NotFound, NotYours, NotNow: also where nobody is named, nothing says where, or its time is past.
    """
    row = permitted(viewer, cycle_id, CycleAct.CALL)
    for is_missing, sentence in (
        (not row.called, "还没有参加单位。请先在“修改安排”里选择。"),
        (not row.place, "还没有会议地点。请先在“修改安排”里填写。"),
        (row.meets_at <= now, "会议时间已过。请先在“修改安排”里改为以后的时间；已经开过的，直接登记会议情况。"),
    ):
        if is_missing:
            raise NotNow(sentence)
    row.state, row.called_at = CycleState.CALLED.value, now
    row.save(update_fields=["state", "called_at"])
    tell_of(CycleFact.CALLED, row, actor, now, {"called": row.called})


@transaction.atomic
def drop(viewer: Viewer, cycle_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Give a cycle up before it was held; the same period may be opened anew by hand.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no reason.
    """
    row = permitted(viewer, cycle_id, CycleAct.DROP)
    row.reason = written("reason", reason, LONGEST_REASON, wanted="请写明取消的原因。")
    told = row.called if row.state == CycleState.CALLED.value else []
    row.state = CycleState.DROPPED.value
    row.save(update_fields=["state", "reason"])
    tell_of(CycleFact.DROPPED, row, actor, now, {"called": told}, {"reason": row.reason})


def permitted(viewer: Viewer, cycle_id: UUID, act: CycleAct) -> Cycle:
    """The cycle, locked where it is the office's, when the viewer's unit may do the act now.

    Raises NotFound, NotYours, NotNow.
    """
    require(viewer, Permission.HANDLE if act is CycleAct.ASK else Permission.SUPERVISE)
    row = cycles_seen(viewer).filter(id=cycle_id).first()
    if row is None:
        raise NotFound
    hands = hands_on(row, viewer.unit_id)
    if Hand.OFFICE in hands:  # who is called reads the row and may not lock it
        row = Cycle.objects.select_for_update(of=("self",)).get(id=cycle_id)
    reason = why_not(act, CycleState(row.state), hands)
    if reason:
        raise NotNow(reason)
    return row


def _new_item(
    row: Cycle, source: AgendaSource, state: AgendaState, title: str, words: str, unit_id: UUID | None, by_unit_id: UUID | None,
    now: datetime,
) -> AgendaItem:
    items = AgendaItem.objects.filter(cycle=row)
    if items.count() >= MOST_ITEMS:
        raise NotNow(f"一次会议最多{MOST_ITEMS}项议题，请合并后再加。")
    named = written("title", title, LONGEST_TITLE, wanted="请写明议题。")
    last = items.aggregate(last=Max("position"))["last"] or 0
    made = uuid7()
    return AgendaItem.objects.create(
        id=made, cycle=row, office_id=row.office_id, key=f"{source.value}:{made}", source=source.value, state=state.value,
        position=last + 1, title=named, words=written("words", words, LONGEST_WORDS), unit_id=unit_id, by_unit_id=by_unit_id, put_at=now,
    )


def _state_of(item: AgendaItem, place: Place | None) -> str:
    if place is None:
        return str(item.state)
    return str(AgendaState.ON if place.is_on else AgendaState.OFF)


def _settled(row: Cycle, item: AgendaItem, actor: Actor, now: datetime) -> Fact:
    kind = AgendaFact.TAKEN if item.state == AgendaState.ON.value else AgendaFact.LEFT_OUT
    body = {"office": row.office_id, "by_unit": item.by_unit_id, "name": row.title}
    return Fact(kind.value, "cycle", row.id, actor, now, body, {"title": item.title})
