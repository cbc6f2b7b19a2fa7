"""What can be wrong with a written plan, each fault said at its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from zhitong.domain.plans.package.forms import FORM_FIELDS, of_form
from zhitong.domain.plans.package.records import IndicatorRecord
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Direction,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    Role,
    TaskKind,
)
from zhitong.kit.source import Finding, Row, fields, known

_PLAN = {"campaign": str, "region": str, "version": int, "document": Row, "tasks": list[Row]}
_DOCUMENT = {"code": str, "title": str, "number": str, "issuers": list[str]}
_TASK = {"number": str, "title": str, "kind": TaskKind, "section": str, "clause": Row, "content": str,
         "units": list[Row]}
_UNIT = {"name": str, "role": Role}
_UNIT_MORE = {"part": str, "indicators": list[str], "as_printed": str, "collective": bool, "open": bool}
_INDICATOR = {"id": str, "name": str, "class": IndicatorClass, "kind": IndicatorKind, "comparator": Comparator,
              "text": str, "clause": Row}
_INDICATOR_MORE = {
    "section": str, "value": float, "values": list, "unit": str, "scope": str, "deadline": date, "per": str,
    "modality": str, "approximate": bool, "implied": bool, "damaged": bool, "aspiration": Row,
    "restated_by": list[str], "part_of": list[str], "direction": Direction, "aggregation": Aggregation,
    "weight": str, "frequency": Frequency, **FORM_FIELDS,
}
_ASPIRATION = {"id": str, "value": float, "text": str, "clause": Row}
_GATE = {"code": str, "name": str, "on": date, "clause": Row}
_CLAUSE = {"document": str, "start": int, "end": int}


def of_plan(plan: Row) -> list[Finding]:
    """Faults of the head of the file."""
    return [
        *fields(plan, _PLAN, {"objectives": list[Row], "timetable": list[Row]}),
        *fields(plan.row("document"), _DOCUMENT, {"issued_on": date}),
    ]


def of_task(row: Row) -> list[Finding]:
    """Faults of a task, without its indicators."""
    findings = fields(row, _TASK, {"parent": str, "damaged": bool, "indicators": list[Row]}) + of_clause(row)
    codes = {one.text("id") for one in row.rows("indicators")}
    for unit in row.rows("units"):
        findings += fields(unit, _UNIT, _UNIT_MORE) or known(unit, "indicators", codes, row.file)
    return findings


def of_indicator(row: Row) -> list[Finding]:
    """Faults of one reading."""
    findings = fields(row, _INDICATOR, _INDICATOR_MORE) + of_clause(row)
    if "aspiration" in row:
        findings += fields(row.row("aspiration"), _ASPIRATION) + of_clause(row.row("aspiration"))
    findings += of_form(row)
    is_range = row.text("comparator") == str(Comparator.RANGE)
    if is_range and len(bounds(row)) != 2:
        findings.append(row.finding("range 要写 values: [下限, 上限] 两个数，请补上。", "values"))
    if not is_range and row.get("value") in (None, ""):
        findings.append(row.finding("缺少“value”，请补上。", "value"))
    return findings


def of_gate(row: Row) -> list[Finding]:
    """Faults of a day of the calendar."""
    return fields(row, _GATE, {"printed": str, "share": float}) + of_clause(row)


def of_clause(row: Row) -> list[Finding]:
    """Faults of the clause of a row."""
    clause = row.row("clause")
    if not clause:
        return []
    findings = fields(clause, _CLAUSE)
    if not findings and clause.number("start") >= clause.number("end"):
        findings.append(clause.finding("条款的 start 要小于 end，请按原文位置改正。", "start"))
    return findings


def of_links(rows: Iterable[Row], file: str) -> Iterator[Finding]:
    """Links to readings that nobody has written."""
    rows = list(rows)
    codes = {row.text("id") for row in rows}
    for row in rows:
        yield from known(row, "restated_by", codes, file)
        yield from known(row, "part_of", codes, file)


def of_sums(indicators: Iterable[IndicatorRecord], rows: Iterable[Row]) -> Iterator[Finding]:
    """Parts of one whole add up to it; a part of several wholes is not more than they are together.

    Asked only where every part could be read and all are in the unit of the whole.
    """
    by_code = {indicator.code: indicator for indicator in indicators}
    written = {row.text("id"): row for row in rows}
    for whole, codes in _parts(written.values()).items():
        parts = [by_code[code] for code in codes if code in by_code]
        told = by_code.get(whole)
        if told is None or len(parts) < len(codes) or any(part.unit != told.unit for part in parts):
            continue
        total = sum((part.value for part in parts), Decimal(0))
        if total != told.value:
            names = "、".join(codes)
            yield written[whole].finding(f"{whole} 是 {told.value}，各部分（{names}）相加是 {total}，请核对。", "value")
    for indicator in by_code.values():
        wholes = [by_code[code] for code in indicator.part_of if code in by_code]
        most = sum((whole.value for whole in wholes), Decimal(0))
        if len(wholes) > 1 and indicator.value > most:
            message = f"{indicator.code} 是 {indicator.value}，超过了它所属各项之和 {most}，请核对。"
            yield written[indicator.code].finding(message, "value")


def bounds(row: Row) -> list[Decimal]:
    """The two ends of a range."""
    value = row.get("values")
    items = value if isinstance(value, list) else []
    return [Decimal(str(item)) for item in items if isinstance(item, int | float) and not isinstance(item, bool)]


def _parts(rows: Iterable[Row]) -> Mapping[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for row in rows:
        wholes = row.texts("part_of")
        if len(wholes) == 1:
            parts.setdefault(wholes[0], []).append(row.text("id"))
    return parts
