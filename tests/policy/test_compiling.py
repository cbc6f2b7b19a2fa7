"""A whole plan is read as a careful person reads it (R-C6); the provincial one is held against the reading made by hand."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.papers import gold, seed
from tests.policy.files import document
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text
from zhitong.policy.scoring import score
from zhitong.policy.shapes import as_json
from zhitong.rehearsal.bench.policy import paper

SLACK = 3
"""A processor shared with other work takes longer over the same; `zhitong bench policy` measures."""
FIELDS = ("id", "level", "title", "path", "start", "end", "text_end")


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return as_json(compile_reading(read_text(seed("hebei-2018-7"))))


@pytest.mark.parametrize(
    ("part", "at_least"),
    [
        ("document", 1), ("sections", 0.99), ("section titles", 0.99), ("section ids", 0.99), ("tasks", 0.99), ("task titles", 0.99),
        ("units", 0.98), ("roles", 0.97), ("parts of tasks", 0.97), ("indicators", 0.97), ("deadlines", 0.97), ("kinds", 0.97),
        ("classes", 0.97), ("scopes", 0.97), ("restatements", 0.9), ("timeline", 0.97),
    ],
)
def test_every_part_is_read_as_well_as_asked(plan: dict[str, Any], part: str, at_least: float) -> None:
    read = score(plan, gold()).part(part)

    assert read.f1 >= at_least, (read.missed, read.made_up)


def test_sections_and_duties_stand_at_the_very_places(plan: dict[str, Any]) -> None:
    for kind, fields in (("sections", FIELDS), ("tasks", ("id", "title", "section_path", "start", "end", "body_start"))):
        assert [[row[field] for field in fields] for row in plan[kind]] == [
            [row[field] for field in fields] for row in gold()[kind]
        ]


def test_bookmarks_of_the_file_are_noise(plan: dict[str, Any]) -> None:
    text = seed("hebei-2018-7")

    assert {text[start:end].count("[bookmark: ") for start, end in plan["noise"]} == {1, 2}
    assert len(plan["noise"]) == len(gold()["noise_spans"])


def test_units_of_a_duty_stand_apart_from_what_is_to_be_done() -> None:
    text = document("restarting")
    first, *_, last = compile_reading(read_text(text)).tasks

    assert [(one.name, one.role) for one in first.responsible][:2] == [("州行政审批服务局", "lead"), ("州司法局", "responsible")]
    [(start, end)] = first.responsible_spans
    assert (text[start:start + 5], text[end - 4:end]) == ("(牵头单位", "底完成)")
    assert (last.title, last.responsible) == ("严格考核", ())


def test_what_is_said_once_for_the_paper_holds_for_every_clause() -> None:
    first, second, third, *_ = compile_reading(read_text(document("own-lines"))).tasks

    assert [(one.name, one.role) for one in first.responsible] == [("市发改委", "lead"), ("市财政局", "responsible")]
    assert [(one.name, one.role) for one in second.responsible] == [("市建设局", "lead")]
    assert third.responsible[0].role == "lead"


def test_a_paper_that_lost_a_bracket_is_marked_and_nothing_is_made_up() -> None:
    *whole, cut = compile_reading(read_text(document("points-below"))).tasks

    assert (cut.damaged, [one.name for one in cut.responsible]) == (True, ["市消防支队"])
    assert not any(task.damaged for task in whole[:3])


def test_ten_thousand_characters_are_read_in_a_third_of_a_second() -> None:
    text = paper()
    compile_reading(read_text(text))

    began = time.process_time()
    compile_reading(read_text(text))

    assert time.process_time() - began < 0.3 * SLACK
