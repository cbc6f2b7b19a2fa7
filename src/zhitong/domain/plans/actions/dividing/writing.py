"""Writing shares: many at once in one statement, rows in, nothing decided."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from zhitong.domain.plans.models import Share

_WRITE = """
UPDATE plans_share share
SET value = said.value, weight = said.weight, state = said.state, target_id = said.target_id, said_by_id = said.said_by_id,
    said_at = said.said_at
FROM unnest(%s::uuid[], %s::numeric[], %s::numeric[], %s::text[], %s::uuid[], %s::uuid[], %s::timestamptz[])
     AS said (id, value, weight, state, target_id, said_by_id, said_at)
WHERE share.id = said.id
"""


def write_shares(shares: Sequence[Share]) -> None:
    """Keep value, weight, state, target and who said what when of these shares, as they are now in memory."""
    if not shares:
        return
    rows = [
        (row.id, row.value, row.weight, row.state, row.target_id, row.said_by_id, row.said_at) for row in shares
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
