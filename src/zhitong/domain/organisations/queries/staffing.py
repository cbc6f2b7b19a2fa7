"""Units, posts and people of a territory, for who administers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.queries.seats import SeatTold, seats_in
from zhitong.domain.organisations.queries.viewers import held_on
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Staffed:
    """A unit with the number of its posts and of the people in them."""

    unit: UnitEntry
    posts: int
    people: int


@dataclass(frozen=True, slots=True)
class HeldTenure:
    """A tenure of the territory: who, in which post of which unit."""

    id: UUID
    person_id: UUID
    name: str
    login: str
    post_id: UUID
    kind: PostKind
    title: str
    unit: UnitEntry
    since: date


def administers(viewer: Viewer, region_id: UUID) -> bool:
    """Whether a region lies in the subtree that the viewer administers."""
    return viewer.may(Permission.ADMINISTER) and region_id in set(directory().within(viewer.region_id))


def unit_administered(viewer: Viewer, unit_id: UUID) -> UnitEntry:
    """A unit of the viewer's subtree. Raises NotYours: the post does not administer. Raises NotFound: it lies elsewhere."""
    require(viewer, Permission.ADMINISTER)
    unit = directory().units.get(unit_id)
    if unit is None or not administers(viewer, unit.region_id):
        raise NotFound
    return unit


def staffed_in(viewer: Viewer, region_id: UUID, today: date) -> list[Staffed]:
    """The units of one region of the subtree, by code, with their numbers; four queries.

    Raises NotYours: the post does not administer. Raises NotFound: the region lies elsewhere.
    """
    require(viewer, Permission.ADMINISTER)
    if not administers(viewer, region_id):
        raise NotFound
    units = sorted((one for one in directory().units.values() if one.region_id == region_id), key=lambda one: one.code)
    seats = seats_in([one.id for one in units], today)
    posts: dict[UUID, int] = {}
    people: dict[UUID, set[UUID]] = {}
    for seat in seats:
        posts[seat.unit_id] = posts.get(seat.unit_id, 0) + 1
        people.setdefault(seat.unit_id, set()).update(one.person_id for one in seat.sitters if not one.for_name)
    return [Staffed(one, posts.get(one.id, 0), len(people.get(one.id, ()))) for one in units]


def seats_of_unit(viewer: Viewer, unit_id: UUID, today: date) -> tuple[UnitEntry, list[SeatTold]]:
    """A unit of the subtree with its posts and people. Raises as `unit_administered`."""
    return unit_administered(viewer, unit_id), seats_in([unit_id], today)


def tenures_in(unit_id: UUID, today: date) -> dict[tuple[UUID, UUID], UUID]:
    """The tenures of a unit by (post, person); one query. Whose business it is the caller asks."""
    rows = held_on(today).filter(post__unit_id=unit_id, until__isnull=True).values_list("post_id", "person_id", "id")
    return {(post_id, person_id): tenure_id for post_id, person_id, tenure_id in rows}


def tenures_held(viewer: Viewer, person_id: UUID, today: date) -> list[HeldTenure]:
    """The posts that somebody holds and the viewer administers, the longest held first; one query, or none."""
    if not viewer.may(Permission.ADMINISTER):
        return []
    rows = held_on(today).filter(person_id=person_id, until__isnull=True).order_by("since", "id")
    return [one for one in _held(rows) if administers(viewer, one.unit.region_id)]


def tenure_administered(viewer: Viewer, tenure_id: UUID) -> HeldTenure:
    """A tenure of the subtree that has not ended. Raises NotYours. Raises NotFound: it is over, or lies elsewhere."""
    require(viewer, Permission.ADMINISTER)
    found = _held(Tenure.objects.filter(id=tenure_id, until__isnull=True, post__ended_on__isnull=True))
    if not found or not administers(viewer, found[0].unit.region_id):
        raise NotFound
    return found[0]


def post_administered(viewer: Viewer, post_id: UUID) -> tuple[PostKind, str, UnitEntry]:
    """A post of the subtree that stands: kind, title, unit. Raises NotYours. Raises NotFound."""
    require(viewer, Permission.ADMINISTER)
    row = Post.objects.filter(id=post_id, ended_on__isnull=True).values_list("kind", "title", "unit_id").first()
    if row is None:
        raise NotFound
    return PostKind(row[0]), row[1], unit_administered(viewer, row[2])


def posts_to_fill(viewer: Viewer, region_id: UUID, today: date) -> list[tuple[SeatTold, UnitEntry]]:
    """The posts of a region that the viewer may fill, unit by unit; three queries. Raises as `staffed_in`."""
    require(viewer, Permission.ADMINISTER)
    if not administers(viewer, region_id):
        raise NotFound
    here = directory()
    units = {one.id: one for one in here.units.values() if one.region_id == region_id}
    seats = [one for one in seats_in(units, today) if not keeper_trouble(one.kind, is_own_region=region_id == viewer.region_id)]
    return sorted(((one, units[one.unit_id]) for one in seats), key=lambda pair: pair[1].code)


def _held(rows: QuerySet[Tenure]) -> list[HeldTenure]:
    """Tenures of units of government; one query."""
    here = directory()
    return [
        HeldTenure(
            id=row.id, person_id=row.person_id, name=row.person.name, login=row.person.login, post_id=row.post_id,
            kind=PostKind(row.post.kind), title=row.post.title, unit=here.units[row.post.unit_id], since=row.since,
        )
        for row in rows.select_related("person", "post") if row.post.unit_id in here.units
    ]
