"""What was settled last in a region: which matter, where and how fast, with nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.spread import category_labels
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.domain.progress.queries.watching import watched_region

LOOKED_BACK = timedelta(days=30)
"""What was settled earlier is no news; no reading goes further back."""

_TOLD = "problem.subject_kind, problem.category, problem.region_id, problem.outcome, problem.submitted_at, problem.ended_at, problem.id"
_SETTLED = f"""
SELECT {_TOLD} FROM problems_problem problem
WHERE problem.state = 'closed' AND problem.ended_at > %(since)s AND problem.ended_at <= %(now)s
  AND NOT problem.confidential AND NOT problem.recorded {{lines}} {{region}}
ORDER BY problem.ended_at DESC, problem.id DESC LIMIT %(limit)s
"""
_BY_REGION = f"""
SELECT problem.* FROM organisations_region_within within CROSS JOIN LATERAL ({_SETTLED}) AS problem
WHERE within.ancestor_id = %(region)s ORDER BY problem.ended_at DESC, problem.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """A problem closed off. `region` is the one directly below that asked for, or that itself: no narrower place is told."""

    category: str
    region: RegionEntry
    outcome: Outcome
    submitted_at: datetime
    ended_at: datetime


def newest_settled(viewer: Viewer, region_id: UUID, now: datetime, *, limit: int = 8) -> list[Settled]:
    """The problems of a region closed off last, at most 30 days ago, newest first (three queries, by the indexes of closings).

    Without confidential ones and those written down afterwards; viewers of a line get their lines.

    Raises NotFound: the region is not the viewer's to watch.
    """
    whole = watched_region(viewer, region_id)
    asked: dict[str, Any] = {
        "since": now - LOOKED_BACK, "now": now, "region": whole.id, "limit": limit, "lines": list(viewer.line_ids),
    }
    lines = "" if viewer.reach is Reach.SUBTREE else "AND problem.line_id = ANY(%(lines)s::uuid[])"
    statement = _SETTLED if whole.parent_id is None else _BY_REGION
    of_region = "" if whole.parent_id is None else "AND problem.region_id = within.region_id"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(lines=lines, region=of_region), asked)
        rows = cursor.fetchall()
    named = category_labels()
    return [
        Settled(named(kind, category), _told(whole, place), Outcome(outcome), submitted_at, ended_at)
        for kind, category, place, outcome, submitted_at, ended_at, _id in rows
    ]


def _told(whole: RegionEntry, place_id: UUID) -> RegionEntry:
    """The region on the way to a place that may be named: the one directly below the whole."""
    path = directory().path(place_id)
    return path[min(path.index(whole) + 1, len(path) - 1)]
