"""The provincial plan's head, sections and duties are read as a careful person reads them (R-C6, issue: sections and tasks ≥ 0.99)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.papers import gold, seed
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text
from zhitong.policy.scoring import score
from zhitong.policy.shapes import as_json

FIELDS = ("id", "level", "title", "path", "start", "end", "text_end")


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return as_json(compile_reading(read_text(seed("hebei-2018-7"))))


@pytest.mark.parametrize("part", ["document", "sections", "section titles", "section ids", "tasks", "task titles"])
def test_a_part_is_read_without_a_miss(plan: dict[str, Any], part: str) -> None:
    read = score(plan, gold()).part(part)

    assert (read.missed, read.made_up) == ((), ())


def test_sections_and_duties_stand_at_the_very_places(plan: dict[str, Any]) -> None:
    for kind, fields in (("sections", FIELDS), ("tasks", ("id", "title", "section_path", "start", "end", "body_start"))):
        assert [[row[field] for field in fields] for row in plan[kind]] == [
            [row[field] for field in fields] for row in gold()[kind]
        ]


def test_bookmarks_of_the_file_are_noise(plan: dict[str, Any]) -> None:
    text = seed("hebei-2018-7")

    assert {text[start:end].count("[bookmark: ") for start, end in plan["noise"]} == {1, 2}
    assert len(plan["noise"]) == len(gold()["noise_spans"])
