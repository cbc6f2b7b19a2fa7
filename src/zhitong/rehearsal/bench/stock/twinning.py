"""Twins: the rows of problems that were played, written again with new ids, one INSERT … SELECT for each table and batch.

A twin has the region, the units, the times and the words of the one it is made from, so that everything that holds of
the one holds of the other. Its id keeps the first eight bytes, the time among them; the rest is drawn from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

AT_ONCE = 200_000
"""Problems written in one batch."""
FACTS_WANTED = 3.2
"""Facts to a problem, in the mean: those that ended early are twinned more often than those with a long story."""

_TWIN = """
CREATE OR REPLACE FUNCTION bench_twin(original uuid, k integer) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(overlay(uuid_send(original) PLACING int8send(uuid_hash_extended(original, k)) FROM 9 FOR 8), 'hex')::uuid
$$
"""
_TEMPLATES = """
CREATE TABLE bench_template AS
WITH told AS (
    SELECT problem.id, problem.submitted_at, count(fact.id) AS facts
    FROM problems_problem problem LEFT JOIN history_fact fact ON fact.thing_id = problem.id
    GROUP BY problem.id
), means AS (
    SELECT avg(facts) FILTER (WHERE facts <= 3) AS light, avg(facts) FILTER (WHERE facts > 3) AS heavy,
           count(*) FILTER (WHERE facts <= 3) AS lights, count(*) FILTER (WHERE facts > 3) AS heavies FROM told
), shares AS (
    SELECT *, greatest(0.05, least(1, (%(facts)s - light) / (heavy - light))) AS heavy_share FROM means
)
SELECT told.id AS problem_id, told.submitted_at,
       (CASE WHEN facts <= 3 THEN (1 - heavy_share) / lights ELSE heavy_share / heavies END)::double precision AS share
FROM told, shares
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
_OWN_IDS = {"history_fact": ("id", "thing_id"), "history_detail": ("fact_id", "thing_id"), "problems_problem": ("card_row",)}
"""Ids that no foreign key tells of."""


@dataclass(frozen=True, slots=True)
class Twinned:
    """How the rows of a table are written again: the statement for one batch of twins."""

    table: str
    statement: str


def choose() -> None:
    """Lay down how often each problem played is twinned, and how: read from the keys, before they are taken off."""
    with connection.cursor() as cursor:
        cursor.execute(_TWIN)
        cursor.execute(_TEMPLATES, {"facts": FACTS_WANTED})
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
        owned = [("problems_problem", "id"), *linked, ("history_fact", "thing_id"), ("history_detail", "thing_id")]
        names = [table for table, _column in owned]
        return tuple(_twinned(cursor, table, column, names) for table, column in owned if _has_rows(cursor, table, column))


def _has_rows(cursor: Any, table: str, column: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} IN (SELECT problem_id FROM bench_template))")
    return bool(cursor.fetchone()[0])


def _twinned(cursor: Any, table: str, owner: str, owned: Sequence[str]) -> Twinned:
    cursor.execute(_COLUMNS, [list(owned), table])
    own = {"id", *_OWN_IDS.get(table, ())}
    columns = [(str(name), bool(is_key) or name in own) for name, is_key in cursor.fetchall()]
    values = ", ".join(_value(table, name, is_twinned) for name, is_twinned in columns)
    return Twinned(table, (
        f"INSERT INTO {table} ({', '.join(name for name, _is_twinned in columns)}) SELECT {values}"
        f" FROM bench_batch batch JOIN {table} one ON one.{owner} = batch.problem_id ORDER BY batch.submitted_at"
    ))


def _value(table: str, column: str, is_twinned: bool) -> str:
    if (table, column) == ("problems_problem", "number"):
        return "one.number || '-' || batch.k"
    return f"bench_twin(one.{column}, batch.k)" if is_twinned else f"one.{column}"


def batches(total: int) -> int:
    """How many batches make so many problems."""
    return -(-total // AT_ONCE)


def write(twinned: Sequence[Twinned], batch: int, total: int) -> None:
    """Write one batch: its share of the twins of every problem played, in every table."""
    count = batches(total)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_batch ON COMMIT DROP AS SELECT problem_id, submitted_at, k FROM bench_template,"
            " generate_series(floor(share * %(total)s * %(batch)s / %(count)s)::int + 1,"
            " floor(share * %(total)s * (%(batch)s + 1) / %(count)s)::int) AS k",
            {"total": total, "batch": batch, "count": count},
        )
        cursor.execute("ANALYZE bench_batch")
        for one in twinned:
            cursor.execute(one.statement)
