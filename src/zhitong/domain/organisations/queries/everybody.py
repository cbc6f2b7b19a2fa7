"""Everybody who sits in a territory, as who administers it sees them: a row for each post somebody holds, firms' own people apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody in a post, since when."""

    id: UUID
    person_id: UUID
    name: str
    login: str
    title: str
    unit: str
    unit_code: str
    region: str
    since: date


def everybody_in(
    viewer: Viewer, *, words: str = "", after: tuple[date, UUID] | None = None, backwards: bool = False, limit: int = 50
) -> list[Seated]:
    """Who sits in the viewer's subtree now, the newest first (`backwards`: the longest); one query.

    `words` narrow it to names, units and posts that hold them. Raises NotYours: the post does not administer.
    """
    rows = _asked(viewer, words).order_by(*(("since", "id") if backwards else ("-since", "-id")))
    if after is not None:
        since, row_id = after
        beyond = Q(since__gt=since) | Q(since=since, id__gt=row_id) if backwards else Q(since__lt=since) | Q(since=since, id__lt=row_id)
        rows = rows.filter(beyond)
    return [
        Seated(
            row.id, row.person_id, row.person.name, row.person.login, row.post.title, row.post.unit.name, row.post.unit.code,
            row.post.unit.region.name, row.since,
        )
        for row in rows.select_related("person", "post__unit__region")[:limit]
    ]


def count_of_everybody(viewer: Viewer, *, words: str, most: int) -> int:
    """How many there are, counted no further than `most`; one query. Raises NotYours."""
    return int(_asked(viewer, words)[:most].count())


def _asked(viewer: Viewer, words: str) -> QuerySet[Tenure]:
    require(viewer, Permission.ADMINISTER)
    rows = Tenure.objects.filter(
        until__isnull=True, person__is_active=True, post__ended_on__isnull=True,
        post__unit__region__within__ancestor_id=viewer.region_id,
    ).exclude(post__unit__kind=UnitKind.SERVED.value)
    for word in words.split():
        rows = rows.filter(
            Q(person__name__icontains=word) | Q(post__unit__name__icontains=word) | Q(post__title__icontains=word)
        )
    return rows
