"""What imports do not show: keys, signals and SQL point down as well, and each check catches a planted breach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house import laws

ORDER = laws.rooms()
ROOMS = [room for room in ORDER if (laws.DOMAIN / room).is_dir() or (laws.DOMAIN / f"{room}.py").is_file()]

COLUMNS = {field.column for model in apps.get_models() for field in model._meta.concrete_fields}
"""A column may begin with the word of a room (`progress_words`) without being a table of it."""


def files_of(room: str) -> Iterator[Path]:
    folder = laws.DOMAIN / room
    return folder.rglob("*.py") if folder.is_dir() else iter([folder.with_suffix(".py")])


def test_every_room_in_the_house_has_its_place() -> None:
    built = {path.stem for path in laws.DOMAIN.iterdir() if not path.name.startswith("__")}

    assert built <= set(ORDER)


def test_every_room_with_tables_is_installed() -> None:
    with_tables = {room for room in ROOMS if any("models" in path.with_suffix("").parts for path in files_of(room))}

    assert with_tables == {laws.room_of(model.__module__) for model in apps.get_models()} - {None}


def test_keys_point_down_and_leave_no_way_back() -> None:
    assert laws.keys_that_break_the_order(apps.get_models(include_auto_created=True), ORDER) == []


def test_tables_carry_the_name_of_their_room() -> None:
    assert laws.tables_out_of_order(apps.get_models(include_auto_created=True)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_no_signals(room: str) -> None:
    assert [name for path in files_of(room) for name in laws.signals_used(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("room", ROOMS)
def test_sql_of_a_room_names_no_table_above_it(room: str) -> None:
    named = set[str]().union(*(laws.tables_named(path.read_text(encoding="utf-8"), ORDER) for path in files_of(room)))

    assert laws.sql_that_looks_up(room, named - COLUMNS, ORDER) == []


@isolate_apps("zhitong.domain.history", "zhitong.domain.organisations")
def test_a_key_that_points_up_is_caught() -> None:
    class Low(models.Model):
        seat = models.ForeignKey("organisations.High", models.CASCADE, related_name="+")

        class Meta:
            app_label = "history"

    class High(models.Model):
        class Meta:
            app_label = "organisations"

    Low.__module__, High.__module__ = "zhitong.domain.history.models", "zhitong.domain.organisations.models"

    assert laws.keys_that_break_the_order([Low, High], ORDER) == [
        "history.Low.seat: points up, from history to organisations"
    ]
    assert laws.tables_out_of_order([Low, High]) == []


@isolate_apps("zhitong.domain.history", "zhitong.domain.organisations")
def test_a_key_with_a_way_back_is_caught() -> None:
    class Low(models.Model):
        class Meta:
            app_label = "history"
            db_table = "testimony"

    class High(models.Model):
        low = models.ForeignKey(Low, models.CASCADE)
        lows = models.ManyToManyField(Low, related_name="highs")
        quiet = models.ForeignKey(Low, models.CASCADE, related_name="+")

        class Meta:
            app_label = "organisations"

    Low.__module__, High.__module__ = "zhitong.domain.history.models", "zhitong.domain.organisations.models"

    assert laws.keys_that_break_the_order([Low, High], ORDER) == [
        'organisations.High.low: crosses from organisations to history without related_name="+"',
        'organisations.High.lows: crosses from organisations to history without related_name="+"',
    ]
    assert laws.tables_out_of_order([Low]) == ["history.Low: testimony"]


@pytest.mark.parametrize(
    "line",
    [
        "from django.dispatch import receiver",
        "import django.dispatch",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from django.contrib.auth.signals import user_logged_in",
    ],
)
def test_a_signal_is_caught(line: str) -> None:
    assert laws.signals_used(f'"""A planted file."""\n\n{line}\n') != []


def test_sql_that_looks_up_is_caught() -> None:
    source = '''
"""Says problems_problem in its first lines only."""
PLAIN = "SELECT 1 FROM history_fact JOIN problems_spell USING (id)"
BUILT = f"UPDATE plans_task SET {PLAIN}"
'''

    named = laws.tables_named(source, ORDER)

    assert named == {"history_fact", "problems_spell", "plans_task"}
    assert laws.sql_that_looks_up("history", named, ORDER) == ["plans_task", "problems_spell"]
    assert laws.sql_that_looks_up("problems", named, ORDER) == []
