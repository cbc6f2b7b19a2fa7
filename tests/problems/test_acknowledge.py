"""The unit signs for a matter and contacts the firm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.problems.ways import Raise, acknowledged
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def test_handling_begins_and_its_limits_count_from_dispatch(raised: Raise) -> None:
    story = raised()
    story.now += timedelta(days=3)

    standing = story.does("park", acknowledge, Acknowledge, contact="已电话联系")

    assert (standing.state, standing.stage) == (State.HANDLING, Stage.STAGE_REPLY)
    assert standing.spell is not None
    assert (standing.spell.started_at, standing.spell.acknowledged_at) == (NOW, story.now)
    # 7 个工作日从交办 4月27日 起：4月28日(补班) 5月2–4日 7–9日
    assert standing.stage_due_at == datetime(2018, 5, 9, 9, 30, tzinfo=UTC)
    assert standing.spell.due_at == standing.first_due_at == datetime(2018, 5, 21, 9, 30, tzinfo=UTC)


def test_the_second_one_is_told_who_signed_when(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(
        NotNow, "该问题已于4月27日 15:50由南大港产业园区经发局签收并联系，现在是“办理中”，不能签收并联系。请刷新页面"
    ):
        story.does("park", acknowledge, Acknowledge, contact="我也联系了")


@pytest.mark.parametrize(
    ("login", "refused", "sentence"),
    [
        ("park_office", NotNow, "“签收并联系”由南大港产业园区经发局办理，不是本单位"),
        ("zone", NotNow, "“签收并联系”由南大港产业园区经发局办理，不是本单位"),
        ("firm", NotYours, "没有“签收、办理"),
        ("neighbour", NotFound, "没有找到这项内容，或者不在您的查看范围内"),
    ],
)
def test_nobody_signs_for_another_unit(raised: Raise, login: str, refused: type[NotNow], sentence: str) -> None:
    story = raised()

    with story.unchanged(refused, sentence):
        story.does(login, acknowledge, Acknowledge, contact="已联系")
