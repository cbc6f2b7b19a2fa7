"""Problems found by words: ranked by number, by name, then the newest; through the viewer's own lens."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhitong.domain.finding.queries.asking import COUNTED_TO, Asked, Group, Hit, notes_of
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import (
    Filters,
    Order,
    Page,
    ProblemRow,
    beginning_of,
    count_for,
    problems_for,
)
from zhitong.domain.problems.queries.wording import MOST, how_many_found
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.kit.clock import SHANGHAI, day_of


def problems_found(
    viewer: Viewer, asked: Asked, *, now: datetime, order: Order = Order.BEST, turned: bool = False,
    after: tuple[str, str] | None = None, limit: int = 50,
) -> Page:
    """A page of the problems that hold the words: two queries more than names need, whatever the number of rows.

    Raises NotFound: the region asked for lies outside the viewer's own.
    """
    return problems_for(
        viewer, lens_for(viewer), _filters(asked), now=now, order=order, turned=turned, after=after, limit=limit
    )


def problems_counted(viewer: Viewer, asked: Asked, *, now: datetime, most: int = COUNTED_TO + 1) -> int:
    """How many those are, counted up to `most`."""
    return count_for(viewer, lens_for(viewer), _filters(asked), now=now, most=most)


def problems_cut(viewer: Viewer, asked: Asked) -> bool:
    """Whether the words are so common that only the newest problems with them are ranked."""
    return how_many_found(viewer, asked.words, asked.region_id) >= MOST


def problem_group(viewer: Viewer, asked: Asked, limit: int, now: datetime) -> Group:
    """The first of them, and how many there are."""
    first = beginning_of(viewer, lens_for(viewer), _filters(asked), now=now, limit=limit)
    return Group(FoundKind.PROBLEM, tuple(_hit(row) for row in first.rows), first.count, first.held >= MOST)


def lens_for(viewer: Viewer) -> Lens:
    """The lens that holds all the viewer may see."""
    lenses = lenses_of(viewer)
    return Lens.ALL if Lens.ALL in lenses else lenses[0]


def _filters(asked: Asked) -> Filters:
    return Filters(
        states=asked.states, region_id=asked.region_id, words=asked.words,
        submitted_since=_begin(asked.since) if asked.since else None,
        submitted_before=_begin(asked.until + timedelta(days=1)) if asked.until else None,
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _hit(row: ProblemRow) -> Hit:
    notes = notes_of(row.number, row.state.label, row.unit or row.level, f"{day_of(row.submitted_at).isoformat()}提交")
    return Hit(FoundKind.PROBLEM, row.number, row.subject_name or row.category_label, notes, row.excerpt)
