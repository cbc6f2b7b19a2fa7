"""How an enterprise is, from its dated figures: rules as data, read from top to bottom, an answer in words. Pure.

Source: 冀发〔2018〕7号 二（二）: 盈利企业做大做强、微利企业提质增效、困难企业扭亏脱困 (R-D5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.subjects.rules.kinds import Diagnosis
from zhitong.domain.subjects.rules.noting import last_day, period_in_words
from zhitong.domain.subjects.rules.tiers import yuan_in_words
from zhitong.kit.choices import Word


class Measure(Word):
    """What a condition looks at. Figures of a card run from January, so changes are told against the same period last year."""

    PROFIT = "profit", "利润总额"
    MARGIN = "margin_percent", "利润率"
    REVENUE_CHANGE = "revenue_change_percent", "营业收入比上年同期"
    PROFIT_CHANGE = "profit_change_percent", "利润总额比上年同期"


@dataclass(frozen=True, slots=True)
class Sign:
    """A condition: the measure lies below or from a bound on, in each of the last so many periods (yuan or percent)."""

    measure: Measure
    below: Decimal | None = None
    at_least: Decimal | None = None
    periods: int = 1

    def holds(self, value: Decimal) -> bool:
        """Whether a value fits."""
        return value < self.below if self.below is not None else self.at_least is not None and value >= self.at_least


@dataclass(frozen=True, slots=True)
class DiagnosisRule:
    """A diagnosis and its signs: one of them is enough."""

    diagnosis: Diagnosis
    any: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """Revenue and profit of a period in yuan; None where it was not reported."""

    period: str
    revenue_cny: Decimal | None = None
    profit_cny: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """The answer: a diagnosis or none, why, and for which period."""

    diagnosis: Diagnosis | None
    words: str
    period: str = ""


def diagnose(figures: Sequence[PeriodFigures], rules: Sequence[DiagnosisRule]) -> Diagnosed:
    """The diagnosis of the first rule that fits, from periods of one length, the newest first."""
    told = [one for one in figures if one.profit_cny is not None]
    if not told:
        return Diagnosed(None, "还没有填报利润总额，不能诊断，请在卡片中补报。")
    period = told[0].period
    for rule in rules:
        for sign in rule.any:
            if reason := _reason(sign, told):
                return Diagnosed(rule.diagnosis, f"{period_in_words(period)}{reason}，诊断为{rule.diagnosis.label}。", period)
    return Diagnosed(None, f"{period_in_words(period)}的数据不符合任何一条诊断标准，请补齐营业收入后再看。", period)


def _reason(sign: Sign, told: Sequence[PeriodFigures]) -> str:
    """Why a sign holds; empty when it does not, or when a figure it needs is missing."""
    values = [_value(sign.measure, told, place) for place in range(sign.periods)]
    if any(value is None or not sign.holds(value) for value in values):
        return ""
    newest = values[0]
    assert newest is not None, "all are there"
    run = f"连续{sign.periods}期" if sign.periods > 1 else ""
    bound = sign.below if sign.below is not None else sign.at_least
    assert bound is not None, "a sign has a bound"
    side = "低于" if sign.below is not None else "不低于"
    if sign.measure is Measure.PROFIT and sign.below == 0:
        return f"{run}亏损{yuan_in_words(-int(newest))}"
    return f"{sign.measure.label}{_said(sign.measure, newest)}，{run}{side}{_said(sign.measure, bound)}"


def _value(measure: Measure, told: Sequence[PeriodFigures], place: int) -> Decimal | None:
    if place >= len(told):
        return None
    now = told[place]
    before = next((one for one in told if one.period == _a_year_before(now.period)), None)
    if measure is Measure.PROFIT:
        return now.profit_cny
    if measure is Measure.MARGIN:
        return _percent(now.profit_cny, now.revenue_cny)
    if before is None:
        return None
    if measure is Measure.REVENUE_CHANGE:
        return _change(now.revenue_cny, before.revenue_cny)
    return _change(now.profit_cny, before.profit_cny)


def _a_year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole or whole < 0:
        return None
    return (part * 100 / whole).quantize(Decimal("0.1"))


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change in percent against a positive figure; against a loss or nothing there is none to tell."""
    return None if now is None or before is None else _percent(now - before, before)


def _said(measure: Measure, value: Decimal) -> str:
    return yuan_in_words(int(value)) if measure is Measure.PROFIT else f"{format(value.normalize(), 'f')}%"


def of_one_length(facts: Mapping[str, Mapping[str, Decimal]]) -> list[PeriodFigures]:
    """Figures by period and code → periods as long as the newest told, the newest first.

    The newest is the one whose end lies last; of two with the same end the shorter, for it was told more often.
    """
    if not facts:
        return []
    length = len(max(facts, key=lambda period: (last_day(period), len(period))))
    periods = sorted((one for one in facts if len(one) == length), key=last_day, reverse=True)
    return [PeriodFigures(one, facts[one].get("revenue_cny"), facts[one].get("profit_cny")) for one in periods]


def kept_form(rules: Sequence[DiagnosisRule]) -> list[dict[str, Any]]:
    """The rules as JSON; bounds as text, so that no digit is lost."""
    return [
        {
            "diagnosis": str(rule.diagnosis),
            "any": [
                {
                    "measure": str(one.measure), "periods": one.periods,
                    "below": None if one.below is None else str(one.below),
                    "at_least": None if one.at_least is None else str(one.at_least),
                }
                for one in rule.any
            ],
        }
        for rule in rules
    ]


def read_rules(kept: Sequence[Mapping[str, Any]]) -> list[DiagnosisRule]:
    """The rules that were kept."""
    return [
        DiagnosisRule(Diagnosis(rule["diagnosis"]), tuple(
            Sign(Measure(one["measure"]), _bound(one["below"]), _bound(one["at_least"]), one["periods"])
            for one in rule["any"]
        ))
        for rule in kept
    ]


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
