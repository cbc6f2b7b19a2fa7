"""A stop for a stated reason: the clock stands still and is counted on by the days it stood (R-F5)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.problems.timing import PAUSE, UNIT, at, handled, is_sound, paused, schedule_runs
from tests.problems.ways import Raise, unit_id
from zhitong.domain.problems.actions.deciding import Grant, grant_pause
from zhitong.domain.problems.actions.handling import Complete, Reply, complete, reply
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.requesting import ask_pause
from zhitong.domain.problems.actions.resuming import Resume, resume
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Outcome, Stage, State

pytestmark = pytest.mark.django_db


def test_granted_the_running_stage_stops_and_nothing_is_due(raised: Raise) -> None:
    story = paused(raised)

    standing = story.standing

    assert (standing.state, standing.stage, standing.stage_due_at, standing.warn_at) == (State.PAUSED, None, None, None)
    assert standing.spell is not None
    assert standing.spell.stopped_at == story.now
    assert (standing.first_due_at, standing.due_at, standing.pauses) == (at(5, 21), at(5, 21), 1)
    words = story.facts()[-1].words
    assert (words["pause_reason"], words["until"]) == ("需要鉴定、检测、评审", "2018年5月7日")
    assert is_sound(story)


def test_resumed_by_the_unit_every_due_time_is_counted_on(raised: Raise) -> None:
    story = paused(raised)
    story.now = at(5, 3, 9, 0)

    standing = story.done_by(UNIT, resume, Resume, text="评价报告已出")

    assert (standing.state, standing.stage, standing.stage_due_at) == (State.HANDLING, Stage.STAGE_REPLY, at(5, 14))
    assert standing.spell is not None
    assert (standing.spell.stopped_at, standing.spell.due_at, standing.due_at) == (None, at(5, 24), at(5, 24))
    assert standing.first_due_at == at(5, 21)
    [request] = story.rows("problems_request")
    assert request["workdays"] == 3
    assert request["arithmetic"] == (
        "4月27日 16:20 停表，5月3日 09:10 恢复，停表 3 个工作日：4月28日(补班) 5月2日 3日，"
        "办结时限由 5月21日 17:30 顺延至 5月24日 17:30"
    )
    assert story.facts()[-1].words == {"text": "评价报告已出", "arithmetic": request["arithmetic"]}
    assert is_sound(story)


def test_a_stop_within_a_day_moves_nothing(raised: Raise) -> None:
    story = paused(raised)
    before = handled(raised).standing

    standing = story.done_by(UNIT, resume, Resume, text="不必等了")

    assert (standing.stage, standing.stage_due_at, standing.warn_at) == (before.stage, before.stage_due_at, before.warn_at)
    assert is_sound(story)


def test_on_the_expected_day_it_goes_on_by_itself(raised: Raise) -> None:
    story = paused(raised)

    assert schedule_runs(story, at(5, 6, 23, 59)) == []
    [standing] = schedule_runs(story, at(5, 7, 0, 1))

    assert (standing.state, standing.due_at) == (State.HANDLING, at(5, 28))
    fact = story.facts()[-1]
    assert (fact.kind, fact.via, fact.unit_id) == ("problem.resumed", "schedule", None)
    assert schedule_runs(story, at(5, 7, 0, 2)) == []
    assert is_sound(story)


def test_after_a_stop_the_reply_leads_to_the_completion_that_was_counted_on(raised: Raise) -> None:
    story = paused(raised)
    schedule_runs(story, at(5, 7, 9, 0))

    standing = story.done_by(UNIT, reply, Reply, text="已出报告")

    assert (standing.stage, standing.stage_due_at) == (Stage.COMPLETE, at(5, 28))
    assert is_sound(story)


def test_the_second_stop_is_decided_one_level_up(raised: Raise) -> None:
    story = paused(raised)
    story.done_by(UNIT, resume, Resume, text="报告已出")

    standing = story.done_by(UNIT, ask_pause, **PAUSE)

    assert standing.decider_unit_id == unit_id("130973-office")


@pytest.mark.parametrize("until", [date(2018, 4, 27), date(2017, 5, 7), date(2019, 4, 28)])
def test_the_day_of_return_lies_ahead_and_within_a_year(raised: Raise, until: date) -> None:
    story = handled(raised)

    with story.unchanged(NotNow, "预计恢复的日期"):
        story.done_by(UNIT, ask_pause, **PAUSE | {"until": until})


def test_a_stop_whose_day_has_come_is_not_granted_any_more(raised: Raise) -> None:
    story = handled(raised)
    story.done_by(UNIT, ask_pause, **PAUSE)
    story.now = at(5, 7, 9, 0)

    with story.unchanged(NotNow, "申请的恢复日期已经到了"):
        story.does("park_office", grant_pause, Grant)


def test_an_overdue_clock_cannot_be_stopped(raised: Raise) -> None:
    story = handled(raised)
    story.now = at(5, 22, 9, 0)

    with story.unchanged(NotNow, "已超期.*不能再申请暂停"):
        story.done_by(UNIT, ask_pause, **PAUSE | {"until": date(2018, 6, 1)})


def test_a_paused_matter_is_not_completed_before_it_goes_on(raised: Raise) -> None:
    story = paused(raised)

    with story.unchanged(NotNow, "现在是“暂停办理”，不能办结"):
        story.done_by(UNIT, complete, Complete, outcome=Outcome.SOLVED, text="已办。")


def test_given_to_another_unit_the_stop_is_over_and_the_whole_way_is_counted_on(raised: Raise) -> None:
    story = paused(raised)
    story.now = at(5, 3, 9, 0)

    standing = story.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-social"), reason="涉及用工")

    assert (standing.state, standing.due_at, standing.first_due_at) == (State.DISPATCHED, at(5, 24), at(5, 21))
    [request] = story.rows("problems_request")
    assert (request["resumed_at"], request["workdays"]) == (story.now, 3)
    assert schedule_runs(story, at(5, 7, 9, 0)) == []
    assert is_sound(story)


def test_nobody_else_lets_it_go_on(raised: Raise) -> None:
    story = paused(raised)

    with story.unchanged(NotNow, "“恢复办理”由南大港产业园区财政局办理，不是本单位"):
        story.does("zone", resume, Resume, text="继续")
