"""A target's forecast as it is kept: days ahead with value, interval and chance, the prospect, and what has to come. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Roads, best_rate
from zhitong.domain.analysis.rules.forecasting.grounds import (
    DEADLINE,
    Ahead,
    Ground,
    aheads_of,
    course_of,
    is_reached,
    scale_for,
    unknown_of,
)
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import (
    Foretold,
    Prospect,
    Unknown,
    foretell,
    per_month,
    prospect_of,
    severity,
)
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, Tried
from zhitong.domain.analysis.rules.forecasting.timetables import foretell_steps
from zhitong.domain.plans.rules import TargetForm
from zhitong.domain.plans.rules.lights import expected_figure, goal_number, share_of
from zhitong.domain.plans.rules.timetable import weighed_by

FINE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A day ahead in the target's own unit (in parts of the way where it has none), and the same as `shares` of the way:
    value, low, high. `per_month` is what has to come each month from the newest figure on, of what adds up."""

    code: str
    name: str
    on: date
    value: Decimal
    low: Decimal
    high: Decimal
    needed: Decimal | None
    needed_share: Decimal
    chance: Decimal | None
    per_month: Decimal | None
    shares: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Made:
    """A forecast made of a target: the prospect is by its deadline; without a prospect `unknown` says why."""

    prospect: Prospect
    unknown: Unknown | None = None
    chance: Decimal | None = None
    steps: tuple[StepAhead, ...] = ()
    method: Method | None = None
    tried: Tried | None = None
    trials: int = 0
    mean_error: Decimal | None = None
    best_month: Decimal | None = None

    @property
    def last(self) -> StepAhead | None:
        """The deadline, where something was foretold of it."""
        return next((one for one in self.steps if one.code == DEADLINE), None)

    @property
    def severity(self) -> Decimal:
        """The order of a list, the worst highest."""
        return _fine(severity(self.prospect, None if self.chance is None else float(self.chance)))


def make(ground: Ground, chosen: Chosen | None, roads: Roads, *, late: tuple[Sequence[int], Tried], today: date) -> Made:
    """The forecast of a target. `chosen` is the method for its indicator (None: it has no course), `late` how late
    milestones usually are and on what that was tried, `today` the day on which it is made."""
    unknown = unknown_of(ground)
    if is_reached(ground) and (unknown is not None or _is_over(ground)):
        return Made(Prospect.REACHES, chance=Decimal(1))
    if unknown is not None:
        return Made(Prospect.UNKNOWN, unknown)
    if _is_over(ground):
        return Made(Prospect.MISSES, chance=Decimal(0))
    aheads = aheads_of(ground, roads)
    if ground.in_shares:
        return _by_timetable(ground, aheads, late, today)
    course = course_of(ground, roads)
    if course is None or chosen is None:
        return Made(Prospect.UNKNOWN, Unknown.NO_FIGURE)
    return _by_course(ground, course, chosen, aheads)


def _is_over(ground: Ground) -> bool:
    return ground.newest is not None and ground.newest.period_end >= ground.deadline


def _by_course(ground: Ground, course: Course, chosen: Chosen, aheads: Sequence[Ahead]) -> Made:
    scale, adds_up = scale_for(ground), course.family is Family.RISING
    best = best_rate(course.points) if adds_up else None
    steps = []
    for ahead in aheads:
        found = foretell(course, chosen, ahead.when, ahead.needed)
        wanted = per_month(course, ahead.when, ahead.needed) if adds_up and ahead.needed is not None else None
        value, low, high = (scale.figure(one) for one in (found.value, found.low, found.high))
        steps.append(StepAhead(
            ahead.code, ahead.name, ahead.when.day, value, low, high,
            None if ahead.needed is None else scale.figure(ahead.needed), _fine(ahead.share), _maybe(found.chance),
            None if wanted is None else _fine(wanted * float(scale.size)), _shares(ground, value, low, high),
        ))
    chance = next((one.chance for one in steps if one.code == DEADLINE), None)
    return Made(
        prospect_of(None if chance is None else float(chance)), None, chance, tuple(steps), chosen.method, chosen.tried,
        chosen.trials, _maybe(chosen.mean_error), None if best is None else _fine(best * float(scale.size)),
    )


def _by_timetable(ground: Ground, aheads: Sequence[Ahead], late: tuple[Sequence[int], Tried], today: date) -> Made:
    days, tried = late
    steps = []
    for ahead in aheads:
        found = foretell_steps(ground.steps, ground.waits, days, today=today, ahead=ahead.when, needed=ahead.needed)
        if found is not None:
            steps.append(_in_shares(ahead, found))
    chance = next((one.chance for one in steps if one.code == DEADLINE), None)
    prospect = prospect_of(None if chance is None else float(chance))
    return Made(prospect, None, chance, tuple(steps), Method.TIMETABLE, tried, len(days) if tried is not Tried.NOTHING else 0)


def _in_shares(ahead: Ahead, found: Foretold) -> StepAhead:
    value, low, high = _fine(found.value), _fine(found.low), _fine(found.high)
    return StepAhead(
        ahead.code, ahead.name, ahead.when.day, value, low, high, _maybe(ahead.needed), _fine(ahead.share),
        _maybe(found.chance), None, (value, low, high),
    )


def _shares(ground: Ground, value: Decimal, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Figures as parts of the way, as lights reckon them."""
    asked = ground.asked()
    return share_of(asked, value).quantize(FINE), share_of(asked, low).quantize(FINE), share_of(asked, high).quantize(FINE)


def goal_of(ground: Ground) -> Decimal:
    """The number to reach, as it stands by the newest figures; the whole where it is told in parts of the way."""
    return Decimal(1) if ground.in_shares else goal_number(ground.asked())


def actual_of(ground: Ground, today: date) -> Decimal | None:
    """What is known of it: its newest figure, or the part of its timetable that is done; a stage has no number."""
    if ground.aim.form is TargetForm.MILESTONE:
        share = weighed_by(ground.steps, today).share_done
        return None if share is None else share.quantize(FINE)
    return ground.newest.value if ground.newest else None


def expected_of(ground: Ground, roads: Roads, today: date) -> Decimal | None:
    """What should have come by a day, in its own unit; milestones without a curve of their own ask for those promised by then."""
    share = Decimal(repr(roads.due(ground.points, today)))
    if ground.aim.form is TargetForm.MILESTONE:
        due = weighed_by(ground.steps, today).share_due
        return share if due is None else due.quantize(FINE)
    if ground.in_shares:
        return share
    expected = expected_figure(ground.asked(share))
    return None if expected is None else expected.quantize(FINE)


def _fine(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(FINE)


def _maybe(value: float | None) -> Decimal | None:
    return None if value is None else _fine(value)
