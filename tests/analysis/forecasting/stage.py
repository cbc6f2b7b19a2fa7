"""A plan half way through its year: one indicator in a few regions, told month by month, each at a pace of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tests.analysis.forecasting.courses import end_of
from tests.progress.reported import as_office, target_in
from zhitong.domain.analysis.actions.forecasting import forecast
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.models import Figure, Report

CAMPAIGN = "hebei-2018"
PACES = {"1309": "0.70", "1301": "1.15", "xiongan": "1.00", "130982": "0.65", "130983": "1.20"}
"""How far each region goes of what is due."""


def moment(month: int, day: int = 21) -> datetime:
    """Ten in the morning of a day of 2018 in Shanghai."""
    return datetime(2018, month, day, 2, tzinfo=UTC)


def tell(target: Target, month: int, value: str) -> Figure:
    """An approved report of a month with one figure, approved on the fifth of the next."""
    return tell_all([(target, month, value)])[0]


def tell_all(said: Sequence[tuple[Target, int, str]]) -> list[Figure]:
    """Such reports of targets and months."""
    regions = {one.region_id for one, _month, _value in said}
    units = dict(Unit.objects.filter(region__in=regions).order_by("-code").values_list("region_id", "id"))
    reports = Report.objects.bulk_create(_report(target, month, units[target.region_id]) for target, month, _value in said)
    return Figure.objects.bulk_create(
        Figure(report=report, indicator_id=target.indicator_id, value=Decimal(value), origin="entered")
        for report, (target, _month, value) in zip(reports, said, strict=True)
    )


def _report(target: Target, month: int, unit_id: UUID) -> Report:
    end = end_of(month)
    at = datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + timedelta(days=5)
    return Report(
        task_id=target.indicator.task_id, region_id=target.region_id, period=f"2018-{month:02}", unit_id=unit_id, period_end=end,
        state="accepted", due_at=at + timedelta(days=3), lock_at=at + timedelta(days=15), approved_at=at, accepted_at=at,
    )


def told_targets(until: int = 8) -> dict[str, Target]:
    """The indicator in every region of PACES: a goal of 1200, told from February to a month, with a little wave."""
    found = {code: target_in(code, 1200) for code in PACES}
    tell_all([
        (found[code], month, str(Decimal(pace) * 100 * month + (7 if month % 2 else -7)))
        for code, pace in PACES.items() for month in range(2, until + 1)
    ])
    return found


def foretold(until: int = 8, *, made_in: tuple[int, ...] = ()) -> dict[str, Target]:
    """The same with forecasts made in some months, and in the month after the newest figures."""
    with as_office():
        targets = told_targets(until)
        for month in (*made_in, until + 1):
            forecast(CAMPAIGN, now=moment(month))
    return targets
