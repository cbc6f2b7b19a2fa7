"""Taking away indexes that another one begins with: each is written at every insert and answers nothing the other does not.

Django gives every foreign key an index of its own, and the lists of the rooms have longer ones that begin with the same
column; every unique or indexed text has a second one for LIKE with a beginning, which nothing here asks for: words are found by
their signs. Kept are unique and partial indexes, those of constraints, and of two alike the one with a name of its own.
"""

from __future__ import annotations

from django.db import connection

_BEGINNINGS = """
WITH known AS (
    SELECT index.indrelid AS of_table, index.indexrelid AS id, relation.relname AS name,
           string_to_array(index.indkey::text, ' ') AS columns, string_to_array(index.indclass::text, ' ') AS classes,
           string_to_array(index.indoption::text, ' ') AS directions,
           index.indisunique OR EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = index.indexrelid) AS is_kept,
           relation.relname ~ '_[0-9a-f]{8}(_like)?$' AS is_djangos, relation.relname ~ '_[0-9a-f]{8}_like$' AS is_for_like
    FROM pg_index index JOIN pg_class relation ON relation.oid = index.indexrelid
    JOIN pg_class stands ON stands.oid = index.indrelid JOIN pg_am method ON method.oid = relation.relam
    WHERE stands.relnamespace = 'public'::regnamespace AND stands.relkind = 'r' AND NOT stands.relispartition
      AND method.amname = 'btree' AND index.indpred IS NULL AND index.indexprs IS NULL
)
SELECT DISTINCT short.name FROM known short JOIN known long ON long.of_table = short.of_table AND long.id <> short.id
WHERE NOT short.is_kept AND NOT long.is_for_like AND short.columns = long.columns[:cardinality(short.columns)]
  AND (short.is_for_like OR short.classes = long.classes[:cardinality(short.classes)])
  AND (cardinality(short.columns) = 1 OR short.directions = long.directions[:cardinality(short.columns)])
  AND (cardinality(short.columns) < cardinality(long.columns) OR long.is_kept
       OR (short.is_djangos, short.name) > (long.is_djangos, long.name))
ORDER BY 1
"""


def beginnings() -> list[str]:
    """The names of indexes that another index of their table begins with, or stands in for but for LIKE."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNINGS)
        return [name for (name,) in cursor.fetchall()]


def thin() -> int:
    """Take them away (as the owner); returns how many."""
    names = beginnings()
    if names:
        with connection.cursor() as cursor:
            quoted = ", ".join(connection.ops.quote_name(name) for name in names)
            cursor.execute(f"DROP INDEX {quoted}")
    return len(names)
