"""The names behind the figures of who has come: the served page by page, the units of government whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.entry.queries.activation import (
    COME,
    OFFICIAL,
    month_of,
    officials_come,
    rows_of,
    territory_asked,
)
from zhitong.domain.entry.rules.kinds import Presence
from zhitong.domain.organisations.scope import Viewer

_ASKED = f"""
FROM subjects_subject subject
WHERE subject.ended_on IS NULL AND subject.unit_id IS NOT NULL AND subject.region_id = ANY(%(regions)s)
  AND (%(kind)s = '' OR subject.kind = %(kind)s)
  AND (%(come)s = '' OR {COME.format(unit="subject.unit_id")} = %(come)s)
  AND (%(words)s = '' OR strpos(subject.name, %(words)s) > 0)
"""
_NAMED = f"""
SELECT subject.id, subject.name, subject.kind, subject.region_id, {COME.format(unit="subject.unit_id")},
       (SELECT max(month) FROM entry_presence here WHERE here.unit_id = subject.unit_id)
{_ASKED}
"""
_FORWARDS = f"{_NAMED} AND (%(after)s::uuid IS NULL OR subject.id > %(after)s::uuid) ORDER BY subject.id LIMIT %(limit)s"
_BACKWARDS = f"{_NAMED} AND (%(after)s::uuid IS NULL OR subject.id < %(after)s::uuid) ORDER BY subject.id DESC LIMIT %(limit)s"
_COUNTED = f"SELECT count(*) FROM (SELECT {_ASKED} LIMIT %(limit)s) found"


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One unit with how far it has come: `id` is the subject's, of a unit of government its own, which alone has a `code`;
    `last` is the newest month."""

    id: UUID
    code: str
    name: str
    kind: str
    region: str
    presence: Presence
    last: str


@dataclass(frozen=True, slots=True)
class Named:
    """Which names one asks for; empty words and kinds mean all."""

    kind: str = ""
    presence: Presence | None = None
    words: str = ""


def units_named(
    viewer: Viewer, region_id: UUID, asked: Named, *, today: date, after: UUID | None = None, backwards: bool = False, limit: int = 50
) -> list[NamedUnit]:
    """The served of a region and below after a key, or all units of government after a key; one query.

    Raises NotFound: the region lies outside the viewer's territory, or the viewer has none.
    """
    if asked.kind == OFFICIAL:
        return _officials(viewer, region_id, asked, today, after, backwards)[:limit]
    here, parameters = _parameters(viewer, region_id, asked, today)
    rows = rows_of(_BACKWARDS if backwards else _FORWARDS, {**parameters, "after": after, "limit": limit})
    return [
        NamedUnit(row[0], "", row[1], row[2], here.regions[row[3]].name, Presence(row[4]), row[5] or "") for row in rows
    ]


def count_of_named(viewer: Viewer, region_id: UUID, asked: Named, *, today: date, most: int) -> int:
    """How many there are, counted no further than `most`; one query. Raises NotFound: see `units_named`."""
    if asked.kind == OFFICIAL:
        return min(most, len(_officials(viewer, region_id, asked, today, None, False)))
    _here, parameters = _parameters(viewer, region_id, asked, today)
    return int(rows_of(_COUNTED, {**parameters, "limit": most})[0][0])


def _parameters(viewer: Viewer, region_id: UUID, asked: Named, today: date) -> tuple[Any, dict[str, Any]]:
    here = territory_asked(viewer, region_id)
    return here, {
        "regions": list(here.within(region_id)), "kind": asked.kind, "come": asked.presence.value if asked.presence else "",
        "words": asked.words, "month": month_of(today),
    }


def _officials(
    viewer: Viewer, region_id: UUID, asked: Named, today: date, after: UUID | None, backwards: bool
) -> list[NamedUnit]:
    """The units of government of a region and below in the order of the directory; a province has some thousands."""
    here = territory_asked(viewer, region_id)
    come = {unit: (presence, last) for unit, presence, last in officials_come(list(here.within(region_id)), today)}
    ordered = sorted(come, key=lambda one: (here.regions[here.units[one].region_id].position, here.units[one].code), reverse=backwards)
    found = [
        NamedUnit(one, here.units[one].code, here.units[one].name, OFFICIAL, here.regions[here.units[one].region_id].name, *come[one])
        for one in ordered
        if asked.presence in (None, come[one][0]) and asked.words in here.units[one].name
    ]
    start = next((place + 1 for place, one in enumerate(found) if one.id == after), 0)
    return found[start:]
