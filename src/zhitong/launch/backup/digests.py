"""What every table holds, as a number of rows and a digest that does not depend on their order.

A digest finds what was lost, doubled or altered by accident; it is no seal against somebody who means to deceive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql

# The same row has the same text wherever and by whomever it is read.
SAME_EVERYWHERE = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL search_path = public; SET LOCAL row_security = off
"""
_TABLES = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND relpersistence = 'p' AND nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
ORDER BY nspname, relname
"""
_DIGEST = """
SELECT count(*), coalesce(sum(
    ('x' || left(encode(sha256(convert_to(whole_row::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric), 0)::text
FROM ONLY {}.{} AS whole_row
"""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """What one table holds."""

    rows: int
    digest: str


def digests(connection: Connection[Any]) -> dict[str, TableDigest]:
    """Every table by its name, partitions each by their own; inside the caller's transaction, reading each row once."""
    connection.execute(SAME_EVERYWHERE)
    tables = connection.execute(_TABLES).fetchall()
    return {f"{schema}.{table}": _digest(connection, schema, table) for schema, table in tables}


def differences(kept: dict[str, TableDigest], found: dict[str, TableDigest]) -> list[str]:
    """What is not as it was, table by table, in sentences; none when all is well."""
    told = []
    for name in sorted(kept.keys() | found.keys()):
        before, after = kept.get(name), found.get(name)
        if before is None or after is None:
            told.append(f"{name}：{'备份清单里没有这张表' if before is None else '恢复出来的库里没有这张表'}")
        elif before.rows != after.rows:
            told.append(f"{name}：应有 {before.rows:,} 行，实有 {after.rows:,} 行")
        elif before.digest != after.digest:
            told.append(f"{name}：行数相符，内容不一致")
    return told


def _digest(connection: Connection[Any], schema: str, table: str) -> TableDigest:
    statement = sql.SQL(_DIGEST).format(sql.Identifier(schema), sql.Identifier(table))
    row = connection.execute(statement).fetchone()
    assert row is not None, "an aggregate always answers"
    return TableDigest(int(row[0]), str(row[1]))
