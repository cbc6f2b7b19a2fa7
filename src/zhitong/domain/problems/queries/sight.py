"""Who can see a problem, and why: every post, by the same clauses as opening one and as the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.queries.seats import SeatTold, seats_in
from zhitong.domain.organisations.rules.apart import KEEPERS
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission, Reach, reach_of
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.queries.seeing import UNNAMED, may_know_name, reasons_to_see
from zhitong.domain.problems.rules.kinds import PartyRole, State
from zhitong.domain.problems.rules.seeing import Clause
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Traced:
    """What of a problem decides who sees it, and nothing of what it says."""

    id: UUID
    number: str
    state: State
    region_id: UUID
    line_id: UUID | None
    confidential: bool
    reporter_unit_id: UUID | None
    unnamed: bool


@dataclass(frozen=True, slots=True)
class UnitSeeing:
    """A unit whose posts see a problem: by which clauses, as what it takes part, and its seats with their people.

    `seats` is empty where the asker may not know who the unit is.
    """

    unit_id: UUID
    unit: str
    region: str
    clauses: tuple[Clause, ...]
    role: PartyRole | None
    seats: tuple[SeatTold, ...]


def who_sees(viewer: Viewer, number: str, *, now: datetime) -> tuple[Traced, list[UnitSeeing]]:
    """A problem and every unit that sees it, those who take part first, then from below upwards; a fixed number of queries.

    The three administrators' posts see none and are not in it.
    Raises NotYours: the post may not ask. Raises NotFound: there is no such problem for this viewer, who must see it
    himself unless he keeps the system, and in whose territory it must lie.
    """
    require(viewer, Permission.TRACE)
    if not viewer.is_apart:
        problem_id_of(viewer, number)
    problem = _traced(number)
    here = directory()
    roles = _parties(problem.id)
    names = unit_names([*roles, problem.reporter_unit_id])
    found = list(_seeing(problem, roles, here))
    knows = may_know_name(
        viewer, unnamed=problem.unnamed, reporter_unit_id=problem.reporter_unit_id, region_id=problem.region_id, here=here
    )
    hidden = None if knows else problem.reporter_unit_id
    seats: dict[UUID, list[SeatTold]] = {}
    for one in seats_in([unit_id for unit_id, _clauses in found if unit_id != hidden], day_of(now)):
        if one.kind not in KEEPERS:
            seats.setdefault(one.unit_id, []).append(one)
    return problem, [
        UnitSeeing(
            unit_id, UNNAMED if unit_id == hidden else _name(unit_id, names, here), _place(unit_id, problem, here), clauses,
            roles.get(unit_id), tuple(seats.get(unit_id, ())),
        )
        for unit_id, clauses in found
    ]


def _traced(number: str) -> Traced:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM problems_traced(%s)", [number])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return Traced(row[0], row[1], State(row[2]), *row[3:])


def _parties(problem_id: UUID) -> dict[UUID, PartyRole]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, role FROM problems_parties_traced(%s)", [problem_id])
        return {unit_id: PartyRole(role) for unit_id, role in cursor.fetchall()}


def _seeing(problem: Traced, roles: dict[UUID, PartyRole], here: Directory) -> Iterator[tuple[UUID, tuple[Clause, ...]]]:
    """Units with their clauses: the reporter, who takes part, then by place; those outside the directory see as parties alone."""
    depth = {region.id: place for place, region in enumerate(here.path(problem.region_id))}
    near = sorted(
        (one for one in here.units.values() if one.region_id in depth), key=lambda one: (-depth[one.region_id], one.code)
    )
    reporter = [problem.reporter_unit_id] if problem.reporter_unit_id else []
    for unit_id in dict.fromkeys([*reporter, *roles, *(one.id for one in near)]):
        unit = here.units.get(unit_id)
        clauses = reasons_to_see(
            unit_id=unit_id, region_id=unit.region_id if unit else problem.region_id,
            reach=reach_of(unit.kind, unit.subordination) if unit else Reach.OWN,
            line_ids=unit.line_ids if unit else (), problem=problem, takes_part=unit_id in roles, here=here,
        )
        if clauses:
            yield unit_id, clauses


def _name(unit_id: UUID, names: dict[UUID, str], here: Directory) -> str:
    return here.units[unit_id].name if unit_id in here.units else names.get(unit_id, "")


def _place(unit_id: UUID, problem: Traced, here: Directory) -> str:
    unit = here.units.get(unit_id)
    return here.regions[unit.region_id if unit else problem.region_id].name
