"""The rows behind the figures: every target of a territory with its newest light, narrowed, the worst first, by pages.

A plan bounds them (one row per target), so the order by how bad it is needs no index of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Comparator, Goal, Light, Stage, TaskKind, full_name, goal_in_words
from zhitong.domain.progress.queries.watching.seeing import may_watch
from zhitong.domain.progress.queries.watching.targets import rows_as_dicts
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ProgressFilters:
    """What the list is narrowed to; empty asks nothing. `own_only` leaves out the regions below the one asked for."""

    region_id: UUID | None = None
    own_only: bool = False
    campaign: str = ""
    task_id: UUID | None = None
    indicator_id: UUID | None = None
    lights: tuple[Light, ...] = ()
    kind: TaskKind | None = None
    lead_id: UUID | None = None
    line_id: UUID | None = None
    is_overridden: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A target in a region as a list shows it; `severity` orders the list: the light, then how far behind."""

    id: UUID
    region_id: UUID
    region: str
    region_code: str
    campaign: str
    task_number: str
    task_title: str
    code: str
    name: str
    measure: str
    goal: str
    deadline: date | None
    period: str
    actual: Decimal | None
    expected: Decimal | None
    share: Decimal | None
    expected_share: Decimal | None
    stage: Stage | None
    light: Light
    override: Light | None
    is_accepted: bool
    words: str
    severity: Decimal


_SEVERITY = """
(CASE standing.light WHEN 'red' THEN 50 WHEN 'amber' THEN 40 WHEN 'none' THEN 30 WHEN 'green' THEN 20
                     WHEN 'ahead' THEN 10 ELSE 0 END
 + least(9, greatest(0, coalesce(standing.expected_share - standing.share, 0))))
"""
_FROM = """
FROM progress_standing standing
JOIN plans_target target ON target.id = standing.target_id
JOIN plans_indicator indicator ON indicator.id = standing.indicator_id
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN plans_task task ON task.id = indicator.task_id
LEFT JOIN progress_override override
       ON override.target_id = target.id AND override.period = standing.period AND override.released_at IS NULL
WHERE standing.is_newest AND NOT target.is_cancelled AND {territory}
  AND NOT EXISTS (SELECT 1 FROM plans_plan later WHERE later.campaign = plan.campaign AND later.version > plan.version)
"""
_COLUMNS = """
target.id, standing.region_id, plan.campaign, task.number AS task_number, task.title AS task_title, indicator.code,
indicator.name, indicator.scope, indicator.measure, target.comparator, target.value, target.upper, target.deadline,
standing.period, standing.period_end, standing.actual, standing.expected, standing.share, standing.expected_share,
standing.figure_id, standing.light, standing.is_accepted, standing.words, override.light AS override
"""
_PAGE = f"""
SELECT page.*, figure.stage FROM (
    SELECT {_COLUMNS}, {_SEVERITY} AS severity {_FROM} {{narrowed}}
) AS page LEFT JOIN progress_figure figure ON figure.id = page.figure_id
WHERE {{beyond}} ORDER BY {{order}} LIMIT %(limit)s
"""
_TERRITORY = (
    "standing.region_id IN (SELECT within.region_id FROM organisations_region_within within"
    " WHERE within.ancestor_id = %(top)s)"
)
_ASKED = {
    "campaign": "plan.campaign = %(campaign)s", "task_id": "task.id = %(task_id)s",
    "indicator_id": "indicator.id = %(indicator_id)s", "lights": "standing.light = ANY(%(lights)s)",
    "kind": "task.kind = %(kind)s", "is_overridden": "override.id IS NOT NULL",
    "lead_id": "EXISTS (SELECT 1 FROM plans_task_unit own WHERE own.task_id = task.id AND own.role = 'lead'"
               " AND own.unit_id = %(lead_id)s)",
    "line_id": "EXISTS (SELECT 1 FROM plans_task_unit own WHERE own.task_id = task.id AND own.role = 'lead'"
               " AND own.unit_id = ANY(%(keepers)s))",
    "words": "(indicator.name ILIKE %(words)s OR task.title ILIKE %(words)s OR task.number = %(said)s)",
}
SORTS = ("severity", "period_end")


def rows_for(
    viewer: Viewer, filters: ProgressFilters, sort: Sort, after: Key | None, limit: int,
) -> list[ProgressRow]:
    """At most `limit` rows after a key (value of the sort column, id), as `kit.paging` asks (one query).

    Raises NotFound: the region asked for is not the viewer's to watch.
    """
    conditions, parameters = _asked(viewer, filters)
    by, way = (sort.by if sort.by in SORTS else SORTS[0]), ("DESC" if sort.descending else "ASC")
    beyond = "true"
    if after is not None:
        beyond = f"({by}, page.id) {'<' if sort.descending else '>'} (%(after)s, %(after_id)s)"
        parameters |= {"after": after[0], "after_id": after[1]}
    statement = _PAGE.format(
        territory=parameters.pop("territory"), narrowed=conditions, beyond=beyond, order=f"{by} {way}, page.id {way}",
    )
    regions = directory().regions
    return [_row(row, regions[row["region_id"]]) for row in rows_as_dicts(statement, parameters | {"limit": limit})]


def count_rows(viewer: Viewer, filters: ProgressFilters, most: int) -> int:
    """How many rows there are, counted up to `most` (one query).

    Raises NotFound: the region asked for is not the viewer's to watch.
    """
    conditions, parameters = _asked(viewer, filters)
    counted = f"SELECT count(*) FROM (SELECT 1 {_FROM} {conditions} LIMIT %(limit)s) AS counted"
    with connection.cursor() as cursor:
        cursor.execute(counted.format(territory=parameters.pop("territory")), parameters | {"limit": most})
        return int(cursor.fetchone()[0])


def _asked(viewer: Viewer, filters: ProgressFilters) -> tuple[str, dict[str, Any]]:
    """The conditions of some filters with their parameters; `territory` among them is the condition on regions."""
    top = filters.region_id or viewer.region_id
    if not may_watch(viewer, top):
        raise NotFound
    keepers = [one.id for one in directory().units.values() if filters.line_id in one.line_ids] if filters.line_id else []
    parameters: dict[str, Any] = {
        "top": top, "campaign": filters.campaign, "task_id": filters.task_id, "indicator_id": filters.indicator_id,
        "lights": [light.value for light in filters.lights], "kind": filters.kind.value if filters.kind else "",
        "lead_id": filters.lead_id, "keepers": keepers, "said": filters.words, "words": f"%{_literal(filters.words)}%",
        "territory": "standing.region_id = %(top)s" if filters.own_only else _TERRITORY,
    }
    wanted = [condition for name, condition in _ASKED.items() if getattr(filters, name)]
    return "".join(f" AND {condition}" for condition in wanted), parameters


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _row(row: dict[str, Any], region: RegionEntry) -> ProgressRow:
    goal = Goal(Comparator(row["comparator"]), row["value"], row["upper"], row["measure"])
    return ProgressRow(
        id=row["id"], region_id=row["region_id"], region=region.name, region_code=region.code,
        campaign=row["campaign"], task_number=row["task_number"],
        task_title=row["task_title"], code=row["code"], name=full_name(row["name"], row["scope"]), measure=row["measure"],
        goal=goal_in_words(goal), deadline=row["deadline"], period=row["period"], actual=row["actual"],
        expected=row["expected"], share=row["share"], expected_share=row["expected_share"],
        stage=Stage(row["stage"]) if row["stage"] else None, light=Light(row["light"]),
        override=Light(row["override"]) if row["override"] else None, is_accepted=row["is_accepted"],
        words=row["words"], severity=row["severity"],
    )
