"""How long each stage may take: rows read from top to bottom, the first that fits gives the limit. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zhitong.domain.calendars.rules import Calendar, Due, LimitUnit, due_after, warn_before
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import Stage, Urgency


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: what it does not ask fits all. `amount` in working days, or minutes inside office hours."""

    stage: Stage
    amount: int
    unit: LimitUnit
    asks: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def fits(self, stage: Stage, case: Case) -> bool:
        """Whether this row speaks of such a case at this stage."""
        traits = {
            "category": {case.category}, "rank": {case.rank.value}, "urgency": {case.urgency.value}, "region": case.regions,
        }
        return self.stage is stage and all(traits.get(name, frozenset()) & wanted for name, wanted in self.asks.items())


@dataclass(frozen=True, slots=True)
class Case:
    """What limits ask of a problem: its category, the rank of the accountable unit's region, its urgency, and the codes of
    that region and all above it."""

    category: str
    rank: Rank
    urgency: Urgency
    regions: frozenset[str] = frozenset()


def case_of(category: str, urgency: Urgency, path: Sequence[RegionEntry]) -> Case:
    """The case of a problem at a level; `path` are the level's region and all above it, root first."""
    return Case(category, path[-1].rank, urgency, frozenset(region.code for region in path))


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit set running at `since`: when it falls due, when to warn, and whether an unpublished year was needed."""

    stage: Stage
    since: datetime
    due_at: datetime
    warn_at: datetime
    is_provisional: bool


def limit_for(limits: Sequence[Limit], stage: Stage, case: Case) -> Limit | None:
    """The first row that fits; None when the stage has no limit."""
    return next((row for row in limits if row.fits(stage, case)), None)


def start_clock(limits: Sequence[Limit], stage: Stage, case: Case, *, at: datetime, calendar: Calendar) -> Clock | None:
    """Set a stage's limit running at `at`; None when the stage has no limit."""
    limit = limit_for(limits, stage, case)
    if limit is None:
        return None
    due = due_of(limit, at, calendar)
    return Clock(stage, at, due.at, warn_before(due, at, calendar), due.is_provisional)


def due_of(limit: Limit, at: datetime, calendar: Calendar) -> Due:
    """When a limit that starts at `at` falls due, with the days counted."""
    return due_after(at, limit.amount, limit.unit, calendar)
