"""How a written target is told to be reached (number, formula, milestones, stages), where it began, its curve. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from zhitong.domain.plans.package.records import CurveRecord, FormulaRecord, IndicatorRecord, PlanRecord
from zhitong.domain.plans.rules import CurveShape, TargetForm
from zhitong.domain.plans.rules.curves import given_trouble, month_ends
from zhitong.kit.source import Finding, Row, fields, known

FORM_FIELDS: dict[str, Any] = {
    "form": TargetForm, "formula": Row, "base": float, "base_words": str, "curve": Row, "upper": str,
}
_FORMULA = {"factor": float, "of": str}
_CURVE = {"shape": CurveShape}
_HUNDRED = Decimal(100)


def of_form(row: Row) -> list[Finding]:
    """Faults of how a reading is told to be reached."""
    findings: list[Finding] = []
    if "formula" in row:
        findings += fields(row.row("formula"), _FORMULA)
        findings += _faults_of_factor(row.row("formula"))
    if "curve" in row:
        findings += fields(row.row("curve"), _CURVE, {"months": list})
        findings += _faults_of_months(row.row("curve"))
    if ("formula" in row) != (row.text("form") == str(TargetForm.FORMULA)):
        findings.append(row.finding("form: formula 和 formula（系数和所依据的指标）要同时写，请补上。", "form"))
    if "base_words" in row and "base" not in row:
        findings.append(row.finding("写了基数的说明，还要写基数 base，请补上。", "base_words"))
    return findings


def of_formulas(rows: Iterable[Row], file: str) -> Iterator[Finding]:
    """Formulas that rest on a reading nobody has written, or on another formula."""
    rows = [row for row in rows if row]
    by_code = {row.text("id"): row for row in rows}
    for row in rows:
        formula = row.row("formula")
        if not formula:
            continue
        yield from known(formula, "of", by_code, file)
        other = by_code.get(formula.text("of"))
        if other is not None and "formula" in other:
            yield formula.finding(f"{formula.text('of')} 本身也是推算的，请直接写它所依据的指标。", "of")


def of_spans(plan: PlanRecord) -> Iterator[Finding]:
    """Monthly plans that do not fit the months from the campaign's first day to the deadline."""
    for one in plan.indicators:
        begin, deadline = plan.begins_on, one.deadline or plan.ends_on
        if one.curve is None:
            continue
        if begin is None or deadline is None:
            yield one.row.finding("写进度曲线要在 campaign.yaml 写明 start 和 end，请补上。", "curve")
        elif trouble := given_trouble(one.curve.shape, one.curve.months, len(month_ends(begin, deadline))):
            yield one.row.row("curve").finding(trouble, "months")


def of_upper(one: IndicatorRecord, upper: Callable[[str], PlanRecord | None]) -> Iterator[Finding]:
    """A reading one level up that nobody has written."""
    if not one.upper_reading:
        return
    campaign, _, code = one.upper_reading.partition("#")
    above = upper(campaign)
    if above is None:
        yield one.row.finding(f"没有找到上级方案“{campaign}”，请改正 upper 或补上那个活动包。", "upper")
    elif code not in {other.code for other in above.indicators}:
        yield one.row.finding(f"上级方案“{campaign}”里没有读数“{code}”，请改正 upper。", "upper")


def form_of(row: Row) -> TargetForm:
    """How it is told whether the target is reached; a number unless the plan says otherwise."""
    return TargetForm(row.text("form") or TargetForm.NUMBER.value)


def formula_of(row: Row) -> FormulaRecord | None:
    """The formula of a reading that follows another."""
    formula = row.row("formula")
    return FormulaRecord(formula.decimal("factor") or Decimal(1), formula.text("of")) if formula else None


def curve_of(row: Row) -> CurveRecord | None:
    """The curve that the plan lays down; months are written in percent."""
    curve = row.row("curve")
    if not curve:
        return None
    return CurveRecord(CurveShape(curve.text("shape")), tuple(one / _HUNDRED for one in _months(curve)))


def _faults_of_factor(formula: Row) -> Iterator[Finding]:
    factor = formula.decimal("factor")
    if factor is not None and factor <= 0:
        yield formula.finding("系数要大于0，请改正。", "factor")


def _faults_of_months(curve: Row) -> Iterator[Finding]:
    written = curve.get("months")
    if isinstance(written, list) and len(_months(curve)) != len(written):
        yield curve.finding("months 要逐月写百分数，例如 [5, 10, 20]，请改正。", "months")


def _months(curve: Row) -> list[Decimal]:
    written = curve.get("months")
    items = written if isinstance(written, list) else []
    return [Decimal(str(one)) for one in items if isinstance(one, int | float) and not isinstance(one, bool)]
