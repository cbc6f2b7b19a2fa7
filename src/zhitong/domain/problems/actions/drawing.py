"""Drawing what is looked at a second time: once a month, by a seed that is told, so that anybody can draw it again.

For the schedule, as the worker. Source: principle 8, R-F7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.problems.actions.running import Desk, desk
from zhitong.domain.problems.actions.writing import write_parties
from zhitong.domain.problems.models import Answer, Check, Flagged, Party, Problem
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.checks import (
    CALL_BACKS,
    OUTCOMES,
    caller_of,
    callers_for,
    looker_at_outcome,
)
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, Flag, Outcome, PartyRole, Stage, State
from zhitong.domain.problems.rules.sampling import Share, drawn, seed_of
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import SHANGHAI, day_of


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of one office: which regions it serves, and the seed of its samples."""

    region_ids: tuple[UUID, ...]
    seed: str
    since: datetime
    until: datetime

    def closed(self) -> list[Standing]:
        """What was closed in it."""
        rows = Problem.objects.filter(
            state=State.CLOSED.value, ended_at__gte=self.since, ended_at__lt=self.until, region_id__in=self.region_ids
        )
        return [standing_from(row) for row in rows.order_by("id").values(*COLUMNS)]


@transaction.atomic
def draw_checks(now: datetime) -> int:
    """Draw last month's samples, office by office, where they have not been drawn; returns how many second looks began."""
    here, begun = desk(), 0
    for month in _undrawn(now, here):
        standings = month.closed()
        for kind, looks in (
            (CheckKind.OUTCOME, _outcomes(month.seed, standings, here)),
            (CheckKind.CALL_BACK, _call_backs(month.seed, standings, here)),
        ):
            begun += _begin(kind, month.seed, list(looks), here, now)
    return begun


def _undrawn(now: datetime, here: Desk) -> list[_Month]:
    """The offices for whose last month nothing was drawn, though something was closed in it."""
    this_month = day_of(now).replace(day=1)
    month = (this_month - timedelta(days=1)).replace(day=1)
    since, until = (datetime(day.year, day.month, 1, tzinfo=SHANGHAI) for day in (month, this_month))
    closed = Problem.objects.filter(state=State.CLOSED.value, ended_at__gte=since, ended_at__lt=until)
    regions: dict[str, set[UUID]] = {}
    for campaign, region_id in closed.order_by().values_list("campaign", "region_id").distinct():
        regions.setdefault(seed_of(campaign, month, _place(region_id, here)), set()).add(region_id)
    drawn_already = set(Check.objects.filter(seed__in=regions).values_list("seed", flat=True))
    return [
        _Month(tuple(sorted(ids)), seed, since, until) for seed, ids in sorted(regions.items()) if seed not in drawn_already
    ]


def _place(region_id: UUID, here: Desk) -> str:
    """The code of the region whose office serves a region."""
    office = here.directory.office(region_id)
    return here.directory.regions[office.region_id if office else region_id].code


@dataclass(frozen=True, slots=True)
class _Look:
    standing: Standing
    unit_id: UUID
    joins: bool


def _outcomes(seed: str, standings: Sequence[Standing], here: Desk) -> Iterator[_Look]:
    pool = [one for one in standings if one.outcome is not Outcome.SOLVED and not one.recorded]
    for one, answered_by in _answered(_chosen(seed, pool, OUTCOMES)):
        looker = looker_at_outcome(one.region_id, answered_by, here.directory)
        if looker is not None:
            yield _Look(one, looker.id, joins=False)


def _call_backs(seed: str, standings: Sequence[Standing], here: Desk) -> Iterator[_Look]:
    """Those drawn, and every one about which the firm said two things; none that may not be shown to another county."""
    pool = [
        one for one in standings
        if one.reporter_unit_id is not None and not (one.confidential or one.unnamed or one.recorded)
    ]
    ids = [one.id for one in pool]
    flagged = Flagged.objects.filter(problem_id__in=ids, flag=Flag.CONTRADICTED.value)
    disputed = set(flagged.values_list("problem_id", flat=True))
    chosen = {one.id: one for one in (*_chosen(seed, pool, CALL_BACKS), *(one for one in pool if one.id in disputed))}
    parties: dict[UUID, set[UUID]] = {}
    for problem_id, unit_id in Party.objects.filter(problem_id__in=chosen).values_list("problem_id", "unit_id"):
        parties.setdefault(problem_id, set()).add(unit_id)
    for one in chosen.values():
        callers = callers_for(one.region_id, here.directory)
        caller = caller_of(seed, one.id, callers, parties.get(one.id, set()))
        if caller is not None:
            yield _Look(one, caller.id, joins=True)


def _chosen(seed: str, pool: Sequence[Standing], share: Share) -> list[Standing]:
    by_id = {one.id: one for one in pool}
    return [by_id[one] for one in drawn(f"{seed}/{share.kind}", by_id, share)]


def _answered(standings: Sequence[Standing]) -> Iterator[tuple[Standing, UUID | None]]:
    """Each with the unit of its newest answer."""
    rows = Answer.objects.filter(problem_id__in=[one.id for one in standings]).order_by("answered_at", "id")
    units = dict(rows.values_list("problem_id", "unit_id"))
    return ((one, units.get(one.id)) for one in standings)


def _begin(kind: CheckKind, seed: str, begun: Sequence[_Look], here: Desk, now: datetime) -> int:
    """Begin second looks; a calling office takes part from now on."""
    write_parties((one.standing.id, one.unit_id, PartyRole.CALLER.value, now) for one in begun if one.joins)
    stage = Stage.CALL_BACK if kind is CheckKind.CALL_BACK else Stage.VERIFY
    clocks = [here.clock(stage, one.standing, one.standing.region_id, now) for one in begun]
    Check.objects.bulk_create([
        Check(
            problem_id=one.standing.id, kind=kind.value, state=CheckState.WAITING.value, unit_id=one.unit_id, seed=seed,
            asked_at=now, due_at=clock.due_at if clock else None,
        )
        for one, clock in zip(begun, clocks, strict=True)
    ])
    return len(begun)
