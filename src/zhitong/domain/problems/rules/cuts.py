"""What is counted about problems as they move, and by time alone as their clocks warn and fall due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.tallies.rules import FIRST_STEP, SECOND_STEP, Cell, Cut, Past, stepping
from zhitong.kit.clock import day_of

JUST_AFTER = timedelta(microseconds=1)
_ENTERED = """
SELECT stay.region_id, {values}, 1, stay.since FROM problems_stay stay
WHERE {where} AND stay.since >= %(since)s AND stay.since < %(until)s{{within}}
"""
_LEFT = """
SELECT stay.region_id, {values}, -1, stay.since FROM problems_stay stay JOIN problems_stay before ON before.id = stay.previous_id
WHERE {where} AND stay.since >= %(since)s AND stay.since < %(until)s{{within}}
"""
_STOOD = """
SELECT stay.region_id, {values}, 1 FROM problems_stay stay
WHERE {where} AND stay.since < %(since)s AND (stay.until IS NULL OR stay.until >= %(since)s)
"""
_FIRST = "SELECT min(since) FROM problems_stay"


def _past(values: str, where: str) -> Past:
    """The past by the stays: `values` are the dimensions, both speak of a stay as {one}. A stay leaves as the next enters."""

    def of(statement: str, one: str) -> str:
        return statement.format(values=values.format(one=one), where=where.format(one=one))

    return Past(f"{of(_ENTERED, 'stay')} UNION ALL {of(_LEFT, 'before')}", of(_STOOD, "stay"), "stay.region_id", _FIRST)


STATES = Cut(
    "problems.states", ("state", "kind", "category"),
    "SELECT region_id, state, subject_kind, category, count(*) FROM problems_problem WHERE NOT confidential"
    " GROUP BY 1, 2, 3, 4",
    _past("{one}.state, {one}.subject_kind, {one}.category", "NOT {one}.confidential"),
)
LINES = Cut(
    "problems.lines", ("line", "state"),
    "SELECT region_id, coalesce(line_id::text, ''), state, '', count(*) FROM problems_problem WHERE NOT confidential"
    " GROUP BY 1, 2, 3",
    _past("coalesce({one}.line_id::text, ''), {one}.state, ''", "NOT {one}.confidential"),
)
LEVELS = Cut(
    "problems.levels", ("rank", "state"),
    "SELECT problem.region_id, region.rank, problem.state, '', count(*) FROM problems_problem problem"
    " JOIN organisations_region region ON region.id = problem.level_region_id WHERE NOT problem.confidential"
    " GROUP BY 1, 2, 3",
    _past("{one}.level_rank, {one}.state, ''", "NOT {one}.confidential"),
)
DUE = Cut(
    "problems.due", ("day", "line"), "",
    _past(
        "to_char({one}.stage_due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'), coalesce({one}.line_id::text, ''), ''",
        "NOT {one}.confidential AND {one}.unit_id IS NOT NULL AND {one}.stage_due_at IS NOT NULL",
    ),
)
"""What was to fall due on which day, at a moment of the past."""
_RUNNING = "FROM problems_problem WHERE open_spell_id IS NOT NULL AND NOT confidential"
CLOCKS = stepping(
    "problems.clocks", "line",
    f"SELECT region_id, coalesce(line_id::text, ''), '{FIRST_STEP}', count(*) {_RUNNING}"
    " AND warn_at > %(after)s AND warn_at <= %(until)s GROUP BY 1, 2 UNION ALL"
    f" SELECT region_id, coalesce(line_id::text, ''), '{SECOND_STEP}', count(*) {_RUNNING}"
    " AND stage_due_at >= %(after)s AND stage_due_at < %(until)s GROUP BY 1, 2",
)
"""Whose clock warns, and whose is overdue, which it is just after it fell due."""
CONFIDENTIAL = Cut(
    "problems.confidential", ("state", "kind"),
    "SELECT region_id, state, subject_kind, '', count(*) FROM problems_problem WHERE confidential GROUP BY 1, 2, 3",
    _past("{one}.state, {one}.subject_kind, ''", "{one}.confidential"),
)
RULES = Cut(
    "problems.rules", ("rule", "quarter", "right"),
    "SELECT region_id, campaign || ':' || rule_code, to_char(submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-\"Q\"Q'),"
    " CASE WHEN misrouted THEN 'no' ELSE 'yes' END, count(*) FROM problems_problem"
    " WHERE NOT confidential AND rule_code <> '' GROUP BY 1, 2, 3, 4",
)

RECORDED = Cut(
    "problems.recorded", ("source", "state"),
    "SELECT region_id, source, state, '', count(*) FROM problems_problem WHERE recorded AND NOT confidential GROUP BY 1, 2, 3",
    _past("{one}.source, {one}.state, ''", "{one}.recorded AND NOT {one}.confidential"),
)

CUTS = (STATES, LINES, LEVELS, DUE, CLOCKS, CONFIDENTIAL, RULES, RECORDED)


def cells(standing: Standing, rank_of: Callable[[UUID], Rank]) -> list[Cell]:
    """The cells in which a problem counts as it stands; confidential ones count apart, recorded ones once more."""
    state, region, line = standing.state.value, standing.region_id, standing.line_id or ""
    if standing.confidential:
        return [CONFIDENTIAL.cell(region, state, standing.subject_kind)]
    counted = [
        STATES.cell(region, state, standing.subject_kind, standing.category),
        LINES.cell(region, line, state),
        LEVELS.cell(region, rank_of(standing.level_region_id).value, state),
    ]
    if standing.rule_code:
        counted.append(RULES.cell(region, rule_key(standing.campaign, standing.rule_code),
                                  quarter_of(day_of(standing.submitted_at)), "no" if standing.misrouted else "yes"))
    if standing.spell and standing.stage_due_at:
        counted.append(CLOCKS.cell(region, line, _told(standing.warn_at), _told(standing.stage_due_at + JUST_AFTER)))
    if standing.recorded:
        counted.append(RECORDED.cell(region, standing.source.value, state))
    return counted


def _told(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def rule_key(campaign: str, code: str) -> str:
    """A routing rule as counts name it."""
    return f"{campaign}:{code}"


def quarter_of(day: date) -> str:
    """The quarter of a day as counts name it: 2018-Q2."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
