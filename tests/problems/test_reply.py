"""The unit tells the firm how far it has come."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, acknowledged, answered
from zhitong.domain.problems.actions.handling import Reply, reply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Stage, State

pytestmark = pytest.mark.django_db


def test_the_next_limit_is_that_of_completion(raised: Raise) -> None:
    story = acknowledged(raised())

    standing = story.does("park", reply, Reply, text="已约供电公司下周会商")

    assert (standing.state, standing.stage) == (State.HANDLING, Stage.COMPLETE)
    assert standing.stage_due_at == standing.first_due_at
    assert story.facts()[-1].words == {"text": "已约供电公司下周会商"}


def test_nothing_is_replied_before_the_sign_for(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "现在是“待签收”，不能阶段性答复"):
        story.does("park", reply, Reply, text="已约供电公司下周会商")


def test_nothing_is_replied_after_the_answer(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "现在是“待企业确认”，不能阶段性答复"):
        story.does("park", reply, Reply, text="再补充一句")
