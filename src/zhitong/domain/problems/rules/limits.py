"""How long each stage may take: rows read from top to bottom, the first that fits gives the limit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.calendars.rules import Calendar, Due, LimitUnit, due_after, warn_before
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import Stage, Urgency


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: what it does not name (empty) is not asked. `amount` in working days, or minutes inside office hours."""

    stage: Stage
    amount: int
    unit: LimitUnit
    categories: frozenset[str] = frozenset()
    ranks: frozenset[Rank] = frozenset()
    urgencies: frozenset[Urgency] = frozenset()

    def fits(self, stage: Stage, category: str, rank: Rank, urgency: Urgency) -> bool:
        """Whether this row speaks of such a case."""
        return (
            self.stage is stage
            and (not self.categories or category in self.categories)
            and (not self.ranks or rank in self.ranks)
            and (not self.urgencies or urgency in self.urgencies)
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit set running: when it falls due, when to warn, and whether an unpublished year was needed."""

    stage: Stage
    due_at: datetime
    warn_at: datetime
    is_provisional: bool


def limit_for(limits: Sequence[Limit], stage: Stage, category: str, rank: Rank, urgency: Urgency) -> Limit | None:
    """The first row that fits; None when the stage has no limit."""
    return next((row for row in limits if row.fits(stage, category, rank, urgency)), None)


def start_clock(
    limits: Sequence[Limit], stage: Stage, *, category: str, rank: Rank, urgency: Urgency, at: datetime,
    calendar: Calendar,
) -> Clock | None:
    """Set a stage's limit running at `at`; None when the stage has no limit."""
    limit = limit_for(limits, stage, category, rank, urgency)
    if limit is None:
        return None
    due = due_of(limit, at, calendar)
    return Clock(stage, due.at, warn_before(due, at, calendar), due.is_provisional)


def due_of(limit: Limit, at: datetime, calendar: Calendar) -> Due:
    """When a limit that starts at `at` falls due, with the days counted."""
    return due_after(at, limit.amount, limit.unit, calendar)
