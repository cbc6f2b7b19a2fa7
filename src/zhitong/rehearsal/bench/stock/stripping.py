"""Taking indexes and keys off the tables to be filled, and putting them back afterwards, remembered in the database itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0 AND (conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s))
"""
_EXCLUSIONS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'x' AND conrelid::regclass::text = ANY(%(tables)s)
"""
_INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%(tables)s)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
  AND NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = indexrelid)
"""


def strip(tables: Sequence[str]) -> None:
    """Take off foreign keys, exclusion constraints and plain indexes; primary keys and unique ones stay."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_taken (number serial, name text, statement text)")
        for kind, ending in ((_KEYS, " NOT VALID"), (_EXCLUSIONS, "")):
            cursor.execute(kind, {"tables": list(tables)})
            for table, name, definition in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
                whole = definition.removesuffix(" NOT VALID")
                _remember(name, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {whole}{ending}')
        cursor.execute(_INDEXES, {"tables": list(tables)})
        for _table, name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            _remember(name, definition.replace(" ON ONLY ", " ON "))


def _remember(name: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_taken (name, statement) VALUES (%s, %s)", [name, statement])


def taken() -> list[tuple[str, str]]:
    """What was taken off and how it is put back: indexes first, then constraints that use none of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM bench_taken ORDER BY statement LIKE 'ALTER%%', number")
        return [(str(name), str(statement)) for name, statement in cursor.fetchall()]


def put_back(statement: str) -> None:
    """Build one index or add one constraint, with the memory of an evening that belongs to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(statement)
