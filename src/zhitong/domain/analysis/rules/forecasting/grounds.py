"""What a forecast is made from: what was asked of a target, what was told of it, and the days ahead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Point, Roads, Scale, When, scale_of
from zhitong.domain.analysis.rules.forecasting.prospects import Unknown
from zhitong.domain.calendars.rules.periods import period_after, period_of
from zhitong.domain.plans.rules import Asked, Goal, TargetForm
from zhitong.domain.plans.rules.curves import Points
from zhitong.domain.plans.rules.lights import expected_figure, goal_number, is_met
from zhitong.domain.plans.rules.targets import CurveShape, Stage
from zhitong.domain.plans.rules.timetable import Step, Wait
from zhitong.domain.progress.rules.standings import Aim, Told

NEXT, DEADLINE = "next", "deadline"
"""The days ahead that are no gate: the end of the period after the newest one told, and the day of the target itself."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A day of the campaign's calendar ahead; `floor` is the part (0 to 1) of every task that is due by then."""

    code: str
    name: str
    on: date
    floor: Decimal | None


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a target's forecast rests on, as it was known on a day."""

    aim: Aim
    goal: Goal
    shape: CurveShape
    points: Points
    deadline: date
    told: tuple[Told, ...]
    gates: tuple[Gate, ...] = ()
    steps: tuple[Step, ...] = ()
    waits: tuple[Wait, ...] = ()

    @property
    def newest(self) -> Told | None:
        """What was told last."""
        return self.told[-1] if self.told else None

    @property
    def begin(self) -> date:
        """The day from which months are counted."""
        first = self.points[0][0]
        told = self.told[0].period_end if self.told else first
        return first if first < told else date(told.year, 1, 1)

    @property
    def family(self) -> Family:
        """Whether its figures add up or are held."""
        return Family.HELD if self.shape is CurveShape.LEVEL else Family.RISING

    @property
    def in_shares(self) -> bool:
        """Whether it is told in parts of the way, having no figure."""
        return self.aim.form in (TargetForm.MILESTONE, TargetForm.QUALITATIVE)

    def asked(self, share: Decimal = Decimal(1)) -> Asked:
        """What is asked when a part of the way is due; a formula's goal follows the newest figure that it rests on."""
        goal, newest = self.goal, self.newest
        if self.aim.form is TargetForm.FORMULA and self.aim.factor is not None and newest and newest.of_value:
            goal = Goal(goal.comparator, self.aim.factor * newest.of_value, None, goal.unit)
        return Asked(goal, self.aim.direction, self.aim.form, self.shape, share, self.deadline, self.aim.base)

    def digest(self, month: date) -> str:
        """A name for these grounds in a month: the same name, the same forecast. Of what nothing is known it never changes."""
        said = (
            self.goal, self.shape.value, self.points, self.deadline, self.aim.base, self.aim.factor,
            [(one.period, one.value, one.stage, one.of_value) for one in self.told],
            [(one.code, one.on, one.floor) for one in self.gates],
            [(one.id, one.due_on, one.begun_on, one.done_on, one.is_dropped) for one in self.steps],
            (month.year, month.month) if self.told or self.steps else None,
        )
        return sha256(repr(said).encode()).hexdigest()[:32]


def unknown_of(ground: Ground) -> Unknown | None:
    """Why nothing can be foretold of a target that is not reached; None where something can."""
    newest = ground.newest
    if ground.aim.form is TargetForm.MILESTONE:
        return None if any(not one.is_dropped for one in ground.steps) else Unknown.NO_MILESTONES
    if newest is None:
        return Unknown.NO_FIGURE
    if ground.aim.form is TargetForm.QUALITATIVE:
        return Unknown.QUALITATIVE
    if ground.aim.form is TargetForm.FORMULA and not newest.of_value:
        return Unknown.NO_BASIS
    return Unknown.ONCE if ground.shape is CurveShape.STEP else None


def is_reached(ground: Ground) -> bool:
    """Whether what was told last is enough already."""
    newest = ground.newest
    if newest is None:
        return False
    if newest.value is None:
        return newest.stage == str(Stage.DONE)
    return is_met(ground.asked(), newest.value)


def scale_for(ground: Ground) -> Scale:
    """Between its figures and parts of its goal."""
    return scale_of(goal_number(ground.asked()), ground.aim.base)


def course_of(ground: Ground, roads: Roads) -> Course | None:
    """What was told as a course; None where nothing can be carried forward."""
    if ground.in_shares or ground.shape is CurveShape.STEP:
        return None
    scale = scale_for(ground)
    points = tuple(
        Point(roads.when(ground.points, one.period_end, ground.begin), part)
        for one in ground.told if (part := _part(ground, one, scale)) is not None
    )
    if not points:
        return None
    return Course(points, ground.family, scale.part(goal_number(ground.asked())), ground.aim.direction.value == "down")


def _part(ground: Ground, told: Told, scale: Scale) -> float | None:
    """A figure as a part of the goal; a formula's by the goal of its own period."""
    if told.value is None:
        return None
    if ground.aim.form is not TargetForm.FORMULA:
        return scale.part(told.value)
    if not told.of_value or not ground.aim.factor:
        return None
    return float(told.value / abs(ground.aim.factor * told.of_value))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day ahead with what is needed by then: as a part of the goal, and as a part of the way."""

    code: str
    name: str
    when: When
    needed: float | None
    share: float


def aheads_of(ground: Ground, roads: Roads) -> list[Ahead]:
    """The days ahead by day: the next period's end, the gates until the deadline, the deadline; none beyond it."""
    since = ground.newest.period_end if ground.newest else None
    days = [(DEADLINE, "", ground.deadline), *((one.code, one.name, one.on) for one in ground.gates if one.on < ground.deadline)]
    if since is not None and ground.newest and ground.newest.period:
        following = period_after(period_of(ground.newest.period))
        days += [(NEXT, following.words, following.last)] if following.last < ground.deadline else []
    return [
        _ahead(ground, code, name, day, roads)
        for code, name, day in sorted(days, key=lambda one: (one[2], one[0] == DEADLINE)) if since is None or day > since
    ]


def _ahead(ground: Ground, code: str, name: str, day: date, roads: Roads) -> Ahead:
    when = roads.when(ground.points, day, ground.begin)
    floors = [one.floor for one in ground.gates if one.floor is not None and one.on <= day]
    share = Decimal(1) if code == DEADLINE else max([Decimal(repr(when.due)), *floors])
    needed: float | None = float(share)
    if not ground.in_shares:
        expected = expected_figure(ground.asked(share))
        needed = None if expected is None or share <= 0 else scale_for(ground).part(expected)
    return Ahead(code, name, when, needed, float(share))
