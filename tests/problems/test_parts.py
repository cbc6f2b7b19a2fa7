"""Other units are asked to do their part; the accountable unit stays accountable (R-F3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.cast import Story, acting
from tests.problems.ways import Raise, acknowledged, unit_id
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.actions.parts import AnswerPart, Invite, answer_part, invite
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sharing import MakeOffer, Take, offer, take
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import Outcome, State
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
FINANCE, SAFETY, ECONOMY = "130973400-finance", "130973400-safety", "130973400-economy"
SOLVED = {"outcome": Outcome.SOLVED, "text": "已调整错峰方案。"}


def invited(story: Story, *codes: str) -> Story:
    story.does("park", invite, Invite, unit_ids=tuple(unit_id(code) for code in codes or (FINANCE,)), asked_for="请核对补贴")
    return story


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now) == []


def test_each_unit_asked_has_a_part_with_its_due_time(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    standing = invited(story, FINANCE, SAFETY).standing

    assert (standing.spell, standing.state, standing.stage_due_at) == (before.spell, before.state, before.stage_due_at)
    assert (standing.open_parts, standing.asked_unit_ids) == (2, {unit_id(FINANCE), unit_id(SAFETY)})
    due = datetime(2018, 5, 3, 17, 30, tzinfo=SHANGHAI)  # 3 working days: 4月28日(补班), 5月2日, 3日
    assert {(row["kind"], row["state"], row["due_at"]) for row in story.rows("problems_part")} == {("co_handle", "asked", due)}
    assert story.facts()[-1].words["asked_for"] == "请核对补贴"
    assert sound(story)


def test_the_asked_unit_answers_and_the_part_is_over(raised: Raise) -> None:
    story = invited(acknowledged(raised()), FINANCE, SAFETY)

    standing = story.done_by(FINANCE, answer_part, AnswerPart, text="补贴已核对")

    assert (standing.open_parts, standing.asked_unit_ids) == (1, {unit_id(SAFETY)})
    assert standing.accountable_unit_id == unit_id(ECONOMY)
    [answered] = [row for row in story.rows("problems_part") if row["state"] == "answered"]
    assert (answered["unit_id"], answered["answer"], answered["answered_at"]) == (unit_id(FINANCE), "补贴已核对", story.now)
    assert not story.facts()[-1].body["late"]
    assert sound(story)


def test_a_late_answer_is_taken_and_stays_visible_as_late(raised: Raise) -> None:
    story = invited(acknowledged(raised()))
    story.now += timedelta(days=14)

    story.done_by(FINANCE, answer_part, AnswerPart, text="补贴已核对")

    assert story.facts()[-1].body["late"]


def test_who_was_not_asked_finds_nothing_and_the_asker_has_no_part(raised: Raise) -> None:
    story = invited(acknowledged(raised()))

    with story.unchanged(NotFound):
        story.done_by(SAFETY, answer_part, AnswerPart, text="不关我事")
    with story.unchanged(NotNow, "“反馈协办情况”由南大港产业园区财政局办理"):
        story.does("park", answer_part, AnswerPart, text="自问自答")


@pytest.mark.parametrize(("to", "sentence"), [
    (ECONOMY, "经发局就是主办单位，不需要请协办"),
    ("130973-power", "供电公司不在属地管理序列，不能请协办。请由.*发函商请"),
    ("130973-economy", "只能交给本辖区内的单位"),
    (FINANCE, "财政局已有一项待反馈的协办事项"),
])
def test_who_cannot_be_asked_is_refused(raised: Raise, to: str, sentence: str) -> None:
    story = invited(acknowledged(raised()))

    with story.unchanged(NotNow, sentence):
        invited(story, to)


def test_nobody_named_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(BadInput, "请至少选择一个协办单位"):
        story.does("park", invite, Invite, unit_ids=(), asked_for="请核对")


def test_the_answer_waits_for_parts_until_their_time_is_over(raised: Raise) -> None:
    story = invited(acknowledged(raised()), FINANCE, SAFETY)
    story.done_by(SAFETY, answer_part, AnswerPart, text="现场无隐患")

    with story.unchanged(NotNow, "还有南大港产业园区财政局（协办，时限5月3日 17:30）未反馈。请等反馈，或先催办"):
        story.does("park", complete, Complete, **SOLVED)

    story.now += timedelta(days=7)
    standing = story.does("park", complete, Complete, **SOLVED)
    assert (standing.state, standing.open_parts) == (State.ANSWERED, 0)
    assert sorted(row["state"] for row in story.rows("problems_part")) == ["answered", "unanswered"]
    assert sound(story)


def test_who_takes_the_whole_over_owes_no_part_of_it(raised: Raise) -> None:
    story = invited(acknowledged(raised()))
    story.does("park", offer, MakeOffer, unit_id=unit_id(FINANCE), reason="主要是补贴")

    standing = story.done_by(FINANCE, take, Take, contact="已电话告知企业")

    assert (standing.open_parts, standing.asked_unit_ids) == (0, frozenset())
    assert [row["state"] for row in story.rows("problems_part")] == ["withdrawn"]
    assert sound(story)
