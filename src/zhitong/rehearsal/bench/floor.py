"""The floor under the bench: the rows that one card has written, turned into a function that PostgreSQL alone runs.

One card goes through the API on the quiet database; whatever rows its transaction left, in whatever table, are
read back and become the INSERTs of `bench_submit()`: same tables, indexes, constraints and policies, run as
zhitong_web for a viewer, new ids each time. pgbench calls it. No index is asked and no rule decided: what the house
does beyond these writes is the distance between the two rates.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from zhitong.rehearsal.bench.ground import Firm, Ground

# Written in this order, so that a policy that asks for the parent finds it; tables not named come last.
ORDER = ("history_outcome", "cards_card", "cards_figures", "cards_problem_row", "problems_problem", "problems_party")

_COLUMNS = """
SELECT attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
FROM pg_attribute attribute LEFT JOIN pg_attrdef fallback ON fallback.adrelid = attribute.attrelid
    AND fallback.adnum = attribute.attnum
WHERE attribute.attrelid = %s::regclass AND attribute.attnum > 0 AND NOT attribute.attisdropped
  AND attribute.attidentity = '' AND attribute.attgenerated = ''
  AND coalesce(pg_get_expr(fallback.adbin, fallback.adrelid), '') !~ 'nextval|pg_current_xact_id'
ORDER BY attribute.attnum
"""
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
AND relnamespace = 'public'::regnamespace AND relname <> 'bench_case'
AND has_table_privilege('zhitong_web', oid, 'INSERT') ORDER BY relname
"""
_VIEWER = """
    PERFORM set_config('zhitong.unit', own.unit_id::text, true), set_config('zhitong.region', own.region_id::text, true),
            set_config('zhitong.reach', 'own', true), set_config('zhitong.lines', '{}', true),
            set_config('zhitong.person', own.person_id::text, true), set_config('zhitong.opened', '', true);
"""


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of one table: columns with their types, and each row as text."""

    table: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str | None, ...], ...]


def mark() -> int:
    """The transaction up to now; rows written after it are newer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint & 4294967295")
        return int(cursor.fetchone()[0])


def written_since(transaction_id: int) -> list[Written]:
    """Every row of every table that is newer than a transaction, in the order in which it may be written again."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
    found = [one for one in (_written(name, transaction_id) for name in tables) if one.rows]
    return sorted(found, key=lambda one: (ORDER.index(one.table) if one.table in ORDER else len(ORDER), one.table))


def _written(table: str, transaction_id: int) -> Written:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        columns = tuple((name, kind) for name, kind in cursor.fetchall())
        names = ", ".join(f'"{name}"::text' for name, _kind in columns)
        cursor.execute(f"SELECT {names} FROM {table} WHERE xmin::text::bigint > %s", [transaction_id])
        return Written(table, columns, tuple(cursor.fetchall()))


@transaction.atomic
def build(written: Sequence[Written], ground: Ground) -> int:
    """Make the function from the rows of the first firm's card in the first round, and the cases it runs through.

    A case is a firm and a round that nobody has used; returns how many there are.
    """
    take_down()
    cases = [
        (number, one.subject_id, one.unit_id, one.region_id, one.person_id, one.post_id, free)
        for number, (free, one) in enumerate(itertools.product(ground.free_round_ids, ground.firms), 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_case (n integer PRIMARY KEY, subject_id uuid, unit_id uuid, region_id uuid,"
            " person_id uuid, post_id uuid, round_id uuid); CREATE SEQUENCE bench_serial"
        )
        cursor.execute(
            "INSERT INTO bench_case SELECT * FROM unnest(%s::int[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[],"
            " %s::uuid[], %s::uuid[])",
            [list(column) for column in zip(*cases, strict=True)],
        )
        cursor.execute(_function(written, ground.firms[0], ground.round_ids[0]))
        cursor.execute("ANALYZE bench_case")
    return len(cases)


def take_down() -> None:
    """Take the function and its cases away again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP FUNCTION IF EXISTS bench_submit(); DROP TABLE IF EXISTS bench_case; DROP SEQUENCE IF EXISTS bench_serial"
        )


def _function(written: Sequence[Written], firm: Firm, round_id: UUID) -> str:
    own = {
        str(firm.subject_id): "own.subject_id", str(firm.unit_id): "own.unit_id", str(firm.region_id): "own.region_id",
        str(firm.person_id): "own.person_id", str(firm.post_id): "own.post_id", str(round_id): "own.round_id",
    }
    fresh = {value: f"new_{place}" for place, value in enumerate(_new_ids(written), 1)}
    declared = "".join(f"    {name} uuid := uuid7();\n" for name in fresh.values())
    inserts = "".join(f"    {_insert(one, own | fresh)};\n" for one in written)
    return (
        "CREATE FUNCTION bench_submit() RETURNS void LANGUAGE plpgsql AS $bench$\nDECLARE\n    own bench_case;\n"
        f"    serial integer := nextval('bench_serial');\n{declared}BEGIN\n"
        f"    SELECT * INTO STRICT own FROM bench_case WHERE n = serial;\n{_VIEWER}{inserts}END $bench$"
    )


def _new_ids(written: Sequence[Written]) -> Iterator[str]:
    """The ids that the card made: of its rows, and of the request."""
    seen: set[str] = set()
    for one in written:
        places = [place for place, (name, _kind) in enumerate(one.columns) if name in ("id", "request_id")]
        for value in (row[place] for row in one.rows for place in places):
            if value is not None and value not in seen:
                seen.add(value)
                yield value


def _insert(one: Written, named: dict[str, str]) -> str:
    names = ", ".join(f'"{name}"' for name, _kind in one.columns)
    rows = ", ".join(
        "(" + ", ".join(_value(one.table, *column, text, named) for column, text in zip(one.columns, row, strict=True))
        + ")" for row in one.rows
    )
    return f"INSERT INTO {one.table} ({names}) VALUES {rows}"


def _value(table: str, column: str, kind: str, text: str | None, named: dict[str, str]) -> str:
    """A literal of the captured value, or what must differ from card to card."""
    if text is None:
        return "NULL"
    if kind == "uuid" and text in named:
        return named[text]
    if (table, column) == ("problems_problem", "number"):
        return f"{_quoted(text[:-6])} || lpad(nextval('problems_number')::text, 6, '0')"
    if (table, column) == ("history_outcome", "key"):
        return "gen_random_uuid()::text"
    return f"{_quoted(text)}::{kind}"


def _quoted(text: str) -> str:
    return sql.Literal(text).as_string(None)
