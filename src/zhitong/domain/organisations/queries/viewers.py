"""Who somebody is when acting: the posts he holds, and the viewer he is from one of them, or by a key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import Person, Tenure
from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer

POST_IN_SESSION = "post_id"
"""Where a session keeps the post chosen last."""


def held_on(today: date) -> QuerySet[Tenure]:
    """The tenures that hold on a day, of posts that stand."""
    return Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), since__lte=today, post__ended_on__isnull=True
    )


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds today, with the words that name it."""

    post_id: UUID
    title: str
    unit_name: str
    unit_kind: UnitKind
    region_name: str


def posts_held_by(person_id: UUID, today: date) -> list[HeldPost]:
    """The posts a person holds on a day, the longest held first."""
    rows = (
        held_on(today)
        .filter(person_id=person_id)
        .order_by("since", "id")
        .values_list("post_id", "post__title", "post__unit__name", "post__unit__kind", "post__unit__region__name")
    )
    return [HeldPost(row[0], row[1], row[2], UnitKind(row[3]), row[4]) for row in rows]


_VIEWER = """
SELECT person.id, post.id, unit.id, unit.kind, unit.region_id, unit.subordination, post.kind,
       CASE WHEN unit.keeps_all_lines THEN ARRAY(SELECT line.id FROM organisations_line line ORDER BY line.position)
            ELSE ARRAY(SELECT kept.line_id FROM organisations_line_kept kept
                       WHERE kept.unit_id = unit.id AND kept.until IS NULL ORDER BY kept.line_id) END,
       NOT EXISTS (SELECT 1 FROM organisations_region_edge edge
                   WHERE edge.region_id = unit.region_id AND edge.relation = 'reporting' AND edge.until IS NULL)
FROM organisations_tenure tenure
JOIN organisations_person person ON person.id = tenure.person_id AND person.is_active
JOIN organisations_post post ON post.id = tenure.post_id AND post.ended_on IS NULL
JOIN organisations_unit unit ON unit.id = post.unit_id
{joined}
WHERE tenure.since <= %(today)s AND (tenure.until IS NULL OR tenure.until >= %(today)s) AND {condition}
LIMIT 1
"""
_BY_POST = _VIEWER.format(joined="", condition="tenure.person_id = %(person)s AND tenure.post_id = %(post)s")
_BY_TOKEN = _VIEWER.format(
    joined="JOIN organisations_api_token token ON token.person_id = tenure.person_id AND token.post_id = tenure.post_id",
    condition="token.digest = %(digest)s AND token.ended_at IS NULL",
)


def person_of_login(login: str) -> UUID | None:
    """The person who signs in under a name; None when nobody active does."""
    return Person.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()


def person_of_phone(phone: str) -> UUID | None:
    """The active person with a phone number; None when nobody has it."""
    return Person.objects.filter(phone=phone, is_active=True).values_list("id", flat=True).first() if phone else None


def viewer_for(person_id: UUID, post_id: UUID, today: date) -> Viewer | None:
    """The viewer that a person is when acting from a post (one query); None when the post is not held on that day."""
    return _viewer(_BY_POST, {"person": person_id, "post": post_id, "today": today})


def viewer_signed_in(person_id: UUID, chosen: str | None, today: date) -> Viewer | None:
    """The viewer a signed-in person is: as the post chosen last, else as the one held longest (up to three queries).

    None when no post is held on that day.
    """
    viewer = viewer_for(person_id, UUID(chosen), today) if chosen else None
    if viewer is None:
        held = posts_held_by(person_id, today)
        viewer = viewer_for(person_id, held[0].post_id, today) if held else None
    return viewer


def _viewer(statement: str, parameters: dict[str, UUID | date | str]) -> Viewer | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    person_id, post_id, unit_id, unit_kind, region_id, subordination, post_kind, line_ids, is_root = row
    kind = UnitKind(unit_kind)
    return Viewer(
        person_id, post_id, unit_id, kind, region_id, reach_of(kind, Subordination(subordination)), tuple(line_ids),
        permissions_of(kind, PostKind(post_kind)), is_root,
    )


def token_digest(secret: str) -> str:
    """What is kept of an API key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def viewer_of_token(secret: str, today: date) -> Viewer | None:
    """The viewer a program is with this key (one query).

    None when the key is unknown or ended, or its post no longer held.
    """
    return _viewer(_BY_TOKEN, {"digest": token_digest(secret), "today": today})
