"""What a written plan says, as records: the document, its tasks, indicators and gates. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    CurveShape,
    Direction,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    Role,
    TargetForm,
    TaskKind,
)
from zhitong.kit.source import Row


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that say it: 0-based code points of a document's text as read."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit in a task: its name, and how the paper prints it where that differs; `indicators` are the codes of those that
    its part of the task has, empty where it answers for all of them."""

    name: str
    role: Role
    part: str
    indicators: tuple[str, ...]
    as_printed: str
    is_collective: bool
    is_open: bool
    row: Row


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """One reading of the plan: what is measured and the value to reach."""

    code: str
    task: str
    section: str
    name: str
    klass: IndicatorClass
    kind: IndicatorKind
    unit: str
    scope: str
    direction: Direction
    aggregation: Aggregation
    weight: str
    frequency: Frequency
    comparator: Comparator
    value: Decimal
    upper: Decimal | None
    deadline: date | None
    per: str
    modality: str
    is_approximate: bool
    is_implied: bool
    is_damaged: bool
    text: str
    clause: Clause
    aspiration: AspirationRecord | None
    restated_by: tuple[str, ...]
    part_of: tuple[str, ...]
    form: TargetForm
    formula: FormulaRecord | None
    base: Decimal | None
    base_words: str
    curve: CurveRecord | None
    upper_reading: str
    """`campaign#code` of the reading one level up that this one carries out, or empty."""
    row: Row


@dataclass(frozen=True, slots=True)
class FormulaRecord:
    """A value that follows another's: `factor` times the reading `of`."""

    factor: Decimal
    of: str


@dataclass(frozen=True, slots=True)
class CurveRecord:
    """Expected progress as the plan lays it down; `months` as `rules.curves.points_for` takes them, from 0 to 1."""

    shape: CurveShape
    months: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class AspirationRecord:
    """A second value that the plan strives for (力争) beyond the one it promises."""

    code: str
    value: Decimal
    text: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task as the plan prints it; `parent` is `campaign#number` of the task one level up, or empty."""

    number: str
    title: str
    kind: TaskKind
    section: str
    content: str
    parent: str
    is_damaged: bool
    clause: Clause
    units: tuple[UnitRecord, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """A milestone as the plan prints it: for which tasks, by which day, after which others of the same task."""

    code: str
    name: str
    tasks: tuple[str, ...]
    begin_on: date | None
    due_on: date
    printed: str
    after: tuple[str, ...]
    lag_days: int
    needs_evidence: bool
    weight: Decimal
    clause: Clause


@dataclass(frozen=True, slots=True)
class GateRecord:
    """A day of the campaign's calendar, and how the paper words it."""

    code: str
    name: str
    on: date
    printed: str
    share: Decimal | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan: its document, tasks, indicators (those of tasks and those of the plan as a whole) and gates."""

    campaign: str
    region: str
    version: int
    document: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued_on: date | None
    begins_on: date | None
    ends_on: date | None
    tasks: tuple[TaskRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    gates: tuple[GateRecord, ...]
    numbers: frozenset[str]
    """The number of every task written, those with a fault included."""
    row: Row
    timetable: tuple[MilestoneRecord, ...] = ()
