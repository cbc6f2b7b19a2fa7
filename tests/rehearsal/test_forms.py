"""The forms of the demonstration: the published one makes sense, the one under way still lacks its basis."""

from __future__ import annotations

from typing import Any

import pytest

from zhitong.domain.cards.rules.building import blank
from zhitong.domain.cards.rules.designing import lacking, refusal_of
from zhitong.domain.cards.rules.kinds import Period
from zhitong.rehearsal.beside import SAFETY
from zhitong.rehearsal.forms import PROJECTS, WORKERS


@pytest.mark.parametrize(("said", "wanted"), [(PROJECTS, []), (WORKERS, ["basis"]), (SAFETY, [])])
def test_what_is_drawn_up_stands_as_far_as_it_is_meant_to(said: dict[str, Any], wanted: list[str]) -> None:
    empty = blank(code="form", kind="project", name="表", period=Period.QUARTER, categories=[("land", "用地")])
    drawn = {**empty, **said}

    assert refusal_of(drawn) == ""
    assert [one.key for one in lacking(drawn)] == wanted
