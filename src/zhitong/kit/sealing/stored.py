"""Values that stand unsealed in sealed columns, or under older keys: found, and sealed anew some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from zhitong.kit.rows import update_rows
from zhitong.kit.sealing.columns import SealedText, SearchDigest
from zhitong.kit.sealing.ring import ring
from zhitong.kit.sealing.values import MARK, Stored

AT_ONCE = 500
"""So many rows are locked and written in one transaction: whoever waits for one of them waits some tens of milliseconds."""
_COUNTS = """
SELECT CASE WHEN starts_with({column}, %s) THEN split_part({column}, '.', 2) ELSE '' END AS key, count(*)
FROM {table} WHERE {column} <> '' GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column: its model, its field, and the digest beside it where exact values are searched for."""

    model: Any
    field: Any
    digest: Any = None

    @property
    def name(self) -> str:
        """The column as operators know it: table.column."""
        return f"{self.model._meta.db_table}.{self.field.column}"


def sealed_columns() -> list[Sealed]:
    """Every sealed column of the house, by table and column."""
    found = [
        Sealed(model, field, next((one for one in model._meta.concrete_fields
                                   if isinstance(one, SearchDigest) and one.of == field.name), None))
        for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, SealedText)
    ]
    return sorted(found, key=lambda one: one.name)


def counts_of(column: Sealed) -> dict[str, int]:
    """How many values stand under which key; under the empty word those that are not sealed. One statement."""
    quoted = connection.ops.quote_name
    statement = _COUNTS.format(column=quoted(column.field.column), table=quoted(column.model._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [MARK])
        return dict(cursor.fetchall())


def seal_again(column: Sealed) -> int:
    """Seal up to AT_ONCE values that stand unsealed or under an older key; returns how many, 0 when none is left.

    Rows that somebody holds are passed over and met the next time. What was done stays done: whoever is cut off in the
    middle goes on where he was. Raises KeysUnusable, NotGenuine: a value cannot be opened; nothing of this batch is written.
    """
    current = Stored(f"{MARK}{ring().sealing.id}.")
    name = column.field.name
    older = column.model._default_manager.exclude(**{name: ""}).exclude(**{f"{name}__startswith": current})
    with transaction.atomic():
        rows = list(older.order_by("pk").select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
        for row in rows:
            setattr(row, name, getattr(row, name))
        update_rows(rows, [name, *([column.digest.name] if column.digest else [])])
    return len(rows)


def opens(column: Sealed, most: int) -> Iterator[models.Model]:
    """The newest rows with a value, each of whose values has been opened. Raises KeysUnusable, NotGenuine."""
    for row in column.model._default_manager.exclude(**{column.field.name: ""}).order_by("-pk")[:most]:
        getattr(row, column.field.name)
        yield row
