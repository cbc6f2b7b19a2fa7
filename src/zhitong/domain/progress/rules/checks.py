"""What is odd about a figure, in a sentence beside it: some things are refused, others are asked why and kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.plans.rules import Comparator, Goal, IndicatorKind, goal_in_words

_PARTS = frozenset({IndicatorKind.TOTAL, IndicatorKind.INCREMENT, IndicatorKind.COUNT, IndicatorKind.AMOUNT})
CUMULATIVE = _PARTS
"""What is counted from the beginning on, so that it does not fall by itself."""
_NEVER_NEGATIVE = frozenset({IndicatorKind.TOTAL, IndicatorKind.COUNT, IndicatorKind.AMOUNT, IndicatorKind.RATE})
WHOLE = Decimal(100)
LARGEST = Decimal(10) ** 17
_TRAPS = (
    (Decimal("13.5"), Decimal("16.5"), "15倍上下，亩和公顷是不是弄混了（1公顷=15亩）"),
    (Decimal(5_000), Decimal(20_000), "一万倍上下，是不是差了一个“万”"),
)
_FAR_FROM_TARGET = Decimal(5_000)


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """A figure with all that it is held against; `below` is the sum of the parts that are in, `missing` how many are not."""

    name: str
    measure: str
    kind: IndicatorKind
    value: Decimal | None
    stage: str = ""
    note: str = ""
    previous: Decimal | None = None
    target: Decimal | None = None
    below: Decimal | None = None
    missing: int = 0
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd, and whether a reason is enough to keep the figure."""

    sentence: str
    is_refused: bool = False


def doubts_of(one: AskedFigure) -> list[Doubt]:
    """Everything odd about a figure."""
    if one.value is None:
        return [] if one.stage else [Doubt(f"“{one.name}”没有填。没有数就是没有数，不要填0；确实报不出的请说明原因。")]
    return [*_bounds(one, one.value), *_falls(one, one.value), *_traps(one, one.value), *_parts(one, one.value)]


def trouble_of(one: AskedFigure) -> str:
    """Why a figure cannot be sent as it stands: it is refused, or nobody has said why; empty when it can."""
    doubts = doubts_of(one)
    refused = [doubt.sentence for doubt in doubts if doubt.is_refused]
    if refused:
        return refused[0]
    return f"{doubts[0].sentence}" if doubts and not one.note.strip() else ""


def _bounds(one: AskedFigure, value: Decimal) -> Iterator[Doubt]:
    if value < 0 and one.kind in _NEVER_NEGATIVE:
        yield Doubt("这个数不能是负数，请核对。", is_refused=True)
    if abs(value) >= LARGEST:
        yield Doubt("这个数太大，请核对单位。", is_refused=True)
    if value > WHOLE and one.measure == "%":
        if one.kind is IndicatorKind.RATE:
            yield Doubt("比率不能超过100%，请核对分子和分母。", is_refused=True)
        elif one.kind is IndicatorKind.GROWTH_RATE:
            yield Doubt("增长超过100%，请核对；属实的请说明原因。")


def _falls(one: AskedFigure, value: Decimal) -> Iterator[Doubt]:
    if one.previous is not None and value < one.previous and one.kind in CUMULATIVE:
        before = said(one.previous, one.measure)
        yield Doubt(f"累计数比上期（{before}）减少了{said(one.previous - value, one.measure)}，请核对；属实的请说明原因。")


def _traps(one: AskedFigure, value: Decimal) -> Iterator[Doubt]:
    if one.previous and one.previous > 0 and value > 0:
        ratio = max(value, one.previous) / min(value, one.previous)
        way = "是上期的" if value > one.previous else "是上期的几分之一，相差"
        yield from (Doubt(f"{way}{words}？请核对单位；属实的请说明原因。") for least, most, words in _TRAPS if least <= ratio <= most)
    elif one.previous is None and one.target and value >= one.target * _FAR_FROM_TARGET:
        yield Doubt(f"是目标值（{said(one.target, one.measure)}）的几千倍，是不是差了一个“万”？请核对单位。")


def _parts(one: AskedFigure, value: Decimal) -> Iterator[Doubt]:
    if one.below is None:
        return
    differs = value - one.below
    allowed = abs(one.below) * one.tolerance
    told = f"下级已报合计{said(one.below, one.measure)}"
    if differs < -allowed:
        yield Doubt(f"{told}，比本级数多{said(-differs, one.measure)}。各部分之和不应超过总数，请核对；属实的请说明原因。")
    elif differs > allowed and not one.missing:
        yield Doubt(f"{told}，比本级数少{said(differs, one.measure)}，请核对；属实的请说明原因。")


def said(value: Decimal, measure: str) -> str:
    """A figure as officials write it: 52.3万户."""
    return goal_in_words(Goal(Comparator.EQUAL, value, None, measure))
