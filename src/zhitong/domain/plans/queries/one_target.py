"""Targets of a region as a list, and one target in full: value in force, every value it had, curves, formula, who acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.queries import directory, officials_only, unit_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Curve, Gate, Plan, Target, TargetTerm
from zhitong.domain.plans.queries.rights import deciding_office, may_amend, may_decide, may_propose
from zhitong.domain.plans.queries.targets import CurveInForce, curves_on, span_of, terms_on
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    CurveShape,
    CurveState,
    Goal,
    IndicatorClass,
    IndicatorKind,
    TargetForm,
    TermSource,
    goal_in_words,
)
from zhitong.domain.plans.rules.curves import Point, Points, default_shape, earliest_day, points_for, read
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class TargetFilters:
    """Whose targets: a campaign's in a region; narrowed to a task's number, a form, words of the name."""

    campaign: str
    region_id: UUID
    task: str = ""
    form: TargetForm | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a list, with its newest value in words."""

    id: UUID
    code: str
    name: str
    scope: str
    task: str
    task_title: str
    form: TargetForm
    goal: str
    aspiration: str
    deadline: date | None
    is_cancelled: bool
    region: str
    position: int


@dataclass(frozen=True, slots=True)
class TermView:
    """A value the target had: in words, its days, where it comes from and why."""

    number: int
    goal: str
    deadline: date | None
    is_cancelled: bool
    since: date
    until: date | None
    source: TermSource
    source_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class CurveView:
    """A curve that was proposed or laid down for the target, and what was said of it."""

    id: UUID
    number: int
    shape: CurveShape
    points: Points
    since: date
    state: CurveState
    unit: str
    reason: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True)
class TargetInRegion:
    """A target with everything kept of it; `begin` to `deadline` is counted, `gates` are the floors beneath every curve.

    `formula` is the arithmetic in words, `term` None before the first value holds. The `may_…` tell of this post;
    `earliest` is the first day a curve proposed now would speak for.
    """

    id: UUID
    indicator_id: UUID
    code: str
    name: str
    scope: str
    kind: IndicatorKind
    reading_class: IndicatorClass
    measure: str
    campaign: str
    plan_id: UUID
    task_id: UUID | None
    task: str
    task_title: str
    region_id: UUID
    region: str
    form: TargetForm
    goal: str
    aspiration: str
    base: str
    formula: str
    is_cancelled: bool
    begin: date
    deadline: date
    terms: tuple[TermView, ...]
    term: TermView | None
    curve: CurveInForce
    first: Points
    curves: tuple[CurveView, ...]
    gates: tuple[Point, ...]
    decider: str
    earliest: date
    may_propose: bool
    may_decide: bool
    may_amend: bool

    @property
    def proposed(self) -> CurveView | None:
        """The curve that waits for an answer."""
        return next((one for one in self.curves if one.state is CurveState.PROPOSED), None)


def targets_for(
    viewer: Viewer, filters: TargetFilters, *, after: tuple[int, UUID] | None = None, turned: bool = False, limit: int = 50
) -> list[TargetRow]:
    """One page of a region's targets in the order of the plan (one query); `turned` reads from the end.

    `after` is (place in the plan, id). Raises NotFound: the viewer is one of the served.
    """
    kept = _narrowed(viewer, filters)
    if after is not None:
        place, at = after
        side = "lt" if turned else "gt"
        kept = kept.filter(
            Q(**{f"indicator__position__{side}": place}) | Q(indicator__position=place, **{f"id__{side}": at})
        )
    order = ("-indicator__position", "-id") if turned else ("indicator__position", "id")
    here = directory()
    return [_row(row, here) for row in kept.select_related("indicator__task").order_by(*order)[:limit]]


def count_targets(viewer: Viewer, filters: TargetFilters, *, most: int) -> int:
    """How many targets a filter leaves, counted up to `most`."""
    return _narrowed(viewer, filters).order_by()[:most].count()


def target_seen(viewer: Viewer, target_id: UUID, today: date) -> TargetInRegion:
    """One target in full (some nine queries). Raises NotFound: no such target, or the viewer is one of the served."""
    officials_only(viewer)
    kept = Target.objects.select_related("indicator__task", "indicator__plan", "of_indicator")
    row = kept.filter(id=target_id).first()
    if row is None:
        raise NotFound
    one, begin, deadline = row.indicator, *span_of(row.id, today)
    terms = [_term(term, one.measure) for term in TargetTerm.objects.filter(target=row).order_by("number")]
    curves = _curves(row.id)
    curve = curves_on([row.id], today)[row.id]
    head = _row(row, directory())
    office = deciding_office(row.region_id)
    return TargetInRegion(
        row.id, one.id, one.code, one.name, one.scope, IndicatorKind(one.kind), IndicatorClass(one.reading_class),
        one.measure, one.plan.campaign, one.plan_id, one.task_id, head.task, head.task_title, row.region_id, head.region,
        head.form, head.goal, head.aspiration, _base(row), formula_in_words(row, today), row.is_cancelled, begin, deadline,
        tuple(terms), _on(terms, today), curve, _first(curves, row, begin, deadline), tuple(curves),
        tuple(_gates(one.plan.campaign)), unit_names([office]).get(office, "") if office else "", earliest_day(begin, today),
        may_propose(viewer, row.region_id, one.task_id), may_decide(viewer, row.region_id),
        may_amend(viewer, row.region_id),
    )


def formula_in_words(row: Target, on: date) -> str:
    """The arithmetic of a formula target, resting on the other's value in force on a day; empty for other forms.

    “不低于 1.3 × 城市低保标准（目标值 7440元/人/年）＝ 9672元/人/年”.
    """
    other = row.of_indicator
    if row.form != TargetForm.FORMULA.value or other is None or row.factor is None:
        return ""
    based_on = Target.objects.filter(indicator=other, region_id=row.region_id).first()
    term = terms_on([based_on.id], on).get(based_on.id) if based_on else None
    factor = format(row.factor.normalize(), "f")
    if term is None:
        return f"{Comparator(row.comparator).label} {factor} × {other.name}（还没有目标值）"
    whole = goal_in_words(Goal(Comparator.EQUAL, row.factor * term.value, None, other.measure))
    value = goal_in_words(Goal(Comparator.EQUAL, term.value, None, other.measure))
    return f"{Comparator(row.comparator).label} {factor} × {other.name}（目标值 {value}）＝ {whole}"


def _narrowed(viewer: Viewer, filters: TargetFilters) -> QuerySet[Target]:
    officials_only(viewer)
    newest = Plan.objects.filter(campaign=filters.campaign).order_by("-version").values("id")[:1]
    kept = Target.objects.filter(indicator__plan__in=newest, region=filters.region_id)
    if filters.task:
        kept = kept.filter(indicator__task__number=filters.task)
    if filters.form:
        kept = kept.filter(form=filters.form.value)
    return kept.filter(indicator__name__icontains=filters.words) if filters.words else kept


def _row(row: Target, here: Directory) -> TargetRow:
    one, task = row.indicator, row.indicator.task
    more = row.aspiration_value
    return TargetRow(
        row.id, one.code, one.name, one.scope, task.number if task else "", task.title if task else "",
        TargetForm(row.form), _goal(row.comparator, row.value, row.upper, one.measure),
        "" if more is None else _goal(row.comparator, more, None, one.measure), row.deadline, row.is_cancelled,
        here.regions[row.region_id].name, one.position,
    )


def _goal(comparator: str, value: Decimal, upper: Decimal | None, measure: str) -> str:
    return goal_in_words(Goal(Comparator(comparator), value, upper, measure))


def _term(row: TargetTerm, measure: str) -> TermView:
    return TermView(
        row.number, _goal(row.comparator, row.value, row.upper, measure), row.deadline, row.is_cancelled, row.since,
        row.until, TermSource(row.source), row.source_id, row.reason,
    )


def _on(terms: Sequence[TermView], day: date) -> TermView | None:
    return next((one for one in terms if one.since <= day and (one.until is None or one.until > day)), None)


def _curves(target_id: UUID) -> list[CurveView]:
    rows = list(Curve.objects.filter(target=target_id).order_by("number"))
    names = unit_names(unit for row in rows for unit in (row.by_unit_id, row.decided_by_id))
    return [
        CurveView(
            row.id, row.number, CurveShape(row.shape), read(row.points), row.since, CurveState(row.state),
            names.get(row.by_unit_id, "") if row.by_unit_id else "", row.reason, row.proposed_at,
            names.get(row.decided_by_id, "") if row.decided_by_id else "", row.decided_at, row.decision,
        )
        for row in rows
    ]


def _first(curves: Sequence[CurveView], row: Target, begin: date, deadline: date) -> Points:
    """The curve that held first and stays drawn: the first accepted one if it spoke from the beginning, else the default."""
    accepted = [one for one in curves if one.state is CurveState.ACCEPTED]
    if accepted and accepted[0].since <= begin:
        return accepted[0].points
    shape = default_shape(IndicatorKind(row.indicator.kind), Aggregation(row.indicator.aggregation))
    return points_for(shape, begin, deadline, calendar())


def _base(row: Target) -> str:
    if row.base is None:
        return row.base_words
    said = goal_in_words(Goal(Comparator.EQUAL, row.base, None, row.indicator.measure))
    return f"{said}（{row.base_words}）" if row.base_words else said


def _gates(campaign: str) -> list[Point]:
    rows = Gate.objects.filter(campaign=campaign, share__isnull=False).order_by("on")
    return [(on, Decimal(share or 0) / 100) for on, share in rows.values_list("on", "share")]


def target_of_curve(viewer: Viewer, curve_id: UUID) -> UUID:
    """The target that a curve is of (one query). Raises NotFound: no such curve, or the viewer is one of the served."""
    officials_only(viewer)
    found = Curve.objects.filter(id=curve_id).values_list("target_id", flat=True).first()
    if found is None:
        raise NotFound
    return found
