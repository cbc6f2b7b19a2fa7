"""Who of the served may be the one that is about to be registered: by code, by name, by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.names import is_alike, key_of, probes_of
from zhitong.kit.choices import Word
from zhitong.kit.sealing.columns import digest_for

EVER = UUID(int=(1 << 128) - 1)
SHOWN = 5
"""So many alike ones are told for each; a person who looks needs no more to know that there are some."""


_FIND = """
SELECT alike.place - 1, one.id, one.name, one.code, one.kind, one.region_id, one.name_key, one.contact_phone_digest
FROM subjects_alike(%s::text[], %s::text[], %s::int[], %s::int[], %s::text[], %s::text[], %s::uuid[], %s::uuid) alike
JOIN subjects_subject one ON one.id = alike.subject
"""


class Candidate(NamedTuple):
    """A row that the index has found and that the viewer sees."""

    id: UUID
    name: str
    code: str
    kind: str
    region_id: UUID
    name_key: str
    phone_digest: str


class Likeness(Word):
    """Why two of the served may be one."""

    SAME_CODE = "same_code", "代码相同"
    SAME_NAME = "same_name", "名称相同"
    ALIKE_NAME = "alike_name", "名称相近"
    SAME_PHONE = "same_phone", "联系电话相同"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One about to be registered or renamed; `id` is its own where it is registered already."""

    name: str
    code: str = ""
    region_id: UUID
    phone: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlikeSubject:
    """One of the served that may be the same, and why."""

    id: UUID
    name: str
    code: str
    kind: SubjectKind
    region: str
    why: Likeness


def alike_to(asked: Sequence[Asked], *, before: UUID = EVER) -> Mapping[int, list[AlikeSubject]]:
    """For each, by its place from 0, those the viewer sees who may be the same, the surest first; the others are left out.

    Names are compared within the second level of the territory (a city with all below it), equal names everywhere.
    With `before` only those registered before that id was made. One statement for any number; at most a hundred of
    those that share a pair of signs, a code, a name or a telephone are looked at, the newest.
    """
    if not asked:
        return {}
    here = directory()
    keys = [key_at(one.name, one.region_id, here) for one in asked]
    found: dict[int, list[AlikeSubject]] = {}
    for place, row in _candidates(asked, keys, before, here):
        why = _why(asked[place], keys[place], row, here) if row.id != asked[place].id else None
        if why:
            region = here.regions[row.region_id].name
            found.setdefault(place, []).append(AlikeSubject(row.id, row.name, row.code, SubjectKind(row.kind), region, why))
    order = list(Likeness)
    return {
        place: sorted(those, key=lambda one: (order.index(one.why), one.name, one.id))[:SHOWN]
        for place, those in found.items()
    }


def key_at(name: str, region_id: UUID, here: Directory) -> str:
    """The key of a name in its place: without the names of its region and of those above, which may lead it."""
    return key_of(name, {word for region in here.path(region_id) for word in (region.name, region.short)})


def _candidates(asked: Sequence[Asked], keys: Sequence[str], before: UUID, here: Directory) -> list[tuple[int, Candidate]]:
    rows = [
        (one.name.strip(), key, *probes_of(key), written_right(one.code), _digest(one.phone), _tree(one.region_id, here))
        for one, key in zip(asked, keys, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [*(list(column) for column in zip(*rows, strict=True)), before])
        return [(int(row[0]), Candidate(*row[1:])) for row in cursor.fetchall()]


def _tree(region_id: UUID, here: Directory) -> UUID:
    """The region of the second level above a place; the root for what stands at the root."""
    path = here.path(region_id)
    return path[min(1, len(path) - 1)].id


def _why(asked: Asked, key: str, row: Candidate, here: Directory) -> Likeness | None:
    """Why a row may be the one asked for; None when, looked at closely, it is not alike."""
    if asked.code and row.code == written_right(asked.code):
        return Likeness.SAME_CODE
    is_near = _tree(asked.region_id, here) == _tree(row.region_id, here)
    if row.name == asked.name.strip() or (is_near and key and row.name_key == key):
        return Likeness.SAME_NAME
    if is_near and is_alike(key, row.name_key):
        return Likeness.ALIKE_NAME
    return Likeness.SAME_PHONE if asked.phone and row.phone_digest == _digest(asked.phone) else None


def _digest(phone: str) -> str:
    return digest_for(Subject, "contact_phone", phone)
