"""The served by words: names, former names, codes and initials, by the index where a territory is looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.kit.phrases import LEAST, phrases_of

MOST = 10_000
"""So many of those that hold the words are looked at, the newest."""

_BEST = """
SELECT best.subject, count(*) OVER ()
FROM (SELECT worded.subject, min(worded.grade) AS grade FROM subjects_worded(%s::text[], %s::uuid, %s) AS worded GROUP BY 1) AS best
ORDER BY best.subject IN (SELECT coded.id FROM subjects_subject coded WHERE coded.code = %s) DESC, best.grade, best.subject DESC
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Best:
    """Those of a territory and of one's care that words say best: by code, by name, the newest first; `count` of all, up to
    MOST."""

    ids: tuple[UUID, ...]
    count: int


def best_worded(words: str, region_id: UUID | None, *, limit: int) -> Best:
    """What the index gives to the viewer under way, ended ones with it, in one query; nothing for one sign alone."""
    phrases = phrases_of(words)
    with connection.cursor() as cursor:
        cursor.execute(_BEST, [list(phrases), region_id, MOST, "".join(phrases).upper(), limit])
        rows = cursor.fetchall()
    return Best(tuple(subject_id for subject_id, _count in rows), int(rows[0][1]) if rows else 0)


def rows_of(viewer: Viewer, best: Best) -> list[Subject]:
    """The rows of what was found, in its order: of the viewer's territory, or in the care of the viewer's unit (one query)."""
    rows = Subject.objects.filter(id__in=best.ids)
    if first_wall_stands() and directory().regions[viewer.region_id].parent_id is not None:
        cared = Care.objects.filter(unit_id=viewer.unit_id, until__isnull=True).values("subject_id")
        inside = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
        rows = rows.filter(Q(region_id__in=inside) | Q(id__in=cared))
    place = {subject_id: number for number, subject_id in enumerate(best.ids)}
    return sorted(rows, key=lambda row: place[row.id])


def worded(rows: QuerySet[Subject], words: str, lens: Lens, region_id: UUID | None) -> QuerySet[Subject]:
    """Rows narrowed to those that hold every phrase, in any order.

    By the index where it is a territory that is looked through; words that more than MOST hold are common enough to be
    met row by row.
    """
    phrases = phrases_of(words)
    if lens is Lens.TERRITORY and max(map(len, phrases), default=0) >= LEAST:
        found = best_worded(words, region_id, limit=MOST)
        if found.count < MOST:
            return rows.filter(id__in=found.ids)
    return rows.filter(holding(phrases)) if phrases else rows.none()


def holding(phrases: Sequence[str]) -> Q:
    """Rows that hold every phrase in name, code or initials, compared one by one."""
    asked = Q()
    for phrase in phrases:
        asked &= Q(name__icontains=phrase) | Q(code__icontains=phrase) | Q(initials__contains=phrase)
    return asked
