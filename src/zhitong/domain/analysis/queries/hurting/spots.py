"""Hot spots: what came by industry, region and category, and how many firms of each industry each region has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.hurting.coming import Narrowed, coming
from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.analysis.rules.hurting.expecting import Cell
from zhitong.domain.analysis.rules.spans import Span
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.rules.kinds import SubjectKind

_COUNTED = """
SELECT place.ancestor_id, industry, kind, category, count(*), count(DISTINCT firm)
FROM asked JOIN organisations_region_within place ON place.region_id = asked.region_id
WHERE place.ancestor_id = ANY(%(places)s) OR (place.ancestor_id = asked.region_id AND asked.region_id = %(region)s)
GROUP BY 1, 2, 3, 4
"""
_REGISTERED = """
SELECT place.ancestor_id, coalesce(nullif(industry, ''), kind), count(*)
FROM subjects_subject subject JOIN organisations_region_within place ON place.region_id = subject.region_id
WHERE ended_on IS NULL
  AND (place.ancestor_id = ANY(%(places)s) OR (place.ancestor_id = subject.region_id AND subject.region_id = %(region)s))
GROUP BY 1, 2
"""

Key = tuple[UUID, str, str, str]


def places_of(seen: Overseen) -> list[UUID]:
    """The regions that are held against each other: those below, or the region itself where none lies below.

    What was reported in the region itself is held against them as one place more.
    """
    return [one.id for one in directory().children(seen.region.id)] or [seen.region.id]


def cells_of(seen: Overseen, narrowed: Narrowed, span: Span) -> tuple[list[Cell], int, int]:
    """What came in the span by cell, with the same of the period before; and how many came in all, now and before.

    Two statements, bounded by what came.
    """
    places = places_of(seen)
    now = _counted(seen, narrowed, places, span.since, span.until)
    last = _counted(seen, narrowed, places, span.since_before, span.until_before)
    cells = [
        Cell(region_id, industry, kind, category, came, firms, last.get((region_id, industry, kind, category), (0, 0))[0])
        for (region_id, industry, kind, category), (came, firms) in now.items()
    ]
    return cells, sum(came for came, _firms in now.values()), sum(came for came, _firms in last.values())


def registered(seen: Overseen) -> dict[tuple[UUID, str], int]:
    """The firms of the registry by region below and industry; who has none counts by its kind. One statement."""
    labels: Mapping[str, str] = {kind.value: kind.label for kind in SubjectKind}
    found: dict[tuple[UUID, str], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(_REGISTERED, {"places": places_of(seen), "region": seen.region.id})
        for region_id, industry, count in cursor.fetchall():
            found[region_id, labels.get(industry, industry)] += count
    return dict(found)


def _counted(
    seen: Overseen, narrowed: Narrowed, places: Sequence[UUID], since: datetime, until: datetime
) -> dict[Key, tuple[int, int]]:
    clause, parameters = coming(seen, narrowed, since, until)
    with connection.cursor() as cursor:
        cursor.execute(clause + _COUNTED, {**parameters, "places": list(places)})
        return {(region_id, trade, kind, code): (came, firms) for region_id, trade, kind, code, came, firms in cursor.fetchall()}
