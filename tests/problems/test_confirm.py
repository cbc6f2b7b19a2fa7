"""The firm takes the answer; only this act is satisfaction."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, answered, confirmed
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Rating, Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rating", [Rating.SATISFIED, Rating.BASICALLY])
def test_the_word_of_the_firm_is_kept_beside_the_answer(raised: Raise, rating: Rating) -> None:
    story = answered(raised())

    standing = story.does("firm", confirm, Confirm, rating=rating, words="谢谢")

    assert (standing.state, standing.rating, standing.stage) == (State.CONFIRMED, rating, Stage.CLOSE_OFF)
    [answer], [verdict] = story.rows("problems_answer"), story.rows("problems_verdict")
    assert (verdict["answer_id"], verdict["rating"], verdict["words"]) == (answer["id"], rating.value, "谢谢")


def test_dissatisfaction_has_an_act_of_its_own(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "不满意请写明原因后选择“不满意”，由活动办公室复核"):
        story.does("firm", confirm, Confirm, rating=Rating.DISSATISFIED)


def test_who_handled_it_cannot_confirm_it(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotYours, "没有“填报卡片、反映问题、确认答复”的权限"):
        story.does("park", confirm, Confirm, rating=Rating.SATISFIED)


def test_another_firm_finds_nothing(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotFound):
        story.does("other_firm", confirm, Confirm, rating=Rating.SATISFIED)


def test_it_is_confirmed_once(raised: Raise) -> None:
    story = confirmed(raised())

    with story.unchanged(NotNow, "由企业确认，现在是“待销号”，不能确认"):
        story.does("firm", confirm, Confirm, rating=Rating.BASICALLY)
