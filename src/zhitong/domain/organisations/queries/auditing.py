"""The facts that an auditor reads: those of every unit that reports through his region, without the words beside them.

Sealed complaints are in nobody's audit. What is nobody's act (the clock's) is read at the top alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.history.queries.sealed import SealedUnder, facts_by_id, sealed_under
from zhitong.domain.history.rules.proofs import proof_form
from zhitong.domain.history.rules.seals import leaf_of
from zhitong.domain.organisations.queries.people import person_names, post_titles
from zhitong.domain.organisations.queries.territory import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

_COLUMNS = "id, at, kind, thing_kind, thing_id, person_id, post_id, unit_id, via, request_id, body, digests"
_OF_TERRITORY = (
    "(fact.unit_id IN (SELECT unit.id FROM organisations_unit unit JOIN organisations_region_within place"
    " ON place.region_id = unit.region_id WHERE place.ancestor_id = %(region)s)"
)


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What an auditor looks for: from a moment to before another; a person by name or login, a unit by part of its name, a
    thing by its number or id; empty for all."""

    since: datetime
    until: datetime
    kind: str = ""
    person: str = ""
    unit: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class AuditedFact:
    """A fact with the names of who acted; `number` is that of the thing where the fact says it, `fields` the names of the
    texts beside it, which the audit does not read."""

    id: UUID
    at: datetime
    kind: str
    thing_kind: str
    thing_id: UUID
    number: str
    person: str
    post: str
    unit: str
    via: str
    request_id: UUID | None
    body: dict[str, Any]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactStanding:
    """A fact and the seal it stands under, None while it waits; `holds` says whether it is what was sealed."""

    row: AuditedFact
    canonical: bytes
    under: SealedUnder | None
    holds: bool

    @property
    def proof(self) -> dict[str, Any]:
        """What proves the fact outside this system. Raises NotFound: it waits for its seal."""
        if self.under is None:
            raise NotFound("这条留痕还没有封存，后台每分钟封存一次，请稍后再下载证明。")
        return proof_form(self.canonical, self.under.place, self.under.proof, self.under.head)


def facts_for(
    viewer: Viewer, filters: AuditFilters, *, after: tuple[datetime, UUID] | None = None, turned: bool = False,
    limit: int = 50,
) -> list[AuditedFact]:
    """Up to `limit` facts, the newest first, after the one named (four queries); none for who is no auditor."""
    if not viewer.may(Permission.AUDIT):
        return []
    where, values = _where(viewer, filters)
    if after is not None:
        where += f" AND (fact.at, fact.id) {'>' if turned else '<'} (%(after_at)s, %(after_id)s)"
        values |= {"after_at": after[0], "after_id": after[1]}
    way = "ASC" if turned else "DESC"
    return _named(_rows(
        f"SELECT {_COLUMNS} FROM history_fact fact WHERE {where} ORDER BY fact.at {way}, fact.id {way} LIMIT %(limit)s",
        {**values, "limit": limit},
    ))


def count_of_facts(viewer: Viewer, filters: AuditFilters, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    if not viewer.may(Permission.AUDIT):
        return 0
    where, values = _where(viewer, filters)
    statement = f"SELECT count(*) FROM (SELECT 1 FROM history_fact fact WHERE {where} LIMIT %(most)s) AS found"
    return int(_rows(statement, {**values, "most": most})[0][0])


def fact_audited(viewer: Viewer, fact_id: UUID) -> FactStanding:
    """One fact, its seal, and whether it still is what was sealed (six queries).

    Raises NotFound: there is none for this viewer, or the viewer is no auditor.
    """
    where, values = _in_sight(viewer)
    statement = f"SELECT {_COLUMNS} FROM history_fact fact WHERE fact.id = %(id)s AND {where}"
    rows = _rows(statement, {**values, "id": fact_id}) if viewer.may(Permission.AUDIT) else []
    if not rows:
        raise NotFound
    stored, under = facts_by_id([fact_id])[fact_id], sealed_under(fact_id)
    holds = under is None or leaf_of(under.head.algorithm, stored.canonical) == under.leaf
    return FactStanding(_named(rows)[0], stored.canonical, under, holds)


def units_audited(viewer: Viewer, unit_ids: Iterable[UUID | None]) -> set[UUID | None]:
    """Which of some units stand in the viewer's audit; at the top nobody's acts as well."""
    wanted = set(unit_ids)
    if not viewer.may(Permission.AUDIT):
        return set()
    rows = _rows(
        "SELECT unit.id FROM organisations_unit unit JOIN organisations_region_within place"
        " ON place.region_id = unit.region_id WHERE place.ancestor_id = %(region)s AND unit.id = ANY(%(units)s)",
        {"region": viewer.region_id, "units": [one for one in wanted if one]},
    )
    return {row[0] for row in rows} | ({None} & wanted if viewer.is_root else set())


def _where(viewer: Viewer, filters: AuditFilters) -> tuple[str, dict[str, Any]]:
    where, values = _in_sight(viewer)
    parts = [where, "fact.at >= %(since)s", "fact.at < %(until)s"]
    values |= {"since": filters.since, "until": filters.until}
    if filters.kind:
        parts.append("fact.kind = %(kind)s")
        values["kind"] = filters.kind
    if filters.person:
        parts.append(
            "fact.person_id IN (SELECT id FROM organisations_person WHERE name = %(person)s OR login = %(person)s)"
        )
        values["person"] = filters.person
    if filters.unit:
        parts.append("fact.unit_id IN (SELECT id FROM organisations_unit WHERE name LIKE %(unit)s OR short LIKE %(unit)s)")
        values["unit"] = f"%{_plain(filters.unit)}%"
    if filters.thing:
        parts.append("(fact.thing_id::text = %(thing)s OR fact.body ->> 'number' = %(thing)s)")
        values["thing"] = filters.thing
    return " AND ".join(parts), values


def _in_sight(viewer: Viewer) -> tuple[str, dict[str, Any]]:
    if not first_wall_stands():
        return "true", {}
    nobodys = " OR fact.unit_id IS NULL" if viewer.is_root else ""
    return f"{_OF_TERRITORY}{nobodys})", {"region": viewer.region_id}


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _named(rows: Sequence[Any]) -> list[AuditedFact]:
    people, posts = person_names(row[5] for row in rows), post_titles(row[6] for row in rows)
    units = unit_names(row[7] for row in rows)
    return [_fact(row, people.get(row[5], ""), posts.get(row[6], ""), units.get(row[7], "")) for row in rows]


def _fact(row: Sequence[Any], person: str, post: str, unit: str) -> AuditedFact:
    fact_id, at, kind, thing_kind, thing_id, *_ids, via, request_id, body, digests = row
    told = _json(body)
    number = str(told.get("number") or "")
    return AuditedFact(
        fact_id, at, kind, thing_kind, thing_id, number, person, post, unit, via, request_id, told,
        tuple(sorted(_json(digests))),
    )


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
