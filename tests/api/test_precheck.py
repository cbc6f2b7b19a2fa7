"""A program of a township says what it found of an entry from its territory; another township's finds nothing. R-F9."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.conftest import Caller
from tests.cast import Story, official_of
from tests.prechecking import OTHER_TOWNSHIP, TOWNSHIP, ask_townships, township
from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token

pytestmark = pytest.mark.django_db


def caller_of(code: str) -> Caller:
    who = official_of(code)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def test_a_finding_is_said_by_the_township_alone(
    raised: Callable[..., Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_townships(tmp_path, monkeypatch)
    number = raised(**township()).standing.number
    found = {"finding": "settled", "text": "已协调恢复供电。"}

    refused = caller_of(OTHER_TOWNSHIP).act(number, "precheck", **found)
    done = caller_of(TOWNSHIP).act(number, "precheck", **found)

    assert (refused.status, done.status) == (404, 200)
    assert done.body["state"]["code"] == "answered"
