"""More time: asked for before the limit, granted by the office that dispatched, beside the first limit (R-F5)."""

from __future__ import annotations

import pytest

from tests.problems.timing import UNIT, asked_for_time, at, extended, handled, is_sound
from tests.problems.ways import Raise, acknowledged, answered, unit, unit_id
from zhitong.domain.problems.actions.deciding import Grant, Refuse, grant_extension, grant_pause, refuse_request
from zhitong.domain.problems.actions.handling import Complete, Reply, complete, reply
from zhitong.domain.problems.actions.requesting import AskExtension, ask_extension
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Outcome, RequestKind, Stage, State

pytestmark = pytest.mark.django_db


def test_asking_leaves_every_clock_running_and_comes_to_the_office_that_dispatched(raised: Raise) -> None:
    before = handled(raised).standing
    story = asked_for_time(raised)

    standing = story.standing

    assert (standing.pending, standing.decider_unit_id) == (RequestKind.EXTENSION, unit_id("130973400-office"))
    assert (standing.state, standing.due_at, standing.stage_due_at) == (State.HANDLING, before.due_at, before.stage_due_at)
    [request] = story.rows("problems_request")
    assert (request["state"], request["due_at"]) == ("asked", at(4, 28))
    assert story.facts()[-1].words["reason"] == "须作现场检测"


def test_granted_the_due_times_are_counted_on_and_the_first_limit_stays(raised: Raise) -> None:
    story = extended(raised)

    standing = story.standing

    assert standing.spell is not None
    assert (standing.first_due_at, standing.due_at) == (at(5, 21), at(5, 24))
    assert (standing.spell.first_due_at, standing.spell.due_at) == (at(5, 21), at(5, 24))
    assert (standing.pending, standing.extensions) == (None, 1)
    [request] = story.rows("problems_request")
    assert (request["state"], request["due_before"], request["due_after"]) == ("granted", at(5, 21), at(5, 24))
    assert request["arithmetic"] == "原办结时限 5月21日 17:30，延期 3 个工作日：5月22日 23日 24日，延至 5月24日 17:30"
    assert story.facts()[-1].words["arithmetic"] == request["arithmetic"]
    assert is_sound(story)


def test_the_stage_reply_is_owed_when_it_was_and_completion_later(raised: Raise) -> None:
    story = extended(raised)
    owed = story.standing

    standing = story.done_by(UNIT, reply, Reply, text="正在检测")

    assert (owed.stage, owed.stage_due_at) == (Stage.STAGE_REPLY, at(5, 9))
    assert (standing.stage, standing.stage_due_at, standing.warn_at) == (Stage.COMPLETE, at(5, 24), at(5, 24, 8))
    assert is_sound(story)


def test_an_extension_of_the_running_stage_moves_it_too(raised: Raise) -> None:
    story = handled(raised)
    story.done_by(UNIT, reply, Reply, text="正在检测")
    story.done_by(UNIT, ask_extension, AskExtension, workdays=1, reason="须作现场检测")

    standing = story.does("park_office", grant_extension, Grant)

    assert (standing.stage, standing.stage_due_at) == (Stage.COMPLETE, at(5, 22))
    assert is_sound(story)


def test_the_second_extension_is_decided_one_level_up(raised: Raise) -> None:
    story = extended(raised)
    standing = story.done_by(UNIT, ask_extension, AskExtension, workdays=2, reason="检测未完")
    assert standing.decider_unit_id == unit_id("130973-office")

    with story.unchanged(NotNow, "“同意延期”由渤海新区.*办理，不是本单位"):
        story.does("park_office", grant_extension, Grant)
    standing = story.does("zone_office", grant_extension, Grant)

    assert (standing.due_at, standing.extensions) == (at(5, 28), 2)
    assert is_sound(story)


def test_about_its_host_the_office_above_decides(raised: Raise) -> None:
    """R-F13: an office may not extend for its own host department."""
    story = acknowledged(raised())

    standing = story.does("park", ask_extension, AskExtension, workdays=3, reason="须作现场检测")

    assert unit("130973400-office").host_id == unit_id("130973400-economy") == standing.accountable_unit_id
    assert standing.decider_unit_id == unit_id("130973-office")


def test_refused_everything_stays_and_the_reason_is_told(raised: Raise) -> None:
    story = asked_for_time(raised)
    before = story.standing

    standing = story.does("park_office", refuse_request, Refuse, words="检测可以并行")

    assert (standing.pending, standing.decider_unit_id, standing.extensions) == (None, None, 0)
    assert (standing.due_at, standing.stage_due_at, standing.spell) == (before.due_at, before.stage_due_at, before.spell)
    [request] = story.rows("problems_request")
    assert (request["state"], request["words"]) == ("refused", "检测可以并行")
    assert is_sound(story)


def test_an_extension_asked_after_the_limit_is_refused(raised: Raise) -> None:
    story = handled(raised)
    story.now = at(5, 21, 17, 31)

    with story.unchanged(NotNow, "已超期：办结时限已于5月21日 17:30截止，不能再申请延期。请办理；本级无法解决的，请提出上报"):
        story.done_by(UNIT, ask_extension, AskExtension, workdays=3, reason="忘了")


@pytest.mark.parametrize("workdays", [0, 31, -1])
def test_so_many_days_cannot_be_asked_for(raised: Raise, workdays: int) -> None:
    story = handled(raised)

    with story.unchanged(NotNow, "一次延期为 1 至 30 个工作日"):
        story.done_by(UNIT, ask_extension, AskExtension, workdays=workdays, reason="多要几天")


def test_one_request_waits_at_a_time(raised: Raise) -> None:
    story = asked_for_time(raised)

    with story.unchanged(NotNow, "已有一份延期申请待南大港产业园区.*审批"):
        story.done_by(UNIT, ask_extension, AskExtension, workdays=3, reason="再要三天")


def test_what_was_not_asked_for_is_not_granted(raised: Raise) -> None:
    story = asked_for_time(raised)

    with story.unchanged(NotNow, "现在待审批的是延期申请，不能同意暂停"):
        story.does("park_office", grant_pause, Grant)


def test_an_answer_given_meanwhile_lets_the_request_lapse(raised: Raise) -> None:
    story = asked_for_time(raised)

    standing = story.done_by(UNIT, complete, Complete, outcome=Outcome.SOLVED, text="已调整。")

    assert (standing.pending, standing.decider_unit_id) == (None, None)
    assert [row["state"] for row in story.rows("problems_request")] == ["lapsed"]
    with story.unchanged(NotNow, "现在是“待企业确认”"):
        story.does("park_office", grant_extension, Grant)
    assert is_sound(story)


def test_no_time_is_asked_for_once_it_is_answered(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "不能申请延期"):
        story.does("park", ask_extension, AskExtension, workdays=3, reason="再改改")


def test_another_unit_neither_asks_nor_decides(raised: Raise) -> None:
    story = handled(raised)
    with story.unchanged(NotNow, "“申请延期”由南大港产业园区财政局办理，不是本单位"):
        story.does("zone", ask_extension, AskExtension, workdays=3, reason="代为申请")
