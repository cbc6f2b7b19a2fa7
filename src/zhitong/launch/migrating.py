"""Applying migrations with what follows one another taken at once: Django renders its models anew after every operation.

In a fresh database that rendering is nine tenths of the time. Operations that only add (tables, columns, indexes,
constraints) or alter a column are therefore applied to the state together, and the models rendered once for the lot;
the statements sent are those that Django would send, but that a new table is made with all that is added to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate as core
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

from zhitong.launch.thinning import thin

TAKEN_TOGETHER = (CreateModel, AddField, AddIndex, AddConstraint, AlterField)


def apply() -> None:
    """Apply what the default connection's database lacks, silently; then take away indexes that answer nothing of their own.

    The views of open data come down first and are laid anew afterwards: they hang on tables that may change.
    """
    from zhitong.domain.opendata.actions import laying

    laying.take_down()
    migrate()
    thin()
    laying.lay()


def migrate() -> None:
    """Apply what is lacking as Django's own command does, with the schema that it would leave."""
    with _by(Executor):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _by(executor: type[MigrationExecutor]) -> Iterator[None]:
    """Let Django's command work through another executor: it names the class itself and takes none."""
    plain, core.MigrationExecutor = core.MigrationExecutor, executor
    try:
        yield
    finally:
        core.MigrationExecutor = plain


class Executor(MigrationExecutor):
    """Applies the operations of a migration in lots."""

    def apply_migration(self, state: Any, migration: Migration, fake: bool = False, fake_initial: bool = False) -> Any:
        """As Django does, with the operations of the migration in lots for the time being."""
        written, migration.operations = migration.operations, lots(migration.operations)
        try:
            return super().apply_migration(state, migration, fake, fake_initial)
        finally:
            migration.operations = written


class Lot(Operation):
    """Operations that follow one another and are applied to the state at once."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self.created = {one.name_lower for one in operations if isinstance(one, CreateModel)}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state while no rendered models hang on it, then render those that are touched, once."""
        rendered = state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            state.reload_models({(app_label, _model(one)) for one in self.operations}, delay=not self._has_relations())

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Send the statements; a new table has at once what the others add to it."""
        for one in self.operations:
            if isinstance(one, CreateModel) or _model(one) not in self.created:
                one.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What all of them do."""
        return "; ".join(one.describe() for one in self.operations)

    def _has_relations(self) -> bool:
        return bool(self.created) or any(
            one.field.is_relation for one in self.operations if isinstance(one, (AddField, AlterField))
        )


def lots(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations in the same order, runs of those that may be taken together as one.

    A run ends where a column is touched a second time: the state after the run is not the one in between.
    """
    found: list[Operation] = []
    run: list[Operation] = []
    touched: set[tuple[str, str]] = set()
    for one in operations:
        column = (_model(one), one.name_lower) if isinstance(one, (AddField, AlterField)) else None
        if not isinstance(one, TAKEN_TOGETHER) or column in touched:
            found, run, touched = [*found, *_taken(run)], [], set()
        if isinstance(one, TAKEN_TOGETHER):
            run.append(one)
            touched |= {column} if column else set()
        else:
            found.append(one)
    return [*found, *_taken(run)]


def _taken(run: Sequence[Operation]) -> list[Operation]:
    return [Lot(run)] if len(run) > 1 else list(run)


def _model(operation: Operation) -> str:
    """The model that an operation is about, in lower case."""
    return operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower
