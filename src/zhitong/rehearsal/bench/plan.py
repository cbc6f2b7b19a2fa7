"""A province's month of lights beside PostgreSQL writing the very same rows: every target stood, then read as pages do."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db import connection, transaction

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.actions.opening import open_due
from zhitong.domain.progress.actions.standing import stand_reports
from zhitong.domain.progress.models import Report, Standing
from zhitong.domain.progress.queries.standings import counts_by_light, heat, standings_of_region
from zhitong.domain.tallies.actions import fold
from zhitong.kit import progress
from zhitong.kit.ids import uuid7
from zhitong.rehearsal.year.field import YearField, moment, prepare, set_clock
from zhitong.rehearsal.year.telling import tell

SEED = 7
READINGS = 20


def measure() -> list[str]:
    """Fill an empty migrated database (as its owner) with a month of reports and stand it; returns what to print."""
    field = prepare(SEED)
    now = moment(date(field.year, 9, 20))
    with progress.step("一个月的报告"):
        reports = _reported(field, now)
    with progress.step("亮灯"):
        first, _stood = _timed(lambda: stand_reports(reports, now=now))
        again, repeated = _timed(lambda: stand_reports(reports, now=now))
        single, _one = _timed(lambda: stand_reports(reports[:1], now=now))
    with progress.step("由 PostgreSQL 直接写入同样的行"):
        rows, written = _written_alone()
    while fold():
        pass
    return [
        f"全省一个月的灯（{field.targets:,} 个目标，{len(reports):,} 份报告，写 {rows:,} 行）：",
        f"  计算并写入 {first:.1f} 秒（每秒 {rows / first:,.0f} 行）；原样再算一遍 {again:.1f} 秒，改动 {repeated.changed} 行",
        f"  一份报告审核后重算 {single * 1000:.0f} 毫秒",
        f"  PostgreSQL 一条 INSERT…SELECT 写入同样的行（同样的表、索引、外键）{written:.1f} 秒，比值 {first / written:.1f}",
        *_read(),
    ]


def _reported(field: YearField, now: datetime) -> list[Any]:
    opens = moment(date(field.year, 9, 3))
    set_clock(opens)
    open_due(field.campaign, now=opens)
    for period in sorted(set(Report.objects.values_list("period", flat=True))):
        tell(field.seed, period)
    set_clock(now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE progress_report, progress_figure, plans_target, plans_target_term")
    return list(Report.objects.filter(approved_at__isnull=False).order_by("id").values_list("id", flat=True))


def _written_alone() -> tuple[int, float]:
    """The rows taken out and put back by one statement, keys checked; (rows, seconds)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_kept ON COMMIT DROP AS SELECT * FROM progress_standing")
        cursor.execute("DELETE FROM progress_standing")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        began = time.monotonic()
        cursor.execute("INSERT INTO progress_standing SELECT * FROM bench_kept")
        return cursor.rowcount, time.monotonic() - began


def _read() -> list[str]:
    """What pages read, in milliseconds at the median."""
    here = directory()
    root = here.root()
    office = here.office(root.id)
    assert office is not None, "the root has an office"
    viewer = Viewer(
        uuid7(), uuid7(), office.id, office.kind, root.id, reach_of(office.kind), (),
        permissions_of(office.kind, PostKind.OFFICER), True,
    )
    regions = [root.id, *(child.id for child in here.children(root.id))]
    indicator = Standing.objects.filter(region_id=root.id).values_list("indicator_id", flat=True)[0]
    asked: dict[str, Callable[[], Any]] = {
        f"一个指标在 {Target.objects.filter(indicator_id=indicator).count()} 个地区": lambda: heat(viewer, indicator),
        "一个地区的全部目标": lambda: standings_of_region(viewer, root.id),
        f"{len(regions)} 个地区各灯数": lambda: counts_by_light(viewer, regions),
    }
    return [
        f"  {what}：{median(_timed(ask)[0] for _ in range(READINGS)) * 1000:.0f} 毫秒" for what, ask in asked.items()
    ]


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that an act took, and what it gave."""
    began = time.monotonic()
    done = act()
    return time.monotonic() - began, done
