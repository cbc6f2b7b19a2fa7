"""docs/policy.md names every field of a reading, every word it uses and every verb of the command."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields

import pytest

from tests.docs.tables import DOCS
from tests.policy.files import DOCUMENTS, document
from zhitong.cli import policy
from zhitong.policy import shapes
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text
from zhitong.policy.reading.opening import LONGEST
from zhitong.policy.reading.paged import MOST_PAGES

PAGE = (DOCS / "policy.md").read_text(encoding="utf-8")
SHAPES = {
    "document": shapes.Document, "sections": shapes.Section, "tasks": shapes.Task, "responsible": shapes.Responsible,
    "indicators": shapes.Indicator, "timeline": shapes.Moment, "findings": shapes.Finding,
}  # fmt: skip


def row(name: str) -> str:
    return next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))


@pytest.mark.parametrize("part", SHAPES)
def test_the_fields_of_a_part_are_those_of_the_code(part: str) -> None:
    named = re.findall(r"`([a-z_]+)`", row(part))[1:]

    assert sorted(named) == sorted(one.name.rstrip("_") for one in fields(SHAPES[part]))


@pytest.mark.parametrize("field", ["role", "comparator", "kind", "class"])
def test_every_word_that_a_reading_uses_is_explained(field: str) -> None:
    plans = [compile_reading(read_text(document(path.stem))) for path in DOCUMENTS.glob("*.txt")]
    rows = [shapes.as_json(plan) for plan in plans]
    used = {
        one[field] for plan in rows for one in (*plan["indicators"], *(unit for task in plan["tasks"] for unit in task["responsible"]))
        if one.get(field)
    }

    assert used
    assert {word for word in used if word not in row(field)} == set()


def test_every_verb_is_told() -> None:
    parser = argparse.ArgumentParser()
    policy.add_arguments(parser)
    verbs = next(one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))

    assert verbs
    assert [verb for verb in verbs if f"`zhitong policy {verb} " not in PAGE] == []


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{LONGEST:,}".replace(",", " ") in PAGE
    assert f"{MOST_PAGES} pages" in PAGE
