"""Reading counts: folded and unfolded together, exact at the moment of the statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.tallies.rules import Cut

_READ = """
WITH asked AS (
    SELECT wanted.id FROM unnest(%(nodes)s::uuid[]) AS wanted (id)
    WHERE nullif(current_setting('zhitong.region', true), '') IS NULL OR EXISTS (
        SELECT 1 FROM tallies_branch above
        WHERE above.node = wanted.id AND above.ancestor::text = current_setting('zhitong.region', true))
)
SELECT {keys}, sum(n) FROM (
    SELECT node, a, b, c, n FROM tallies_cell WHERE cut = %(cut)s AND node IN (SELECT id FROM asked)
    UNION ALL
    SELECT branch.ancestor, a, b, c, n FROM tallies_posting posting
    JOIN tallies_branch branch ON branch.node = posting.node AND branch.ancestor IN (SELECT id FROM asked)
    WHERE cut = %(cut)s
) AS together WHERE true {where}
GROUP BY {keys} HAVING sum(n) <> 0
"""

_DIFFER = """
SELECT coalesce(kept.node, truth.node), coalesce(kept.a, truth.a), coalesce(kept.b, truth.b), coalesce(kept.c, truth.c),
       coalesce(kept.n, 0), coalesce(truth.n, 0)
FROM (
    SELECT node, a, b, c, sum(n) AS n FROM (
        SELECT node, a, b, c, n FROM tallies_cell WHERE cut = %(cut)s
        UNION ALL
        SELECT branch.ancestor, a, b, c, n FROM tallies_posting posting
        JOIN tallies_branch branch ON branch.node = posting.node WHERE cut = %(cut)s
    ) AS together GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
) AS kept FULL JOIN (
    SELECT branch.ancestor AS node, a, b, c, sum(n) AS n
    FROM ({truth}) AS rows (node, a, b, c, n) JOIN tallies_branch branch ON branch.node = rows.node
    GROUP BY 1, 2, 3, 4
) AS truth USING (node, a, b, c)
WHERE kept.n IS DISTINCT FROM truth.n
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell whose kept count is not what the rows say."""

    node: UUID
    a: str
    b: str
    c: str
    kept: int
    truth: int


def counts(
    cut: Cut, nodes: Sequence[UUID], *, by: Sequence[str], where: dict[str, Sequence[str]] | None = None
) -> dict[tuple[UUID, ...], int]:
    """Counts at nodes, keyed (node, value of each dimension in `by`); `where` keeps only the named values.

    One statement whatever the number of nodes; nodes the viewer's region does not hold come back empty.
    """
    column = {name: "abc"[place] for place, name in enumerate(cut.dimensions)}
    parameters: dict[str, Any] = {"cut": cut.name, "nodes": list(nodes)}
    conditions = ""
    for name, values in (where or {}).items():
        parameters[f"where_{name}"] = [str(value) for value in values]
        conditions += f" AND {column[name]} = ANY(%(where_{name})s)"
    keys = ", ".join(("node", *(column[name] for name in by)))
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(keys=keys, where=conditions), parameters)
        width = 1 + len(by)
        return {tuple(row[:width]): int(row[-1]) for row in cursor.fetchall()}


def differences(cut: Cut) -> list[Difference]:
    """Cells that do not agree with the rows (owner or worker; reads every row of the cut)."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFER.format(truth=cut.truth), {"cut": cut.name})
        return [Difference(node, a, b, c, int(n), int(m)) for node, a, b, c, n, m in cursor.fetchall()]
