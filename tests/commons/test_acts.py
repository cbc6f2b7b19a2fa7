"""Joined by a person, treated as laid down, answered once, closed when all are over (R-F8, 冀发〔2018〕7号 四（四）（七）)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, acting, viewer
from tests.commons.acts import (
    LEAD,
    OTHER,
    column,
    does,
    established,
    everything,
    page,
    plan,
    report_of,
    turn_of,
    who,
)
from tests.problems.ways import Raise, acknowledged, proposed, unit_id, waiting
from tests.world import NOW
from zhitong.domain.commons.actions.answering import CONTACT, ToAll, answer
from zhitong.domain.commons.actions.closing import close, measure, settle, take_out
from zhitong.domain.commons.actions.establishing import NotNow, establish, join
from zhitong.domain.commons.queries.page import belonging_of
from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.commons.rules.kinds import CommonState, Progress, Treatment
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, Reject, close_off, confirm, reject
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, reassign
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating, State
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
SOLVED = ToAll(outcome=Outcome.SOLVED, text="已实行统一错峰方案，夜间不再限热处理炉。")


def facts_of(number: str) -> list[str]:
    with acting_as(viewer("province_office")):
        [common_id] = column("SELECT id FROM commons_common WHERE number = %s", number)
        return [fact.kind for fact in facts_about(common_id)]


def test_an_office_establishes_one_led_by_a_unit_of_its_level(alike: list[Story]) -> None:
    joining = established(alike)

    assert (joining.joined, joining.moved, joining.left_out, joining.unmoved) == (4, 0, (), ())
    found = page("park_office", joining.number)
    assert joining.number.startswith("共-南大港-2018-")
    assert (found.row.title, found.row.lead, found.row.state) == ("夜间错峰限电", "南大港产业园区经发局", CommonState.STUDIED)
    assert (found.row.members, found.row.waiting, found.asked) == (4, 4, "研究统一的错峰方案。")
    assert found.row.due_at.date() == date(2018, 5, 14)
    assert facts_of(joining.number) == [CommonFact.ESTABLISHED.value, *[CommonFact.JOINED.value] * 4]


def test_a_member_stays_a_problem_of_its_own(alike: list[Story]) -> None:
    before = [story.standing for story in alike]

    established(alike)

    assert [story.standing for story in alike] == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "请填写"), ({"asked": ""}, "请填写"), ({"title": "绝密事项"}, "国家秘密"),
        ({"workdays": 0}, "工作日"), ({"lead_id": UUID(int=1)}, "本级的单位"), ({"problem_ids": ()}, "2 家"),
    ],
)
def test_what_is_not_fit_is_refused_and_changes_nothing(alike: list[Story], changes: dict[str, object], sentence: str) -> None:
    before = everything()

    with pytest.raises(BadInput, match=sentence):
        does("park_office", establish, plan(alike, **changes))

    assert everything() == before


def test_a_unit_of_another_level_cannot_lead(alike: list[Story]) -> None:
    with pytest.raises(BadInput, match="本级的单位"):
        does("park_office", establish, plan(alike, lead_id=unit_id("130973-economy")))


def test_two_problems_of_one_firm_are_not_common(raised: Raise) -> None:
    with pytest.raises(BadInput, match="不同企业"):
        does("park_office", establish, plan([raised(), raised()]))


@pytest.mark.parametrize("login", ["park", "firm", "province"])
def test_who_may_not_dispatch_establishes_none(alike: list[Story], login: str) -> None:
    with pytest.raises(NotYours):
        does(login, establish, plan(alike))


def test_who_cannot_join_is_named_and_the_others_join(alike: list[Story]) -> None:
    first = established(alike[:2])

    second = established([*alike, report_of(7)])

    assert second.joined == 3
    assert {one.number for one in second.left_out} == {story.standing.number for story in alike[:2]}
    assert {one.reason for one in second.left_out} == {"已属于另一件没有办结的共性问题"}
    assert page("park_office", first.number).row.members == 2


def test_a_problem_outside_the_territory_is_not_even_found(alike: list[Story]) -> None:
    outside = report_of(8, region="130982")

    joining = established([*alike, outside])

    assert joining.joined == 4
    assert joining.left_out == ()


def test_gathering_hands_the_members_of_this_level_to_the_lead(alike: list[Story], raised: Raise) -> None:
    alike[1].does("park_office", reassign, Dispatch, unit_id=unit_id(OTHER), reason="涉及电费补贴")
    acknowledged(alike[2])
    stuck = proposed(alike[3])

    joining = established(alike, treatment=Treatment.GATHER, lead_id=unit_id(OTHER))

    assert joining.joined == 4
    assert joining.moved == 2
    assert [(one.number, one.reason) for one in joining.unmoved] == [
        (stuck.standing.number, "现在是“拟提请上级”，不能改派")
    ]
    assert {story.standing.accountable_unit_id for story in alike[:3]} == {unit_id(OTHER)}
    assert stuck.standing.accountable_unit_id == unit_id(LEAD)
    assert "归口办理" in alike[0].facts()[-1].words["why"]


@pytest.mark.parametrize("lead", ["130973-economy", "130973-finance"])
def test_an_office_above_takes_over_and_hands_to_its_lead(alike: list[Story], lead: str) -> None:
    acknowledged(alike[1])

    joining = established(alike, office="zone_office", lead_id=unit_id(lead), treatment=Treatment.GATHER)

    assert (joining.joined, joining.moved, joining.unmoved) == (4, 4, ())
    assert {story.standing.accountable_unit_id for story in alike} == {unit_id(lead)}


def test_what_waits_for_dispatch_is_dispatched_to_the_lead(alike: list[Story], raised: Raise) -> None:
    waits = waiting(raised)
    waits.does("park_office", accept, Accept)

    joining = established([waits, alike[1]], treatment=Treatment.GATHER)

    assert joining.moved == 1
    assert (waits.standing.state, waits.standing.accountable_unit_id) == (State.DISPATCHED, unit_id(LEAD))


def test_one_answer_completes_what_the_lead_has_and_is_offered_to_the_others(alike: list[Story]) -> None:
    alike[1].does("park_office", reassign, Dispatch, unit_id=unit_id(OTHER), reason="涉及电费补贴")
    acknowledged(alike[2])
    stuck = proposed(alike[3])
    number = established(alike).number

    done = does("park", answer, number, SOLVED)

    assert (done.completed, done.offered) == (2, 1)
    assert [one.number for one in done.left] == [stuck.standing.number]
    assert [story.standing.state for story in alike] == [
        State.ANSWERED, State.DISPATCHED, State.ANSWERED, State.PROPOSED
    ]
    [row] = alike[0].rows("problems_answer")
    assert (row["outcome"], row["text"]) == ("solved", SOLVED.text)
    assert [fact.words.get("contact") for fact in alike[0].facts() if fact.kind == "problem.acknowledged"] == [CONTACT]
    found = page("park_office", number)
    assert found.row.state is CommonState.ANSWERED
    assert found.answer is not None
    assert found.answer.text == SOLVED.text
    assert found.counted == {Progress.WAITING: 2, Progress.HANDLING: 2}


def test_each_reporter_confirms_or_rejects_for_himself(alike: list[Story]) -> None:
    number = established(alike[:2]).number
    does("park", answer, number, SOLVED)

    alike[0].does("firm", reject, Reject, words="昨晚又限电")

    found = page("park_office", number)
    assert found.counted == {Progress.DISSATISFIED: 1, Progress.WAITING: 1}
    assert found.row.waiting == 2


def test_it_may_be_answered_again_for_what_came_later(alike: list[Story]) -> None:
    number = established(alike[:2]).number
    does("park", answer, number, SOLVED)
    does("park_office", join, number, [alike[2].problem_id])

    again = does("park", answer, number, SOLVED)

    assert again.completed == 1
    assert alike[2].standing.state is State.ANSWERED


@pytest.mark.parametrize(
    ("to_all", "sentence"),
    [
        (ToAll(outcome=Outcome.PLANNED, text="列入改造计划。"), "计划完成日期"),
        (ToAll(outcome=Outcome.CANNOT, text="本级无权。"), "缺少哪项"),
        (ToAll(outcome=Outcome.SOLVED, text=" "), "请写明"),
    ],
)
def test_an_answer_that_is_not_honest_changes_nothing(alike: list[Story], to_all: ToAll, sentence: str) -> None:
    number = established(alike).number
    before = everything()

    with pytest.raises(BadInput, match=sentence):
        does("park", answer, number, to_all)

    assert everything() == before


def test_a_planned_answer_carries_its_date_and_a_power_that_is_missing_its_word(alike: list[Story]) -> None:
    number = established(alike).number

    does("park", answer, number, ToAll(
        outcome=Outcome.CANNOT, text="须由上级电网公司决定。", power_missing=PowerMissing.AUTHORITY,
    ))

    assert {story.rows("problems_answer")[0]["power_missing"] for story in alike} == {"authority"}


@pytest.mark.parametrize("login", ["park_office", "zone_office", "130973400-finance"])
def test_nobody_but_the_lead_answers(alike: list[Story], login: str) -> None:
    number = established(alike).number
    before = everything()

    with pytest.raises((NotNow, NotFound)):
        does(login, answer, number, SOLVED)

    assert everything() == before


def test_a_member_is_taken_out_with_a_reason_and_may_join_another(alike: list[Story]) -> None:
    number = established(alike).number

    does("park_office", take_out, number, alike[3].problem_id, "是设备故障，不是限电")

    found = page("park_office", number)
    assert found.row.members == 3
    assert [(one.number, one.reason) for one in found.taken_out] == [(alike[3].standing.number, "是设备故障，不是限电")]
    assert established([alike[3], report_of(9)]).joined == 2
    with pytest.raises(NotNow, match="不在"):
        does("park_office", take_out, number, alike[3].problem_id, "再一次")


def test_measures_are_written_by_the_lead_or_the_office(alike: list[Story]) -> None:
    number = established(alike).number

    does("park", measure, number, "供电企业每周五公布下周错峰计划。")

    assert page("zone_office", number).measures == "供电企业每周五公布下周错峰计划。"
    with pytest.raises(NotNow):
        does("zone_office", measure, number, "不是本办的")


def test_the_office_closes_it_with_words_and_the_members_go_on(alike: list[Story]) -> None:
    number = established(alike).number

    does("park_office", close, number, "电网改造完成，今后不再出现。")

    found = page("park_office", number)
    assert (found.row.state, found.closing, found.acts) == (CommonState.CLOSED, "电网改造完成，今后不再出现。", ())
    assert {story.standing.state for story in alike} == {State.DISPATCHED}
    with pytest.raises(NotNow, match="已办结"):
        does("park", answer, number, SOLVED)
    assert established(alike).joined == 4


def test_it_closes_by_itself_when_the_last_member_is_over(alike: list[Story], raised: Raise) -> None:
    other = report_of(5)
    number = established([alike[0], other]).number
    does("park", answer, number, SOLVED)
    alike[0].does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    alike[0].does("zone_office", close_off, CloseOff)
    with acting("province_office"):
        assert settle(alike[0].problem_id, now=NOW) is False

    does("park_office", take_out, number, other.problem_id, "另有原因")
    with acting("park_office"):
        assert settle(alike[0].problem_id, now=NOW) is True
        assert settle(alike[0].problem_id, now=NOW) is False

    found = page("park_office", number)
    assert (found.row.state, found.timeline[-1].who) == (CommonState.CLOSED, "成员问题都已结束，自动办结")


def test_a_member_says_what_it_is_part_of(alike: list[Story]) -> None:
    number = established(alike).number

    with acting_as(viewer("firm")):
        found = belonging_of(alike[0].problem_id)

    assert found is not None
    assert (found.number, found.title, found.lead, found.answer) == (number, "夜间错峰限电", "南大港产业园区经发局", None)


def test_a_batch_of_twelve_costs_as_many_statements_as_one_of_two(db: None) -> None:
    few, many = [report_of(n) for n in range(20, 22)], [report_of(n) for n in range(30, 42)]
    for story in (*few[:1], *many[:1]):
        acknowledged(story)

    def statements(act: Any, name: str, *values: object) -> tuple[int, Any]:
        with acting_as(who(name)) as here, CaptureQueriesContext(connection) as asked:
            done = act(*values, turn_of(here))
        return len(asked), done

    cost_of_few, first = statements(establish, "park_office", plan(few, treatment=Treatment.GATHER, lead_id=unit_id(OTHER)))
    cost_of_many, second = statements(establish, "park_office", plan(many, treatment=Treatment.GATHER, lead_id=unit_id(OTHER)))
    assert cost_of_many == cost_of_few
    assert (first.moved, second.moved) == (2, 12)
    cost_of_few, few_done = statements(answer, "130973400-finance", first.number, SOLVED)
    cost_of_many, many_done = statements(answer, "130973400-finance", second.number, SOLVED)
    assert cost_of_many == cost_of_few
    assert (few_done.completed, many_done.completed) == (2, 12)
