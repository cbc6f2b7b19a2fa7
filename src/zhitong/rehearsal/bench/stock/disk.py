"""What a stock takes on disk: rows and indexes of each table, partitions with the table they belong to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

NAMED = 0.01
"""A table, or an index, is named where it takes this share of the whole; the others are told together."""

_TABLES = """
SELECT coalesce(pg_partition_root(relation.oid), relation.oid)::regclass::text,
       sum(pg_table_size(relation.oid)), sum(pg_indexes_size(relation.oid)), sum(relation.reltuples)
FROM pg_class relation
WHERE relation.relkind = 'r' AND relation.relnamespace = 'public'::regnamespace AND relation.relname NOT LIKE 'bench_%%'
GROUP BY 1 ORDER BY 2 DESC
"""
_INDEXES = """
SELECT coalesce(pg_partition_root(index.indexrelid), index.indexrelid)::regclass::text, sum(pg_relation_size(index.indexrelid))
FROM pg_index index JOIN pg_class relation ON relation.oid = index.indrelid
WHERE relation.relkind = 'r' AND coalesce(pg_partition_root(relation.oid), relation.oid) = %s::regclass
GROUP BY 1 ORDER BY 2 DESC
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One table: MiB of its rows and of its indexes, rows, bytes a problem, and its greater indexes by name in MiB."""

    table: str
    rows: int
    rows_mib: float
    indexes_mib: float
    bytes_a_problem: float
    indexes: dict[str, float]

    @property
    def mib(self) -> float:
        """All of it."""
        return self.rows_mib + self.indexes_mib

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


def taken(problems: int) -> list[Taken]:
    """Tables by size, the greatest first; those that take little together as “others” at the end."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        found = [(str(name), float(heap), float(indexes), max(int(rows), 0)) for name, heap, indexes, rows in cursor.fetchall()]
        least = NAMED * sum(heap + indexes for _name, heap, indexes, _rows in found)
        named = [
            _taken(name, heap, indexes, rows, problems, _indexes(cursor, name, least))
            for name, heap, indexes, rows in found if heap + indexes >= least
        ]
    others = [one for one in found if one[1] + one[2] < least]
    heaps, indexes = sum(one[1] for one in others), sum(one[2] for one in others)
    return [*named, _taken("others", heaps, indexes, sum(one[3] for one in others), problems, {})]


def _taken(table: str, heap: float, indexes: float, rows: int, problems: int, each: dict[str, float]) -> Taken:
    return Taken(table, rows, heap / 2**20, indexes / 2**20, (heap + indexes) / problems, each)


def _indexes(cursor: Any, table: str, least: float) -> dict[str, float]:
    cursor.execute(_INDEXES, [table])
    return {str(name): float(size) / 2**20 for name, size in cursor.fetchall() if size >= least}
