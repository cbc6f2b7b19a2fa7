"""A target divided among the regions below: by what, how far it has come, what each region says, and whether it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.plans.rules.plan import (
    Aggregation,
    Comparator,
    Direction,
    IndicatorClass,
    IndicatorKind,
)
from zhitong.domain.plans.rules.sharing import Key, SharedOut, is_whole, share_out, step_for, weighted_mean
from zhitong.domain.plans.rules.targets import TargetForm
from zhitong.kit.choices import Word


class DivisionMethod(Word):
    """By what the shares were set."""

    HAND = "hand", "逐个填写"
    EQUAL = "equal", "平均"
    WEIGHT = "weight", "按权数"
    SAME = "same", "各地相同"
    SHEET = "sheet", "按表导入"


class DivisionState(Word):
    """How far a division has come."""

    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下达"
    SUPERSEDED = "superseded", "已被新的分解取代"


class ShareState(Word):
    """What has been said of a region's share."""

    DRAFT = "draft", "拟定"
    ISSUED = "issued", "待接收"
    ACCEPTED = "accepted", "已接收"
    ASKED = "asked", "请求调整"
    CHANGED = "changed", "已按请求调整"
    KEPT = "kept", "维持原值"


class DivisionFact(Word):
    """What is recorded of dividing."""

    DRAFTED = "plans.division_drafted", "拟定目标分解"
    SET = "plans.division_set", "填写分解数"
    DISCARDED = "plans.division_discarded", "放弃拟定的分解"
    ISSUED = "plans.division_issued", "下达目标分解"
    ACCEPTED = "plans.share_accepted", "接收分解目标"
    ASKED = "plans.share_asked", "请求调整分解目标"
    CHANGED = "plans.share_changed", "调整分解目标"
    KEPT = "plans.share_kept", "维持分解目标"
    WEIGHED = "plans.weights_set", "更新权数"


class Standing(Word):
    """How the parts of a division stand to the whole."""

    UNFILLED = "unfilled", "未填齐"
    SHORT = "short", "低于目标"
    EXACT = "exact", "与目标相符"
    BEYOND = "beyond", "高于目标"


COMPUTED = (DivisionMethod.EQUAL, DivisionMethod.WEIGHT, DivisionMethod.SAME)
"""The methods by which shares are worked out; the others are typed or sent in."""
WAITING = (ShareState.ISSUED, ShareState.CHANGED, ShareState.KEPT)
"""Shares that a region may accept: told, and not accepted yet."""
DIVIDED_CLASSES = (IndicatorClass.TARGET, IndicatorClass.COVERAGE)
"""Readings that regions carry a part of; the others describe the plan."""
MOST_PERCENT = Decimal(100)
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Divisible:
    """What the rules ask of a target that is divided; `per` is the plan's 每市, by which each part has the whole."""

    kind: IndicatorKind
    aggregation: Aggregation
    direction: Direction
    comparator: Comparator
    measure: str
    value: Decimal
    form: TargetForm = TargetForm.NUMBER
    per: str = ""
    is_cancelled: bool = False

    @property
    def makes_whole(self) -> Aggregation:
        """How the parts make the whole: a number that the plan asks of each place is no sum."""
        return Aggregation.EACH if self.per and self.aggregation is Aggregation.SUM else self.aggregation

    @property
    def is_summed(self) -> bool:
        """Whether the parts add up to the whole."""
        return self.makes_whole is Aggregation.SUM

    @property
    def is_whole(self) -> bool:
        """Whether shares come in wholes."""
        return is_whole(self.measure, self.kind)


def why_not_divided(target: Divisible) -> str:
    """Why a target cannot be divided, as a sentence; empty where it can."""
    if target.is_cancelled:
        return "这个目标已经取消，不用分解。"
    if target.form is TargetForm.FORMULA:
        return "这个目标按另一指标推算，分解那个指标就可以，这个目标随之确定。"
    if target.form is not TargetForm.NUMBER:
        return f"这个目标{target.form.label}，没有可以分解的数，请在任务的节点里安排到各地。"
    return ""


def fitting_methods(target: Divisible) -> tuple[DivisionMethod, ...]:
    """The methods by which a target's shares can be worked out: sums are parted, rates and standards are the same for all."""
    if target.is_summed:
        return (DivisionMethod.WEIGHT, DivisionMethod.EQUAL)
    return (DivisionMethod.SAME,)


def divided(target: Divisible, method: DivisionMethod, claims: Mapping[Key, Decimal]) -> SharedOut[Key]:
    """The shares of places by a method; `claims` has every place in order, with its weight.

    Raises NothingToWeighBy: by weight, and no place has one.
    """
    if method is DivisionMethod.SAME:
        return SharedOut(dict.fromkeys(claims, target.value))
    if method is DivisionMethod.EQUAL:
        claims = dict.fromkeys(claims, Decimal(1))
    return share_out(target.value, claims, step_for(target.value, target.measure, target.kind))


def share_trouble(target: Divisible, value: Decimal) -> str:
    """What is wrong with a share, as a sentence for its field; empty where nothing is."""
    if value < 0 and target.kind is not IndicatorKind.GROWTH_RATE:
        return "不能是负数。"
    if target.is_whole and value != value.to_integral_value():
        return f"按{target.measure or '个'}计的要填整数。"
    if target.kind is IndicatorKind.RATE and target.measure == "%" and value > MOST_PERCENT:
        return "比率不能超过100%。"
    if abs(value) >= Decimal(10) ** _DIGITS:
        return "数太大，请核对单位。"
    if value != value.quantize(Decimal("0.000001")):
        return "最多保留六位小数。"
    return ""


@dataclass(frozen=True, slots=True)
class Balance:
    """The parts held against the whole: `given` is their sum, weighted mean or weakest; None before any is filled in."""

    whole: Decimal
    given: Decimal | None
    places: int
    filled: int
    makes_whole: Aggregation
    direction: Direction

    @property
    def remainder(self) -> Decimal:
        """What is still to be given; negative where more was given than the whole."""
        return self.whole - (self.given or Decimal(0))

    @property
    def standing(self) -> Standing:
        """Short or beyond in the direction in which the target is better: a cap is kept by staying below it."""
        if self.given is None or self.filled < self.places:
            return Standing.UNFILLED
        if self.given == self.whole:
            return Standing.EXACT
        is_more = self.given > self.whole
        return Standing.BEYOND if is_more is (self.direction is Direction.UP) else Standing.SHORT


def balance_of(
    target: Divisible, values: Mapping[Key, Decimal | None], weights: Mapping[Key, Decimal],
) -> Balance:
    """Hold the parts against the whole; a mean of places without any weight weighs them alike."""
    filled = {key: value for key, value in values.items() if value is not None}
    return Balance(
        target.value, _given(target, filled, weights), len(values), len(filled), target.makes_whole, target.direction,
    )


def _given(
    target: Divisible, filled: Mapping[Key, Decimal], weights: Mapping[Key, Decimal]
) -> Decimal | None:
    if not filled:
        return None
    if target.is_summed:
        return sum(filled.values(), Decimal(0))
    if target.makes_whole is Aggregation.WEIGHTED:
        return weighted_mean(filled, weights) or weighted_mean(filled, dict.fromkeys(filled, Decimal(1)))
    weakest = min if target.direction is Direction.UP else max
    return weakest(filled.values())


def is_beyond(direction: Direction, local: Decimal, share: Decimal) -> bool:
    """Whether a region's own target asks more of itself than its share does: welcome, and marked."""
    return local > share if direction is Direction.UP else local < share
