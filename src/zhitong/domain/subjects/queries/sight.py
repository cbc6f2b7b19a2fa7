"""Who can see one of the served, and why: every post, by the same lenses as opening one and as the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.queries.seats import SeatTold, seats_in
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Apart, Permission, Reach, apart_of, permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.queries.one import reasons_to_see, subject_seen
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class BodySeeing:
    """A unit whose posts see one of the served, with its seats and their people; a clause is a way of looking."""

    unit_id: UUID
    unit: str
    region: str
    clauses: tuple[Lens, ...]
    seats: tuple[SeatTold, ...]


def who_sees_subject(viewer: Viewer, subject_id: UUID, *, now: datetime) -> list[BodySeeing]:
    """Every unit that sees one of the served: its own, who looks after it, then by place; a fixed number of queries.

    Raises NotYours: the post may not ask. Raises NotFound: it is not there for this viewer, who must see it himself
    unless he keeps the system, and in whose territory it must lie.
    """
    require(viewer, Permission.TRACE)
    if not viewer.is_apart:
        subject_seen(viewer, subject_id)
    _id, _code, region_id, own_unit_id = _traced(subject_id)
    carers = _carers(subject_id)
    here = directory()
    path = {region.id: place for place, region in enumerate(here.path(region_id))}
    near = sorted((one for one in here.units.values() if one.region_id in path), key=lambda one: (-path[one.region_id], one.code))
    found: dict[UUID, tuple[Lens, ...]] = {}
    for unit_id in dict.fromkeys([*([own_unit_id] if own_unit_id else []), *carers, *(one.id for one in near)]):
        unit = here.units.get(unit_id)
        reach = reach_of(unit.kind, unit.subordination) if unit else Reach.OWN
        clauses = reasons_to_see(
            unit_id=unit_id, region_id=unit.region_id if unit else region_id,
            sees=lenses_of(unit.kind if unit else UnitKind.SERVED, reach), own_unit_id=own_unit_id, lies_in=region_id,
            cares=unit_id in carers,
        )
        if clauses:
            found[unit_id] = clauses
    names = unit_names(found)
    seats = _open_seats(list(found), now)
    return [
        BodySeeing(
            unit_id, names.get(unit_id, ""), here.regions[here.units[unit_id].region_id if unit_id in here.units else region_id].name,
            clauses, tuple(seats.get(unit_id, ())),
        )
        for unit_id, clauses in found.items()
    ]


def code_traced(subject_id: UUID) -> str:
    """The code of one of the served, for the head of the page; who may ask was told by `who_sees_subject`. Raises NotFound."""
    return _traced(subject_id)[1]


def subject_coded(viewer: Viewer, code: str) -> UUID:
    """The one of the served with a code, in the viewer's territory. Raises NotYours. Raises NotFound."""
    require(viewer, Permission.TRACE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM subjects_coded(%s)", [code.strip()])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return UUID(str(row[0]))


def _open_seats(unit_ids: list[UUID], now: datetime) -> dict[UUID, list[SeatTold]]:
    """The seats whose posts are not kept from the register."""
    kinds = {one.id: one.kind for one in directory().units.values()}
    seats: dict[UUID, list[SeatTold]] = {}
    for one in seats_in(unit_ids, day_of(now)):
        if not _is_closed(kinds.get(one.unit_id, UnitKind.SERVED), one.kind):
            seats.setdefault(one.unit_id, []).append(one)
    return seats


def _is_closed(unit: UnitKind, post: PostKind) -> bool:
    return apart_of(permissions_of(unit, post)) is Apart.ALL


def _traced(subject_id: UUID) -> tuple[UUID, str, UUID, UUID | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, region_id, unit_id FROM subjects_traced(%s)", [subject_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2], row[3]


def _carers(subject_id: UUID) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM subjects_carers_traced(%s)", [subject_id])
        return {row[0] for row in cursor.fetchall()}
