"""What the same firm reported twice becomes one: the later joins the earlier, and shows its answer. R-F9."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, answered, unit_id, waiting
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.receiving import Accept, Decline, Dispatch, accept, decline, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sorting import Merge, merge
from zhitong.domain.problems.queries.kin import Kinship
from zhitong.domain.problems.queries.page import ProblemPage, problem_page
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, Rating, State

pytestmark = pytest.mark.django_db


def joined(story: Story, main: Story) -> Story:
    story.does("park_office", merge, Merge, into=main.standing.number, reason="同一件事报了两次")
    return story


def page(login: str, story: Story) -> ProblemPage:
    with acting_as(viewer(login)) as here:
        return problem_page(here, story.problem_id, now=story.now)


def test_it_ends_and_names_where_it_went(raised: Raise) -> None:
    main, story = raised(), waiting(raised)

    standing = joined(story, main).standing

    assert (standing.state, standing.merged_into_id) == (State.MERGED, main.problem_id)
    assert (standing.accountable_unit_id, standing.stage, standing.ended_at) == (None, None, story.now)
    assert story.facts()[-1].words == {"into": main.standing.number, "reason": "同一件事报了两次"}
    with acting("province_office"):
        assert findings_of([main.problem_id, story.problem_id], now=story.now) == []


def test_the_firm_reads_where_it_went_and_the_answer_there(raised: Raise) -> None:
    main, story = raised(), waiting(raised)
    joined(story, main)
    assert [(one.kinship, one.number) for one in page("firm", story).kin] == [(Kinship.MAIN, main.standing.number)]
    assert page("firm", story).answers == ()

    answered(main)

    [answer] = page("firm", story).answers
    assert (answer.outcome, answer.text) == (Outcome.SOLVED, "已调整错峰方案。")
    assert [one.kinship for one in page("park_office", main).kin] == [Kinship.MERGED]


def test_the_answer_is_found_through_what_was_merged_in_turn(raised: Raise) -> None:
    first, second, third = raised(), waiting(raised), waiting(raised)
    joined(third, second)
    joined(second, first)

    answered(first)

    assert [answer.text for answer in page("firm", third).answers] == ["已调整错峰方案。"]


def test_who_handles_the_one_without_right_to_the_other_sees_no_trace(raised: Raise) -> None:
    main, story = raised(), waiting(raised)
    joined(story, main)

    assert page("park", main).kin == ()


def test_an_accepted_matter_may_be_merged_too(raised: Raise) -> None:
    main, story = raised(), waiting(raised)
    story.does("park_office", accept, Accept)

    assert joined(story, main).standing.state is State.MERGED


def test_into_itself_is_refused(raised: Raise) -> None:
    story = waiting(raised)

    with story.unchanged(NotNow, "问题不能并入自己"):
        joined(story, story)


def test_into_a_later_one_is_refused_so_that_no_circle_arises(raised: Raise) -> None:
    story, later = waiting(raised), waiting(raised)

    with story.unchanged(NotNow, "反映在后。请把后反映的并入先反映的"):
        joined(story, later)


def test_into_what_was_itself_merged_is_refused(raised: Raise) -> None:
    first, second, third = raised(), waiting(raised), waiting(raised)
    joined(second, first)

    with third.unchanged(NotNow, "已经是“已并案”，不能再并入"):
        joined(third, second)


def test_into_what_is_closed_is_refused(raised: Raise) -> None:
    main, story = answered(raised()), waiting(raised)
    main.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    main.does("zone_office", close_off, CloseOff)  # whose host answered it

    with story.unchanged(NotNow, "已经是“已销号”，不能再并入"):
        joined(story, main)


def test_what_another_firm_reported_is_a_common_problem_and_not_a_double(raised: Raise) -> None:
    main = waiting(raised)
    with acting("firm"):
        region = main.standing.region_id
    story = raised(category="other", login="other_firm", subject_kind="work", region_id=region)

    with story.unchanged(NotNow, "只有同一企业重复反映的才能并案.*作为共性问题统一答复"):
        joined(story, main)


def test_what_the_office_cannot_see_is_not_found(raised: Raise) -> None:
    elsewhere, story = raised(login="other_firm", category="energy"), waiting(raised)
    with acting("province_office"):
        number = elsewhere.standing.number

    with story.unchanged(NotNow, "没有找到要并入的问题"):
        story.does("park_office", merge, Merge, into=number, reason="一样")


def test_a_confidential_one_is_not_merged_with_an_open_one(raised: Raise) -> None:
    main, story = raised(confidential=True), waiting(raised)

    with story.unchanged(NotNow, "一件要求保密或隐名、另一件没有"):
        joined(story, main)


def test_what_was_declined_or_is_under_way_is_not_merged(raised: Raise) -> None:
    main, declined = raised(), waiting(raised)
    declined.does("park_office", decline, Decline, reason=DeclineReason.IN_COURT, rule="条例", channel="法院")
    under_way = waiting(raised)
    under_way.does("park_office", accept, Accept)
    under_way.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="由其承办")
    acknowledged(under_way)

    for story in (declined, under_way):
        with story.unchanged(NotNow, "不能并案"):
            joined(story, main)
