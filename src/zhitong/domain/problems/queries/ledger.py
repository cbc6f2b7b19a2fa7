"""How the ledger stands: all, open, overdue, closed off this month, of exactly the rows that it lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import Filters, count_for
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.tallies.queries import counts
from zhitong.kit.clock import SHANGHAI, day_of


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """Figures of a ledger; one beyond COUNTED_TO means more, but where `is_exact` says that they come from the kept counts."""

    all: int
    open: int
    overdue: int
    closed_this_month: int
    is_exact: bool = False


def ledger_figures(viewer: Viewer, lens: Lens, filters: Filters, *, now: datetime) -> LedgerFigures:
    """The figures of the rows that a lens and its filters hold: four bounded counts by index.

    A whole territory's first two are exact, from the kept counts, confidential ones with it.
    Raises NotFound: the viewer has no such lens, or the region asked for lies outside it.
    """

    def count(asked: Filters) -> int:
        return count_for(viewer, lens, asked, now=now)

    late = count(replace(filters, light=Light.OVERDUE)) if filters.light in (None, Light.OVERDUE) else 0
    closed = count(replace(filters, closed_since=month_of(now)))
    if _is_whole(viewer, lens, filters):
        every, still_open = _kept(viewer)
        return LedgerFigures(every, still_open, late, closed, True)
    states = tuple(state for state in OPEN_STATES if not filters.states or state in filters.states)
    return LedgerFigures(count(filters), count(replace(filters, states=states)) if states else 0, late, closed)


def month_of(now: datetime) -> datetime:
    """The beginning of the month of a moment."""
    return datetime.combine(day_of(now).replace(day=1), time(), SHANGHAI)


def _is_whole(viewer: Viewer, lens: Lens, filters: Filters) -> bool:
    return lens is Lens.TERRITORY and viewer.reach is Reach.SUBTREE and filters == Filters()


def _kept(viewer: Viewer) -> tuple[int, int]:
    every = still_open = 0
    for cut in (cuts.STATES, cuts.CONFIDENTIAL):
        for (_region, state), number in counts(cut, [viewer.region_id], by=("state",)).items():
            every += number
            still_open += number if State(str(state)) in OPEN_STATES else 0
    return every, still_open
