"""Instructions (批示): registered by a clerk, given to units as items, ended when the leader has answered the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record, record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.actions.urging import press, standings_of
from zhitong.domain.supervision.models import Instruction, InstructionCase, InstructionText, Item
from zhitong.domain.supervision.queries.attached import FILES_OF
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.instructing import (
    assign_trouble,
    end_trouble,
    item_limits,
    register_trouble,
    why_not_report,
)
from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState, UrgingKind
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

ITEMS_MOST = 20


class NotTheirs(Refused):
    """The item is not this unit's, or no longer open to the act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What one unit has to do, by which day."""

    unit_id: UUID
    demand: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Registering:
    """An instruction as it stands on the paper: exact words or a read mark, who, when, on what."""

    kind: InstructionKind
    words: str
    leader: str
    leader_title: str
    instructed_on: date
    problem_ids: tuple[UUID, ...] = ()
    paper_title: str = ""
    paper_number: str = ""
    file_ids: tuple[UUID, ...] = ()
    items: tuple[NewItem, ...] = ()
    actor: Actor
    now: datetime


@transaction.atomic
def register(registering: Registering) -> UUID:
    """Register an instruction with its items, and press the problems it is on; returns its id.

    Raises NotYours: the post keeps no ledger of instructions. Raises NotFound: a problem is not there for this viewer.
    Raises BadInput: words and kind do not fit, a day is to come, nothing named that it is on, or an item not possible.
    Source: R-B7, 冀发〔2018〕7号 四（二）（六）.
    """
    _require(Permission.SUPERVISE)
    actor, now = registering.actor, registering.now
    assert actor.unit_id is not None, "a clerk sits in a unit"
    wrong = register_trouble(
        registering.kind, registering.words, registering.instructed_on,
        bool(registering.problem_ids or registering.paper_title), now,
    )
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
    standings = standings_of(registering.problem_ids)
    paper = Instruction.objects.create(
        id=uuid7(), by_unit_id=actor.unit_id, by_post_id=actor.post_id,
        region_id=directory().units[actor.unit_id].region_id, kind=registering.kind.value, leader=registering.leader,
        leader_title=registering.leader_title, instructed_on=registering.instructed_on, registered_at=now,
        paper_title=registering.paper_title, paper_number=registering.paper_number,
    )
    _write_about(paper, registering.words, standings)
    record(
        SupervisionFact.INSTRUCTED.value, thing_kind="instruction", thing_id=paper.id, actor=actor, at=now,
        body={"kind": registering.kind, "instructed_on": registering.instructed_on,
              "problems": list(registering.problem_ids), "files": len(registering.file_ids)},
        details={"words": registering.words, "leader": registering.leader} if registering.words
        else {"leader": registering.leader},
    )
    attach(registering.file_ids, FILES_OF, paper.id, actor=actor, now=now, caption="批示原件")
    press(UrgingKind.INSTRUCT, standings, actor, now, instruction_id=paper.id)
    _assign(paper, registering.items, actor, now)
    return paper.id


@transaction.atomic
def assign(*, instruction_id: UUID, items: Sequence[NewItem], actor: Actor, now: datetime) -> None:
    """Give more of an instruction to units.

    Raises NotFound, NotYours; NotTheirs: another unit registered it; BadInput: an item not possible.
    """
    _require(Permission.SUPERVISE)
    paper = Instruction.objects.select_for_update().filter(id=instruction_id).first()
    if paper is None:
        raise NotFound
    if paper.by_unit_id != actor.unit_id:
        raise NotTheirs("批示事项由登记批示的单位分解，不是本单位。")
    if not items:
        raise BadInput("请至少写明一个承办单位和完成期限。", {"items": "请至少写明一个承办单位和完成期限。"})
    _assign(paper, items, actor, now)


@transaction.atomic
def report(*, item_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Report what was done about an item; until the leader has answered it may be replaced by a fuller one.

    Raises NotFound, NotYours; NotTheirs: another unit's item, or the leader has answered.
    """
    item = _item_locked(item_id)
    _require(Permission.HANDLE)
    if item.unit_id != actor.unit_id:
        raise NotTheirs("这一项由承办单位报办理情况，不是本单位。")
    reason = why_not_report(ItemState(item.state))
    if reason:
        raise NotTheirs(reason)
    item.state, item.report, item.reported_at = ItemState.REPORTED.value, text, now
    item.save()
    _tell(SupervisionFact.REPORTED, item, actor, now, {"text": text})


@transaction.atomic
def end(
    *, item_id: UUID, presented_on: date, answer_kind: InstructionKind, answer_words: str, answered_on: date,
    actor: Actor, now: datetime,
) -> None:
    """Register that the report went back to the leader on a day, and what he answered on which day: the item ends.

    Raises NotFound, NotYours; NotTheirs: another unit registered the instruction; BadInput: days or words do not fit.
    """
    item = _item_locked(item_id)
    _require(Permission.SUPERVISE)
    if item.by_unit_id != actor.unit_id:
        raise NotTheirs("领导答复由登记批示的单位登记，不是本单位。")
    wrong = end_trouble(ItemState(item.state), answer_kind, answer_words, presented_on, answered_on, now)
    if "state" in wrong:
        raise NotTheirs(wrong["state"])
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
    item.state, item.ended_at, item.presented_on = ItemState.ENDED.value, now, presented_on
    item.answer_kind, item.answer_words, item.answered_on = answer_kind.value, answer_words, answered_on
    item.save()
    _tell(SupervisionFact.ENDED, item, actor, now, {"words": answer_words} if answer_words else {})


def _require(permission: Permission) -> None:
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, permission)


def _write_about(paper: Instruction, words: str, standings: Sequence[Standing]) -> None:
    """Write what the instruction is on, then its words, which know how many confidential problems stand before them."""
    InstructionCase.objects.bulk_create(
        InstructionCase(instruction_id=paper.id, problem_id=one.id, confidential=one.confidential) for one in standings
    )
    if words:
        hidden = sum(one.confidential for one in standings)
        InstructionText.objects.create(instruction_id=paper.id, words=words, confidential_cases=hidden)


def _assign(paper: Instruction, items: Sequence[NewItem], actor: Actor, now: datetime) -> None:
    if len(items) > ITEMS_MOST:
        raise BadInput(f"一次最多分解 {ITEMS_MOST} 项。", {"items": f"一次最多分解 {ITEMS_MOST} 项。"})
    here, days = directory(), calendar()
    rows = []
    for one in items:
        trouble = assign_trouble(paper.by_unit_id, one.unit_id, one.due_on, here, now)
        if trouble:
            raise BadInput(trouble, {"items": trouble})
        warn_at, due_at = item_limits(one.due_on, days)
        rows.append(Item(
            id=uuid7(), instruction_id=paper.id, by_unit_id=paper.by_unit_id, region_id=paper.region_id,
            unit_id=one.unit_id, state=ItemState.ASSIGNED.value, demand=one.demand, assigned_at=now, warn_at=warn_at,
            due_at=due_at,
        ))
    Item.objects.bulk_create(rows)
    record_many([
        Fact(SupervisionFact.ASSIGNED.value, "instruction", paper.id, actor, now,
             {"item": row.id, "unit": row.unit_id, "due_at": row.due_at}, {"demand": row.demand})
        for row in rows
    ])


def _item_locked(item_id: UUID) -> Item:
    item = Item.objects.select_for_update().filter(id=item_id).first()
    if item is None:
        raise NotFound
    return item


def _tell(kind: SupervisionFact, item: Item, actor: Actor, now: datetime, words: dict[str, str]) -> None:
    record(kind.value, thing_kind="instruction", thing_id=item.instruction_id, actor=actor, at=now,
           body={"item": item.id, "unit": item.unit_id}, details=words)
