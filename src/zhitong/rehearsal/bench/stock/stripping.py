"""Taking indexes and keys off the tables to be filled, and putting them back afterwards, remembered in the database itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0 AND (conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s))
"""
_LAWS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('p', 'u', 'x') AND conparentid = 0 AND conrelid::regclass::text = ANY(%(tables)s)
ORDER BY contype = 'x', oid
"""
_INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%(tables)s)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
  AND NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = indexrelid)
"""


def strip(tables: Sequence[str]) -> None:
    """Take off every key, law of uniqueness or exclusion and every index: rows are written fastest where nothing is kept."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_taken (number serial, turn int, name text, statement text)")
        for turn, kind, ending in ((2, _KEYS, " NOT VALID"), (1, _LAWS, "")):
            cursor.execute(kind, {"tables": list(tables)})
            for table, name, definition in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
                whole = definition.removesuffix(" NOT VALID")
                _remember(turn, name, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {whole}{ending}')
        cursor.execute(_INDEXES, {"tables": list(tables)})
        for _table, name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            _remember(0, name, definition.replace(" ON ONLY ", " ON "))


def _remember(turn: int, name: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_taken (turn, name, statement) VALUES (%s, %s, %s)", [turn, name, statement])


def taken() -> list[tuple[str, str]]:
    """What was taken off and how it is put back: indexes, then laws of uniqueness, then keys that rest on them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM bench_taken ORDER BY turn, number")
        return [(str(name), str(statement)) for name, statement in cursor.fetchall()]


def put_back(statement: str) -> None:
    """Build one index or add one constraint, with the memory of an evening that belongs to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(statement)
