"""Posting, folding, and rebuilding counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.tallies.rules import Cell, Cut

_FOLD = """
WITH gone AS (
    DELETE FROM tallies_posting WHERE id IN (SELECT id FROM tallies_posting ORDER BY id LIMIT %s)
    RETURNING cut, node, a, b, c, n
), summed AS (
    SELECT gone.cut, branch.ancestor AS node, a, b, c, sum(n) AS n
    FROM gone JOIN tallies_branch branch ON branch.node = gone.node
    GROUP BY gone.cut, branch.ancestor, a, b, c HAVING sum(n) <> 0
), written AS (
    INSERT INTO tallies_cell (cut, node, a, b, c, n) SELECT cut, node, a, b, c, n FROM summed ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (cut, node, a, b, c) DO UPDATE SET n = tallies_cell.n + excluded.n
)
SELECT count(*) FROM gone
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

    One folder at a time: a second one returns 0 at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('tallies.fold'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, [limit])
        return int(cursor.fetchone()[0])


def grow(branches: Iterable[tuple[UUID, UUID]]) -> bool:
    """Set the tree: pairs (node, ancestor), each node being its own ancestor too; returns whether it changed.

    Cells folded along another tree are wrong afterwards: rebuild the cuts when this returns True and they have cells.
    """
    wanted = sorted(set(branches))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT node, ancestor FROM tallies_branch ORDER BY 1, 2")
        if [tuple(row) for row in cursor.fetchall()] == wanted:
            return False
        cursor.execute("DELETE FROM tallies_branch")
        cursor.execute(
            "INSERT INTO tallies_branch (node, ancestor) SELECT * FROM unnest(%s::uuid[], %s::uuid[])",
            [[node for node, _ in wanted], [ancestor for _, ancestor in wanted]],
        )
    return True


def rebuild(cuts: Sequence[Cut]) -> int:
    """Count the cuts anew from the rows (owner or worker; writers wait meanwhile); returns the cells written."""
    written = 0
    with transaction.atomic(), connection.cursor() as cursor:
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
    return written
