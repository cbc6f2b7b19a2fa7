"""The problems behind a hot spot or a theme: a page by key, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.hurting.coming import EVERYTHING, Narrowed, coming
from zhitong.domain.analysis.queries.hurting.hurting import category_labels
from zhitong.domain.analysis.queries.overseeing import overseen
from zhitong.domain.analysis.queries.timing.timing import span_for
from zhitong.domain.calendars.rules import Period
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.rules.kinds import State

EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Which problems are listed: those that came in a region, in a period, narrowed; `word` is one that they say."""

    region_id: UUID
    period: Period
    narrowed: Narrowed = EVERYTHING
    word: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A problem that came, as the list shows it; `industry` is its subject's."""

    id: UUID
    number: str
    subject_name: str
    industry: str
    category_label: str
    region: str
    state: State
    submitted_at: datetime
    excerpt: str


_ROWS = """
SELECT id, industry, submitted_at, kind, category FROM asked WHERE {says} {beyond}
ORDER BY submitted_at {way}, id {way} LIMIT %(limit)s
"""
_SAYS = "NOT unnamed AND position(%(word)s in replace(text, subject_name, ' ')) > 0"
"""A firm that says the word only within its own name does not say it."""


def came_for(
    viewer: Viewer, asked: Asked, now: datetime, *, turned: bool = False, after: tuple[Any, ...] | None = None, limit: int = 50
) -> list[Came]:
    """Up to `limit` problems after the key (submitted at, id); `turned` reads from the other end. Five queries.

    Raises NotFound, BadInput: as `hurting`.
    """
    clause, parameters = _source(viewer, asked, now)
    way, beyond = ("ASC", ">") if turned else ("DESC", "<")
    says = _SAYS if asked.word else "true"
    after_key = f"AND (submitted_at, id) {beyond} (%(after_at)s, %(after_id)s)" if after else ""
    if after:
        parameters |= {"after_at": after[0], "after_id": after[1]}
    with connection.cursor() as cursor:
        cursor.execute(
            clause + _ROWS.format(says=says, beyond=after_key, way=way), {**parameters, "word": asked.word, "limit": limit}
        )
        names = [one.name for one in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return _told(viewer, rows)


def count_of_came(viewer: Viewer, asked: Asked, now: datetime, *, most: int) -> int:
    """How many those are, counted up to `most`. One query.

    Raises NotFound, BadInput: as `hurting`.
    """
    clause, parameters = _source(viewer, asked, now)
    says = _SAYS if asked.word else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{clause} SELECT count(*) FROM (SELECT 1 FROM asked WHERE {says} LIMIT %(most)s) AS counted",
            {**parameters, "word": asked.word, "most": most},
        )
        return int(cursor.fetchone()[0])


def _source(viewer: Viewer, asked: Asked, now: datetime) -> tuple[str, dict[str, Any]]:
    seen, span = overseen(viewer, asked.region_id), span_for(asked.period, now, None)
    return coming(seen, asked.narrowed, span.since, span.until)


def _told(viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> list[Came]:
    heads, labels = heads_for(viewer, ids=[row["id"] for row in rows]), category_labels()
    return [_came(row, heads[row["id"]], labels) for row in rows if row["id"] in heads]


def _came(row: Mapping[str, Any], head: ProblemHead, labels: Mapping[tuple[str, str], str]) -> Came:
    return Came(
        row["id"], head.standing.number, head.subject_name, row["industry"],
        labels.get((row["kind"], row["category"]), row["category"]),
        directory().regions[head.standing.region_id].name, head.standing.state, row["submitted_at"], head.text[:EXCERPT],
    )
