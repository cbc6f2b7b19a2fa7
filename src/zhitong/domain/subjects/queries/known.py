"""What is known of one of the served beyond its register row: figures over time, qualifications, elements, absorbed rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.subjects.models import DatedFact, ElementRow, Mark, Subject
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.domain.subjects.rules.kinds import Element, ElementState
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.noting import last_day, period_in_words


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a period, and where it came from; money in yuan."""

    code: Known
    period: str
    period_words: str
    value: Decimal
    source: FactSource
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """What is known of one figure, the newest period first."""

    code: Known
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class MarkView:
    """A qualification with the paper it rests on; `until` is None while it is borne."""

    code: str
    since: date
    until: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class ElementView:
    """A thing a project needs, and how far it has come."""

    element: Element
    name: str
    state: ElementState
    done_on: date | None
    unit_id: UUID | None
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class AbsorbedView:
    """A row that went into this one."""

    id: UUID
    name: str
    code: str
    ended_on: date | None


def figures_of(subject: SubjectView, *, code: Known | None = None) -> list[FigureSeries]:
    """The figures of a subject by what they tell, in the order of the words; none to whom they may not be shown. One query."""
    if not subject.sees_figures:
        return []
    rows = DatedFact.objects.filter(subject_id=subject.id)
    found = [_figure(row) for row in (rows.filter(code=code.value) if code else rows)]
    found.sort(key=lambda one: (last_day(one.period), -len(one.period)), reverse=True)
    by_code = [(word, tuple(one for one in found if one.code is word)) for word in Known]
    return [FigureSeries(word, figures) for word, figures in by_code if figures]


def marks_of(subject_id: UUID) -> list[MarkView]:
    """The qualifications of a subject the caller has opened, those borne today first; one query."""
    rows = Mark.objects.filter(subject_id=subject_id).order_by("-since", "code")
    found = [MarkView(row.code, row.since, row.until, row.evidence) for row in rows]
    return sorted(found, key=lambda one: one.until is not None)


def elements_of(subject_id: UUID) -> list[ElementView]:
    """The elements of a project the caller has opened, by kind; one query."""
    rows = list(ElementRow.objects.filter(subject_id=subject_id))
    names, order = unit_names(row.unit_id for row in rows), list(Element)
    found = [
        ElementView(
            Element(row.element), row.name, ElementState(row.state), row.done_on, row.unit_id,
            names.get(row.unit_id, "") if row.unit_id else "", row.note,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (order.index(one.element), one.name))


def absorbed_by(subject_id: UUID) -> list[AbsorbedView]:
    """The rows that went into a subject the caller has opened, those that had gone into them too; one query a step."""
    found: list[AbsorbedView] = []
    wave: Sequence[UUID] = [subject_id]
    while wave:
        rows = list(Subject.objects.filter(merged_into_id__in=wave).order_by("ended_on", "id"))
        found += [AbsorbedView(row.id, row.name, row.code, row.ended_on) for row in rows]
        wave = [row.id for row in rows]
    return found


def _figure(row: DatedFact) -> Figure:
    return Figure(
        Known(row.code), row.period, period_in_words(row.period), row.value, FactSource(row.source), row.noted_at
    )
