"""Twins: the rows of problems that were played, written again with new ids, one INSERT … SELECT for each table and batch.

A twin has the region, the units, the times and the words of the one it is made from, so that everything that holds of
the one holds of the other. Its id keeps the first eight bytes, the time among them; the rest is drawn from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zhitong.rehearsal.bench.stock.plainly import LONGEST

AT_ONCE = 200_000
"""Problems written in one batch."""
FACTS = 3
"""Facts that a twin has at most: the first two of its story and the last. Their details are erased."""

_TWIN = """
CREATE OR REPLACE FUNCTION bench_twin(original uuid, k integer) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(overlay(uuid_send(original) PLACING int8send(uuid_hash_extended(original, k)) FROM 9 FOR 8), 'hex')::uuid
$$
"""
_TEMPLATES = """
CREATE TABLE bench_template AS
SELECT id AS problem_id, submitted_at, (row_number() OVER (ORDER BY id) - 1)::double precision / count(*) OVER () AS above,
       row_number() OVER (ORDER BY id)::double precision / count(*) OVER () AS upto
FROM problems_problem
"""
_KEPT = """
CREATE TABLE bench_fact AS
SELECT id FROM (
    SELECT fact.id, row_number() OVER (PARTITION BY thing_id ORDER BY xid, fact.id) AS place,
           count(*) OVER (PARTITION BY thing_id) AS facts
    FROM history_fact fact JOIN bench_template ON problem_id = thing_id
) AS told WHERE place <= %(facts)s - 1 OR place = facts
"""
_BELONGING = """
SELECT key.conrelid::regclass::text, attribute.attname
FROM pg_constraint key JOIN pg_attribute attribute ON attribute.attrelid = key.conrelid AND attribute.attnum = key.conkey[1]
WHERE key.contype = 'f' AND key.confrelid = 'problems_problem'::regclass AND attribute.attname = 'problem_id'
ORDER BY 1
"""
_COLUMNS = """
SELECT attribute.attname, EXISTS (
    SELECT 1 FROM pg_constraint key WHERE key.conrelid = attribute.attrelid AND key.contype = 'f'
    AND key.conkey[1] = attribute.attnum AND key.confrelid::regclass::text = ANY(%s))
FROM pg_attribute attribute
WHERE attribute.attrelid = %s::regclass AND attribute.attnum > 0 AND NOT attribute.attisdropped
  AND attribute.attgenerated = ''
ORDER BY attribute.attnum
"""
_OWN_IDS = {"history_fact": ("id", "thing_id"), "problems_problem": ("card_row",)}
"""Ids that no foreign key tells of."""
_ONLY = {"history_fact": " JOIN bench_fact kept ON kept.id = one.id"}


_TAILED = (
    f"left(one.text, {LONGEST - 2}) || chr(19968 + (uuid_hash_extended(one.id, batch.k) & 1023)::int)"
    " || chr(19968 + (uuid_hash_extended(one.id, batch.k) >> 10 & 1023)::int)"
)
"""The words with two signs behind them that one in a million shares: something rare to search for."""


@dataclass(frozen=True, slots=True)
class Twinned:
    """How the rows of a table are written again: the statement for one batch of twins."""

    table: str
    statement: str


def choose() -> None:
    """Lay down what is twinned, and how: read from the keys, before they are taken off."""
    with connection.cursor() as cursor:
        cursor.execute(_TWIN)
        cursor.execute(_TEMPLATES)
        cursor.execute("ANALYZE bench_template")
        cursor.execute(_KEPT, {"facts": FACTS})
        cursor.execute("CREATE TABLE bench_twinned (number serial, name text, statement text)")
        for one in _plan():
            cursor.execute("INSERT INTO bench_twinned (name, statement) VALUES (%s, %s)", [one.table, one.statement])


def plan() -> tuple[Twinned, ...]:
    """The tables in which a problem has rows, itself first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM bench_twinned ORDER BY number")
        return tuple(Twinned(*row) for row in cursor.fetchall())


def _plan() -> tuple[Twinned, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_BELONGING)
        linked = [(str(table), str(column)) for table, column in cursor.fetchall()]
        owned = [("problems_problem", "id"), *linked, ("history_fact", "thing_id")]
        names = [table for table, _column in owned]
        return tuple(_twinned(cursor, table, column, names) for table, column in owned if _has_rows(cursor, table, column))


def _has_rows(cursor: Any, table: str, column: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} IN (SELECT problem_id FROM bench_template))")
    return bool(cursor.fetchone()[0])


def _twinned(cursor: Any, table: str, owner: str, owned: Sequence[str]) -> Twinned:
    """The sample's rows of a table, laid apart so that no batch reads the twins of those before it, and the statement."""
    cursor.execute(_COLUMNS, [list(owned), table])
    own = {"id", *_OWN_IDS.get(table, ())}
    columns = [(str(name), bool(is_key) or name in own) for name, is_key in cursor.fetchall()]
    values = ", ".join(_value(table, name, is_twinned) for name, is_twinned in columns)
    cursor.execute(
        f"CREATE TABLE bench_of_{table} AS SELECT one.* FROM {table} one"
        f" JOIN bench_template ON problem_id = one.{owner}{_ONLY.get(table, '')}"
    )
    return Twinned(table, (
        f"INSERT INTO {table} ({', '.join(name for name, _is_twinned in columns)}) SELECT {values}"
        f" FROM bench_batch batch JOIN bench_of_{table} one ON one.{owner} = batch.problem_id"
        " ORDER BY batch.submitted_at, batch.k"
    ))


def _value(table: str, column: str, is_twinned: bool) -> str:
    if (table, column) == ("problems_problem", "number"):
        return "one.number || '-' || batch.k"
    if (table, column) == ("problems_problem", "text"):
        return _TAILED
    return f"bench_twin(one.{column}, batch.k)" if is_twinned else f"one.{column}"


def batches(total: int) -> int:
    """How many batches make so many problems."""
    return -(-total // AT_ONCE)


def write(twinned: Sequence[Twinned], batch: int, total: int) -> None:
    """Write one batch: as many twins of every problem played, so that a batch goes through the whole time once."""
    size = min(AT_ONCE, total - batch * AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_batch ON COMMIT DROP AS SELECT problem_id, submitted_at,"
            " %(batch)s * 1000 + k AS k FROM bench_template,"
            " generate_series(1, floor(upto * %(size)s + 1e-6)::int - floor(above * %(size)s + 1e-6)::int) AS k",
            {"size": size, "batch": batch},
        )
        cursor.execute("ANALYZE bench_batch")
        for one in twinned:
            cursor.execute(one.statement)
