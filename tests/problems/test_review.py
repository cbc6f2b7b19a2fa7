"""Dissatisfaction has steps and an end: the same level's office, then the one above, then the rule."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, answered, of_safety, rejected, unit_id
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.closing import (
    End,
    HandleAnew,
    Reject,
    Uphold,
    end,
    handle_anew,
    reject,
    uphold,
)
from zhitong.domain.problems.actions.receiving import Decline, decline
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import DeclineReason, Rating, SpellKind, Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
PARK, ZONE, CITY = "130973400-office", "130973-office", "1309-office"


def test_the_office_of_the_level_reviews_within_two_working_days(raised: Raise) -> None:
    story = of_safety(raised)

    standing = story.does("firm", reject, Reject, words="限电依旧")

    assert (standing.state, standing.stage, standing.rating) == (State.REVIEW, Stage.REVIEW, Rating.DISSATISFIED)
    assert (standing.accountable_unit_id, standing.rejections) == (unit_id(PARK), 1)
    assert [row["kind"] for row in story.rows("problems_spell")][-1] == SpellKind.REVIEW.value
    [verdict] = story.rows("problems_verdict")
    assert (verdict["rating"], verdict["words"]) == ("dissatisfied", "限电依旧")


def test_an_office_never_judges_its_own_host_department(raised: Raise) -> None:
    story = answered(raised(category="energy"))  # 经发局 hosts the park's office

    standing = rejected(story).standing

    assert standing.accountable_unit_id == unit_id(ZONE)
    assert story.parties()["zone_office"] == "office"


def test_the_second_time_the_office_above_reviews(raised: Raise) -> None:
    story = of_safety(raised)
    rejected(story).does("park_office", uphold, Uphold, reason="方案已是最优")

    standing = rejected(story).standing

    assert (standing.accountable_unit_id, standing.rejections) == (unit_id(ZONE), 2)


def test_after_the_office_above_judged_a_host_the_second_time_goes_higher_still(raised: Raise) -> None:
    story = rejected(answered(raised(category="energy")))
    story.does("zone_office", uphold, Uphold, reason="方案已是最优")

    assert rejected(story).standing.accountable_unit_id == unit_id(CITY)


def test_it_is_handed_out_anew_and_the_first_limit_stays(raised: Raise) -> None:
    story = rejected(of_safety(raised))
    first = story.standing.first_due_at

    standing = story.does("park_office", handle_anew, HandleAnew, unit_id=unit_id("130973400-economy"), reason="换一家")

    assert (standing.state, standing.stage) == (State.DISPATCHED, Stage.ACKNOWLEDGE)
    assert (standing.outcome, standing.answered_at) == (None, None)
    assert (standing.accountable_unit_id, standing.first_due_at) == (unit_id("130973400-economy"), first)
    assert standing.rating is Rating.DISSATISFIED


def test_it_is_handed_to_units_of_the_territory_only(raised: Raise) -> None:
    story = rejected(of_safety(raised))

    with story.unchanged(NotNow, "只能交给本辖区内的单位"):
        story.does("park_office", handle_anew, HandleAnew, unit_id=unit_id("130973-economy"), reason="请上级办")


def test_upheld_it_returns_to_the_firm_with_the_reason(raised: Raise) -> None:
    story = rejected(of_safety(raised))

    standing = story.does("park_office", uphold, Uphold, reason="方案已是最优")

    assert (standing.state, standing.stage, standing.accountable_unit_id) == (
        State.ANSWERED, Stage.CONFIRM, unit_id(PARK)
    )
    newest = story.rows("problems_answer")[-1]
    assert (newest["outcome"], newest["text"], newest["unit_id"]) == ("explained", "方案已是最优", unit_id(PARK))


def test_it_is_not_ended_after_the_first_review(raised: Raise) -> None:
    story = rejected(of_safety(raised))

    with story.unchanged(NotNow, "第一次不满意须复核：重新办理，或维持并说明理由"):
        story.does("park_office", end, End, rule="办法第九条")


def test_after_the_second_it_may_be_ended_and_stays_counted_as_dissatisfied(raised: Raise) -> None:
    story = rejected(of_safety(raised))
    story.does("park_office", uphold, Uphold, reason="方案已是最优")
    rejected(story)

    standing = story.does("zone_office", end, End, rule="办法第九条")

    assert (standing.state, standing.accountable_unit_id, standing.ended_at) == (State.ENDED, None, story.now)
    assert standing.rating is Rating.DISSATISFIED


@pytest.mark.parametrize(
    ("login", "refused", "sentence"),
    [
        ("zone_office", NotNow, "“维持”由南大港产业园区.*办理，不是本单位"),
        ("firm", NotYours, "没有“受理、交办"),
        ("park", NotFound, "没有找到"),
    ],
)
def test_nobody_else_reviews(raised: Raise, login: str, refused: type[NotNow], sentence: str) -> None:
    story = rejected(of_safety(raised))

    with story.unchanged(refused, sentence):
        story.does(login, uphold, Uphold, reason="方案已是最优")


def test_under_review_nothing_is_declined(raised: Raise) -> None:
    story = rejected(of_safety(raised))

    with story.unchanged(NotNow, "由企业不满意，现在是“复核中”，不能不予受理"):
        story.does("park_office", decline, Decline, reason=DeclineReason.UNCLEAR, rule="某条", channel="某处")
