"""The seats of units with who sits in them today, substitutes beside those for whom they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.organisations.models import Post, Substitution
from zhitong.domain.organisations.queries.viewers import held_on
from zhitong.domain.organisations.rules.kinds import PostKind


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who sits in a seat; a substitute with whom he stands in for and until when."""

    person_id: UUID
    name: str
    for_name: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SeatTold:
    """A post that stands, with its people; none where it is vacant."""

    post_id: UUID
    unit_id: UUID
    kind: PostKind
    title: str
    sitters: tuple[Sitter, ...]


def seats_in(unit_ids: Iterable[UUID], today: date) -> list[SeatTold]:
    """The posts of units in the order of their kinds, with people; three queries. Whose business it is the caller asks."""
    units = set(unit_ids)
    posts = Post.objects.filter(unit_id__in=units, ended_on__isnull=True).values_list("id", "unit_id", "kind", "title")
    people: dict[UUID, list[Sitter]] = {}
    held = held_on(today).filter(post__unit_id__in=units, person__is_active=True).order_by("since", "id")
    own = set()
    for post_id, person_id, name in held.values_list("post_id", "person_id", "person__name"):
        people.setdefault(post_id, []).append(Sitter(person_id, name))
        own.add((post_id, person_id))
    instead = Substitution.objects.filter(
        post__unit_id__in=units, ended_at__isnull=True, since__lte=today, until__gte=today, person__is_active=True
    ).order_by("since", "id")
    for post_id, person_id, name, holder_id, holder, until in instead.values_list(
        "post_id", "person_id", "person__name", "holder_id", "holder__name", "until"
    ):
        if (post_id, holder_id) in own:
            people.setdefault(post_id, []).append(Sitter(person_id, name, holder, until))
    order = list(PostKind)
    told = [
        SeatTold(post_id, unit_id, PostKind(kind), title, tuple(people.get(post_id, ())))
        for post_id, unit_id, kind, title in posts
    ]
    return sorted(told, key=lambda one: (order.index(one.kind), one.title, one.post_id))
