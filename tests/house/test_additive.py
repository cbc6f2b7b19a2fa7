"""A release only adds to the tables of the one before: its old pages run on while the new ones are put in their place."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.db.migrations import (
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
    SeparateDatabaseAndState,
)

from tests.house.additive import breaking, known, released

BEFORE = {"cards.0001_cards"}
TEXT = models.TextField()


def of(*operations: Any) -> list[str]:
    """What a newer migration of these operations breaks."""
    migration = Migration("0002_next", "cards")
    migration.operations = list(operations)
    return breaking([migration], BEFORE)


def test_migrations_since_the_last_release_only_add() -> None:
    assert breaking(known().values(), released()) == []


def test_what_was_released_is_still_there() -> None:
    assert released() - {f"{room}.{name}" for room, name in known()} == set()


@pytest.mark.parametrize(
    "operation",
    [
        DeleteModel("Card"), RenameModel("Card", "Form"), RemoveField("card", "words"), RenameField("card", "words", "text"),
        AddField("card", "words", TEXT), AddField("card", "words", models.TextField(default="")),
        RunSQL("ALTER TABLE cards_card DROP COLUMN words"), RunSQL("alter table cards_card rename to cards_form"),
        RunSQL("ALTER TABLE cards_card ALTER COLUMN words TYPE integer"),
        SeparateDatabaseAndState(database_operations=[RemoveField("card", "words")]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_the_release_before_could_not_live_with_is_named(operation: Any) -> None:
    [told] = of(operation)

    assert told.startswith("cards.0002_next: ")


@pytest.mark.parametrize(
    "operation",
    [
        CreateModel("Page", [("id", models.UUIDField(primary_key=True))]), AddField("card", "words", models.TextField(null=True)),
        AddField("card", "words", models.TextField(db_default="")), AddIndex("card", models.Index(fields=["id"], name="by_id")),
        AlterField("card", "words", models.CharField(max_length=200)), RunSQL("CREATE INDEX one ON cards_card (id)"),
        SeparateDatabaseAndState(state_operations=[RemoveField("card", "words")]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_only_adds_may_come(operation: Any) -> None:
    assert of(operation) == []


def test_a_table_of_the_new_release_may_still_take_shape() -> None:
    made = CreateModel("Page", [("id", models.UUIDField(primary_key=True))])

    assert of(made, AddField("page", "words", TEXT), RemoveField("page", "words")) == []


def test_what_was_released_before_is_not_asked_again() -> None:
    old = Migration("0001_cards", "cards")
    old.operations = [DeleteModel("Card")]

    assert breaking([old], BEFORE) == []
