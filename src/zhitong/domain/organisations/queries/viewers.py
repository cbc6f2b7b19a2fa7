"""Who somebody is when acting: the posts he holds, and the viewer he is from one of them, or by a key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import Person, Tenure
from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.domain.organisations.rules.rights import OF_A_PERSON, permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.sealing.columns import as_read, digest_for

POST_IN_SESSION = "post_id"
"""Where a session keeps the post chosen last."""


def held_on(today: date) -> QuerySet[Tenure]:
    """The tenures that hold on a day, of posts that stand."""
    return Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), since__lte=today, post__ended_on__isnull=True
    )


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds today, with the words that name it and the viewer one is from it."""

    title: str
    unit_name: str
    region_name: str
    viewer: Viewer
    for_name: str = ""
    """Whose post it is, where one only stands in for him."""

    @property
    def post_id(self) -> UUID:
        """The post itself."""
        return self.viewer.post_id


_SEATS = """
SELECT {columns}person.id, post.id, unit.id, unit.kind, unit.region_id, unit.subordination, post.kind,
       CASE WHEN unit.keeps_all_lines THEN ARRAY(SELECT line.id FROM organisations_line line ORDER BY line.position)
            ELSE ARRAY(SELECT kept.line_id FROM organisations_line_kept kept
                       WHERE kept.unit_id = unit.id AND kept.until IS NULL ORDER BY kept.line_id) END,
       NOT EXISTS (SELECT 1 FROM organisations_region_edge edge
                   WHERE edge.region_id = unit.region_id AND edge.relation = 'reporting' AND edge.until IS NULL),
       post.title, unit.name, region.name, tenure.holder_id, holder.name
FROM organisations_person person {joined}
{seated} ((SELECT id, person_id, post_id, since, until, NULL::uuid AS holder_id, NULL::timestamptz AS ended_at
           FROM organisations_tenure
           UNION ALL SELECT id, person_id, post_id, since, until, holder_id, ended_at FROM organisations_substitution) tenure
      LEFT JOIN organisations_person holder ON holder.id = tenure.holder_id
      JOIN organisations_post post ON post.id = tenure.post_id AND post.ended_on IS NULL
      JOIN organisations_unit unit ON unit.id = post.unit_id JOIN organisations_region region ON region.id = unit.region_id)
  ON tenure.person_id = person.id AND tenure.since <= %(today)s AND (tenure.until IS NULL OR tenure.until >= %(today)s)
  AND tenure.ended_at IS NULL AND (tenure.holder_id IS NULL OR EXISTS (
      SELECT 1 FROM organisations_tenure own WHERE own.post_id = tenure.post_id AND own.person_id = tenure.holder_id
          AND own.since <= %(today)s AND (own.until IS NULL OR own.until >= %(today)s)))
WHERE person.is_active AND {condition} ORDER BY tenure.holder_id IS NOT NULL, tenure.since, tenure.id
"""
_HELD = _SEATS.format(columns="", joined="", seated="JOIN", condition="person.id = %(person)s")
_BY_POST = _SEATS.format(columns="", joined="", seated="JOIN", condition="person.id = %(person)s AND post.id = %(post)s")
_BY_TOKEN = _SEATS.format(
    columns="", joined="JOIN organisations_api_token token ON token.person_id = person.id", seated="JOIN",
    condition="token.post_id = post.id AND token.digest = %(digest)s AND token.ended_at IS NULL",
)
_PERSON = tuple(one.attname for one in Person._meta.concrete_fields)
_SIGNED_IN = _SEATS.format(
    columns="".join(f"person.{name}, " for name in _PERSON), joined="", seated="LEFT JOIN", condition="person.id = %(person)s"
)


def person_of_login(login: str) -> UUID | None:
    """The person who signs in under a name, or with his phone in its place; None when nobody active does."""
    named = Person.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()
    return named or person_of_phone(login)


def person_of_phone(phone: str) -> UUID | None:
    """The active person with a phone number; None when nobody has it."""
    found = Person.objects.filter(phone_digest=digest_for(Person, "phone", phone), is_active=True)
    return found.values_list("id", flat=True).first() if phone else None


def viewer_for(person_id: UUID, post_id: UUID, today: date) -> Viewer | None:
    """The viewer that a person is when acting from a post (one query); None when the post is not held on that day."""
    return viewer_among(_held(_BY_POST, {"person": person_id, "post": post_id, "today": today}), None)


def posts_held_by(person_id: UUID, today: date) -> list[HeldPost]:
    """The posts a person holds on a day, the longest held first (one query)."""
    return _held(_HELD, {"person": person_id, "today": today})


def viewer_signed_in(person_id: UUID, chosen: str | None, today: date) -> Viewer | None:
    """The viewer a signed-in person is (one query); None when no post is held on that day."""
    return viewer_among(posts_held_by(person_id, today), chosen)


def viewer_among(held: Sequence[HeldPost], chosen: str | None) -> Viewer | None:
    """The viewer one is from the post chosen last, else from the one held longest."""
    found = next((post for post in held if str(post.post_id) == chosen), held[0] if held else None)
    return found.viewer if found else None


def person_signed_in(person_id: UUID, today: date) -> Person | None:
    """Who signs in under an id, with the posts held on a day, which `posts_of` tells (one query); None when nobody active does."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED_IN, {"person": person_id, "today": today})
        rows = cursor.fetchall()
    if not rows:
        return None
    width = len(_PERSON)
    person = Person.from_db("default", _PERSON, as_read(Person, _PERSON, rows[0][:width]))
    person.held = [_post(row[width:]) for row in rows if row[width + 1] is not None]
    return person


def posts_of(person: Person, today: date) -> list[HeldPost]:
    """The posts a person holds: as they were read with him, else on a day (one query)."""
    return posts_held_by(person.pk, today) if person.held is None else person.held


def _held(statement: str, parameters: dict[str, UUID | date | str]) -> list[HeldPost]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [_post(row) for row in cursor.fetchall()]


def _post(row: Sequence[Any]) -> HeldPost:
    person_id, post_id, unit_id, unit_kind, region_id, subordination, post_kind, line_ids, is_root, *told = row
    title, unit, region, for_id, for_name = told
    kind = UnitKind(unit_kind)
    granted = permissions_of(kind, PostKind(post_kind))
    viewer = Viewer(
        person_id, post_id, unit_id, kind, region_id, reach_of(kind, Subordination(subordination), PostKind(post_kind)),
        tuple(line_ids), granted - OF_A_PERSON if for_id else granted, is_root, for_id,
    )
    return HeldPost(title, unit, region, viewer, for_name or "")


def token_digest(secret: str) -> str:
    """What is kept of an API key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def viewer_of_token(secret: str, today: date) -> Viewer | None:
    """The viewer a program is with this key (one query).

    None when the key is unknown or ended, or its post no longer held.
    """
    return viewer_among(_held(_BY_TOKEN, {"digest": token_digest(secret), "today": today}), None)
