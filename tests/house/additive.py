"""Which migrations would break the pages of the release before, which may still be served while the tables are changed.

`released.txt` names the migrations of the last release; `python -m tests.house.additive` writes it anew, at a release.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field

RELEASED = Path(__file__).with_name("released.txt")
GONE = {
    operations.DeleteModel: "drops a table", operations.RenameModel: "renames a table",
    operations.AlterModelTable: "renames a table", operations.RemoveField: "drops a column",
    operations.RenameField: "renames a column",
}
SQL_GONE = re.compile(
    r"\bDROP\s+(TABLE|COLUMN)\b|\bRENAME\s+(TO|COLUMN)\b|\bALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE\b|\bSET\s+NOT\s+NULL\b",
    re.IGNORECASE,
)
Tables = set[tuple[str, str]]


def known() -> dict[tuple[str, str], Migration]:
    """Every migration of the house, in an order in which they can be applied."""
    loader = MigrationLoader(None)
    ordered: dict[tuple[str, str], Migration] = {}
    for leaf in loader.graph.leaf_nodes():
        for key in loader.graph.forwards_plan(leaf):
            ordered.setdefault(key, loader.disk_migrations[key])
    return {key: one for key, one in ordered.items() if type(one).__module__.startswith("zhitong.")}


def released() -> set[str]:
    """`room.name` of each migration of the last release."""
    return set(RELEASED.read_text(encoding="utf-8").split())


def breaking(migrations: Iterable[Migration], before: set[str]) -> list[str]:
    """What the migrations that are newer than a release do to tables that it has, as `room.name: what`."""
    made: Tables = set()
    newer = [one for one in migrations if f"{one.app_label}.{one.name}" not in before]
    return [f"{one.app_label}.{one.name}: {what}" for one in newer for what in _breaks(one, made)]


def _breaks(migration: Migration, made: Tables) -> Iterator[str]:
    for one in migration.operations:
        if isinstance(one, operations.CreateModel):
            made.add((migration.app_label, one.name_lower))
        elif _model(one) is None or (migration.app_label, _model(one)) not in made:
            yield from _fault(one)


def _fault(one: Operation) -> Iterator[str]:
    if isinstance(one, operations.SeparateDatabaseAndState):
        for part in one.database_operations:
            yield from _fault(part)
    elif type(one) in GONE:
        yield f"{GONE[type(one)]} ({one.describe()})"
    elif isinstance(one, operations.AddField) and not _may_be_left_out(one.field):
        yield f"the release before does not fill a column that must be filled ({one.describe()}): null=True or db_default"
    elif isinstance(one, operations.RunSQL) and (found := SQL_GONE.search(str(one.sql))):
        yield f"takes away or narrows by SQL ({found[0]})"


def _may_be_left_out(field: Field) -> bool:  # type: ignore[type-arg]
    has_default = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
    return field.null or has_default or field.many_to_many or getattr(field, "generated", False)


def _model(one: Operation) -> str | None:
    name = getattr(one, "model_name_lower", None) or getattr(one, "name_lower", None)
    return str(name) if name else None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    django.setup()
    RELEASED.write_text("".join(f"{room}.{name}\n" for room, name in sorted(known())), encoding="utf-8")
