"""What is noted of one of the served: figures by period, qualifications, the elements of a project."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Router
from pydantic import Field as Asked

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.subject_acts import MOST_ELEMENTS, MOST_FIGURES, MOST_MARKS, Period
from zhitong.api.words import Code, Labelled, Note, OneOf, Said, Shape, labelled, unit_id_coded
from zhitong.domain.subjects.actions.marking import NewElement, NewMark, set_elements, set_marks
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.queries.known import elements_of, figures_of, marks_of
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.registrars import require_may_change
from zhitong.domain.subjects.rules.kinds import Element, ElementState
from zhitong.domain.subjects.rules.known import FactSource, Known

router = Router()


class PeriodFigure(Shape):
    """A figure of a period; money in yuan."""

    code: Labelled
    period: str
    value: Decimal
    source: Labelled
    noted_at: datetime


class Figures(Shape):
    """The figures of a subject; none where this post may not see them."""

    sees_figures: bool
    figures: list[PeriodFigure]


class FigureSaid(Said):
    """A figure: of whom, what, of which period."""

    subject: UUID
    code: OneOf[Known]
    period: Period = Asked(max_length=12, description="2018、2018Q3 或 2018-08")
    value: Decimal = Asked(description="金额以元计")
    said_at: datetime | None = Asked(None, description="何时报的；不填为现在")


class FiguresSaid(Said):
    """记录数据."""

    figures: list[FigureSaid] = Asked(min_length=1, max_length=MOST_FIGURES)


class NotedTold(Shape):
    """What became of the figures."""

    new: int
    replaced: int
    same: int
    older: int


class MarkSaid(Said):
    """A qualification."""

    code: Code
    since: date
    evidence: Note = ""


class MarksSaid(Said):
    """登记资质：没有写到的从今天起不再具备."""

    marks: list[MarkSaid] = Asked(max_length=MOST_MARKS)


class MarkTold(Shape):
    """A qualification; `until` is empty while it is borne."""

    code: str
    since: date
    until: date | None
    evidence: str


class Marks(Shape):
    """The qualifications of a subject."""

    marks: list[MarkTold]


class ElementSaid(Said):
    """A thing a project needs."""

    element: OneOf[Element]
    name: Note
    state: OneOf[ElementState]
    done_on: date | None = None
    unit: Code | None = Asked(None, description="办理单位代码")
    note: Note = ""


class ElementsSaid(Said):
    """要件清单：没有写到的从清单中去掉."""

    elements: list[ElementSaid] = Asked(max_length=MOST_ELEMENTS)


class ElementTold(Shape):
    """A thing a project needs, and how far it has come."""

    element: Labelled
    name: str
    state: Labelled
    done_on: date | None
    unit: str
    note: str


class Elements(Shape):
    """The elements of a project."""

    elements: list[ElementTold]


@reads(router, "/subjects/{subject_id}/figures", answer=Figures, summary="一个服务对象各期的数据")
def figures(request: Request, subject_id: UUID, code: OneOf[Known] | None = None) -> Figures:
    """Figures by what they tell, the newest period first."""
    found = subject_seen(request.viewer, subject_id)
    return Figures(sees_figures=found.sees_figures, figures=[
        PeriodFigure(
            code=labelled(one.code), period=one.period, value=one.value, source=labelled(one.source), noted_at=one.noted_at
        )
        for series in figures_of(found, code=code) for one in series.figures
    ])


@writes(router, "/figures", answer=NotedTold, summary="批量记录各期数据：同一期同一项后报的为准")
def note_many(request: Request, said: FiguresSaid) -> NotedTold:
    """All or none; an equal value changes nothing."""
    ids = {one.subject for one in said.figures}
    require_may_change(request.viewer, ids)
    entries = [
        NewFact(
            subject_id=one.subject, code=one.code, period=one.period, value=one.value, source=FactSource.SYSTEM,
            said_at=one.said_at,
        )
        for one in said.figures
    ]
    noted = note_facts(entries, actor=actor_of(request), now=request.now)
    return NotedTold(new=noted.new, replaced=noted.replaced, same=noted.same, older=noted.older)


@reads(router, "/subjects/{subject_id}/marks", answer=Marks, summary="一个服务对象的资质")
def marks(request: Request, subject_id: UUID) -> Marks:
    """Those borne today first."""
    return _marks(subject_seen(request.viewer, subject_id).id)


@writes(router, "/subjects/{subject_id}/marks", answer=Marks, summary="登记资质")
def mark(request: Request, subject_id: UUID, said: MarksSaid) -> Marks:
    """What is not said is no longer borne."""
    require_may_change(request.viewer, [subject_id])
    wanted = [NewMark(code=one.code, since=one.since, evidence=one.evidence) for one in said.marks]
    set_marks({subject_id: wanted}, actor=actor_of(request), now=request.now)
    return _marks(subject_id)


@reads(router, "/subjects/{subject_id}/elements", answer=Elements, summary="项目的要件清单")
def elements(request: Request, subject_id: UUID) -> Elements:
    """By kind of element."""
    return _elements(subject_seen(request.viewer, subject_id).id)


@writes(router, "/subjects/{subject_id}/elements", answer=Elements, summary="更新项目的要件清单")
def set_all_elements(request: Request, subject_id: UUID, said: ElementsSaid) -> Elements:
    """What is not said is no longer on it."""
    require_may_change(request.viewer, [subject_id])
    wanted = [
        NewElement(
            element=one.element, name=one.name, state=one.state, done_on=one.done_on, note=one.note,
            unit_id=unit_id_coded(one.unit, "unit") if one.unit else None,
        )
        for one in said.elements
    ]
    set_elements({subject_id: wanted}, actor=actor_of(request), now=request.now)
    return _elements(subject_id)


def _marks(subject_id: UUID) -> Marks:
    return Marks(marks=[
        MarkTold(code=one.code, since=one.since, until=one.until, evidence=one.evidence) for one in marks_of(subject_id)
    ])


def _elements(subject_id: UUID) -> Elements:
    return Elements(elements=[
        ElementTold(
            element=labelled(one.element), name=one.name, state=labelled(one.state), done_on=one.done_on, unit=one.unit,
            note=one.note,
        )
        for one in elements_of(subject_id)
    ])
