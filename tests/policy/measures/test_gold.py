"""The provincial plan's quantities, days and restatements as a careful person reads them (R-C6, issue: ≥ 0.97)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.papers import gold, seed
from zhitong.policy.measures import measures_in
from zhitong.policy.scoring import Score, score
from zhitong.policy.shapes import Plan, as_json, plan_from


@pytest.fixture(scope="module")
def scored() -> Score:
    read: dict[str, Any] = gold()
    plan, text = plan_from(read), seed("hebei-2018-7")
    said = {
        task["id"]: (
            SimpleNamespace(
                start=task["responsible_start"],
                end=task["responsible_start"] + len(task["responsible_text"]),
                due_text=None,
                is_prose=False,
            ),
        )
        for task in read["tasks"]
        if task.get("responsible_text")
    }
    noise = [(one["start"], one["start"] + len(one["text"])) for one in read["noise_spans"]]
    found = measures_in(text, plan.sections, plan.tasks, said, 2018, noise)
    return score(
        as_json(Plan(plan.document, plan.sections, plan.tasks, found.indicators, found.timeline)),
        read,
    )


@pytest.mark.parametrize(
    "part", ["indicators", "deadlines", "kinds", "classes", "scopes", "tasks of indicators", "timeline"]
)
def test_a_part_is_read_without_a_miss(scored: Score, part: str) -> None:
    read = scored.part(part)

    assert (read.missed, read.made_up) == ((), ())


def test_aims_point_to_the_tasks_that_say_them_again(scored: Score) -> None:
    read = scored.part("restatements")

    assert (read.missed, read.made_up) == ((), ())
