"""The code keeps its habits, and each of them would be missed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.house.habits import HABITS, ROOT, SOURCE, breaches, code_of, tracked
from zhitong.launch.frontend import ICONS

DUMPING_GROUNDS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "shared", "tools", "manager"}
# Written with brackets so that this file does not say what it looks for.
REGISTRIES = re.compile(r"py[p]i\.org|python[h]osted|npm[j]s\.(org|com)|deb\.d[e]bian")
MACHINE_PATHS = re.compile(r"(?<![.\w-])/(w[o]rk|h[o]me|r[o]ot)/\w")


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_is_kept(name: str) -> None:
    assert breaches(HABITS[name], HABITS[name].files()) == []


@pytest.mark.parametrize("name", HABITS)
def test_a_breach_of_a_habit_is_caught(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.habits.ROOT", tmp_path)
    habit = HABITS[name]
    planted = tmp_path / f"planted{Path(habit.where[0]).suffix}"
    planted.write_text(habit.caught, encoding="utf-8")

    assert len(breaches(habit, [planted])) == 1


@pytest.mark.parametrize("name", HABITS)
def test_what_a_habit_spares_is_really_there(name: str) -> None:
    assert all(list(SOURCE.glob(pattern)) for pattern in HABITS[name].but)


def test_comments_and_docstrings_may_speak_of_what_code_may_not_do() -> None:
    source = '"""Never datetime.now()."""\n\n\ndef act():\n    """No auto_now."""\n    return 1  # not now()\n'

    assert not re.search("now", code_of(source))


def test_no_file_is_a_dumping_ground() -> None:
    names = {part for path in tracked() for part in path.relative_to(ROOT).with_suffix("").parts}

    assert names & DUMPING_GROUNDS == set()


def test_every_file_opens_with_what_it_is_for() -> None:
    python = [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]

    assert [str(path) for path in python if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_no_file_names_a_registry_or_a_machine() -> None:
    said = {
        str(path.relative_to(ROOT)): found[0]
        for path in tracked()
        for law in (REGISTRIES, MACHINE_PATHS)
        if (found := law.search(path.read_text(encoding="utf-8")))
    }

    assert said == {}


def test_every_icon_on_a_page_is_gathered() -> None:
    named = {
        icon
        for page in SOURCE.glob("**/*.html")
        for icon in re.findall(r"""{%\s*icon\s+["']([^"']+)""", page.read_text(encoding="utf-8"))
    }

    assert named - set(ICONS) == set()


def test_every_file_a_page_asks_for_is_served() -> None:
    asked = {
        name
        for page in SOURCE.glob("**/*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)""", page.read_text(encoding="utf-8"))
    }

    assert [name for name in sorted(asked) if finders.find(name) is None] == []
