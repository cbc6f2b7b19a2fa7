"""Reckoning how targets stand: a batch of targets, all their periods from a day on, in a fixed number of statements.

What is kept follows from reports, values and curves alone: done twice it changes nothing, and nobody sets it by hand.
A period that is neither told nor due has no standing: the light 未到报送期 is that there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.plans.models import Target
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.models import Standing
from zhitong.domain.progress.queries.grounds import ASKED, COUNTED, aims_of, held_on, light_rules, rows_of, told_of
from zhitong.domain.progress.rules.standings import Aim, Reckoned, cell_of, is_red, newest_of, reckon
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell, postings
from zhitong.kit.ids import uuid7

AT_ONCE = 20_000
"""So many targets are reckoned in one transaction: more than a province has of one month."""

_COLUMNS = {
    "target_id": "uuid", "indicator_id": "uuid", "region_id": "uuid", "period": "text", "period_end": "date",
    "figure_id": "uuid", "term_id": "uuid", "curve_id": "uuid", "actual": "numeric", "expected": "numeric",
    "share": "numeric", "expected_share": "numeric", "light": "text", "words": "text", "is_mended": "boolean",
    "is_accepted": "boolean", "is_newest": "boolean",
}
_GIVEN = [name for name in _COLUMNS if name not in ("target_id", "period")]
_WRITE = f"""
INSERT INTO progress_standing AS kept (id, computed_at, {", ".join(_COLUMNS)})
SELECT given.id, %s, {", ".join(f"given.{name}" for name in _COLUMNS)}
FROM unnest(%s::uuid[], {", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())})
     AS given (id, {", ".join(_COLUMNS)})
ON CONFLICT (target_id, period) DO UPDATE
SET computed_at = excluded.computed_at, {", ".join(f"{name} = excluded.{name}" for name in _GIVEN)}
WHERE ({", ".join(f"kept.{name}" for name in _GIVEN)}) IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _GIVEN)})
"""
_NO_LONGER_NEWEST = """
UPDATE progress_standing standing SET is_newest = false
FROM unnest(%s::uuid[], %s::text[]) AS newest (target_id, period)
WHERE standing.target_id = newest.target_id AND standing.is_newest AND standing.period IS DISTINCT FROM newest.period
"""
_NEWEST = """
UPDATE progress_standing standing SET is_newest = true
FROM unnest(%s::uuid[], %s::text[]) AS newest (target_id, period)
WHERE standing.target_id = newest.target_id AND standing.period = newest.period AND NOT standing.is_newest
"""
_OF_REPORTS = """
SELECT target.id, min(report.period_end)
FROM progress_report report
JOIN plans_indicator indicator ON indicator.task_id = report.task_id
JOIN plans_target target ON target.indicator_id = indicator.id AND target.region_id = report.region_id
WHERE report.id = ANY(%(reports)s) GROUP BY target.id
"""
_RESTING = """
SELECT resting.id FROM plans_target target
JOIN plans_target resting ON resting.of_indicator_id = target.indicator_id AND resting.region_id = target.region_id
WHERE target.id = ANY(%(targets)s)
"""
_KNOWN_BEFORE = """
SELECT DISTINCT ON (target_id) target_id, period_end, light FROM progress_standing
WHERE target_id = ANY(%(targets)s) AND period_end < %(since)s AND light <> 'none' ORDER BY target_id, period_end DESC
"""
_NEWEST_BEFORE = """
SELECT DISTINCT ON (target_id) target_id, period FROM progress_standing
WHERE target_id = ANY(%(targets)s) AND period_end < %(since)s ORDER BY target_id, period_end DESC, period DESC
"""
_FELL_DUE = f"""
SELECT target.id, min(report.period_end)
FROM progress_report report
JOIN plans_indicator indicator ON indicator.task_id = report.task_id
JOIN plans_target target ON target.indicator_id = indicator.id AND target.region_id = report.region_id
LEFT JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = indicator.id
JOIN plans_target_term term ON term.target_id = target.id AND NOT term.is_cancelled AND term.since <= report.period_end
    AND (term.until IS NULL OR term.until > report.period_end)
WHERE report.due_at <= %(now)s AND report.is_joiner AND NOT {COUNTED} AND {ASKED} AND NOT EXISTS (
    SELECT 1 FROM progress_standing standing WHERE standing.target_id = target.id AND standing.period = report.period)
GROUP BY target.id
"""


@dataclass(frozen=True, slots=True)
class Stood:
    """How many standings were reckoned, and how many of them were new or otherwise than kept."""

    reckoned: int = 0
    changed: int = 0

    def __add__(self, other: Stood) -> Stood:
        return Stood(self.reckoned + other.reckoned, self.changed + other.changed)


def stand(target_ids: Collection[UUID], *, since: date, now: datetime) -> Stood:
    """Reckon these targets, and those whose formula rests on them, for every opened period that ends on `since` or later.

    Some twenty statements for each batch of 20 000 targets and six more for each day on which a period ends. The
    targets are locked. Source: 冀发〔2018〕7号 一（四）（按时间表、路线图推进）.
    """
    ordered = sorted({*target_ids, *_resting_on(target_ids)})
    batches = (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
    return sum((_stand(batch, since, now) for batch in batches), Stood())


def stand_reports(report_ids: Collection[UUID], *, now: datetime) -> Stood:
    """Reckon what these reports tell of: after they were approved, accepted, corrected or given back."""
    return _stand_since(rows_of(_OF_REPORTS, {"reports": list(report_ids)}), now)


def stand_fallen_due(now: datetime) -> int:
    """Reckon what fell due without being told; returns how many standings that made. For the worker."""
    return _stand_since(rows_of(_FELL_DUE, {"now": now}), now).changed


def _stand_since(found: Collection[tuple[UUID, date]], now: datetime) -> Stood:
    if not found:
        return Stood()
    return stand([target_id for target_id, _since in found], since=min(since for _target, since in found), now=now)


def _resting_on(target_ids: Collection[UUID]) -> Iterable[UUID]:
    """The targets that are a multiple of one of these in the same region."""
    return [row[0] for row in rows_of(_RESTING, {"targets": list(target_ids)})]


@transaction.atomic
def _stand(target_ids: Collection[UUID], since: date, now: datetime) -> Stood:
    list(Target.objects.select_for_update(no_key=True).filter(id__in=target_ids).order_by("id").values_list("id"))
    aims = {aim.target_id: aim for aim in aims_of(target_ids)}
    kept = _kept(aims, since)
    reckoned = [one for one in _reckon(aims, since, now) if one.judged.light is not Light.AHEAD]
    new = {one.key for one in reckoned}
    gone = [
        (target_id, period) for target_id, mine in kept.items() for period in mine if (target_id, period) not in new
    ]
    newest = _newest(aims, kept, reckoned, gone, since)
    before = _newest_lights(aims)
    changed = _write(reckoned, gone, newest, now)
    _count(aims, before, _newest_lights(aims))
    return Stood(len(reckoned), changed)


Kept = Mapping[UUID, Mapping[str, date]]
"""By target: the periods that have a standing, with their ends."""


def _kept(aims: Collection[UUID], since: date) -> Kept:
    kept: dict[UUID, dict[str, date]] = defaultdict(dict)
    rows = Standing.objects.filter(target__in=aims, period_end__gte=since).values_list("target_id", "period", "period_end")
    for target_id, period, end in rows:
        kept[target_id][period] = end
    return kept


def _reckon(aims: Mapping[UUID, Aim], since: date, now: datetime) -> Iterable[Reckoned]:
    told = told_of(aims.values(), since)
    rules = light_rules({aim.campaign for aim in aims.values()})
    asked_on: dict[date, list[Aim]] = defaultdict(list)
    for target_id, each in told.items():
        for end in {one.period_end for one in each}:
            asked_on[end].append(aims[target_id])
    held = {end: held_on(asked, end) for end, asked in asked_on.items()}
    known = rows_of(_KNOWN_BEFORE, {"targets": list(aims), "since": since})
    before = {target_id: {end: light} for target_id, end, light in known}
    for target_id, each in told.items():
        lights: dict[date, str] = before.get(target_id, {})
        for one in each:
            in_force = held[one.period_end].get(target_id)
            if in_force is None:
                continue
            aim, end = aims[target_id], one.period_end
            found = reckon(aim, one, in_force, rules[aim.campaign], on=end, now=now, was_red=is_red(lights, end))
            if found.judged.light is not Light.AHEAD:
                lights[end] = found.judged.light.value
            yield found


def _newest(
    aims: Collection[UUID], kept: Kept, reckoned: Iterable[Reckoned], gone: Collection[tuple[UUID, str]], since: date
) -> dict[UUID, str | None]:
    """The newest period of each target after the writing; None where no standing is left."""
    periods = {target_id: dict(kept.get(target_id, {})) for target_id in aims}
    for target_id, period in gone:
        del periods[target_id][period]
    for one in reckoned:
        periods[one.aim.target_id][one.told.period] = one.told.period_end
    newest = {target_id: newest_of((end, period) for period, end in mine.items()) for target_id, mine in periods.items()}
    bare = [target_id for target_id, period in newest.items() if period is None]
    earlier = rows_of(_NEWEST_BEFORE, {"targets": bare, "since": since}) if bare else []
    return {**newest, **dict(earlier)}


def _write(
    reckoned: Collection[Reckoned], gone: Collection[tuple[UUID, str]], newest: Mapping[UUID, str | None], now: datetime
) -> int:
    """Write the standings in five statements; returns how many were new, otherwise or no longer there."""
    marked: list[Any] = [list(newest.keys()), list(newest.values())]
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(
                "DELETE FROM progress_standing standing USING unnest(%s::uuid[], %s::text[]) AS gone (target_id, period)"
                " WHERE standing.target_id = gone.target_id AND standing.period = gone.period",
                [list(column) for column in zip(*gone, strict=True)],
            )
        cursor.execute(_NO_LONGER_NEWEST, marked)
        written = 0
        if reckoned:
            rows = [(uuid7(), *one.columns(), newest[one.aim.target_id] == one.told.period) for one in reckoned]
            cursor.execute(_WRITE, [now, *(list(column) for column in zip(*rows, strict=True))])
            written = cursor.rowcount
        cursor.execute(_NEWEST, marked)
    return written + len(gone)


def _newest_lights(aims: Collection[UUID]) -> dict[UUID, str]:
    return dict(Standing.objects.filter(target__in=aims, is_newest=True).values_list("target_id", "light"))


def _count(aims: Mapping[UUID, Aim], before: Mapping[UUID, str], after: Mapping[UUID, str]) -> None:
    """Post what has moved from one light to another."""
    moves: list[tuple[list[Cell], list[Cell]]] = [
        (_cells(aims[target_id], before.get(target_id)), _cells(aims[target_id], after.get(target_id)))
        for target_id in aims if before.get(target_id) != after.get(target_id)
    ]
    post(postings(moves))


def _cells(aim: Aim, light: str | None) -> list[Cell]:
    return [cell_of(aim, light)] if light else []
