"""Who stands in for whom, as both of them see it, and who administers the territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import Substitution, Tenure
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.queries.viewers import held_on
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class StandIn:
    """A substitution; `runs` today, else it lies ahead."""

    id: UUID
    post_id: UUID
    title: str
    unit: str
    unit_id: UUID
    holder_id: UUID
    holder: str
    person_id: UUID
    person: str
    since: date
    until: date
    reason: str
    named_at: datetime
    runs: bool


def stand_ins_of(person_id: UUID, today: date) -> list[StandIn]:
    """Where somebody stands in or is stood in for, today or later, the next first; one query."""
    return _told(_standing(today).filter(Q(person_id=person_id) | Q(holder_id=person_id)), today)


def stand_ins_in(unit_id: UUID, today: date) -> list[StandIn]:
    """The substitutions in a unit's posts, today or later; one query. Whose business it is the caller asks."""
    return _told(_standing(today).filter(post__unit_id=unit_id), today)


def stand_in_seen(viewer: Viewer, substitution_id: UUID, today: date) -> StandIn:
    """One that is not over, for either of the two or who administers the territory; one query.

    Raises NotFound: it is over, or no business of the viewer's.
    """
    found = _told(_standing(today).filter(id=substitution_id), today)
    if not found or not _concerns(viewer, found[0]):
        raise NotFound
    return found[0]


def colleagues_of(post_id: UUID, holder_id: UUID, today: date) -> list[tuple[UUID, str, str]]:
    """Who could stand in for the holder of a post: officials of the same region's units, as (person, name, unit); two queries."""
    rows = held_on(today).filter(post__unit__region__units__posts=post_id, until__isnull=True, keeper__isnull=True, person__is_active=True)
    mates = rows.exclude(post__unit__kind="served").exclude(person_id=holder_id).exclude(post_id=post_id)
    listed = mates.order_by("post__unit__code", "person__name", "id").values_list("person_id", "person__name", "post__unit__name")
    own_first: dict[UUID, tuple[UUID, str, str]] = {}
    for person_id, name, unit in listed:
        own_first.setdefault(person_id, (person_id, name, unit))
    return list(own_first.values())


def lendable(viewer: Viewer, post_id: UUID, holder_id: UUID) -> tuple[str, str]:
    """The title of a post and the name of its holder, for the holder himself and for who administers; one query.

    Raises NotFound: nobody holds it so, or it is neither the viewer's own nor in his territory.
    """
    rows = Tenure.objects.filter(post_id=post_id, person_id=holder_id, until__isnull=True, post__ended_on__isnull=True)
    held = rows.values_list("post__title", "person__name", "post__unit__region_id").first()
    if held is None:
        raise NotFound
    is_own = viewer.person_id == holder_id and viewer.for_id is None
    if not (is_own or (viewer.may(Permission.ADMINISTER) and held[2] in set(directory().within(viewer.region_id)))):
        raise NotFound
    return held[0], held[1]


def _concerns(viewer: Viewer, one: StandIn) -> bool:
    if viewer.person_id in (one.holder_id, one.person_id):
        return True
    unit = directory().units.get(one.unit_id)
    within = unit is not None and unit.region_id in set(directory().within(viewer.region_id))
    return within and viewer.may(Permission.ADMINISTER)


def _standing(today: date) -> QuerySet[Substitution]:
    return Substitution.objects.filter(ended_at__isnull=True, until__gte=today).order_by("since", "id")


def _told(rows: QuerySet[Substitution], today: date) -> list[StandIn]:
    return [
        StandIn(
            id=row.id, post_id=row.post_id, title=row.post.title, unit=row.post.unit.name, unit_id=row.post.unit_id,
            holder_id=row.holder_id, holder=row.holder.name, person_id=row.person_id, person=row.person.name,
            since=row.since, until=row.until, reason=row.reason, named_at=row.named_at, runs=row.since <= today,
        )
        for row in rows.select_related("post__unit", "holder", "person")
    ]
