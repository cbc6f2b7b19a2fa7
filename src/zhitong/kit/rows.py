"""Many rows of one table in one statement: each column goes as an array, so neither statement nor planning grows with them.

What Django's own bulk writing spends on building SQL for every single value is most of the time of a batch. Nothing is
decided here, no default is filled in by the database, and row security holds as for any statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

AT_ONCE = 5000
"""So many rows go in one statement."""


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model as they are in memory; some statements for many thousands."""
    for some in _batches(rows):
        columns: list[Any] = list(type(some[0])._meta.concrete_fields)
        names = ", ".join(_quoted(field.column) for field in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_table(some[0])} ({names}) SELECT * FROM unnest({_casts(columns)})", _arrays(some, columns)
            )
        for row in some:
            row._state.adding, row._state.db = False, connection.alias


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of kept rows of one model, found by their key, as they are in memory."""
    for some in _batches(rows):
        meta = type(some[0])._meta
        assert meta.pk is not None, "every model has its key"
        columns: list[Any] = [meta.pk, *(meta.get_field(name) for name in fields)]
        names = [_quoted(field.column) for field in columns]
        sets = ", ".join(f"{name} = given.{name}" for name in names[1:])
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {_table(some[0])} AS kept SET {sets} FROM unnest({_casts(columns)}) AS given ({', '.join(names)})"
                f" WHERE kept.{names[0]} = given.{names[0]}",
                _arrays(some, columns),
            )


def _batches(rows: Sequence[models.Model]) -> Iterator[Sequence[models.Model]]:
    for at in range(0, len(rows), AT_ONCE):
        yield rows[at : at + AT_ONCE]


def _table(row: models.Model) -> str:
    return _quoted(row._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _casts(columns: Sequence[Any]) -> str:
    return ", ".join(f"%s::{_type(field)}[]" for field in columns)


def _type(field: Any) -> str:
    """The type of a column without its limits, which the column itself holds: a cast would cut a text silently."""
    kind = str(field.db_type(connection)).partition("(")[0].strip()
    assert not kind.endswith("]"), f"{field.name}: a column of arrays is not written this way"
    return "text" if kind == "varchar" else kind


def _arrays(rows: Sequence[models.Model], columns: Sequence[Any]) -> list[list[Any]]:
    return [[_plain(field, _kept(field, row)) for row in rows] for field in columns]


def _kept(field: Any, row: models.Model) -> Any:
    """The value as its column keeps it: sealed columns, and the digests beside them, make theirs from the row."""
    return field.pre_save(row, row._state.adding) if getattr(field, "seals", False) else getattr(row, field.attname)


def _plain(field: Any, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int) and isinstance(field, models.DecimalField):
        return Decimal(value)
    return Jsonb(value) if value is not None and isinstance(field, models.JSONField) else value
