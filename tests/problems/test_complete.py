"""A unit answers with an honest outcome."""

from __future__ import annotations

from datetime import date

import pytest

from tests.problems.ways import Raise, acknowledged, answered, sent_up
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Stage, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "more"),
    [
        (Outcome.SOLVED, {}),
        (Outcome.PARTLY, {}),
        (Outcome.EXPLAINED, {}),
        (Outcome.PLANNED, {"planned_on": date(2018, 10, 31)}),
        (Outcome.CANNOT, {"power_missing": PowerMissing.POLICY}),
    ],
)
def test_the_outcome_is_told_as_it_is(raised: Raise, outcome: Outcome, more: dict[str, object]) -> None:
    story = acknowledged(raised())

    standing = story.does("park", complete, Complete, outcome=outcome, text="答复如下。", **more)

    assert (standing.state, standing.outcome, standing.answered_at) == (State.ANSWERED, outcome, story.now)
    [answer] = story.rows("problems_answer")
    assert (answer["outcome"], answer["text"]) == (outcome.value, "答复如下。")
    assert answer["planned_on"] == more.get("planned_on")
    assert answer["shown_at"] == story.now


def test_the_unit_keeps_the_spell_with_its_handling_clock_stopped(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    standing = story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    assert standing.accountable_unit_id == before.accountable_unit_id
    assert standing.spell is not None
    assert standing.spell.stopped_at == story.now
    assert (standing.stage, standing.stage_due_at) == (Stage.CONFIRM, None)


def test_what_came_from_below_returns_through_every_level(raised: Raise) -> None:
    story = acknowledged(sent_up(raised()), "zone")

    standing = story.does("zone", complete, Complete, outcome=Outcome.SOLVED, text="已协调。")

    assert (standing.state, standing.stage) == (State.RETURNING, Stage.ANSWER_DOWN)
    [answer] = story.rows("problems_answer")
    assert answer["shown_at"] is None
    assert [row["position"] for row in story.rows("problems_relay")] == [0]


def test_a_plan_without_a_date_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "“列入计划”须写明计划完成日期"):
        story.does("park", complete, Complete, outcome=Outcome.PLANNED, text="明年安排。")


def test_cannot_without_the_power_that_is_missing_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "“无法解决”须选择缺少哪项权限或条件"):
        story.does("park", complete, Complete, outcome=Outcome.CANNOT, text="办不了。")


def test_what_is_not_signed_for_is_not_answered(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "现在是“待签收”，不能办结"):
        story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")


def test_one_answer_is_enough(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "由南大港产业园区经发局办结，现在是“待企业确认”，不能办结"):
        story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
