"""Dissolving a unit with open work: in one transaction it ends and all it had goes on in its successor's hands.

Nothing is left without an accountable unit, no clock starts anew, and what was on its way through the unit (answers to
pass down, proposals to go up, parts of others' matters) has a unit that goes on with it. Source: R-B5, 冀发〔2018〕7号 三（五）.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.actions.dissolving import end_unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.writing import write, write_parties
from zhitong.domain.problems.models import Escalation, Offer, Part, Problem, Relay, Request
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.dissolving import (
    UnitFact,
    offer_lapsed,
    passed_on,
    relay_passed_on,
    why_not_dissolved,
)
from zhitong.domain.problems.rules.kinds import (
    EscalationState,
    OfferState,
    PartState,
    PartyRole,
    RequestKind,
    RequestState,
)
from zhitong.domain.problems.rules.standing import Change, Standing
from zhitong.domain.progress.actions.assigning import pass_reports
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Dissolved:
    """How much was passed on: problems the unit was accountable for, answers to pass down, parts of others' matters, and
    progress reports it still owed."""

    problems: int
    relays: int
    parts: int
    reports: int = 0


@transaction.atomic
def dissolve_unit(*, unit_id: UUID, successor_id: UUID | None, actor: Actor, now: datetime) -> Dissolved:
    """End a unit today and pass everything open to its successor; an act of the campaign office of its level.

    A fixed number of statements whatever the number of problems, but one for each offer that lapses.
    Raises NotFound: there is no such unit. Raises NotYours: it is not the campaign office of its level that acts.
    Raises NotNow: no successor that could keep its lines and handle its problems is named.
    """
    here = directory()
    unit = _ending(unit_id, actor, here)
    successor = here.units.get(successor_id) if successor_id else None
    refusal = why_not_dissolved(unit, successor, here)
    if refusal or successor is None:
        raise NotNow(refusal or "")
    standings = standings_locked(_with_a_turn(unit.id))
    own = [one for one in standings.values() if one.accountable_unit_id == unit.id]
    others = [one for one in standings.values() if one.accountable_unit_id != unit.id]
    relays = [one for one in others if one.relay_unit_id == unit.id]
    changes = [passed_on(one, unit, successor, actor, now) for one in own]
    changes += [relay_passed_on(one, unit, successor, actor, now) for one in relays]
    changes += [offer_lapsed(one, unit, actor, now) for one in others if one.offered_unit_id == unit.id]
    _write(changes, here)
    _pass_rows_on(own, unit, successor, now)
    parts = _pass_parts_on(unit, successor, standings, now)
    reports = pass_reports({unit.id: successor.id}, actor=actor, now=now)
    end_unit(unit_id=unit.id, successor_id=successor.id, on=day_of(now))
    done = Dissolved(len(own), len(relays), parts, reports)
    record(
        UnitFact.DISSOLVED.value, thing_kind="unit", thing_id=unit.id, actor=actor, at=now,
        body={
            "successor": successor.id, "problems": done.problems, "relays": done.relays, "parts": done.parts,
            "reports": done.reports,
        },
    )
    return done


def _ending(unit_id: UUID, actor: Actor, here: Directory) -> UnitEntry:
    unit = here.units.get(unit_id)
    if unit is None:
        raise NotFound
    viewer, office = scope.present(), here.office(unit.region_id)
    if viewer is not None:
        scope.require(viewer, Permission.DISPATCH)
    if office is None or office.id != actor.unit_id or office.region_id != unit.region_id:
        raise NotYours(f"{unit.name}的撤并由{office.name if office else '本级活动办公室'}办理，不是本单位。")
    return unit


def _with_a_turn(unit_id: UUID) -> list[UUID]:
    """The problems in which the unit is accountable, must pass an answer down, was offered the matter or has a part."""
    turns = Q(accountable_unit_id=unit_id) | Q(relay_unit_id=unit_id) | Q(offered_unit_id=unit_id)
    in_turn = Problem.objects.filter(turns).values_list("id", flat=True)
    parts = Part.objects.filter(unit_id=unit_id, state=PartState.ASKED.value).values_list("problem_id", flat=True)
    return [*in_turn, *parts]


def _write(changes: list[Change], here: Directory) -> None:
    if changes:
        write(changes, here)


def _pass_rows_on(own: Iterable[Standing], unit: UnitEntry, successor: UnitEntry, now: datetime) -> None:
    """The typed rows that wait: proposals and relays go on with the successor, requests and offers lapse."""
    ids = [one.id for one in own]
    Escalation.objects.filter(from_unit_id=unit.id, state=EscalationState.PROPOSED.value).update(from_unit_id=successor.id)
    Relay.objects.filter(unit_id=unit.id, passed_at__isnull=True).update(unit_id=successor.id)
    for_time = Request.objects.filter(problem_id__in=ids, state=RequestState.ASKED.value)
    for_time.exclude(kind=RequestKind.WITHDRAWAL.value).update(state=RequestState.LAPSED.value, decided_at=now)
    offers = Offer.objects.filter(Q(problem_id__in=ids) | Q(to_unit_id=unit.id), state=OfferState.OFFERED.value)
    offers.update(state=OfferState.LAPSED.value, settled_at=now)


def _pass_parts_on(unit: UnitEntry, successor: UnitEntry, standings: dict[UUID, Standing], now: datetime) -> int:
    """Parts asked of the unit: the successor's, but for a matter that it has itself or has a part of already."""
    asked = Part.objects.filter(unit_id=unit.id, state=PartState.ASKED.value)
    ids = set(asked.values_list("problem_id", flat=True))
    has_one = set(
        Part.objects.filter(problem_id__in=ids, unit_id=successor.id, state=PartState.ASKED.value)
        .values_list("problem_id", flat=True)
    )
    needless = has_one | {one for one in ids if standings[one].accountable_unit_id == successor.id}
    asked.filter(problem_id__in=needless).update(state=PartState.WITHDRAWN.value)
    Problem.objects.filter(id__in=needless).update(open_parts=F("open_parts") - 1)
    write_parties((one, successor.id, PartyRole.SUPPORT.value, now) for one in sorted(ids - needless))
    return asked.filter(problem_id__in=ids - needless).update(unit_id=successor.id)
