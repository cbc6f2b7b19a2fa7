"""What the tests of standings need: targets below the province, reports with figures that count, and a look at lights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tests.cast import viewer
from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Indicator, Target
from zhitong.domain.plans.rules import Comparator, TermSource
from zhitong.domain.progress.models import Figure, Report, Standing

SINCE = date(2018, 3, 1)
ENDS = {"2018-06": date(2018, 6, 30), "2018-07": date(2018, 7, 31), "2018-08": date(2018, 8, 31), "2018-09": date(2018, 9, 30),
        "2018Q2": date(2018, 6, 30)}


def day(month: int, of: int) -> datetime:
    """Ten in the morning of a day of 2018 in Shanghai."""
    return datetime(2018, month, of, 2, tzinfo=UTC)


@contextmanager
def as_office(login: str = "province_office") -> Iterator[Viewer]:
    """Look and act as somebody of an office."""
    with acting_as(viewer(login)) as here:
        yield here


def region(code: str) -> UUID:
    """The id of a region."""
    return Region.objects.values_list("id", flat=True).get(code=code)


def counted_indicator() -> Indicator:
    """A countable target of the provincial plan, without a day of its own."""
    own = Target.objects.filter(
        indicator__plan__campaign="hebei-2018", indicator__kind="count", indicator__reading_class="target",
        indicator__task__isnull=False, comparator="=", deadline__isnull=True, region__code="13",
    )
    return own.select_related("indicator").order_by("indicator__position")[0].indicator


def target_in(code: str, value: int, *, indicator: Indicator | None = None, since: date = SINCE) -> Target:
    """A target of a region for an indicator."""
    indicator = indicator or counted_indicator()
    [target_id] = set_terms(
        [NewTerm(
            indicator.id, region(code), Comparator.EQUAL, Decimal(value), None, None, since, TermSource.DIVISION, None, "",
        )],
        now=day(3, 1),
    )
    return Target.objects.get(id=target_id)


def told(
    target: Target, period: str, value: int | None, *, state: str = "approved", approved_at: datetime | None = None,
    stage: str = "", due_at: datetime | None = None,
) -> Figure:
    """A report for a period with one figure."""
    end = ENDS[period]
    at = approved_at or datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + timedelta(days=3)
    counts = state in ("approved", "accepted")
    report, _made = Report.objects.get_or_create(
        task_id=target.indicator.task_id, region_id=target.region_id, period=period, part="",
        unit=Unit.objects.filter(region_id=target.region_id).order_by("code")[0],
        defaults={
            "period_end": end, "state": state, "due_at": due_at or at + timedelta(days=2), "lock_at": at + timedelta(days=9),
            "approved_at": at if counts else None, "accepted_at": at if state == "accepted" else None,
        },
    )
    value_kept = None if value is None else Decimal(value)
    return Figure.objects.create(
        report=report, indicator_id=target.indicator_id, value=value_kept, stage=stage, origin="entered"
    )


def lights(target: Target) -> dict[str, str]:
    """The light of a target by period."""
    rows = Standing.objects.filter(target=target).order_by("period_end").values_list("period", "light")
    return dict(rows)
