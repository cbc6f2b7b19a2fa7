"""What a reading of a policy document is made of; `as_json` gives what the command prints, `plan_from` takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

Span = tuple[int, int]
"""Start and end, 0-based code points of the text as read; the end is the first code point behind."""


@dataclass(frozen=True)
class Document:
    """The head of a paper; what is not printed is None or empty."""

    title: str | None = None
    number: str | None = None
    issuer: tuple[str, ...] = ()
    date_issued: str | None = None
    recipients: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: level 1 一、, 2 （一）, 3 1., 4 （1）; 0 for parts, chapters and attachments."""

    id: str
    number: str
    level: int
    title: str
    path: str
    start: int
    end: int
    text_end: int
    """Where its own words end: the first heading below it, or its end."""


@dataclass(frozen=True)
class Responsible:
    """A unit answering for a task, or for a part of it."""

    name: str
    role: str
    """lead, support or responsible."""
    part: str | None = None
    printed: str | None = None
    """As printed, where a shared prefix or suffix was put back into `name`."""
    is_collective: bool = False
    """各有关单位, 领导小组成员单位: nobody can be written to by this name."""
    alias_of: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Task:
    """A duty of the plan: it starts at its heading and ends where the next thing begins."""

    id: str
    title: str
    section_path: str
    start: int
    end: int
    responsible: tuple[Responsible, ...] = ()
    damaged: bool = False
    body_start: int | None = None
    responsible_spans: tuple[Span, ...] = ()
    """The clauses that name units; they are no part of what is to be done."""


@dataclass(frozen=True)
class Indicator:
    """A quantity the text sets, in base units (万套 → 230000 套): kind, class and comparator as in docs/policy.md."""

    id: str
    task_id: str | None
    name: str
    value: Decimal | None
    unit: str | None
    comparator: str | None
    kind: str
    text: str
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    """Both ends of a range, smaller first; empty otherwise."""
    scope: str | None = None
    deadline: str | None = None
    """The last day, YYYY-MM-DD; None when nothing is said."""
    deadline_text: str | None = None
    class_: str = "target"
    optional: bool = False
    restated_by: str | tuple[str, ...] | None = None
    """The id of what states it again; several where that is done in parts."""
    part_of: str | None = None
    damaged: bool = False


@dataclass(frozen=True)
class Moment:
    """A dated step of the campaign: `when` is YYYY-MM-DD, YYYY-MM or the words when no date can be told."""

    what: str
    when: str | None
    text: str
    start: int


@dataclass(frozen=True)
class Finding:
    """A doubt about the text, or (`holds`) a sum that was checked and is right; severity is high, medium or low."""

    kind: str
    severity: str
    message: str
    spans: tuple[Span, ...] = ()
    holds: bool = False


@dataclass(frozen=True)
class Plan:
    """A whole reading; `noise` are the spans of the text that are no part of the paper."""

    document: Document
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    timeline: tuple[Moment, ...] = ()
    findings: tuple[Finding, ...] = ()
    noise: tuple[Span, ...] = ()
    text: str = field(default="", compare=False, repr=False)
    """The text the spans count in; not printed."""

    def with_findings(self, findings: Sequence[Finding]) -> Plan:
        """The same plan with what was found in it."""
        return replace(self, findings=tuple(findings))


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain lists, words and numbers; whole numbers are ints, other decimals floats."""
    drawn: dict[str, Any] = _plain(asdict(plan))
    del drawn["text"]
    return drawn


def plan_from(read: Mapping[str, Any], text: str = "") -> Plan:
    """The plan that `as_json` printed, or a reading made by hand; what is unknown here is passed over."""
    return Plan(
        document=_made(Document, read["document"]),
        sections=tuple(_made(Section, row) for row in read.get("sections", ())),
        tasks=tuple(_task_from(row) for row in read.get("tasks", ())),
        indicators=tuple(_indicator_from(row) for row in read.get("indicators", ())),
        timeline=tuple(_made(Moment, row) for row in read.get("timeline", ())),
        findings=tuple(
            replace(_made(Finding, row), spans=_spans(row.get("spans", ()))) for row in read.get("findings", ())
        ),
        noise=_spans(read.get("noise", ())),
        text=text,
    )


def _task_from(row: Mapping[str, Any]) -> Task:
    return replace(
        _made(Task, row),
        responsible=tuple(_made(Responsible, one) for one in row.get("responsible", ())),
        responsible_spans=_spans(row.get("responsible_spans", ())),
    )


def _indicator_from(row: Mapping[str, Any]) -> Indicator:
    value = row.get("value")
    return replace(
        _made(Indicator, {**row, "class_": row.get("class", row.get("class_", "target"))}),
        value=None if value is None else Decimal(str(value)),
        values=tuple(Decimal(str(one)) for one in row.get("values") or ()),
    )


Shape = TypeVar("Shape")


def _made(shape: type[Shape], row: Mapping[str, Any]) -> Shape:
    """The shape from a row of JSON: lists become tuples, keys the shape does not know are passed over."""
    known = {one.name for one in fields(shape)}  # type: ignore[arg-type]
    taken = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in known}
    return shape(**taken)


def _spans(rows: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((row[0], row[1]) for row in rows)


def _plain(value: Any) -> Any:
    """Tuples as lists, decimals as numbers, `class_` under its printed name."""
    if isinstance(value, dict):
        return {key.rstrip("_"): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
