"""What plans are made of, in the reader's vocabulary, and what can be said of a target without asking anybody. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhitong.kit.choices import Word


class PlanKind(Word):
    """Whether a plan is a paper issued to all, or a region's own list of what it does beside the paper."""

    PAPER = "paper", "方案"
    LIST = "list", "自办清单"


class TaskKind(Word):
    """Kinds of task."""

    PLATFORM_CULTIVATION = "platform_cultivation", "平台培育"
    ENTERPRISE_SERVICE = "enterprise_service", "服务企业"
    PROJECT_SERVICE = "project_service", "服务项目"
    LIVELIHOOD_WORK = "livelihood_work", "民心工程"
    SPECIAL_ACTION = "special_action", "专项行动"
    MICRO_ITEM = "micro_item", "民生微实事"
    GENERAL = "general", "重点任务"


NUMBERED = frozenset({
    TaskKind.PLATFORM_CULTIVATION, TaskKind.ENTERPRISE_SERVICE, TaskKind.PROJECT_SERVICE, TaskKind.LIVELIHOOD_WORK,
    TaskKind.GENERAL,
})
"""The kinds that a plan numbers as its tasks; special actions and micro-items stand beside them."""


class Role(Word):
    """What a unit is in a task."""

    LEAD = "lead", "牵头"
    SUPPORT = "support", "配合"
    JOINT = "joint", "各自负责"
    RESPONSIBLE = "responsible", "负责"


class IndicatorClass(Word):
    """What a reading is for: a target is reached, a coverage is the number to be served, the rest describe."""

    TARGET = "target", "目标"
    COVERAGE = "coverage", "服务数量"
    INPUT = "input", "投入"
    PERIOD = "period", "时限频次"
    QUALIFIER = "qualifier", "门槛"
    STRUCTURE = "structure", "方案构成"


class IndicatorKind(Word):
    """What sort of number it is."""

    TOTAL = "total", "总量"
    INCREMENT = "increment", "增量"
    GROWTH_RATE = "growth_rate", "增长率"
    RATE = "rate", "比率"
    COUNT = "count", "数量"
    AMOUNT = "amount", "规模"
    STANDARD = "standard", "标准"
    DEADLINE = "deadline", "时限"
    FREQUENCY = "frequency", "频次"


class Comparator(Word):
    """How the actual figure must stand to the value."""

    AT_LEAST = ">=", "不低于"
    AT_MOST = "<=", "不超过"
    EQUAL = "=", "达到"
    MORE = ">", "超过"
    LESS = "<", "低于"
    RANGE = "range", "之间"


class Direction(Word):
    """Which way is better."""

    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class Aggregation(Word):
    """How the parts make the whole when a target is divided among regions."""

    SUM = "sum", "各地相加"
    WEIGHTED = "weighted", "加权平均"
    EACH = "each", "各地分别达到"


class Frequency(Word):
    """How often the figure is reported."""

    TEN_DAYS = "ten_days", "每旬"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"


class Relation(Word):
    """How one indicator stands to another of the same plan."""

    RESTATED_BY = "restated_by", "重复表述为"
    PART_OF = "part_of", "属于其中"


_SUMMED = frozenset({IndicatorKind.TOTAL, IndicatorKind.INCREMENT, IndicatorKind.COUNT, IndicatorKind.AMOUNT})
_WEIGHTED = frozenset({IndicatorKind.RATE, IndicatorKind.GROWTH_RATE})
_FALLING = frozenset({Comparator.AT_MOST, Comparator.LESS})


def aggregation_of(kind: IndicatorKind) -> Aggregation:
    """How parts make the whole unless the plan says otherwise: numbers add up, rates are weighed, a standard holds in
    each place."""
    if kind in _SUMMED:
        return Aggregation.SUM
    return Aggregation.WEIGHTED if kind in _WEIGHTED else Aggregation.EACH


def direction_of(comparator: Comparator) -> Direction:
    """Which way is better unless the plan says otherwise."""
    return Direction.DOWN if comparator in _FALLING else Direction.UP


@dataclass(frozen=True, slots=True)
class Goal:
    """A value to reach: one number, or from `value` to `upper` when the comparator is a range."""

    comparator: Comparator
    value: Decimal
    upper: Decimal | None = None
    unit: str = ""


def is_reached(goal: Goal, actual: Decimal) -> bool:
    """Whether a figure fulfils a goal. “达到X” is fulfilled by more than X too."""
    match goal.comparator:
        case Comparator.AT_MOST:
            return actual <= goal.value
        case Comparator.LESS:
            return actual < goal.value
        case Comparator.MORE:
            return actual > goal.value
        case _:
            return actual >= goal.value


_LARGE = ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万"))


def full_name(name: str, scope: str) -> str:
    """An indicator's name with what it covers, said once: 市级 + 服务业企业重点帮扶."""
    return name if scope in name else f"{scope}{name}"


def goal_in_words(goal: Goal) -> str:
    """The goal as an official writes it: “≥50万户”, “1–2家”, “94%”."""
    signs = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.MORE: "＞", Comparator.LESS: "＜"}
    if goal.comparator is Comparator.RANGE and goal.upper is not None:
        return f"{_number(goal.value)}–{_number(goal.upper)}{goal.unit}"
    return f"{signs.get(goal.comparator, '')}{_number(goal.value)}{goal.unit}"


def _number(value: Decimal) -> str:
    """A number in 万 or 亿 where that leaves at most two decimals; plain otherwise."""
    for size, word in _LARGE:
        short = value / size
        if abs(value) >= size and short == short.quantize(Decimal("0.01")):
            return f"{_plain(short)}{word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
