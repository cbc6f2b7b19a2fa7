"""Reading counts: of now, folded and unfolded together, and of any moment before; exact at the moment asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.tallies.rules import (
    RUNNING,
    STEPPED,
    Cut,
    Moment,
    changes,
    first_unfinished,
    midnight,
    moment_of,
    stepped_since,
)
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import Refused

_ASKED = """
WITH asked AS (
    SELECT wanted.id FROM unnest(%(nodes)s::uuid[]) AS wanted (id)
    WHERE nullif(current_setting('zhitong.region', true), '') IS NULL OR EXISTS (
        SELECT 1 FROM tallies_branch above
        WHERE above.node = wanted.id AND above.ancestor::text = current_setting('zhitong.region', true))
)"""
_READ = _ASKED + """
SELECT {keys}, sum(n) FROM ({rows}) AS together WHERE true {where}
GROUP BY {keys} HAVING sum(n) <> 0
"""
_NOW = """
    SELECT node, a, b, c, n FROM tallies_cell WHERE cut = %(cut)s AND node IN (SELECT id FROM asked)
    UNION ALL
    SELECT branch.ancestor, a, b, c, n FROM tallies_posting posting
    JOIN tallies_branch branch ON branch.node = posting.node AND branch.ancestor IN (SELECT id FROM asked)
    WHERE cut = %(cut)s
"""
_STEPS = _ASKED + f", {RUNNING}" + """, together AS (
    SELECT node, a, b AS step, n FROM tallies_cell WHERE cut = %(cut)s AND node = ANY (ARRAY(SELECT id FROM asked))
    UNION ALL
    SELECT branch.ancestor, a, b, n FROM ({stepped}) AS stepped
    JOIN tallies_branch branch ON branch.node = stepped.node AND branch.ancestor IN (SELECT id FROM asked)
    WHERE cut = %(cut)s
    UNION ALL
    SELECT branch.ancestor, a, step, n * (SELECT sign FROM running) FROM ({taken}) AS taken (node, a, step, n)
    CROSS JOIN LATERAL (
        SELECT ancestor FROM tallies_branch WHERE node = taken.node AND ancestor IN (SELECT id FROM asked) OFFSET 0) AS branch
)
SELECT node, step, sum(n) FROM together WHERE %(values)s::text[] IS NULL OR a = ANY(%(values)s::text[])
GROUP BY node, step HAVING sum(n) <> 0
"""
_SUMMED = """
    SELECT node, a, b, c, n FROM tallies_past
    WHERE cut = %(cut)s AND node IN (SELECT id FROM asked) AND (
        span = 'year' AND day < %(year)s OR span = 'month' AND day >= %(year)s AND day < %(month)s
        OR span = 'day' AND day >= %(month)s AND day < %(day)s AND node = ANY(%(daily)s::uuid[]))
"""
_SINCE = "SELECT node, a, b, c, n FROM ({changes}) AS {name} WHERE node IN (SELECT id FROM asked)"
_TURNS = """
SELECT day FROM (
    SELECT since AS day FROM tallies_branch WHERE since IS NOT NULL
    UNION SELECT since FROM tallies_branch_gone WHERE since IS NOT NULL
    UNION SELECT until FROM tallies_branch_gone) AS turn
WHERE day >= %(since)s AND day < %(until)s
"""
_MOMENT = """
SELECT begins_at, summed_on, ARRAY(SELECT node FROM tallies_daily WHERE since <= %(month)s) FROM tallies_closing
"""
SPANS = """
WITH changed AS MATERIALIZED (
    SELECT node, a, b, c, day, sum(n) AS n FROM ({changes}) AS changes GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
)
SELECT changed.node, span.word AS span, date_trunc(span.word, changed.day::timestamp)::date AS day, a, b, c, sum(n) AS n
FROM changed CROSS JOIN (VALUES ('day'), ('month'), ('year')) AS span (word)
WHERE span.word <> 'day'
   OR EXISTS (SELECT 1 FROM tallies_daily daily WHERE daily.node = changed.node AND daily.since <= changed.day)
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
"""
"""What changes come to by day, month and year; to be filled with them."""

_DIFFER = """
SELECT coalesce(kept.node, truth.node), coalesce(kept.a, truth.a), coalesce(kept.b, truth.b), coalesce(kept.c, truth.c),
       coalesce(kept.n, 0), coalesce(truth.n, 0)
FROM (
    SELECT node, a, b, c, sum(n) AS n FROM (
        SELECT node, a, b, c, n FROM tallies_cell WHERE cut = %(cut)s
        UNION ALL
        SELECT branch.ancestor, a, b, c, n FROM {posted} AS posted
        JOIN tallies_branch branch ON branch.node = posted.node WHERE cut = %(cut)s
    ) AS together GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
) AS kept FULL JOIN (
    SELECT branch.ancestor AS node, a, b, c, sum(n) AS n
    FROM ({truth}) AS rows (node, a, b, c, n) JOIN tallies_branch branch ON branch.node = rows.node
    GROUP BY 1, 2, 3, 4
) AS truth USING (node, a, b, c)
WHERE kept.n IS DISTINCT FROM truth.n
"""

_PAST_DIFFER = """
SELECT coalesce(kept.node, truth.node), coalesce(kept.a, truth.a), coalesce(kept.b, truth.b), coalesce(kept.c, truth.c),
       coalesce(kept.n, 0), coalesce(truth.n, 0), coalesce(kept.span, truth.span), coalesce(kept.day, truth.day)
FROM (
    SELECT node, span, day, a, b, c, n FROM tallies_past
    WHERE cut = %(cut)s AND span <> 'year' AND day >= %(first)s AND day < %(beyond)s AND n <> 0
) AS kept FULL JOIN (SELECT * FROM ({spans}) AS spans WHERE span <> 'year') AS truth USING (node, span, day, a, b, c)
WHERE kept.n IS DISTINCT FROM truth.n
"""
_YEARS_DIFFER = """
SELECT coalesce(kept.node, truth.node), coalesce(kept.a, truth.a), coalesce(kept.b, truth.b), coalesce(kept.c, truth.c),
       coalesce(kept.n, 0), coalesce(truth.n, 0), 'year', coalesce(kept.day, truth.day)
FROM (
    SELECT node, day, a, b, c, n FROM tallies_past WHERE cut = %(cut)s AND span = 'year' AND n <> 0
) AS kept FULL JOIN (
    SELECT node, date_trunc('year', day::timestamp)::date AS day, a, b, c, sum(n) AS n
    FROM tallies_past WHERE cut = %(cut)s AND span = 'month' GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
) AS truth USING (node, day, a, b, c)
WHERE kept.n IS DISTINCT FROM truth.n
"""
_UNTRUE = """
SELECT coalesce(rows.kept, total.kept) = 'past', coalesce(rows.cut, total.cut) FROM (
    SELECT 'cell' AS kept, cut, sum(n) AS n FROM tallies_cell GROUP BY cut
    UNION ALL SELECT 'past', cut, sum(n) FROM tallies_past GROUP BY cut
) AS rows FULL JOIN tallies_total total ON total.kept = rows.kept AND total.cut = rows.cut
WHERE coalesce(rows.n, 0) <> coalesce(total.n, 0)
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell whose kept count, or whose kept sum of a day, month or year (`span`, from `day` on), is not what the rows say."""

    node: UUID
    a: str
    b: str
    c: str
    kept: int
    truth: int
    span: str = ""
    day: date | None = None


class TooEarly(Refused):
    """Nothing is known of that moment: the past is kept from a later one on."""


def counts(
    cut: Cut, nodes: Sequence[UUID], *, by: Sequence[str], where: dict[str, Sequence[str]] | None = None,
    at: datetime | Moment | None = None,
) -> dict[tuple[UUID, ...], int]:
    """Counts at nodes, keyed (node, value of each dimension in `by`); `where` keeps only the named values.

    One statement whatever the number of nodes; nodes the viewer's region does not hold come back empty. `at` asks for the
    counts as they stood at a moment, what happened at it included: the same for ever once its day is closed. Who asks
    several times about one moment hands over `moment(at)`, otherwise it costs a statement more each time.
    Raises TooEarly: the past is not kept that far back.
    """
    column = {name: "abc"[place] for place, name in enumerate(cut.dimensions)}
    parameters: dict[str, Any] = {"cut": cut.name, "nodes": list(nodes)}
    conditions = ""
    for name, values in (where or {}).items():
        parameters[f"where_{name}"] = [str(value) for value in values]
        conditions += f" AND {column[name]} = ANY(%(where_{name})s)"
    keys = ", ".join(("node", *(column[name] for name in by)))
    rows = _NOW
    if at is not None:
        rows, of_moment = _rows_at(cut, nodes, at if isinstance(at, Moment) else moment(at))
        parameters |= of_moment
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(keys=keys, rows=rows, where=conditions), parameters)
        width = 1 + len(by)
        return {tuple(row[:width]): int(row[-1]) for row in cursor.fetchall()}


def steps_taken(
    cut: Cut, nodes: Sequence[UUID], *, now: datetime, values: Sequence[str] | None = None
) -> dict[tuple[UUID, str], int]:
    """How many had taken each step at a moment, keyed (node, step), of the named values of the dimension or of all.

    One statement: the cells, what is not folded yet, and by the index who stepped since the cells have run; with a clock
    set back those who had not yet. Nodes the viewer's region does not hold come back empty.
    """
    statement = _STEPS.format(stepped=STEPPED.format(posted="tallies_posting"), taken=stepped_since(cut))
    wanted = None if values is None else list(values)
    parameters: dict[str, Any] = {"cut": cut.name, "nodes": list(nodes), "now": now, "values": wanted}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {(node, step): int(n) for node, step, n in cursor.fetchall()}


def moment(at: datetime) -> Moment:
    """A moment of the past with the way to it: two statements. Raises TooEarly: the past is not kept that far back."""
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT, {"month": first_unfinished(at).replace(day=1)})
        begins_at, summed_on, daily = cursor.fetchone()
        if begins_at is not None and at < begins_at:
            said = begins_at.astimezone(SHANGHAI)
            raise TooEarly(f"计数自{said.year}年{said.month}月{said.day}日{said:%H:%M}起留有历史，请选择此后的时点。")
        found = moment_of(at, summed_on)
        days = turns(cursor, found.since, day_of(at) + timedelta(days=1))
        return replace(found, daily=frozenset(daily) if found.day == first_unfinished(at) else frozenset(), turns=tuple(days))


def _rows_at(cut: Cut, nodes: Sequence[UUID], at: Moment) -> tuple[str, dict[str, Any]]:
    """SQL for the rows of a cut at a moment: sums, and what the rows tell since; with its parameters."""
    assert cut.past is not None, f"{cut.name} has no past"
    daily = [node for node in nodes if node in at.daily]
    others = [node for node in nodes if node not in at.daily]
    parameters: dict[str, Any] = {
        "year": at.year, "month": at.month, "day": at.day, "daily": daily, "others": others, "until": at.until,
        "since": midnight(at.since), "since_day": midnight(at.day),
    }
    arms = [_SUMMED]
    if others:
        since, of_turns = changes(cut.past, at.turns, above="others")
        arms.append(_SINCE.format(changes=since, name="since_month"))
        parameters |= of_turns
    if daily:
        since, of_turns = changes(cut.past, [day for day in at.turns if day >= at.day], name="_day", above="daily")
        arms.append(_SINCE.format(changes=since, name="since_day"))
        parameters |= of_turns
    return " UNION ALL ".join(arms), parameters


def turns(cursor: Any, since: date, until: date) -> list[date]:
    """The days from one and before another on which the tree changed, in order."""
    cursor.execute(_TURNS, {"since": since, "until": until})
    return sorted(day for (day,) in cursor.fetchall())


def differences(cut: Cut) -> list[Difference]:
    """Cells that do not agree with the rows (owner or worker; reads every row of the cut); of the past alone there are none."""
    if not cut.truth:
        return []
    with connection.cursor() as cursor:
        posted = f"({STEPPED.format(posted='tallies_posting')})" if cut.steps else "tallies_posting"
        cursor.execute(_DIFFER.format(truth=cut.truth, posted=posted), {"cut": cut.name})
        return [Difference(node, a, b, c, int(n), int(m)) for node, a, b, c, n, m in cursor.fetchall()]


def differences_of_past(cut: Cut) -> Iterator[Difference]:
    """Sums of the past that do not agree with the rows, month by month (owner or worker; reads every row of the cut)."""
    assert cut.past is not None, f"{cut.name} has no past"
    with connection.cursor() as cursor:
        for since, until in months_of(cursor, cut):
            changed, parameters = changes(cut.past, turns(cursor, since, until))
            window: dict[str, Any] = {
                "cut": cut.name, "since": midnight(since), "until": midnight(until), "first": since.replace(day=1),
                "beyond": until,
            }
            cursor.execute(_PAST_DIFFER.format(spans=SPANS.format(changes=changed)), window | parameters)
            yield from _differences(cursor.fetchall())
        cursor.execute(_YEARS_DIFFER, {"cut": cut.name})
        yield from _differences(cursor.fetchall())


def _differences(rows: Iterable[tuple[Any, ...]]) -> list[Difference]:
    return [Difference(node, a, b, c, int(n), int(m), span, day) for node, a, b, c, n, m, span, day in rows]


def months_of(cursor: Any, cut: Cut) -> list[tuple[date, date]]:
    """The months whose days are summed, each from its first day to before the next month, the last one as far as it goes.

    They begin with the first that the rows or the sums of the cut know of.
    """
    assert cut.past is not None, f"{cut.name} has no past"
    cursor.execute("SELECT summed_on FROM tallies_closing")
    summed_on = cursor.fetchone()[0]
    if summed_on is None:
        return []
    beyond = summed_on + timedelta(days=1)
    cursor.execute(
        "SELECT least((SELECT min(day) FROM tallies_past WHERE cut = %s AND span <> 'year'),"
        f" (({cut.past.first}) AT TIME ZONE 'Asia/Shanghai')::date)", [cut.name],
    )
    first = cursor.fetchone()[0]
    months: list[tuple[date, date]] = []
    while first is not None and first < beyond:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        months.append((first.replace(day=1), min(following, beyond)))
        first = following
    return months


def tampered() -> tuple[list[str], list[str]]:
    """The cuts whose cells, and those whose sums of the past, do not come to what they came to when last written.

    A cheap look for the clock, at the kept counts alone: a table emptied by hand is noticed, not every wrong figure.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTRUE)
        found = cursor.fetchall()
    return [cut for is_past, cut in found if not is_past], [cut for is_past, cut in found if is_past]
