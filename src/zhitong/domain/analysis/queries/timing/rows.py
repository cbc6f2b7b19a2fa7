"""The single passages behind a figure of where time goes: a page by key, the longest first or the newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.overseeing import overseen
from zhitong.domain.analysis.queries.timing.timing import named_to, span_for
from zhitong.domain.analysis.queries.timing.ways import EVERYTHING, Narrowed, standing, ways
from zhitong.domain.calendars.rules import Period
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import Word

EXCERPT = 60


class Which(Word):
    """Which passages: those that ended in the period, or those that had not ended at the cut-off."""

    GONE = "gone", "已走出这一环节"
    STILL = "still", "仍在这一环节"


class RowOrder(Word):
    """The orders in which passages are listed."""

    LONGEST = "minutes", "最久的在前"
    NEWEST = "came_at", "最近开始的在前"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which passages are listed: of a region, in a period up to a cut-off, narrowed."""

    region_id: UUID
    period: Period
    at: datetime | None = None
    narrowed: Narrowed = EVERYTHING
    which: Which = Which.GONE


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a problem to a state. `minutes` are working ones, 0 while unmeasured or under way; `unit` is empty where
    the viewer may not name it; `next_act` is what ended it."""

    id: UUID
    number: str
    subject_name: str
    excerpt: str
    category_label: str
    region: str
    state: State
    unit: str
    came_at: datetime
    left_at: datetime | None
    minutes: int
    is_measured: bool
    is_late: bool
    next_act: Act | None


_GONE = (
    "SELECT id, problem_id, category, subject_kind, region_id, state, unit_id, came_at, until, coalesce(minutes, 0) AS minutes,"
    " minutes IS NOT NULL AS is_measured, is_late, next_act FROM gone WHERE {ends} AND {seen}"
)
_STILL = (
    "SELECT id, problem_id, category, subject_kind, region_id, state, unit_id, since AS came_at, NULL::timestamptz AS until,"
    " 0 AS minutes, false AS is_measured, coalesce(is_late, false) AS is_late, NULL AS next_act FROM still WHERE {seen}"
)
_SEEN = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = problem_id)"
"""A matter that has left the viewer's lines since is counted, and not listed."""


def passages_for(
    viewer: Viewer, asked: Asked, now: datetime, *, order: RowOrder = RowOrder.LONGEST, turned: bool = False,
    after: tuple[Any, ...] | None = None, limit: int = 50,
) -> list[Passage]:
    """Up to `limit` passages after the key (value of the order, id); `turned` reads from the other end. Four queries.

    Raises NotFound, BadInput: as `timing`.
    """
    clause, parameters = _source(viewer, asked, now)
    column, way = order.value, ("ASC", ">") if turned else ("DESC", "<")
    beyond = f"WHERE ({column}, id) {way[1]} (%(after_value)s, %(after_id)s)" if after else ""
    if after:
        parameters |= {"after_value": after[0], "after_id": after[1]}
    with connection.cursor() as cursor:
        cursor.execute(
            f"{clause} SELECT * FROM listed {beyond} ORDER BY {column} {way[0]}, id {way[0]} LIMIT %(limit)s",
            {**parameters, "limit": limit},
        )
        names = [one.name for one in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return _told(viewer, rows)


def count_of_passages(viewer: Viewer, asked: Asked, now: datetime, *, most: int) -> int:
    """How many those are, counted up to `most`. One query.

    Raises NotFound, BadInput: as `timing`.
    """
    clause, parameters = _source(viewer, asked, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{clause} SELECT count(*) FROM (SELECT 1 FROM listed LIMIT %(most)s) AS counted", {**parameters, "most": most}
        )
        return int(cursor.fetchone()[0])


def _source(viewer: Viewer, asked: Asked, now: datetime) -> tuple[str, dict[str, Any]]:
    """The WITH clause whose `listed` holds the passages asked for."""
    seen, span = overseen(viewer, asked.region_id), span_for(asked.period, now, asked.at)
    narrowed = named_to(viewer, asked.narrowed)
    if asked.which is Which.STILL:
        clause, parameters = standing(seen, narrowed, span.until)
        return f"{clause}, listed AS ({_STILL.format(seen=_SEEN)})", parameters
    clause, parameters = ways(seen, narrowed, span.since, span.until)
    listed = _GONE.format(ends="passes" if narrowed.stage else "leaves", seen=_SEEN)
    return f"{clause}, listed AS ({listed})", parameters


def _told(viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> list[Passage]:
    heads = heads_for(viewer, ids=[row["problem_id"] for row in rows])
    books = {campaign: rulebook(campaign) for campaign in {head.standing.campaign for head in heads.values()}}
    named = set(named_to(viewer, EVERYTHING).named)
    return [_passage(row, heads[row["problem_id"]], named, books) for row in rows if row["problem_id"] in heads]


def _passage(row: Mapping[str, Any], head: ProblemHead, named: set[UUID], books: Mapping[str, Rulebook]) -> Passage:
    here, unit_id = directory(), row["unit_id"]
    return Passage(
        id=row["id"], number=head.standing.number, subject_name=head.subject_name, excerpt=head.text[:EXCERPT],
        category_label=books[head.standing.campaign].label(row["subject_kind"], row["category"]),
        region=here.regions[row["region_id"]].name, state=State(row["state"]),
        unit=here.name_of(unit_id) if unit_id in named else "", came_at=row["came_at"], left_at=row["until"],
        minutes=int(row["minutes"]), is_measured=row["is_measured"], is_late=bool(row["is_late"]),
        next_act=Act(row["next_act"]) if row["next_act"] else None,
    )
