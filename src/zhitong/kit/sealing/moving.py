"""For the migration that makes a column a sealed one: what stands in it already is sealed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from zhitong.kit.rows import update_rows

AT_ONCE = 2000


class SealWhatStands(RunPython):
    """The step of a migration that seals."""


def begins_sealing(names: Iterable[str]) -> bool:
    """Whether one of these migrations (`room.name`) seals a column that the release before reads unsealed."""
    migrations = MigrationLoader(None).disk_migrations
    waiting = (migrations.get((room, name)) for room, _dot, name in (one.partition(".") for one in names))
    return any(isinstance(step, SealWhatStands) for one in waiting if one for step in one.operations)


def seal_what_stands(room: str, model: str, *names: str) -> RunPython:
    """Seal the values of these fields, and write their digests; a field that is read unsealed is written sealed.

    While sealing is held only the digests are written.
    """

    def forwards(apps: Any, _schema_editor: Any) -> None:
        rows_of = apps.get_model(room, model)
        fields = [one.name for one in rows_of._meta.concrete_fields if one.name in names or getattr(one, "of", "") in names]
        for name in names:
            waiting = rows_of.objects.exclude(**{name: ""}).iterator(AT_ONCE)
            while rows := list(islice(waiting, AT_ONCE)):
                update_rows(rows, fields)

    return SealWhatStands(forwards, _opened(room, model, names))


def _opened(room: str, model: str, names: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def backwards(apps: Any, schema_editor: Any) -> None:
        rows_of = apps.get_model(room, model)
        for name in names:
            column = schema_editor.quote_name(rows_of._meta.get_field(name).column)
            table = schema_editor.quote_name(rows_of._meta.db_table)
            for row in rows_of.objects.exclude(**{name: ""}).iterator(AT_ONCE):
                with schema_editor.connection.cursor() as cursor:
                    cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [getattr(row, name), row.pk])

    return backwards
