"""Posting, folding, and rebuilding counts; closing days and summing what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.tallies import rules
from zhitong.domain.tallies.queries import SPANS, months_of, turns
from zhitong.domain.tallies.rules import DAILY_FROM, TREE, Cell, Cut, changes, closable_on, midnight

_ONE_FOLDER = "SELECT pg_try_advisory_xact_lock(hashtext('tallies.fold'))"
_FOLD = f"""
WITH gone AS (
    DELETE FROM tallies_posting WHERE id IN (SELECT id FROM tallies_posting ORDER BY id LIMIT %s)
    RETURNING cut, node, a, b, c, n
), standing AS (
    SELECT cut, node, a, b, c, n FROM gone WHERE cut NOT IN (SELECT cut FROM tallies_running)
    UNION ALL {rules.STEPPED.format(posted="gone")}
), summed AS (
    SELECT standing.cut, branch.ancestor AS node, a, b, c, sum(n) AS n
    FROM standing JOIN tallies_branch branch ON branch.node = standing.node
    GROUP BY standing.cut, branch.ancestor, a, b, c HAVING sum(n) <> 0
), written AS (
    INSERT INTO tallies_cell (cut, node, a, b, c, n) SELECT cut, node, a, b, c, n FROM summed ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (cut, node, a, b, c) DO UPDATE SET n = tallies_cell.n + excluded.n
), totalled AS (
    INSERT INTO tallies_total (kept, cut, n) SELECT 'cell', cut, sum(n) FROM summed GROUP BY cut ORDER BY cut
    ON CONFLICT (kept, cut) DO UPDATE SET n = tallies_total.n + excluded.n
)
SELECT count(*) FROM gone
"""
_RUN = f"WITH {rules.RUNNING}" + """, stepped AS (
    SELECT node, a, step, n FROM ({taken}) AS taken (node, a, step, n)
    UNION ALL
    SELECT posted.node, posted.a, step.b, -posted.n FROM tallies_posting posted CROSS JOIN running
    CROSS JOIN LATERAL (VALUES ('1', posted.b), ('2', posted.c)) AS step (b, moment)
    WHERE posted.cut = %(cut)s AND nullif(step.moment, '')::timestamptz > running.after
      AND nullif(step.moment, '')::timestamptz <= running.until
), summed AS (
    SELECT branch.ancestor AS node, a, step, sum(n) * (SELECT sign FROM running) AS n
    FROM stepped JOIN tallies_branch branch ON branch.node = stepped.node GROUP BY 1, 2, 3 HAVING sum(n) <> 0
), written AS (
    INSERT INTO tallies_cell (cut, node, a, b, c, n) SELECT %(cut)s, node, a, step, '', n FROM summed ORDER BY 2, 3, 4
    ON CONFLICT (cut, node, a, b, c) DO UPDATE SET n = tallies_cell.n + excluded.n
), totalled AS (
    INSERT INTO tallies_total (kept, cut, n) SELECT 'cell', %(cut)s, sum(n) FROM summed HAVING count(*) > 0
    ON CONFLICT (kept, cut) DO UPDATE SET n = tallies_total.n + excluded.n
)
UPDATE tallies_running SET run_to = %(now)s WHERE cut = %(cut)s
"""
"""Who stepped since the cells have run, less those whose postings are not folded and will bring it along."""
_TOTAL = """
INSERT INTO tallies_total (kept, cut, n)
SELECT 'cell', cut, sum(n) FROM tallies_cell WHERE cut = ANY(%(cuts)s) GROUP BY cut
ON CONFLICT (kept, cut) DO UPDATE SET n = excluded.n
"""
_OWN = """
CREATE TEMPORARY TABLE tallies_own ON COMMIT DROP AS
WITH depth AS (
    SELECT node, count(*) AS depth FROM tallies_branch GROUP BY node
), parent AS (
    SELECT branch.node, branch.ancestor FROM tallies_branch branch
    JOIN depth ON depth.node = branch.node JOIN depth above ON above.node = branch.ancestor
    WHERE above.depth = depth.depth - 1
)
SELECT cut, node, a, b, c, sum(n) AS n FROM (
    SELECT cut, node, a, b, c, n FROM tallies_cell
    UNION ALL
    SELECT cut, parent.ancestor, a, b, c, -n FROM tallies_cell JOIN parent USING (node)
) AS own GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
"""
"""What each node counts by itself: its cell less those of its children."""
_ALONG_THE_TREE = """
INSERT INTO tallies_cell (cut, node, a, b, c, n)
SELECT cut, branch.ancestor, a, b, c, sum(own.n) FROM tallies_own own JOIN tallies_branch branch ON branch.node = own.node
GROUP BY 1, 2, 3, 4, 5
"""
_SUM = """
WITH spans AS MATERIALIZED ({spans}), written AS (
    INSERT INTO tallies_past (cut, node, span, day, a, b, c, n)
    SELECT %(cut)s, node, span, day, a, b, c, n FROM spans ORDER BY 2, 3, 4, 5, 6, 7
    ON CONFLICT (cut, node, span, day, a, b, c) DO UPDATE SET n = tallies_past.n + excluded.n
), totalled AS (
    INSERT INTO tallies_total (kept, cut, n) SELECT 'past', %(cut)s, sum(n) FROM spans HAVING count(*) > 0
    ON CONFLICT (kept, cut) DO UPDATE SET n = tallies_total.n + excluded.n
)
SELECT count(*) FROM spans
"""
_DAILY = f"""
INSERT INTO tallies_daily (node, since)
SELECT ancestor, %(day)s::date FROM ({TREE}) AS tree
WHERE (since IS NULL OR since <= %(day)s::date) AND (until IS NULL OR until > %(day)s::date)
GROUP BY ancestor HAVING count(*) >= %(least)s
ON CONFLICT DO NOTHING
"""
_REMEMBER = """
INSERT INTO tallies_branch_gone (node, ancestor, since, until)
SELECT node, ancestor, since, %(on)s FROM tallies_branch
WHERE (node, ancestor) IN (SELECT * FROM unnest(%(nodes)s::uuid[], %(ancestors)s::uuid[]))
  AND (since IS NULL OR since < %(on)s)
"""


def post(changes: Mapping[Cell, int]) -> None:
    """Append the changes of cells in one statement, inside the act's transaction."""
    if not changes:
        return
    columns = [list(column) for column in zip(*((*cell, n) for cell, n in changes.items()), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tallies_posting (cut, node, a, b, c, n)"
            " SELECT * FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::int[])",
            columns,
        )


def fold(*, limit: int = 20_000) -> int:
    """Move up to `limit` postings into the cells of every node above them; returns how many were moved.

    One folder at a time: a second one returns 0 at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_FOLDER)
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, [limit])
        return int(cursor.fetchone()[0])


def run_on(cuts: Sequence[Cut], *, now: datetime) -> int:
    """Let the cells of the cuts with steps run on to a moment; returns how many cuts ran.

    Reads by index who stepped since it ran last: often is cheap. While somebody folds it returns 0 at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_FOLDER)
        if not cursor.fetchone()[0]:
            return 0
        running = [cut for cut in cuts if cut.steps]
        for cut in running:
            cursor.execute(_RUN.format(taken=rules.stepped_since(cut)), {"cut": cut.name, "now": now})
        return len(running)


def grow(branches: Iterable[tuple[UUID, UUID]], *, on: date) -> bool:
    """Set the tree from a day on: pairs (node, ancestor), each node its own ancestor too; returns whether it changed.

    Cells are summed anew along the new tree at once; what was counted before that day stays as it was. A day that is
    closed already is passed over: the tree then changes on the first that is not; nor does it change before it last did.
    """
    wanted = set(branches)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT node, ancestor FROM tallies_branch")
        kept = {(node, ancestor) for node, ancestor in cursor.fetchall()}
        if kept == wanted:
            return False
        cursor.execute("LOCK TABLE tallies_posting, tallies_cell IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_OWN)
        _replant(cursor, kept, wanted, _first_open(cursor, on))
        cursor.execute("DELETE FROM tallies_cell")
        cursor.execute(_ALONG_THE_TREE)
        cursor.execute("DELETE FROM tallies_total WHERE kept = 'cell'")
        cursor.execute("SELECT array_agg(DISTINCT cut) FROM tallies_cell")
        cursor.execute(_TOTAL, {"cuts": cursor.fetchone()[0] or []})
        cursor.execute("DROP TABLE tallies_own")
    return True


def _first_open(cursor: Any, on: date) -> date:
    turned = "SELECT max(since) FROM tallies_branch"
    cursor.execute(f"SELECT greatest(%s::date, closed_on + 1, ({turned})) FROM tallies_closing", [on])
    found: date = cursor.fetchone()[0]
    return found


def _replant(cursor: Any, kept: set[tuple[UUID, UUID]], wanted: set[tuple[UUID, UUID]], on: date) -> None:
    """Take the pairs away that are gone and add the new ones from a day on; a node that is new altogether stood there always."""
    gone, new, known = sorted(kept - wanted), sorted(wanted - kept), {node for node, _ in kept}
    pairs = {"nodes": [node for node, _ in gone], "ancestors": [above for _, above in gone], "on": on}
    cursor.execute(_REMEMBER, pairs)
    cursor.execute(
        "DELETE FROM tallies_branch"
        " WHERE (node, ancestor) IN (SELECT * FROM unnest(%(nodes)s::uuid[], %(ancestors)s::uuid[]))", pairs,
    )
    cursor.execute(
        "INSERT INTO tallies_branch (node, ancestor, since) SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::date[])",
        [[node for node, _ in new], [above for _, above in new], [on if node in known else None for node, _ in new]],
    )


def rebuild(cuts: Sequence[Cut]) -> int:
    """Count the cuts anew from the rows (owner or worker; writers wait meanwhile); returns the cells written."""
    cuts, written = [cut for cut in cuts if cut.truth], 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tallies.fold'))")
        cursor.execute("LOCK TABLE tallies_posting, tallies_cell IN SHARE ROW EXCLUSIVE MODE")
        for cut in cuts:
            cursor.execute("DELETE FROM tallies_posting WHERE cut = %s", [cut.name])
            cursor.execute("DELETE FROM tallies_cell WHERE cut = %s", [cut.name])
            cursor.execute(
                f"""
                INSERT INTO tallies_cell (cut, node, a, b, c, n)
                SELECT %s, branch.ancestor, a, b, c, sum(n)
                FROM ({cut.truth}) AS truth (node, a, b, c, n) JOIN tallies_branch branch ON branch.node = truth.node
                GROUP BY branch.ancestor, a, b, c
                """,
                [cut.name],
            )
            written += cursor.rowcount
        cursor.execute("DELETE FROM tallies_total WHERE kept = 'cell' AND cut = ANY(%s)", [[cut.name for cut in cuts]])
        cursor.execute(_TOTAL, {"cuts": [cut.name for cut in cuts]})
    return written


def close_days(cuts: Sequence[Cut], *, now: datetime, limit: int = 31, daily_from: int = DAILY_FROM) -> int:
    """Close the days that are over and sum what they changed; returns how many days were summed, `limit` at most.

    From the moment a day is closed nothing is dated into it any more: its figures are final, whatever clocks say later.
    It is summed once every act that may not have known this has ended, so this is to be called again and again, outside
    of transactions. One at a time: a second one returns 0 at once.
    """
    dated = [cut for cut in cuts if cut.past]
    _close(closable_on(now))
    _raise_fence()
    done = 0
    while done < limit and _sum_next(dated, daily_from):
        done += 1
    return done


def _close(last: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tallies_closing SET closed_on = %(last)s, fence = NULL WHERE closed_on IS NULL OR closed_on < %(last)s",
            {"last": last},
        )


def _raise_fence() -> None:
    """Note, now that the closing is there for all to see, who may have begun without seeing it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tallies_closing SET fence = pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            " WHERE fence IS NULL AND summed_on IS DISTINCT FROM closed_on"
        )


def _sum_next(cuts: Sequence[Cut], daily_from: int) -> bool:
    """Sum the next closed day; False when there is none, somebody else sums, or acts from before the closing still run."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('tallies.close'))")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(
            "SELECT summed_on, closed_on, fence <= history_settled()::text::bigint FROM tallies_closing"
        )
        summed_on, closed_on, is_quiet = cursor.fetchone()
        if not is_quiet or summed_on == closed_on:
            return False
        day = summed_on + timedelta(days=1) if summed_on else _first_day(cursor, cuts, closed_on)
        cursor.execute(_DAILY, {"day": day, "least": daily_from})
        for cut in cuts:
            _sum(cursor, cut, day, day + timedelta(days=1))
        cursor.execute("UPDATE tallies_closing SET summed_on = %s", [day])
    return True


def _first_day(cursor: Any, cuts: Sequence[Cut], closed_on: date) -> date:
    """The first day on which anything moved, the closed one when nothing did before; reads every row once."""
    found = [closed_on]
    for statement in {cut.past.first for cut in cuts if cut.past}:
        cursor.execute(f"SELECT (({statement}) AT TIME ZONE 'Asia/Shanghai')::date")
        found += [day for (day,) in cursor.fetchall() if day]
    return min(found)


def _sum(cursor: Any, cut: Cut, since: date, until: date) -> int:
    """Add what changed from one day to before another to the sums of days, months and years; returns how many it touched."""
    assert cut.past is not None, "only cuts with a past are summed"
    changed, parameters = changes(cut.past, turns(cursor, since, until))
    window = {"cut": cut.name, "since": midnight(since), "until": midnight(until)}
    cursor.execute(_SUM.format(spans=SPANS.format(changes=changed)), window | parameters)
    return int(cursor.fetchone()[0])


def rebuild_past(cuts: Sequence[Cut]) -> int:
    """Sum the past of the cuts anew from the rows, month by month (worker; closing waits meanwhile); returns the sums written."""
    written = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tallies.close'))")
        for cut in cuts:
            cursor.execute("DELETE FROM tallies_past WHERE cut = %s", [cut.name])
            cursor.execute("DELETE FROM tallies_total WHERE kept = 'past' AND cut = %s", [cut.name])
            for since, until in months_of(cursor, cut):
                written += _sum(cursor, cut, since, until)
    return written
