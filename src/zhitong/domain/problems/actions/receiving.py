"""The office's desk: accept, ask more, decline, dispatch, reassign; and the reporter's supplement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Concat

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run
from zhitong.domain.problems.actions.spells import at_stage, first_limit, on_desk, stage_values, with_unit
from zhitong.domain.problems.rules.kinds import UNDECIDED, DeclineReason, PartyRole, SpellKind, Stage, State
from zhitong.domain.problems.rules.sharing import dispatch_refusal
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Step):
    """Accept a matter for dispatch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMore(Step):
    """Ask the reporter once for what is missing."""

    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Step):
    """The reporter's answer to what the office asked."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Step):
    """Decline a matter: listed reason, the rule relied on, the right channel."""

    reason: DeclineReason
    rule: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(Step):
    """Hand a matter to a unit, in the office's own words why."""

    unit_id: UUID
    reason: str


def accept(steps: Sequence[Accept]) -> list[Standing]:
    """Accept matters; the office then dispatches them. Source: 冀发〔2018〕7号 四（三）."""
    return run(Act.ACCEPT, steps, lambda step, standing, here: accepted_at_desk(step.actor, step.now, standing, here))


def accepted_at_desk(actor: Actor, at: datetime, standing: Standing, here: Desk) -> Change:
    """The acceptance of a matter at the desk of the office that has it."""
    office = here.directory.units[standing.accountable_unit_id]  # type: ignore[index]
    after = moved(
        standing, Act.ACCEPT, actor, at, state=State.ACCEPTED, accepted_at=at,
        **on_desk(SpellKind.DESK, Stage.DISPATCH, office, standing, here, at),
    )
    return Change(Act.ACCEPT, actor, at, standing, after)


def ask_more(steps: Sequence[AskMore]) -> list[Standing]:
    """Ask reporters for what is missing, once each.

    Raises NotNow: it was asked before; accept or decline now.
    """
    return run(Act.ASK_MORE, steps, _ask_more)


def _ask_more(step: AskMore, standing: Standing, here: Desk) -> Change:
    if standing.asks:
        raise NotNow("已请企业补正过一次，不能再次要求补正。请受理，或写明理由不予受理。")
    after = moved(standing, Act.ASK_MORE, step.actor, step.now, state=State.ASKED, asks=1, **stage_values(None, None))
    return Change(Act.ASK_MORE, step.actor, step.now, standing, after, words={"question": step.question})


def supply(steps: Sequence[Supply]) -> list[Standing]:
    """Add what the office asked for; the matter returns to its desk."""
    return run(Act.SUPPLY, steps, _supply)


def _supply(step: Supply, standing: Standing, here: Desk) -> Change:
    after = moved(
        standing, Act.SUPPLY, step.actor, step.now, state=State.SUBMITTED,
        **at_stage(Stage.DISPATCH, standing, here, step.now),
    )
    appended = Concat(F("text"), Value(f"\n补正：{step.text}"))
    return Change(
        Act.SUPPLY, step.actor, step.now, standing, after, words={"text": step.text},
        amend=(("Problem", standing.id, {"text": appended}),),
    )


def decline(steps: Sequence[Decline]) -> list[Standing]:
    """Decline matters; the reporter reads the reason, the rule and the right channel."""
    return run(Act.DECLINE, steps, _decline)


def _decline(step: Decline, standing: Standing, here: Desk) -> Change:
    after = moved(
        standing, Act.DECLINE, step.actor, step.now, state=State.DECLINED, spell=None, ended_at=step.now,
        decline_reason=step.reason.value, **stage_values(None, None),
    )
    return Change(
        Act.DECLINE, step.actor, step.now, standing, after, body={"reason": step.reason},
        words={"rule": step.rule, "channel": step.channel},
    )


def dispatch(steps: Sequence[Dispatch]) -> list[Standing]:
    """Hand accepted matters to units of the office's territory; the spell clock starts now.

    Raises NotNow: the unit stands outside the office's territory, or is consulted rather than charged; or two units have
    given it back, so that only a designation will do.
    """
    return run(Act.DISPATCH, steps, _dispatch)


def _dispatch(step: Dispatch, standing: Standing, here: Desk) -> Change:
    refusal = dispatch_refusal(standing)
    if refusal:
        raise NotNow(refusal)
    return _hand_to(Act.DISPATCH, step, standing, here)


def reassign(steps: Sequence[Dispatch]) -> list[Standing]:
    """Move matters to other units of the same level's territory, by its office; who had them goes on seeing them."""
    return run(Act.REASSIGN, steps, lambda step, standing, here: _hand_to(Act.REASSIGN, step, standing, here))


def hand_to(
    act: Act, step: Any, standing: Standing, here: Desk, unit_id: UUID, *, designated: bool = False, **more: Any
) -> tuple[Standing, UnitEntry]:
    """The standing of a problem that an office hands to a unit of its territory.

    Raises NotNow: see `dispatch`.
    """
    if standing.category == UNDECIDED and standing.state is State.ACCEPTED:
        raise NotNow("这件问题类别待定。请先“更正登记”确定类别，再交办。")
    unit = chargeable(unit_id, step.actor.unit_id, standing, here)
    after = moved(
        standing, act, step.actor, step.now, state=State.DISPATCHED,
        line_id=standing.line_id or _only_line(unit),
        **with_unit(unit, standing, here, step.now, designated=designated),
        **first_limit(standing, here, unit, step.now), **more,
    )
    return after, unit


def _hand_to(act: Act, step: Dispatch, standing: Standing, here: Desk) -> Change:
    if act is Act.REASSIGN and step.unit_id == standing.accountable_unit_id:
        raise NotNow("该单位就是当前承办单位，无需改派。")
    after, unit = hand_to(act, step, standing, here, step.unit_id)
    return Change(
        act, step.actor, step.now, standing, after, parties=((unit.id, PartyRole.HANDLER),), words={"why": step.reason}
    )


def _only_line(unit: UnitEntry) -> UUID | None:
    """The line of a matter that no rule gave one: its unit's, if that keeps just one; else none is guessed."""
    return next(iter(unit.line_ids)) if len(unit.line_ids) == 1 else None


def chargeable(unit_id: UUID, office_id: UUID | None, standing: Standing, here: Desk) -> UnitEntry:
    """The unit with an id, which an office may charge.

    Raises NotNow: it stands outside the office's territory, or is consulted through its contact unit.
    """
    unit = here.directory.units.get(unit_id)
    office = here.directory.units.get(office_id) if office_id else None
    if unit is None or office is None or office.region_id not in {
        region.id for region in here.directory.path(unit.region_id)
    }:
        raise NotNow("只能交给本辖区内的单位。需要上级解决的，请由承办单位提出提请上级协调。")
    if unit.is_consulted:
        contact = here.directory.units.get(unit.contact_unit_id) if unit.contact_unit_id else None
        name = contact.name if contact else "对口联系单位"
        raise NotNow(f"{unit.name}不在属地管理序列，不能直接交办。请交给{name}，由其商请。")
    return unit
