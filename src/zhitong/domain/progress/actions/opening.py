"""Opening a period: who owes a report, by when, of which figures, is written down before anyone reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min, QuerySet

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import Calendar, Period, PeriodKind, last_ended
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.models import Plan, Target
from zhitong.domain.plans.rules import Aggregation, IndicatorClass, IndicatorKind, TargetForm
from zhitong.domain.progress.models import Duty, Report
from zhitong.domain.progress.queries.rules import rules_of
from zhitong.domain.progress.rules import FigureOrigin, Mark, Quality, ReportFact, ReportState
from zhitong.domain.progress.rules.counting import Counted
from zhitong.domain.progress.rules.timetable import PeriodRule, days_after, is_owed
from zhitong.domain.tallies.actions import post
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.ids import uuid7

REPORTED = (IndicatorClass.TARGET.value, IndicatorClass.COVERAGE.value)
"""Readings that have a figure to come to; the others describe."""
UNMEASURED = (IndicatorKind.DEADLINE.value, IndicatorKind.FREQUENCY.value)
_CLOCK = Actor(None, None, None, "work")
_REPORTS = (
    ("id", "uuid"), ("task_id", "uuid"), ("region_id", "uuid"), ("unit_id", "uuid"), ("part", "text"), ("is_joiner", "boolean"),
    ("line_id", "uuid"), ("period", "text"), ("period_end", "date"), ("state", "text"), ("due_at", "timestamptz"),
    ("lock_at", "timestamptz"),
)
_REPORTS_REST = {
    "progress_words": "", "trouble_words": "", "next_words": "", "below_reason": "", "return_reason": "", "version": 1,
}
_FIGURES = (("id", "uuid"), ("report_id", "uuid"), ("indicator_id", "uuid"))
_FIGURES_REST = {
    "stage": "", "origin": FigureOrigin.ENTERED.value, "quality": Quality.FINAL.value, "missing_below": 0, "note": "",
}


@dataclass(slots=True)
class _Owed:
    """What is measured of a task in a region for the period, with its code, and whether any of it adds up from below."""

    indicators: dict[UUID, str] = field(default_factory=dict)
    summed: set[UUID] = field(default_factory=set)

    def of_part(self, codes: Collection[str]) -> list[UUID]:
        """The indicators of a part that has these codes; without codes all of them."""
        return [indicator_id for indicator_id, code in self.indicators.items() if not codes or code in codes]


def open_due(campaign: str, *, now: datetime) -> int:
    """Open the periods that have just ended and whose day has come; returns how many reports are new. For the worker.

    Opening again changes nothing, so the clock may ask as often as it likes; what has locked meanwhile is not opened.
    """
    today, rules = day_of(now), rules_of(campaign)
    works_on = calendar_of(()).works_on
    ended = [(last_ended(today, kind), rule) for kind, rule in rules.periods.items()]
    due = [period for period, rule in ended if _is_open(today, days_after(period, rule, works_on))]
    return sum(open_period(campaign, period, now=now) for period in due)


def _is_open(today: date, days: Any) -> bool:
    return bool(days.opens <= today <= days.locked)


@transaction.atomic
def open_period(campaign: str, period: Period, *, now: datetime, only: Iterable[UUID] | None = None) -> int:
    """Write every report of a period that is not there yet, with an empty place for each of its figures; returns how many.

    A target is not owed before it began nor after its deadline; a task of the plan without any figure owes its words by
    the month. `only` opens these regions alone. A handful of statements whatever the number.
    """
    plan = Plan.objects.filter(campaign=campaign).order_by("-version").first()
    rule = rules_of(campaign).periods.get(period.kind)
    if plan is None or rule is None:
        return 0
    _one_at_a_time(campaign, period)
    chosen = None if only is None else set(only)
    owed = _owed(plan, period, chosen)
    asked = _rows(plan, period, rule, owed, chosen)
    new = [row for row, _indicators in asked]
    _insert("progress_report", _REPORTS, _REPORTS_REST, [_values(row) for row in new])
    _insert("progress_figure", _FIGURES, _FIGURES_REST, [
        (uuid7(), row.id, indicator) for row, indicators in asked for indicator in indicators
    ])
    post(_cells(new))
    if new:
        body = {"period": period.code, "owed": len(new)}
        record_many([Fact(str(ReportFact.OPENED), "plan", plan.id, _CLOCK, now, body)])
    return len(new)


def _one_at_a_time(campaign: str, period: Period) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"{campaign} {period.code}"])


def _owed(plan: Plan, period: Period, only: set[UUID] | None) -> Mapping[tuple[UUID, UUID], _Owed]:
    """By (task, region) what is measured for the period; a task of the plan without figures is there with none."""
    rows = Target.objects.filter(
        indicator__plan=plan, indicator__task__isnull=False, indicator__reading_class__in=REPORTED,
    ).exclude(indicator__kind__in=UNMEASURED).exclude(form=TargetForm.MILESTONE.value)
    measured = rows.filter(region_id=plan.region_id).values("indicator__task_id")
    wanted = rows if only is None else rows.filter(region_id__in=only)
    told = wanted.filter(indicator__frequency=str(period.kind)).annotate(since=Min("terms__since")).order_by(
        "indicator__position", "id",
    ).values_list(
        "indicator__task_id", "region_id", "indicator_id", "indicator__code", "indicator__aggregation", "since", "deadline",
        "is_cancelled",
    )
    found: dict[tuple[UUID, UUID], _Owed] = defaultdict(_Owed)
    for task_id, region_id, indicator_id, code, aggregation, since, deadline, is_cancelled in told:
        begun = since or plan.issued_on
        if is_owed(period, begun, deadline, is_cancelled=is_cancelled):
            one = found[(task_id, region_id)]
            one.indicators[indicator_id] = code
            if aggregation == Aggregation.SUM.value:
                one.summed.add(indicator_id)
    if period.kind is PeriodKind.MONTH and is_owed(period, plan.issued_on, None):
        for task_id in plan.tasks.exclude(id__in=measured).values_list("id", flat=True):
            found[(task_id, plan.region_id)] = _Owed()
    return found


def _rows(
    plan: Plan, period: Period, rule: PeriodRule, owed: Mapping[tuple[UUID, UUID], _Owed], only: set[UUID] | None
) -> list[tuple[Report, list[UUID]]]:
    """The reports that are not there yet, each with the indicators it is asked for."""
    here = directory()
    there = set(
        Report.objects.filter(task__plan=plan, period=period.code).values_list("task_id", "region_id", "unit_id", "part")
    )
    duties = [
        one for one in _duties(plan, only).order_by("task__position", "region__position", "id")
        if (one.task_id, one.region_id) in owed and _has_part(one, owed[(one.task_id, one.region_id)])
    ]
    parts = Counter((one.task_id, one.region_id) for one in duties)
    days: dict[tuple[UUID, ...], tuple[datetime, datetime]] = {}
    rows = []
    for one in duties:
        if (one.task_id, one.region_id, one.unit_id, one.part) in there:
            continue
        owners = here.calendar_owners(one.unit_id)
        if owners not in days:
            days[owners] = _moments(period, rule, calendar_of(owners))
        waits = one.is_joiner and (parts[(one.task_id, one.region_id)] > 1 or _adds_up(one, owed, here))
        rows.append((Report(
            id=uuid7(), task_id=one.task_id, region_id=one.region_id, unit_id=one.unit_id, part=one.part,
            is_joiner=one.is_joiner, line_id=one.line_id, period=period.code, period_end=period.last,
            state=str(ReportState.WAITING_BELOW if waits else ReportState.OWED),
            due_at=days[owners][0], lock_at=days[owners][1],
        ), owed[(one.task_id, one.region_id)].of_part(one.indicator_codes)))
    return rows


def _has_part(duty: Duty, owed: _Owed) -> bool:
    """Whether anything is asked of a unit: of one whose part has indicators of its own only when one of them is measured."""
    return not duty.indicator_codes or bool(owed.of_part(duty.indicator_codes))


def _duties(plan: Plan, only: set[UUID] | None) -> QuerySet[Duty]:
    rows = Duty.objects.filter(task__plan=plan, until__isnull=True)
    return rows if only is None else rows.filter(region_id__in=only)


def _adds_up(duty: Duty, owed: Mapping[tuple[UUID, UUID], _Owed], here: Directory) -> bool:
    """Whether a figure of the task is a sum of which regions directly below report a part."""
    own = owed[(duty.task_id, duty.region_id)].summed
    return bool(own) and any(
        own & owed[(duty.task_id, below.id)].summed
        for below in here.children(duty.region_id) if (duty.task_id, below.id) in owed
    )


def _moments(period: Period, rule: PeriodRule, calendar: Calendar) -> tuple[datetime, datetime]:
    """Due at the end of office hours of its day, locked at the end of the lock day."""
    days = days_after(period, rule, calendar.works_on)
    closes = calendar.sessions_on(days.due)[-1][1]
    return (
        datetime.combine(days.due, closes, SHANGHAI),
        datetime.combine(days.locked + timedelta(days=1), time(), SHANGHAI),
    )


def _values(row: Report) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name, _type in _REPORTS)


def _cells(rows: Sequence[Report]) -> Mapping[Any, int]:
    mark = {str(ReportState.OWED): Mark.MISSING, str(ReportState.WAITING_BELOW): Mark.WAITING}
    return Counter(
        cell for row in rows
        for cell in Counted(row.region_id, row.unit_id, row.line_id, row.period, mark[row.state], was_returned=False).cells()
    )


def _insert(table: str, columns: Sequence[tuple[str, str]], rest: Mapping[str, Any], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows in one statement; `rest` are the values that all of them have."""
    if not rows:
        return
    names = ", ".join((*(name for name, _type in columns), *rest))
    casts = ", ".join(f"%s::{kind}[]" for _name, kind in columns)
    same = "".join(", %s" for _ in rest)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT new.*{same} FROM unnest({casts}) AS new",
            [*rest.values(), *(list(column) for column in zip(*rows, strict=True))],
        )
