"""Standings and gates worked out anew from reports, values and curves alone, apart from the acts that keep them.

Another way than theirs on purpose: one statement joins everything, fractions are exact, working days are counted here.
For the worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.plans.models import LightStandard
from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.progress.rules.recomputing import Days, Rule, Seen, judged, recomputed_share, result_of
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.queries import differences

FINE = Fraction(2, 1_000_000)
"""Kept figures have six decimals."""
_GRACE = timedelta(hours=1)
"""What fell due this lately may not have been looked at yet."""

_FORCE = """
JOIN plans_indicator indicator ON indicator.id = target.indicator_id AND indicator.task_id IS NOT NULL
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN organisations_region region ON region.id = target.region_id
"""
_ON_DAY = """
LEFT JOIN LATERAL (
    SELECT * FROM plans_target_term term WHERE term.target_id = target.id
    AND daterange(term.since, term.until) @> {day} ORDER BY term.number DESC LIMIT 1
) AS term ON true
LEFT JOIN LATERAL (
    SELECT * FROM plans_curve curve WHERE curve.target_id = target.id AND curve.state = 'accepted' AND curve.since <= {day}
    ORDER BY curve.since DESC, curve.number DESC LIMIT 1
) AS curve ON true
LEFT JOIN LATERAL (
    SELECT sum(weight) AS whole, coalesce(sum(weight) FILTER (WHERE done_on <= {day}), 0) AS done,
           coalesce(sum(weight) FILTER (WHERE first_due_on <= {day}), 0) AS due
    FROM plans_milestone milestone WHERE target.form = 'milestone' AND milestone.task_id = indicator.task_id
    AND milestone.region_id = target.region_id AND milestone.dropped_reason = ''
) AS points ON true
LEFT JOIN LATERAL (
    SELECT max(passed.share) / 100 AS share FROM plans_gate passed
    WHERE passed.campaign = plan.campaign AND passed.on <= {day} AND passed.share IS NOT NULL
) AS floor ON true
"""
_COLUMNS = """
    target.id AS target_id, region.name AS region, indicator.code, plan.campaign, target.form, indicator.direction,
    indicator.kind, indicator.aggregation, target.base, target.factor, term.id AS term_id, term.comparator, term.value AS goal,
    term.upper, coalesce(
        term.deadline, (curve.points -> -1 ->> 0)::date, target.deadline, plan.ends_on) AS deadline, term.is_cancelled,
    coalesce(plan.begins_on, term.since) AS begins_on, curve.id AS curve_id, curve.shape, curve.points,
    points.whole, points.done, points.due, floor.share AS floor
"""
_STANDINGS = f"""
WITH kept AS MATERIALIZED (
    SELECT * FROM progress_standing WHERE period_end >= %(since)s
), told AS MATERIALIZED (
    SELECT DISTINCT ON (target.id, report.period) target.id AS target_id, report.period, report.period_end, report.due_at,
           report.state IN ('approved', 'accepted') AS counts, report.state = 'accepted' AS is_accepted, figure.id AS figure_id,
           figure.value, figure.stage, other.value AS of_value
    FROM progress_report report
    JOIN plans_indicator indicator ON indicator.task_id = report.task_id
    JOIN plans_target target ON target.indicator_id = indicator.id AND target.region_id = report.region_id
    LEFT JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = indicator.id
    LEFT JOIN LATERAL (
        SELECT rested.value FROM progress_figure rested JOIN progress_report its ON its.id = rested.report_id
        WHERE target.form = 'formula' AND rested.indicator_id = target.of_indicator_id AND its.region_id = target.region_id
          AND its.period = report.period AND its.is_joiner AND its.state IN ('approved', 'accepted') LIMIT 1
    ) AS other ON true
    WHERE report.is_joiner AND report.period_end >= %(since)s AND (
        figure.id IS NOT NULL OR target.form = 'milestone' AND indicator.frequency = CASE
        WHEN report.period ~ '^....$' THEN 'year' WHEN report.period ~ 'Q' THEN 'quarter'
        WHEN report.period ~ 'H' THEN 'half_year' WHEN report.period ~ '[ABC]$' THEN 'ten_days' ELSE 'month' END)
    ORDER BY target.id, report.period, report.state IN ('approved', 'accepted') DESC, report.id DESC
)
SELECT {_COLUMNS}, coalesce(told.period, kept.period) AS period, coalesce(told.period_end, kept.period_end) AS day,
       told.target_id IS NOT NULL AS is_opened, told.due_at, told.counts, told.is_accepted,
       CASE WHEN told.counts THEN told.figure_id END AS figure_id, CASE WHEN told.counts THEN told.value END AS value,
       CASE WHEN told.counts THEN told.stage END AS stage, told.of_value,
       kept.id IS NOT NULL AS is_kept, kept.figure_id AS kept_figure_id, kept.term_id AS kept_term_id, kept.light,
       kept.actual, kept.expected, kept.share, kept.expected_share, kept.is_mended, kept.is_accepted AS kept_accepted,
       kept.is_newest, before.light AS light_before
FROM told FULL JOIN kept ON kept.target_id = told.target_id AND kept.period = told.period
JOIN plans_target target ON target.id = coalesce(told.target_id, kept.target_id)
{_FORCE} {_ON_DAY.format(day="coalesce(told.period_end, kept.period_end)")}
LEFT JOIN LATERAL (
    SELECT earlier.light FROM progress_standing earlier
    WHERE earlier.target_id = target.id AND earlier.period_end < %(since)s AND earlier.light <> 'none'
    ORDER BY earlier.period_end DESC LIMIT 1
) AS before ON true
ORDER BY target.id, day, period
"""
_GATES = f"""
SELECT {_COLUMNS}, gate.code AS period, gate.on AS day, gate.share / 100 AS gate_share, told.value, told.stage,
       told.period AS told_period, other.value AS of_value, true AS counts,
       kept.result, kept.actual, kept.share, kept.needed_share, kept.period AS kept_period
FROM progress_gate_reading kept
JOIN plans_gate gate ON gate.id = kept.gate_id
JOIN plans_target target ON target.id = kept.target_id
{_FORCE}
CROSS JOIN LATERAL (SELECT (gate.on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS at) AS moment
LEFT JOIN LATERAL (
    SELECT report.period, said.stage, said.value
    FROM progress_report report
    JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = target.indicator_id
    LEFT JOIN LATERAL (
        SELECT correction.figure_id, correction.before FROM progress_correction correction
        WHERE correction.figure_id = figure.id AND correction.is_allowed AND correction.decided_at > moment.at
        ORDER BY correction.decided_at LIMIT 1
    ) AS later ON true
    CROSS JOIN LATERAL (
        SELECT given.stage, given.value FROM progress_withdrawn given
        WHERE given.figure_id = figure.id AND moment.at >= given.counted_from AND moment.at < given.counted_until
        UNION ALL
        SELECT figure.stage, CASE WHEN later.figure_id IS NOT NULL THEN later.before ELSE figure.value END
        WHERE report.approved_at <= moment.at AND report.state IN ('approved', 'accepted')
    ) AS said
    WHERE report.task_id = indicator.task_id AND report.region_id = target.region_id AND report.is_joiner
      AND report.period_end <= gate.on AND (said.stage <> '' OR said.value IS NOT NULL)
    ORDER BY report.period_end DESC, report.period DESC, report.id DESC LIMIT 1
) AS told ON true
LEFT JOIN LATERAL (
    SELECT said.value FROM progress_figure rested JOIN progress_report its ON its.id = rested.report_id
    CROSS JOIN LATERAL (
        SELECT given.value FROM progress_withdrawn given
        WHERE given.figure_id = rested.id AND moment.at >= given.counted_from AND moment.at < given.counted_until
        UNION ALL SELECT rested.value WHERE its.approved_at <= moment.at
    ) AS said
    WHERE target.form = 'formula' AND rested.indicator_id = target.of_indicator_id AND its.region_id = target.region_id
      AND its.is_joiner AND its.period_end <= gate.on AND said.value IS NOT NULL
    ORDER BY its.period_end DESC LIMIT 1
) AS other ON true
{_ON_DAY.format(day="gate.on")}
WHERE gate.on >= %(since)s
ORDER BY gate.on, gate.code, target.id
"""


@dataclass(slots=True)
class Checked:
    """How much was looked at, and every difference in a sentence."""

    standings: int = 0
    gates: int = 0
    findings: list[str] = field(default_factory=list)


def verify(*, now: datetime, since: date = date.min) -> Checked:
    """Work out every standing and gate anew and hold it against what is kept; counts by light and result too.

    `since` looks at periods and gates from a day on alone and takes what was red before it as kept. Reads every report
    once, two statements and one for each cut.
    """
    checked, days, rules = Checked(), Days(calendar()), _rules()
    for target_rows in _by_target(_rows(_STANDINGS, {"since": since})):
        _check_target(target_rows, days, rules, now, checked)
    for row in _rows(_GATES, {"since": since}):
        _check_gate(row, days, rules, checked)
    for cut in (LIGHTS, GATES):
        checked.findings += [
            f"计数 {cut.name} 有一格记为 {one.kept}，实为 {one.truth}（{one.a[:8]} {one.b} {one.c}）。" for one in differences(cut)
        ]
    return checked


def _rows(statement: str, parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows by name, some thousand at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        yield from _fetched(statement, parameters)


def _fetched(statement: str, parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        names: list[str] = []
        while rows := cursor.fetchmany(5000):
            names = names or [column[0] for column in cursor.description]
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _by_target(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for _target, each in groupby(rows, key=lambda row: row["target_id"]):
        yield list(each)


def _rules() -> Mapping[str, Rule]:
    return {
        row.campaign: Rule(
            Fraction(row.green_from), Fraction(row.amber_from), row.overdue, row.mended,
            {stage: Fraction(share) for stage, share in row.stages.items()},
        )
        for row in LightStandard.objects.all()
    }


def _check_target(
    rows: list[dict[str, Any]], days: Days, rules: Mapping[str, Rule], now: datetime, checked: Checked
) -> None:
    """One target, its periods in order: what was red before decides what is mended now."""
    was_red = rows[0]["light_before"] == "red"
    wanted: list[tuple[dict[str, Any], Seen]] = []
    for row in rows:
        seen = judged(row, days, rules[row["campaign"]], now=now, was_red=was_red)
        is_late = row["due_at"] is not None and now - _GRACE < row["due_at"] <= now
        if seen is None or (is_late and not row["is_kept"]):
            if row["is_kept"]:
                checked.findings.append(f"{_place(row)}：存有一个灯，按报告不该有。")
            continue
        checked.standings += 1
        wanted.append((row, seen))
        if seen.light != "none":
            was_red = seen.light == "red"
    for row, seen in wanted:
        checked.findings += _differences(row, seen, is_newest=row is wanted[-1][0])


def _differences(row: dict[str, Any], seen: Seen, *, is_newest: bool) -> Iterator[str]:
    if not row["is_kept"]:
        yield f"{_place(row)}：按报告应为 {seen.light}，没有存。"
        return
    pairs = {
        "灯": (row["light"], seen.light), "补上": (row["is_mended"], seen.is_mended), "最新": (row["is_newest"], is_newest),
        "上级接受": (row["kept_accepted"], bool(row["is_accepted"])), "目标值": (row["kept_term_id"], row["term_id"]),
        "数": (row["kept_figure_id"], row["figure_id"]),
    }
    for what, (kept, true) in pairs.items():
        if kept != true:
            yield f"{_place(row)}：{what}存为 {kept}，按报告是 {true}。"
    numbers = {
        "实际": (row["actual"], seen.actual), "完成": (row["share"], seen.share),
        "应完成": (row["expected_share"], seen.expected_share), "应达": (row["expected"], seen.expected),
    }
    for what, (kept, true) in numbers.items():
        if not _is_near(kept, true):
            yield f"{_place(row)}：{what}存为 {kept}，按报告是 {None if true is None else float(true)}。"


def _check_gate(row: dict[str, Any], days: Days, rules: Mapping[str, Rule], checked: Checked) -> None:
    checked.gates += 1
    seen = recomputed_share(row, days, rules[row["campaign"]], floor=row["gate_share"])
    told = row["told_period"] or ""
    pairs = {"结果": (row["result"], result_of(seen)), "依据": (row["kept_period"], told if seen.share is not None or told else "")}
    for what, (kept, true) in pairs.items():
        if kept != true:
            checked.findings.append(f"{_place(row)}：节点{what}存为 {kept}，按报告是 {true}。")
    for what, kept, number in (
        ("实际", row["actual"], seen.actual), ("完成", row["share"], seen.share), ("应完成", row["needed_share"], seen.expected_share),
    ):
        if not _is_near(kept, number):
            checked.findings.append(f"{_place(row)}：节点{what}存为 {kept}，按报告是 {None if number is None else float(number)}。")


def _is_near(kept: Any, true: Fraction | None) -> bool:
    if kept is None or true is None:
        return kept is None and true is None
    return abs(Fraction(kept) - true) <= FINE


def _place(row: dict[str, Any]) -> str:
    return f"{row['region']} {row['code']} {row['period']}"

