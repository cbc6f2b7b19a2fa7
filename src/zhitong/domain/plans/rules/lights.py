"""How far is far enough: the light of a target from its figure and what was expected by the day, with the rule in words.

Pure, and the same for every form of target: a figure, a formula, milestones or a stage all become a share of the way,
which is held against the share that was expected. What is missing stays missing: it is never red and never nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from zhitong.domain.plans.rules.plan import Comparator, Direction, Goal
from zhitong.domain.plans.rules.targets import CurveShape, Stage, TargetForm
from zhitong.kit.choices import Word


class Light(Word):
    """How a target stands; never shown by colour alone."""

    DONE = "done", "已完成"
    GREEN = "green", "正常"
    AMBER = "amber", "偏慢"
    RED = "red", "滞后"
    NONE = "none", "未报"
    AHEAD = "ahead", "未到报送期"


JUDGED = (Light.DONE, Light.GREEN, Light.AMBER, Light.RED)
"""The lights that say something of progress; the others say that nothing is known."""
SET_BY_HAND = (Light.GREEN, Light.AMBER, Light.RED)
"""What the level above may set beside the computed one."""


@dataclass(frozen=True, slots=True)
class LightRule:
    """Thresholds of a campaign. Ratios are done ÷ expected progress; `mended` is what a target shows in the first period
    after a red one; `stages` the share of the way that a stage stands for; `gates` the days on which targets are read."""

    green_from: Decimal
    amber_from: Decimal
    overdue: Light
    mended: Light
    stages: Mapping[Stage, Decimal]
    gates: tuple[str, ...] = ()
    source: str = ""


USUAL = LightRule(
    Decimal(1), Decimal("0.9"), Light.RED, Light.AMBER,
    {
        Stage.NOT_BEGUN: Decimal(0), Stage.BEGUN: Decimal("0.25"), Stage.ADVANCING: Decimal("0.5"),
        Stage.NEARLY: Decimal("0.9"), Stage.DONE: Decimal(1),
    },
    source="本系统设定",
)
"""Where a campaign says nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a target: the goal by its day, and the share of the way expected by the day it is looked at.

    `base` is where the count began (None: from nothing).
    """

    goal: Goal
    direction: Direction
    form: TargetForm
    shape: CurveShape
    expected_share: Decimal
    deadline: date
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What is known: a figure, or for milestones and stages the share of the way; `said` is that in words.

    Neither means that nothing was reported; `why_missing` says more where that is not the reason.
    """

    actual: Decimal | None = None
    share: Decimal | None = None
    said: str = ""
    why_missing: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether nothing is known."""
        return self.actual is None and self.share is None


@dataclass(frozen=True, slots=True)
class Judged:
    """A light with the rule in words; `share` 1 is the target, `expected` in the unit of the figure."""

    light: Light
    words: str
    share: Decimal | None = None
    expected: Decimal | None = None
    is_mended: bool = field(default=False)


def light_of(asked: Asked, came: Came, rule: LightRule, *, on: date, is_due: bool, was_red: bool = False) -> Judged:
    """The light of a target on a day: what came of what was asked, by a campaign's rule.

    `is_due` says whether the report was due by now, `was_red` how it stood when it was last known.
    """
    expected = expected_figure(asked)
    if came.is_missing:
        return _missing(asked, came, expected, is_due)
    share = came.share if came.actual is None else share_of(asked, came.actual)
    assert share is not None, "what is not missing has a share"
    reached = share >= 1 if came.actual is None else is_met(asked, came.actual)
    head = f"实际{came.said or figure_words(came.actual, asked.goal.unit)}，{_asked_words(asked, expected)}"
    light, why = _light(asked, share, reached, rule, on)
    if was_red and light is Light.GREEN:
        shown = f"{why}；上期滞后，本期补上" + ("" if rule.mended is light else f"，先显示{rule.mended.label}")
        return Judged(rule.mended, f"{head}，{shown}：{rule.mended.label}", share, expected, is_mended=True)
    return Judged(light, f"{head}，{why}：{light.label}", share, expected)


def _light(asked: Asked, share: Decimal, reached: bool, rule: LightRule, on: date) -> tuple[Light, str]:
    """The light, and why."""
    is_held = asked.shape is CurveShape.LEVEL
    if reached and (not is_held or on >= asked.deadline):
        return Light.DONE, "已达到目标"
    if reached:
        return Light.GREEN, f"达到要求，保持到{_day(asked.deadline)}"
    if on >= asked.deadline:
        return rule.overdue, "到期没有达到"
    if asked.expected_share <= 0:
        return Light.GREEN, "还没有到要求进度的时候"
    ratio = share / asked.expected_share
    said = f"完成进度的{percent_words(ratio)}"
    if ratio >= rule.green_from:
        return Light.GREEN, f"{said}，不低于{percent_words(rule.green_from)}"
    if ratio >= rule.amber_from:
        return Light.AMBER, f"{said}，在{percent_words(rule.amber_from)}与{percent_words(rule.green_from)}之间"
    return Light.RED, f"{said}，低于{percent_words(rule.amber_from)}"


def _missing(asked: Asked, came: Came, expected: Decimal | None, is_due: bool) -> Judged:
    why = came.why_missing or ("已过报送时间，没有数据" if is_due else "还没有到报送时间")
    light = Light.NONE if is_due else Light.AHEAD
    return Judged(light, f"{why}，{_asked_words(asked, expected)}：{light.label}", None, expected)


def goal_number(asked: Asked) -> Decimal:
    """The one number that counts as the goal: of a range its near end."""
    goal = asked.goal
    if goal.comparator is Comparator.RANGE and asked.direction is Direction.DOWN and goal.upper is not None:
        return goal.upper
    return goal.value


def is_met(asked: Asked, actual: Decimal) -> bool:
    """Whether a figure fulfils what was asked; better than asked does too."""
    number = goal_number(asked)
    match asked.goal.comparator:
        case Comparator.MORE:
            return actual > number
        case Comparator.LESS:
            return actual < number
        case Comparator.AT_LEAST:
            return actual >= number
        case Comparator.AT_MOST:
            return actual <= number
        case _:
            return actual <= number if asked.direction is Direction.DOWN else actual >= number


def share_of(asked: Asked, actual: Decimal) -> Decimal:
    """How much of the way a figure is: 0 at the base, 1 at the goal, beyond it more; below the base less than nothing.

    Without a base what must rise is measured from nought, what must fall by goal ÷ figure.
    """
    number = goal_number(asked)
    if asked.base is not None and asked.base != number:
        return (actual - asked.base) / (number - asked.base)
    if number == 0:
        return Decimal(int(is_met(asked, actual)))
    if _is_inverse(asked):
        return number / actual if actual / number > 0 else Decimal(int(is_met(asked, actual)))
    return max(actual / number, Decimal(0))


def expected_figure(asked: Asked) -> Decimal | None:
    """What the figure should have been by the day; None where no number is counted or nothing was expected yet."""
    if asked.form in (TargetForm.MILESTONE, TargetForm.QUALITATIVE):
        return None
    number, share = goal_number(asked), asked.expected_share
    if asked.base is not None:
        return asked.base + (number - asked.base) * share
    if _is_inverse(asked):
        return number / share if share > 0 else None
    return number * share


def _is_inverse(asked: Asked) -> bool:
    """Whether less of the figure is more of the way: what must fall, and what must not fall too far below nought."""
    number = goal_number(asked)
    return number > 0 if asked.direction is Direction.DOWN else number < 0


def _asked_words(asked: Asked, expected: Decimal | None) -> str:
    how = asked.shape.label
    if asked.form in (TargetForm.MILESTONE, TargetForm.QUALITATIVE):
        return f"应完成{percent_words(asked.expected_share)}（{_day(asked.deadline)}前全部完成，{how}）"
    unit = asked.goal.unit
    goal = figure_words(goal_number(asked), unit)
    if expected is None:
        return f"目标{goal}（{_day(asked.deadline)}，{how}）"
    return f"应达{figure_words(_whole(expected, asked), unit)}（{_day(asked.deadline)} {goal}，{how}）"


def _whole(expected: Decimal, asked: Asked) -> Decimal:
    """Things are counted whole: what is expected of them is said in whole ones, the hard way up."""
    number = goal_number(asked)
    is_counted = number == number.to_integral_value() and asked.goal.unit not in ("%", "")
    is_rising = asked.direction is Direction.UP
    return expected.to_integral_value(ROUND_CEILING if is_rising else ROUND_DOWN) if is_counted else expected


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def percent_words(share: Decimal) -> str:
    """A share in percent, cut and not rounded: 89.96 % is not said to be 90 %."""
    return f"{_plain((share * 100).quantize(Decimal('0.1'), ROUND_DOWN))}%"


def figure_words(value: Decimal | None, unit: str) -> str:
    """A figure as an official writes it: 49.9999万户, 3.2亿元, 18.5%."""
    if value is None:
        return ""
    for size, word in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        if abs(value) >= size and unit != "%":
            return f"{_plain((value / size).quantize(Decimal('0.0001')))}{word}{unit}"
    return f"{_plain(value.quantize(Decimal('0.01')))}{unit}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
