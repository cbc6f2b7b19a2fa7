"""Forecasts as may be seen: a territory's list from the worst, counts by prospect, one target with all that was ever foretold.

Whoever watches a territory's lights sees its forecasts. As of a moment in the past they are those that had been made by
then. A plan bounds the rows (one per target), so their order needs no index of its own; each query costs the same
number of statements whatever it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow, row_of
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.progress.queries.watching import may_watch
from zhitong.domain.progress.queries.watching.seeing import watched_among
from zhitong.domain.progress.queries.watching.targets import rows_as_dicts
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ForecastFilters:
    """What the list is narrowed to; empty asks nothing. `own_only` leaves out the regions below, `at` is a moment in the past."""

    region_id: UUID | None = None
    own_only: bool = False
    campaign: str = ""
    task_id: UUID | None = None
    indicator_id: UUID | None = None
    target_id: UUID | None = None
    prospects: tuple[Prospect, ...] = ()
    kind: TaskKind | None = None
    lead_id: UUID | None = None
    line_id: UUID | None = None
    words: str = ""
    at: datetime | None = None


_COLUMNS = """
target.id, forecast.indicator_id, forecast.region_id, plan.campaign, task.number AS task_number, task.title AS task_title,
indicator.code, indicator.name, indicator.scope, indicator.measure, target.form, target.comparator, target.value AS goal_value,
target.upper, forecast.deadline, forecast.made_on, forecast.period, forecast.actual, forecast.expected, forecast.in_shares,
forecast.prospect, forecast.unknown, forecast.severity, forecast.goal, forecast.value, forecast.low, forecast.high,
forecast.chance, coalesce(forecast.chance, 2) AS least_chance, forecast.steps, forecast.per_month, forecast.best_month,
forecast.method, forecast.tried, forecast.trials, forecast.mean_error, forecast.said_before, region.position
"""
_FROM = """
FROM {kept} forecast
JOIN plans_target target ON target.id = forecast.target_id AND NOT target.is_cancelled
JOIN plans_indicator indicator ON indicator.id = forecast.indicator_id
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN plans_task task ON task.id = indicator.task_id
JOIN organisations_region region ON region.id = forecast.region_id
WHERE NOT EXISTS (SELECT 1 FROM plans_plan later WHERE later.campaign = plan.campaign AND later.version > plan.version)
{narrowed}
"""
_NEWEST = "(SELECT * FROM analysis_forecast forecast WHERE forecast.is_newest AND {territory})"
_THEN = """
(SELECT DISTINCT ON (forecast.target_id) forecast.* FROM analysis_forecast forecast
 WHERE forecast.made_at <= %(at)s AND {territory} ORDER BY forecast.target_id, forecast.made_on DESC)
"""
_BELOW = (
    "forecast.region_id IN (SELECT within.region_id FROM organisations_region_within within WHERE within.ancestor_id = %(top)s)"
)
_OWN = "forecast.region_id = %(top)s"
_LEADS = "EXISTS (SELECT 1 FROM plans_task_unit own WHERE own.task_id = task.id AND own.role = 'lead' AND own.unit_id = {who})"
_ASKED = {
    "campaign": "plan.campaign = %(campaign)s", "task_id": "task.id = %(task_id)s",
    "indicator_id": "indicator.id = %(indicator_id)s", "target_id": "target.id = %(target_id)s",
    "prospects": "forecast.prospect = ANY(%(prospects)s)", "kind": "task.kind = %(kind)s",
    "lead_id": _LEADS.format(who="%(lead_id)s"), "line_id": _LEADS.format(who="ANY(%(keepers)s)"),
    "words": "(indicator.name ILIKE %(words)s OR task.title ILIKE %(words)s OR task.number = %(said)s)",
}
SORTS = ("severity", "least_chance", "deadline", "position")


def forecasts_for(viewer: Viewer, filters: ForecastFilters, sort: Sort, after: Key | None, limit: int) -> list[ForecastRow]:
    """At most `limit` forecasts after a key (value of the sort column, target), as `kit.paging` asks (one query).

    Raises NotFound: the region asked for is not the viewer's to watch.
    """
    source, parameters = _asked(viewer, filters)
    by, way = (sort.by if sort.by in SORTS else SORTS[0]), ("DESC" if sort.descending else "ASC")
    beyond = "true"
    if after is not None:
        beyond = f"({by}, page.id) {'<' if sort.descending else '>'} (%(after)s, %(after_id)s)"
        parameters |= {"after": after[0], "after_id": after[1]}
    statement = (
        f"SELECT page.* FROM (SELECT {_COLUMNS} {source}) AS page WHERE {beyond} ORDER BY {by} {way}, page.id {way} LIMIT %(limit)s"
    )
    regions = directory().regions
    return [row_of(row, regions[row["region_id"]]) for row in rows_as_dicts(statement, parameters | {"limit": limit})]


def count_forecasts(viewer: Viewer, filters: ForecastFilters, most: int) -> int:
    """How many there are, counted up to `most` (one query).

    Raises NotFound: the region asked for is not the viewer's to watch.
    """
    source, parameters = _asked(viewer, filters)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT %(most)s) AS counted", parameters | {"most": most})
        return int(cursor.fetchone()[0])


def prospects_of(viewer: Viewer, region_ids: Iterable[UUID], *, at: datetime | None = None) -> dict[UUID, dict[Prospect, int]]:
    """How many of each region's own targets are foretold how (one query over at most a plan's targets for each region).

    Regions that the viewer may not watch are left out.
    """
    seen = watched_among(viewer, region_ids)
    found: dict[UUID, dict[Prospect, int]] = {one: {} for one in seen}
    kept = (_THEN if at else _NEWEST).format(territory="forecast.region_id = ANY(%(regions)s)")
    source = _FROM.format(kept=kept, narrowed="")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT forecast.region_id, forecast.prospect, count(*) {source} GROUP BY 1, 2", {"regions": seen, "at": at}
        )
        for region_id, prospect, number in cursor.fetchall():
            found[region_id][Prospect(prospect)] = number
    return found


def forecast_of(viewer: Viewer, target_id: UUID, *, at: datetime | None = None) -> ForecastRow:
    """The forecast of one target, as of a moment (two queries).

    Raises NotFound: there is none, or none for this viewer.
    """
    found = forecasts_for(viewer, ForecastFilters(target_id=target_id, at=at), Sort("severity"), None, 1)
    if not found:
        raise NotFound
    return found[0]


def forecasts_over(viewer: Viewer, indicator_id: UUID, region_ids: Sequence[UUID], *, at: datetime | None = None) -> list[ForecastRow]:
    """One indicator in some regions, the worst first (one query); those that the viewer may not watch give nothing."""
    seen = watched_among(viewer, region_ids)
    kept = (_THEN if at else _NEWEST).format(territory="forecast.region_id = ANY(%(regions)s)")
    source = _FROM.format(kept=kept, narrowed=" AND indicator.id = %(indicator_id)s")
    statement = f"SELECT {_COLUMNS} {source} ORDER BY forecast.severity DESC, region.position"
    regions = directory().regions
    parameters = {"regions": seen, "indicator_id": indicator_id, "at": at}
    return [row_of(row, regions[row["region_id"]]) for row in rows_as_dicts(statement, parameters)] if seen else []


def made_earlier(viewer: Viewer, target_id: UUID) -> list[ForecastRow]:
    """Every forecast ever made of a target, the newest first (one query); nothing for who may not watch its region."""
    source = _FROM.format(kept="analysis_forecast", narrowed=" AND target.id = %(target)s")
    statement = f"SELECT {_COLUMNS} {source} ORDER BY forecast.made_on DESC"
    rows, regions = rows_as_dicts(statement, {"target": target_id}), directory().regions
    seen = set(watched_among(viewer, {row["region_id"] for row in rows}))
    return [row_of(row, regions[row["region_id"]]) for row in rows if row["region_id"] in seen]


def days_made(viewer: Viewer, region_id: UUID) -> list[date]:
    """The days on which a region's targets were forecast, the newest first (one query)."""
    if not may_watch(viewer, region_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT made_on FROM analysis_forecast WHERE region_id = %s ORDER BY 1 DESC", [region_id])
        return [row[0] for row in cursor.fetchall()]


def _asked(viewer: Viewer, filters: ForecastFilters) -> tuple[str, dict[str, Any]]:
    """The rows of some filters as a source, with its parameters."""
    top = filters.region_id or viewer.region_id
    if not may_watch(viewer, top):
        raise NotFound
    keepers = [one.id for one in directory().units.values() if filters.line_id in one.line_ids] if filters.line_id else []
    parameters: dict[str, Any] = {
        "top": top, "campaign": filters.campaign, "task_id": filters.task_id, "indicator_id": filters.indicator_id,
        "target_id": filters.target_id, "prospects": [one.value for one in filters.prospects],
        "kind": filters.kind.value if filters.kind else "", "lead_id": filters.lead_id, "keepers": keepers, "at": filters.at,
        "said": filters.words, "words": f"%{_literal(filters.words)}%",
    }
    kept = (_THEN if filters.at else _NEWEST).format(territory=_OWN if filters.own_only else _BELOW)
    narrowed = "".join(f" AND {condition}" for name, condition in _ASKED.items() if getattr(filters, name))
    return _FROM.format(kept=kept, narrowed=narrowed), parameters


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
