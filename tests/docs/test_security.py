"""docs/security.md names, for every point it calls met, a test that is there; the numbers of the standard are all told once."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.docs.tables import DOCS
from tests.house.habits import ROOT

PAGE = (DOCS / "security.md").read_text(encoding="utf-8")
STATES = {"met", "met in the language", "partly", "operator", "does not apply"}
ROWS = [
    tuple(cell.strip() for cell in line.strip("| \n").split(" | "))
    for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| requirement", "| 要求"))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_point_is_met_partly_met_left_to_the_operator_or_does_not_apply() -> None:
    assert len(ROWS) > 180
    assert [row for row in ROWS if len(row) != 4 or row[2] not in STATES or not row[3]] == []


def test_what_is_met_names_its_test_and_nothing_else_does() -> None:
    assert [row for row in ROWS if (row[2] == "met") is not bool(NAMED.fullmatch(row[3]))] == []


@pytest.mark.parametrize("path", sorted({path for path, _name in NAMED.findall(PAGE)}))
def test_every_test_named_is_there(path: str) -> None:
    there = set(re.findall(r"^def (test_\w+)", (ROOT / path).read_text("utf-8"), re.MULTILINE))

    assert {name for found, name in NAMED.findall(PAGE) if found == path} - there == set()


def test_no_requirement_of_the_second_list_is_told_twice() -> None:
    told = [one.strip() for row in ROWS for one in row[0].split(",") if re.match(r"\d+\.\d+\.\d+", one.strip())]

    assert {number: times for number, times in Counter(told).items() if times > 1 and not number.startswith("8.1.5")} == {}
