"""Diagnosis from dated figures: the shipped rules on every side of their bounds (R-D5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import packages
from zhitong.domain.subjects.rules.kinds import Diagnosis
from zhitong.domain.tiering.package import TieringPackage, parse
from zhitong.domain.tiering.rules.diagnosing import (
    DiagnosisRule,
    Measure,
    PeriodFigures,
    Sign,
    diagnose,
    kept_form,
    of_one_length,
    read_rules,
)

WAN = 10_000


@pytest.fixture(scope="module")
def shipped() -> TieringPackage:
    package, findings = parse(packages.shipped("hebei-2018"))
    assert findings == []
    return package


def month(period: str, revenue: int | None, profit: int | None) -> PeriodFigures:
    """Figures in 万元."""
    return PeriodFigures(
        period, None if revenue is None else Decimal(revenue * WAN), None if profit is None else Decimal(profit * WAN)
    )


@pytest.mark.parametrize(
    ("revenue", "profit", "diagnosis", "words"),
    [
        (1000, -1, Diagnosis.DIFFICULT, "2018年8月亏损1万元，诊断为困难。"),
        (1000, 0, Diagnosis.THIN, "2018年8月利润率0%，低于5%，诊断为微利。"),
        (1000, 49, Diagnosis.THIN, "2018年8月利润率4.9%，低于5%，诊断为微利。"),
        (1000, 50, Diagnosis.PROFITABLE, "2018年8月利润率5%，不低于5%，诊断为盈利。"),
        (490, 100, Diagnosis.DIFFICULT, "2018年8月营业收入比上年同期-51%，低于-50%，诊断为困难。"),
        (None, 10, None, "2018年8月的数据不符合任何一条诊断标准，请补齐营业收入后再看。"),
        (1000, None, Diagnosis.PROFITABLE, "2018年7月利润率10%，不低于5%，诊断为盈利。"),
    ],
)
def test_the_shipped_rules_say_how_a_firm_is(
    shipped: TieringPackage, revenue: int | None, profit: int | None, diagnosis: Diagnosis | None, words: str
) -> None:
    before = [month("2018-07", 1000, 100), month("2017-08", 1000, 100)]

    told = diagnose([month("2018-08", revenue, profit), *before], shipped.diagnosis)

    assert (told.diagnosis, told.words) == (diagnosis, words)


def test_without_any_profit_told_nothing_is_said(shipped: TieringPackage) -> None:
    assert diagnose([], shipped.diagnosis).words == "还没有填报利润总额，不能诊断，请在卡片中补报。"


def test_a_sign_over_several_periods_needs_them_all() -> None:
    rules = [DiagnosisRule(Diagnosis.DIFFICULT, (Sign(Measure.PROFIT, below=Decimal(0), periods=2),))]
    loss, gain = month("2018-08", 100, -5), month("2018-07", 100, 5)

    assert diagnose([loss, gain], rules).diagnosis is None
    assert diagnose([loss], rules).diagnosis is None
    told = diagnose([loss, month("2018-07", 100, -3)], rules)
    assert told.words == "2018年8月连续2期亏损5万元，诊断为困难。"


def test_periods_are_compared_with_their_like_the_newest_first() -> None:
    figures = {
        period: {"profit_cny": Decimal(place)}
        for place, period in enumerate(("2017", "2018Q2", "2018-05", "2018-06", "2017-12"))
    }

    assert [one.period for one in of_one_length(figures)] == ["2018-06", "2018-05", "2017-12"]
    assert of_one_length({}) == []


def test_rules_are_kept_and_read_again_without_loss(shipped: TieringPackage) -> None:
    assert tuple(read_rules(kept_form(shipped.diagnosis))) == shipped.diagnosis


def test_whose_figures_the_bounds_are_is_said(shipped: TieringPackage) -> None:
    assert shipped.diagnosis_source.startswith("本系统设定")
