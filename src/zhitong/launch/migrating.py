"""Applying migrations with what follows one another taken at once: Django renders its models anew after every operation.

In a fresh database that rendering is nine tenths of the time. Operations that only add (tables, columns, indexes,
constraints) or alter a column are therefore applied to the state together; the statements sent are those that Django
would send, but that a new table is made with all that is added to it. Of a lot that leaves every key as it is, only the
models are rendered that it is about: no statement of it asks who points at them. Whatever asks finds all rendered anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate as core
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    Migration,
    RunPython,
    RunSQL,
)
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
    """Operations that follow one another and are applied to the state at once; one alone is a lot too."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self.created = {one.name_lower for one in operations if isinstance(one, CreateModel)}
        self.keeps_keys = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state while no rendered models hang on it, then render those of the lot if that is enough."""
        rendered = state.__dict__.pop("apps", None)
        self.keeps_keys = all(_keeps_keys(one, app_label, state) for one in self.operations)
        for one in self.operations:
            one.state_forwards(app_label, state)
        if rendered is not None and self.keeps_keys:
            state.apps = rendered
            _render_alone(state, {(app_label, _model(one)) for one in self.operations})

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Send the statements; a new table has at once what the others add to it."""
        if not self.keeps_keys:
            from_state.clear_delayed_apps_cache()
        for one in self.operations:
            if isinstance(one, CreateModel) or len(self.operations) == 1 or _model(one) not in self.created:
                one.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What all of them do."""
        return "; ".join(one.describe() for one in self.operations)


def _keeps_keys(operation: Operation, app_label: str, state: Any) -> bool:
    """Whether a statement of this operation can do without the columns of other tables that point at its own."""
    if not isinstance(operation, AlterField):
        return isinstance(operation, TAKEN_TOGETHER)
    before = state.models[app_label, operation.model_name_lower].fields.get(operation.name, operation.field)
    return not any(one.is_relation or one.unique for one in (before, operation.field))


def _render_alone(state: Any, models: set[tuple[str, str]]) -> None:
    """Render these models and leave those that point at them as they were, to be rendered when somebody asks."""
    with state.apps.bulk_update():
        for app_label, name in models:
            state.apps.unregister_model(app_label, name)
    state.apps.render_multiple([state.models[one] for one in models])
    state.is_delayed = True


def lots(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations in the same order, runs of those that may be taken together as one.

    A run ends where a column is touched a second time: the state after the run is not the one in between.
    """
    found: list[Operation] = []
    run: list[Operation] = []
    touched: set[tuple[str, str]] = set()
    for one in operations:
        column = (_model(one), one.name_lower) if isinstance(one, (AddField, AlterField)) else None
        if run and (not isinstance(one, TAKEN_TOGETHER) or column in touched):
            found, run, touched = [*found, Lot(run)], [], set()
        if isinstance(one, TAKEN_TOGETHER):
            run.append(one)
            touched |= {column} if column else set()
        else:
            found.append(one if isinstance(one, (RunSQL, RunPython)) else Lot([one]))
    return [*found, *([Lot(run)] if run else [])]


def _model(operation: Operation) -> str:
    """The model that an operation is about, in lower case."""
    return operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower
