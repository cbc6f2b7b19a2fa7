"""The plans' part of a campaign package: `plan.yaml` and the gates of `campaign.yaml`, parsed and checked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from zhitong.domain.plans.package import faults, forms, timetable
from zhitong.domain.plans.package.records import (
    AspirationRecord,
    Clause,
    CurveRecord,
    FormulaRecord,
    GateRecord,
    IndicatorRecord,
    PlanRecord,
    TaskRecord,
    UnitRecord,
)
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Direction,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    Role,
    TaskKind,
    aggregation_of,
    direction_of,
)
from zhitong.kit.source import Finding, Row, Source, known, unique

__all__ = [
    "AspirationRecord", "Clause", "CurveRecord", "FormulaRecord", "GateRecord", "IndicatorRecord", "PlanRecord",
    "TaskRecord", "UnitRecord", "check", "check_quotas", "parse",
]

PLAN = "plan.yaml"
CAMPAIGN = "campaign.yaml"


def parse(source: Source) -> tuple[PlanRecord | None, list[Finding]]:
    """The plan of a package folder and every finding about its form; None when its head cannot be read.

    A row with a fault is left out of the records and said; the rest is read on, so that all is found at once.
    """
    plan, campaign = source.row(PLAN), source.row(CAMPAIGN)
    tasks, gates, readings = plan.rows("tasks"), campaign.rows("gates"), _indicator_rows(plan)
    head = faults.of_plan(plan) if plan else []
    findings = [
        *head,
        *(fault for row in tasks for fault in faults.of_task(row)),
        *(fault for row in readings for fault in faults.of_indicator(row)),
        *(fault for row in gates for fault in faults.of_gate(row)),
        *unique(tasks, "number"), *unique(_with_aspirations(readings), "id"), *unique(gates),
        *faults.of_links(readings, PLAN), *forms.of_formulas(readings, PLAN),
    ]
    if not plan or head:
        return None, findings
    record = _plan(plan, campaign)
    steps = plan.rows("timetable")
    record = replace(record, timetable=timetable.milestones_in(steps, record.tasks))
    return record, [
        *findings, *faults.of_sums(record.indicators, readings), *forms.of_spans(record),
        *timetable.faults_of(steps, record.numbers),
    ]


def check(
    plan: PlanRecord, *, unit_names: Collection[str], regions: Collection[str],
    upper: Callable[[str], PlanRecord | None],
) -> list[Finding]:
    """What only the whole package can tell: units, the region and parent tasks that nobody has written.

    `unit_names` holds every name and alias of the organisations; `upper` gives the plan of another campaign by code.
    """
    findings = known(plan.row, "region", regions, "regions.tsv")
    for task in plan.tasks:
        for unit in task.units:
            if not unit.is_collective:
                findings += known(unit.row, "name", unit_names, "units.yaml")
        findings += _faults_of_parent(task, upper)
    for one in plan.indicators:
        findings += forms.of_upper(one, upper)
    return findings


def check_quotas(plan: PlanRecord, quotas: Iterable[tuple[str, int, Row]]) -> Iterator[Finding]:
    """Numbers written elsewhere in the package that are not the plan's: (reading, number, the row that says it)."""
    printed = {one.code: one.value for one in plan.indicators}
    for reading, number, row in quotas:
        if reading not in printed:
            yield row.finding(f"方案里没有编号为“{reading}”的读数，请改正。", "reading")
        elif printed[reading] != number:
            yield row.finding(f"写的是 {number}，方案里 {reading} 是 {printed[reading]}，请核对。", "quota")


def _faults_of_parent(task: TaskRecord, upper: Callable[[str], PlanRecord | None]) -> Iterator[Finding]:
    if not task.parent:
        return
    campaign, _, number = task.parent.partition("#")
    above = upper(campaign)
    if above is None:
        yield task.row.finding(f"没有找到上级方案“{campaign}”，请改正 parent 或补上那个活动包。", "parent")
    elif number not in above.numbers:
        yield task.row.finding(f"上级方案“{campaign}”里没有任务“{number}”，请改正 parent。", "parent")


def _indicator_rows(plan: Row) -> list[Row]:
    return [*plan.rows("objectives"), *(row for task in plan.rows("tasks") for row in task.rows("indicators"))]


def _with_aspirations(rows: Iterable[Row]) -> list[Row]:
    """Everything with an id: readings and the second values they strive for."""
    rows = list(rows)
    return [*rows, *(row.row("aspiration") for row in rows if "aspiration" in row)]


def _plan(plan: Row, campaign: Row) -> PlanRecord:
    document = plan.row("document")
    tasks = [row for row in plan.rows("tasks") if not faults.of_task(row)]
    objectives = [_indicator(row, "", row.text("section")) for row in _sound(plan.rows("objectives"))]
    of_tasks = [
        _indicator(row, task.text("number"), task.text("section"))
        for task in tasks
        for row in _sound(task.rows("indicators"))
    ]
    return PlanRecord(
        campaign=plan.text("campaign"), region=plan.text("region"), version=plan.number("version"),
        document=document.text("code"), title=document.text("title"), number=document.text("number"),
        issuers=tuple(document.texts("issuers")), issued_on=document.day("issued_on"),
        begins_on=campaign.day("start"), ends_on=campaign.day("end"),
        tasks=tuple(_task(row) for row in tasks), indicators=(*objectives, *of_tasks),
        gates=tuple(gate for row in campaign.rows("gates") if (gate := _gate(row))),
        numbers=frozenset(row.text("number") for row in plan.rows("tasks")), row=plan,
    )


def _sound(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not faults.of_indicator(row)]


def _task(row: Row) -> TaskRecord:
    return TaskRecord(
        number=row.text("number"), title=row.text("title"), kind=TaskKind(row.text("kind")),
        section=row.text("section"), content=row.text("content"), parent=row.text("parent"),
        is_damaged=row.flag("damaged"), clause=_clause(row), units=tuple(_unit(one) for one in row.rows("units")),
        row=row,
    )


def _unit(row: Row) -> UnitRecord:
    return UnitRecord(
        name=row.text("name"), role=Role(row.text("role")), part=row.text("part"),
        indicators=tuple(row.texts("indicators")),
        as_printed=row.text("as_printed") or row.text("name"), is_collective=row.flag("collective"),
        is_open=row.flag("open"), row=row,
    )


def _indicator(row: Row, task: str, section: str) -> IndicatorRecord:
    kind, comparator = IndicatorKind(row.text("kind")), Comparator(row.text("comparator"))
    value, upper = _goal(row, comparator)
    return IndicatorRecord(
        code=row.text("id"), task=task, section=section, name=row.text("name"),
        klass=IndicatorClass(row.text("class")), kind=kind, unit=row.text("unit"), scope=row.text("scope"),
        direction=Direction(row.text("direction") or direction_of(comparator).value),
        aggregation=Aggregation(row.text("aggregation") or aggregation_of(kind).value), weight=row.text("weight"),
        frequency=Frequency(row.text("frequency") or Frequency.MONTH.value), comparator=comparator,
        value=value, upper=upper, deadline=row.day("deadline"), per=row.text("per"), modality=row.text("modality"),
        is_approximate=row.flag("approximate"), is_implied=row.flag("implied"), is_damaged=row.flag("damaged"),
        text=row.text("text"), clause=_clause(row), aspiration=_aspiration(row),
        restated_by=tuple(row.texts("restated_by")), part_of=tuple(row.texts("part_of")), form=forms.form_of(row),
        formula=forms.formula_of(row), base=row.decimal("base"), base_words=row.text("base_words"),
        curve=forms.curve_of(row), upper_reading=row.text("upper"), row=row,
    )


def _goal(row: Row, comparator: Comparator) -> tuple[Decimal, Decimal | None]:
    if comparator is Comparator.RANGE:
        lower, upper = faults.bounds(row)
        return lower, upper
    return row.decimal("value") or Decimal(0), None


def _aspiration(row: Row) -> AspirationRecord | None:
    if "aspiration" not in row:
        return None
    one = row.row("aspiration")
    return AspirationRecord(one.text("id"), one.decimal("value") or Decimal(0), one.text("text"), _clause(one))


def _gate(row: Row) -> GateRecord | None:
    on = row.day("on")
    if on is None or faults.of_gate(row):
        return None
    return GateRecord(
        row.text("code"), row.text("name"), on, row.text("printed"), row.decimal("share"), _clause(row)
    )


def _clause(row: Row) -> Clause:
    clause = row.row("clause")
    return Clause(clause.text("document"), clause.number("start"), clause.number("end"))
