"""Every kind of doubt and every verdict has a word a person reads, and none is used without one (R-C6)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhitong.kit.choices import Word
from zhitong.policy import checking, comparing
from zhitong.policy.checking.kinds import KINDS, SEVERITIES
from zhitong.policy.comparing import words

FINDING = re.compile(r'Finding\(\s*"(\w+)",\s*(?:"(\w+)")?')
DIFFERENCE = re.compile(r'Difference\(\s*"(\w+)"')
PAGE = Path("docs/policy-doubts.md")


def sources(room: object) -> str:
    folder = Path(str(getattr(room, "__file__", ""))).parent
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))


def test_every_finding_in_the_code_is_of_a_known_kind_and_severity() -> None:
    found = FINDING.findall(sources(checking))

    assert {kind for kind, _grade in found} == set(KINDS)
    assert {grade for _kind, grade in found if grade} <= set(SEVERITIES)


def test_every_difference_in_the_code_is_of_a_known_subject() -> None:
    assert set(DIFFERENCE.findall(sources(comparing))) == {word.value for word in words.DifferenceOf}


def labels(table: type[Word]) -> dict[str, str]:
    return {word.value: word.label for word in table}


@pytest.mark.parametrize(
    "table", [KINDS, labels(words.TaskRelation), labels(words.DifferenceVerdict)], ids=["kinds", "relations", "verdicts"]
)
def test_the_page_of_doubts_tells_every_word(table: dict[str, str]) -> None:
    told = PAGE.read_text(encoding="utf-8")

    assert not [word for word, label in table.items() if f"`{word}`" not in told or label not in told]
