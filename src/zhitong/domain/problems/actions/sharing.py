"""Between departments: a matter is handed over by consent, and designated by the office where they cannot agree.

By consent the work moves without its clock starting anew; a designation binds, so that a quarrel ends the same day.
Source: 冀发〔2018〕7号 四（三）（五）.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from zhitong.domain.problems.actions.receiving import chargeable, hand_to
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.actions.spells import taken_over
from zhitong.domain.problems.models import Offer, Party, Spell
from zhitong.domain.problems.queries.standings import parts_of
from zhitong.domain.problems.rules.kinds import OfferState, PartState, PartyRole, SpellKind, State
from zhitong.domain.problems.rules.parts import PartStanding
from zhitong.domain.problems.rules.sharing import designation_refusal, offer_refusal
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Designate(Step):
    """Charge a unit with binding force: why, and where there is one the ruling on duties (who ruled, which document)."""

    unit_id: UUID
    reason: str
    duties: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer(Step):
    """Offer a matter to another unit of the same level, with the reason."""

    unit_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Step):
    """Take a matter over, and tell the reporter who is on it now."""

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDown(Step):
    """Not take a matter over, with the reason."""

    reason: str


def designate(steps: Sequence[Designate]) -> list[Standing]:
    """Charge units with binding force: they can neither send the matter back nor offer it; the office may reassign.

    Raises NotNow: it is designated already, to whom is told; the unit has it now, or may not be charged.
    """
    return run(Act.DESIGNATE, steps, _designate)


def _designate(step: Designate, standing: Standing, here: Desk) -> Change:
    refusal = designation_refusal(standing, here.directory)
    if refusal:
        raise NotNow(refusal)
    if standing.accountable_unit_id == step.unit_id:
        raise NotNow("该单位就是当前承办单位。其退回的，可再指定由其承办；要换单位的，请另选。")
    after, unit = hand_to(Act.DESIGNATE, step, standing, here, step.unit_id, designated=True)
    said = {"why": step.reason} | ({"duties": step.duties} if step.duties else {})
    return Change(
        Act.DESIGNATE, step.actor, step.now, standing, after, parties=((unit.id, PartyRole.HANDLER),),
        body={"unit": unit.id, "former": standing.accountable_unit_id}, words=said,
    )


@dataclass(frozen=True, slots=True)
class _Handled:
    """Which units have handled each problem, the offer that waits on it, and the parts of other units."""

    had: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    offers: Mapping[UUID, UUID] = field(default_factory=dict)
    parts: Mapping[UUID, Sequence[PartStanding]] = field(default_factory=dict)


def _handled(problem_ids: Sequence[UUID]) -> _Handled:
    had: dict[UUID, frozenset[UUID]] = {}
    spells = Spell.objects.filter(problem_id__in=problem_ids, kind=SpellKind.HANDLING.value)
    for problem_id, unit_id in spells.values_list("problem_id", "unit_id"):
        had[problem_id] = had.get(problem_id, frozenset()) | {unit_id}
    return _Handled(had=had)


def _offered(problem_ids: Sequence[UUID]) -> _Handled:
    waiting = Offer.objects.filter(problem_id__in=problem_ids, state=OfferState.OFFERED.value)
    return _Handled(offers=dict(waiting.values_list("problem_id", "id")), parts=parts_of(problem_ids))


def offer(steps: Sequence[MakeOffer]) -> list[Standing]:
    """Offer matters to other units of the level; they stay where they are until taken.

    Raises NotNow: designated, offered already, handed over twice, or the unit had it before or cannot be charged.
    """
    return run_seeing(Act.OFFER, steps, _handled, _offer)


def _offer(step: MakeOffer, standing: Standing, here: Desk, seen: _Handled) -> Change:
    directory = here.directory
    if standing.offered_unit_id is not None:
        name = directory.units[standing.offered_unit_id].name
        raise NotNow(f"该问题正在与{name}商议移交。请等对方答复，对方不接收后可另行商议。")
    office = directory.office(standing.level_region_id)
    asked = directory.units.get(step.unit_id)
    refusal = offer_refusal(standing, asked, seen.had.get(standing.id, ()), directory) if asked else None
    if refusal:
        raise NotNow(refusal)
    unit = chargeable(step.unit_id, office.id if office else None, standing, here)
    row = {
        "id": uuid7(), "problem_id": standing.id, "from_unit_id": standing.accountable_unit_id, "to_unit_id": unit.id,
        "state": OfferState.OFFERED.value, "reason": step.reason, "offered_at": step.now,
    }
    after = moved(standing, Act.OFFER, step.actor, step.now, offered_unit_id=unit.id)
    return Change(
        Act.OFFER, step.actor, step.now, standing, after, parties=((unit.id, PartyRole.INFORMED),),
        rows=(("Offer", row),), body={"to_unit": unit.id}, words={"reason": step.reason},
    )


@transaction.atomic
def take(steps: Sequence[Take]) -> list[Standing]:
    """Take offered matters over: accountable at once, signed for, the clock counting on from the unit before.

    A part that was asked of the taker is withdrawn: it has the whole now.

    Raises NotNow: nothing was offered to this unit.
    """
    taken = run_seeing(Act.TAKE, steps, _offered, _take)
    for one in taken:
        assert one.accountable_unit_id is not None, "who takes a matter is accountable"
        Party.objects.filter(unit_id=one.accountable_unit_id, problem_id=one.id).update(role=PartyRole.HANDLER.value)
    return taken


def _take(step: Take, standing: Standing, here: Desk, seen: _Handled) -> Change:
    assert standing.offered_unit_id is not None, "whose turn it is was asked before"
    unit = here.directory.units[standing.offered_unit_id]
    own = [one for one in seen.parts.get(standing.id, ()) if one.unit_id == unit.id and one.state is PartState.ASKED]
    after = moved(
        standing, Act.TAKE, step.actor, step.now, state=State.HANDLING, offered_unit_id=None,
        hand_overs=standing.hand_overs + 1, open_parts=standing.open_parts - len(own),
        asked_unit_ids=standing.asked_unit_ids - {unit.id}, **taken_over(unit, standing, here, step.now),
    )
    settled = {"state": OfferState.TAKEN.value, "settled_at": step.now, "words": step.contact}
    return Change(
        Act.TAKE, step.actor, step.now, standing, after,
        amend=(("Offer", seen.offers[standing.id], settled),
               *(("Part", one.id, {"state": PartState.WITHDRAWN.value}) for one in own)),
        body={"from_unit": standing.accountable_unit_id}, words={"contact": step.contact},
    )


def turn_down(steps: Sequence[TurnDown]) -> list[Standing]:
    """Not take offered matters over; they stay with the unit that has them, which is told why.

    Raises NotNow: nothing was offered to this unit.
    """
    return run_seeing(Act.TURN_DOWN, steps, _offered, _turn_down)


def _turn_down(step: TurnDown, standing: Standing, here: Desk, seen: _Handled) -> Change:
    after = moved(standing, Act.TURN_DOWN, step.actor, step.now, offered_unit_id=None)
    settled = {"state": OfferState.TURNED_DOWN.value, "settled_at": step.now, "words": step.reason}
    return Change(
        Act.TURN_DOWN, step.actor, step.now, standing, after, words={"reason": step.reason},
        amend=(("Offer", seen.offers[standing.id], settled),),
    )
