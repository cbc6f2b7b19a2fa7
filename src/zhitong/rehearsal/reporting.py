"""The reports of the demonstration: February to August, filled in from seeded draws, summed from below, mostly on time.

The province and the cities report every month, the counties of one city too, the other counties the month just ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.rules import Period, period_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.plans.models import Indicator, Target, Task
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.progress.actions.fetching import SentFigure, register_source, take_source_figures
from zhitong.domain.progress.actions.opening import open_period
from zhitong.domain.progress.models import Correction, Figure, Report
from zhitong.domain.progress.rules import Quality
from zhitong.domain.progress.rules.counting import CUTS
from zhitong.domain.tallies.actions import rebuild
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.stage import NOBODY

WHOLE_CITY = "1309"
"""The city whose counties report every month."""
PERIODS = ("2018-02", "2018-03", "2018-04", "2018-05", "2018-06", "2018-07", "2018Q1", "2018Q2", "2018H1", "2018-08")
NEWEST = PERIODS[-1]
SOURCES = (("registration", "互联网+登记系统", "13-registration"), ("elderly_care", "养老服务信息平台", "13-civil_affairs"))
PROGRESS = (
    "按时间表推进，现场进度与计划一致。", "本期新开工点位已全部进场，资料同步归档。", "已完成年度任务的阶段目标，正在组织验收。",
    "进度略慢于计划，已调度施工和牵头单位。",
)
TROUBLES = ("部分点位征拆滞后，影响开工。", "配套资金到位慢，需要上级协调。", "基础台账口径不一，正在统一。")
NEXT = ("下月底前完成剩余点位的开工手续。", "逐点位倒排工期，每周调度一次。", "组织交叉检查，补齐佐证材料。")
AHEAD = 0.98
"""Most places go a little faster than the working days pass: from here on, by a fifth at most."""
BEHIND_HERE = ((0.04, Decimal("0.75")), (0.12, Decimal("0.93")))
BEHIND_EVERYWHERE = ((0.09, Decimal("0.80")), (0.27, Decimal("0.92")))
"""Up to which draw a place, and an indicator in every place, stays how far behind."""
_SENT = """
UPDATE progress_report SET state = sent.state, submitted_at = sent.at, first_submitted_at = sent.at, approved_at = sent.approved_at,
    approved_by_id = sent.approved_by, accepted_at = sent.accepted_at, accepted_by_id = sent.accepted_by,
    returned_at = sent.returned_at, returned_by_id = sent.returned_by, return_reason = sent.return_reason,
    below_reason = sent.below_reason, progress_words = sent.progress, trouble_words = sent.trouble, next_words = sent.next
FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::uuid[], %s::timestamptz[], %s::uuid[],
            %s::timestamptz[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS sent (id, state, at, approved_at, approved_by, accepted_at, accepted_by, returned_at, returned_by, return_reason,
             below_reason, progress, trouble, next)
WHERE progress_report.id = sent.id
"""
_TOLD = """
UPDATE progress_figure SET value = told.value, stage = told.stage, sum_below = told.sum_below, missing_below = told.missing
FROM unnest(%s::uuid[], %s::numeric[], %s::text[], %s::numeric[], %s::int[]) AS told (id, value, stage, sum_below, missing)
WHERE progress_figure.id = told.id
"""


@dataclass(slots=True)
class _Report:
    """A report of the demonstration with what becomes of it; `values` by indicator, whether it was sent or not."""

    row: Report
    number: str
    region: str
    rank: Rank
    figures: list[tuple[UUID, Indicator]] = field(default_factory=list)
    values: dict[UUID, Decimal] = field(default_factory=dict)
    is_sent: bool = False
    is_counted: bool = False


def report_months(campaign: str, *, until: datetime, show: Callable[[float], None]) -> int:
    """Open the months of the demonstration and report them, in one transaction; returns how many reports there are."""
    here = directory()
    with transaction.atomic():
        assign_duties(campaign, on=until.date())
        for place, code in enumerate(PERIODS):
            period = period_of(code)
            open_period(campaign, period, now=datetime.combine(period.last, time(18), SHANGHAI), only=_who(period, here))
            show(place / (2 * len(PERIODS)))
        count = _fill(campaign, here)
        _fetch(campaign, here, until)
        _correct(campaign, here, until)
        rebuild(CUTS)
    return count


def _who(period: Period, here: Directory) -> list[UUID]:
    """Who reports a period: all of them the newest, else the province, the cities and the counties of one city."""
    whole = here.region_coded(WHOLE_CITY)
    chosen = set(here.within(whole.id)) if whole else set()
    return [
        region.id for region in here.regions.values()
        if period.code == NEWEST or region.rank in (Rank.PROVINCE, Rank.CITY) or region.id in chosen
    ]


def _fill(campaign: str, here: Directory) -> int:
    """Let every report be filled in and sent, the lowest regions first, so that sums are what those below have said."""
    values = _targets(campaign)
    reports = _read(campaign, here)
    by_place = {(one.row.task_id, one.row.period, one.row.region_id): one for one in reports if one.row.is_joiner}
    sent: list[tuple[Any, ...]] = []
    told: list[tuple[Any, ...]] = []
    for one in sorted(reports, key=lambda one: -len(here.path(one.row.region_id))):
        below = [
            part for child in here.children(one.row.region_id)
            if (part := by_place.get((one.row.task_id, one.row.period, child.id))) and one.row.is_joiner
        ]
        way = _sent(one, below, here)
        if way is not None:
            sent.append(way)
        told += _told(one, below, values)
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [list(column) for column in zip(*sent, strict=True)])
        cursor.execute(_TOLD, [list(column) for column in zip(*told, strict=True)])
    return len(reports)


@dataclass(frozen=True, slots=True)
class _Goal:
    """What a region is to come to, and by the end of which month."""

    value: Decimal
    form: str
    months: int


_NOTHING = _Goal(Decimal(0), "number", 12)


def _targets(campaign: str) -> dict[tuple[UUID, UUID], _Goal]:
    rows = Target.objects.filter(indicator__plan__campaign=campaign)
    return {
        (indicator, region): _Goal(value, form, deadline.month if deadline else 12)
        for indicator, region, value, form, deadline
        in rows.values_list("indicator_id", "region_id", "value", "form", "deadline")
    }


def _read(campaign: str, here: Directory) -> list[_Report]:
    rows = Report.objects.filter(task__plan__campaign=campaign).order_by("period_end", "id")
    numbers = dict(Task.objects.filter(plan__campaign=campaign).values_list("id", "number"))
    indicators = Indicator.objects.in_bulk()
    found = {
        row.id: _Report(row, numbers[row.task_id], here.regions[row.region_id].code, here.regions[row.region_id].rank) for row in rows
    }
    figures = Figure.objects.filter(report__task__plan__campaign=campaign).order_by("id")
    for report_id, figure_id, indicator_id in figures.values_list("report_id", "id", "indicator_id"):
        found[report_id].figures.append((figure_id, indicators[indicator_id]))
    return list(found.values())


def _sent(one: _Report, below: Sequence[_Report], here: Directory) -> tuple[Any, ...] | None:
    """How a report was sent and judged; None for one that was not."""
    row, draw = one.row, chance("report", one.number, one.region, one.row.period, one.row.part)
    is_newest, lot = row.period == NEWEST, draw.random()
    waits = any(not part.is_counted for part in below) or (row.state == "waiting_below" and not below and is_newest and lot > 0.9)
    let_through = waits and (not is_newest or lot < 0.6 or one.rank is Rank.PROVINCE)
    if (waits and not let_through) or (not below and one.rank is Rank.COUNTY and lot < (0.02 if is_newest else 0.006)):
        return None
    one.is_sent = True
    state = _state(one, is_newest, lot)
    one.is_counted = state in ("approved", "accepted")
    office = here.office(row.region_id)
    above = here.office_above(row.region_id) or office
    late = 0.34 < lot < 0.38
    at = row.due_at + timedelta(hours=20) if late else row.due_at - timedelta(hours=1 + int(90 * draw.random()))
    returned = state == "returned"
    return (
        row.id, state, at,
        at + timedelta(hours=5) if one.is_counted else None, office.id if one.is_counted and office else None,
        at + timedelta(hours=27) if state == "accepted" else None, above.id if state == "accepted" and above else None,
        at + timedelta(hours=20) if returned else None, office.id if returned and office else None,
        "累计数与上月台账对不上，请逐项核对后重报。" if returned else "",
        "个别县区数据还在核实，经研究先报已核定的数。" if let_through else "",
        draw.choice(PROGRESS), draw.choice(TROUBLES) if draw.random() < 0.12 else "", draw.choice(NEXT),
    )


def _state(one: _Report, is_newest: bool, lot: float) -> str:
    if not one.row.is_joiner:
        return "approved"
    if not is_newest or one.rank is Rank.PROVINCE:
        return "submitted" if is_newest and lot > 0.93 else "accepted"
    if lot > (0.985 if one.rank is Rank.COUNTY else 0.92):
        return "returned" if lot > 0.995 else "submitted"
    return "approved" if 0.6 < lot < 0.7 else "accepted"


def _told(one: _Report, below: Sequence[_Report], goals: dict[tuple[UUID, UUID], _Goal]) -> Iterator[tuple[Any, ...]]:
    """The figures of a report that was sent: where they add up, all that those below have done, the ones not in by telephone."""
    if not one.row.is_joiner:
        return
    for figure_id, indicator in one.figures:
        goal = goals.get((indicator.id, one.row.region_id), _NOTHING)
        parts = [part for part in below if indicator.id in part.values]
        is_sum = indicator.aggregation == "sum" and bool(parts)
        value = sum((part.values[indicator.id] for part in parts), Decimal(0)) if is_sum else _value(one, indicator, goal)
        one.values[indicator.id] = value
        if not one.is_sent:
            continue
        if goal.form == "qualitative":
            yield figure_id, None, "advancing" if one.row.period < "2018-07" else "nearly", None, 0
            continue
        known = [part.values[indicator.id] for part in parts if part.is_counted]
        is_held = is_sum and bool(known)
        yield figure_id, value, "", sum(known, Decimal(0)) if is_held else None, len(parts) - len(known) if is_held else 0


def _value(one: _Report, indicator: Indicator, goal: _Goal) -> Decimal:
    """Where a place stands on its way: steady from month to month, most a little ahead, some behind.

    What is hard in one place is often hard everywhere: each indicator has its own luck beside that of the place.
    """
    way = min(Decimal(1), Decimal(one.row.period_end.month) / goal.months)
    own = chance("place", one.region, indicator.code).random()
    luck = _one_of(BEHIND_HERE, own) or Decimal(str(round(AHEAD + 0.2 * own, 4)))
    luck *= _one_of(BEHIND_EVERYWHERE, chance("indicator", indicator.code).random()) or Decimal(1)
    if indicator.aggregation == "sum":
        fine = Decimal(1) if goal.value == goal.value.to_integral_value() else Decimal("0.01")
        return (goal.value * min(Decimal("1.05"), way * luck)).quantize(fine)
    luck = Decimal(1) + (luck - Decimal(1)) / 5
    if indicator.direction == "down":
        return round(goal.value / luck, 1)
    value = round(goal.value * luck, 1)
    return min(Decimal(100), value) if indicator.measure == "%" else value


def _one_of(behind: Sequence[tuple[float, Decimal]], drawn: float) -> Decimal | None:
    return next((luck for most, luck in behind if drawn < most), None)


def _fetch(campaign: str, here: Directory, until: datetime) -> None:
    """Two source systems send what the province reports of their tasks; a stand of yesterday comes after today's."""
    root = here.root()
    for code, name, unit_code in SOURCES:
        unit = here.unit_coded(unit_code)
        if unit is None:
            continue
        rows = Figure.objects.filter(
            report__unit_id=unit.id, report__period=NEWEST, value__isnull=False, indicator__plan__campaign=campaign,
        ).select_related("indicator")
        figures = list(rows.order_by("indicator__position"))
        if not figures:
            continue
        register_source(code=code, name=f"演示{name}", note="演示数据", unit_id=unit.id, actor=NOBODY, now=until)
        actor = replace(NOBODY, unit_id=unit.id)
        for days in (1, 2):
            sent = [
                SentFigure(
                    one.indicator.code, root.code, NEWEST, (one.value or Decimal(0)) - (days - 1), until - timedelta(days=days),
                    Quality.PROVISIONAL if days > 1 else Quality.FINAL,
                )
                for one in figures
            ]
            take_source_figures(code, campaign, sent, actor=actor, now=until)


def _correct(campaign: str, here: Directory, until: datetime) -> None:
    """Two corrections of July that the city has allowed, and two that it still has to decide."""
    city = here.region_coded(WHOLE_CITY)
    office = here.office(city.id) if city else None
    if city is None or office is None:
        return
    rows = Figure.objects.filter(
        report__task__plan__campaign=campaign, report__period="2018-07", report__state="accepted",
        report__region_id__in=[one.id for one in here.children(city.id)],
        value__gt=5, indicator__aggregation="sum",
    ).select_related("report")
    for place, row in enumerate(rows.order_by("report__region__position", "indicator__position")[:4]):
        before, after, asked_at = row.value, (row.value or Decimal(0)) + 1, until - timedelta(days=3, hours=place)
        decided: dict[str, Any] = {}
        if place < 2:
            decided = {"decided_by_id": office.id, "decided_at": until - timedelta(days=2), "is_allowed": True, "decision": "同意更正。"}
            Figure.objects.filter(id=row.id).update(value=after)
        Correction.objects.create(
            figure=row, before=before, after=after, reason="核对台账发现漏报一处，验收单已补。", by_unit_id=row.report.unit_id,
            asked_at=asked_at, **decided,
        )
