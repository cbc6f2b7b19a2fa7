"""Who answers for what in the provincial plan is read as a careful person reads it (R-C6; units ≥ 0.98, roles ≥ 0.97)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.papers import gold, seed
from zhitong.policy.responsibility import Clause, clauses_in, house_rules, responsible_of


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Clause, ...]]:
    text = seed("hebei-2018-7")
    rules = house_rules(text)
    return {task["id"]: clauses_in(text, task["start"], task["end"], rules=rules) for task in gold()["tasks"]}


def wanted(task: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(row["name"], row["role"], row.get("part")) for row in task["responsible"]]


def test_every_unit_role_and_part_is_read_and_none_made_up(read: dict[str, tuple[Clause, ...]]) -> None:
    for task in gold()["tasks"]:
        found = [(one.name, one.role, one.part) for one in responsible_of(read[task["id"]])]

        assert found == wanted(task), task["id"]


def test_collective_nouns_are_marked_as_such(read: dict[str, tuple[Clause, ...]]) -> None:
    marked = {
        one.name for clauses in read.values() for clause in clauses for one in clause.responsible if one.is_collective
    }

    assert marked == {row["name"] for task in gold()["tasks"] for row in task["responsible"] if row.get("collective")}


def test_clauses_stand_at_the_very_places(read: dict[str, tuple[Clause, ...]]) -> None:
    printed = {task["id"]: task for task in gold()["tasks"] if task["responsible_text"]}

    assert {number: [(clause.start, clause.text) for clause in read[number]] for number in printed} == {
        number: [(task["responsible_start"], task["responsible_text"])] for number, task in printed.items()
    }


def test_names_stand_where_they_are_printed(read: dict[str, tuple[Clause, ...]]) -> None:
    text = seed("hebei-2018-7")

    for clauses in read.values():
        for one in (one for clause in clauses for one in clause.responsible):
            assert text[one.start : one.end] == (one.printed or one.name)


def test_nothing_of_a_whole_paper_is_called_damaged(read: dict[str, tuple[Clause, ...]]) -> None:
    assert not [clause.text for clauses in read.values() for clause in clauses if clause.is_damaged]
