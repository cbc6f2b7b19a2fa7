"""Targets reached by milestones: carried forward by the timetable's own days and by how late milestones usually are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from zhitong.domain.analysis.rules.forecasting.courses import When
from zhitong.domain.analysis.rules.forecasting.prospects import HIGH, LOW, Foretold
from zhitong.domain.analysis.rules.forecasting.testing import Tried
from zhitong.domain.plans.rules.timetable import Step, Wait, outlooks

ENOUGH = 10
"""So many milestones done are needed before their lateness speaks."""
USUAL = (0, 0, 0, 0, 7, 7, 15, 15, 30, 60)
"""Days late where too few are done; our own setting (本系统设定)."""


def known_by(steps: Iterable[Step], day: date) -> list[Step]:
    """A timetable as it stood on a day: what was done or begun later is still open."""
    return [
        replace(
            one, done_on=one.done_on if one.done_on and one.done_on <= day else None,
            begun_on=one.begun_on if one.begun_on and one.begun_on <= day else None,
        )
        for one in steps
    ]


def lateness(timetables: Iterable[Sequence[Step]]) -> tuple[tuple[int, ...], Tried]:
    """How many days after the day first promised milestones were done, the fewest first; nought where they came in time."""
    days = sorted(
        max(0, (one.done_on - one.first_due_on).days) for steps in timetables for one in steps if one.done_on and not one.is_dropped
    )
    return (tuple(days), Tried.PLAN) if len(days) >= ENOUGH else (USUAL, Tried.NOTHING)


def foretell_steps(
    steps: Sequence[Step], waits: Iterable[Wait], late: Sequence[int], *, today: date, ahead: When, needed: float | None
) -> Foretold | None:
    """How much of a timetable will be done by a day, by weight; None where it has no milestones.

    Each open milestone is done on the earliest day it now can be, and later by what is usual; the whole timetable is
    carried forward once for every lateness known.
    """
    kept = [one for one in steps if not one.is_dropped]
    if not kept:
        return None
    earliest = {key: one.earliest_on for key, one in outlooks(kept, waits, today).items()}
    found = sorted((_share(kept, earliest, days, ahead.day) for days in late), reverse=True)
    value, low, high = found[len(found) // 2], found[round(HIGH * (len(found) - 1))], found[round(LOW * (len(found) - 1))]
    chance = None if needed is None else _chance(found, needed, _share(kept, {}, 0, today))
    return Foretold(ahead, value, low, high, needed, chance)


def _share(steps: Sequence[Step], earliest: Mapping[UUID, date], days: int, on: date) -> float:
    """The part of the weight done by a day, when what is open comes so many days late."""
    whole = sum(one.weight for one in steps)
    done = sum(
        one.weight for one in steps
        if (one.done_on is not None and one.done_on <= on)
        or (one.id in earliest and earliest[one.id] + timedelta(days=days) <= on)
    )
    return float(done / whole) if whole else 0.0


def _chance(found: Sequence[float], needed: float, done: float) -> float:
    if done >= needed:
        return 1.0
    return (sum(share >= needed - 1e-9 for share in found) + 0.5) / (len(found) + 1)
