"""An answer from above comes down level by level; a level that is late is passed over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, answered, sent_up, unit_id
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import PassDown, pass_down, show_overdue_answers
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.page import ProblemPage, problem_page
from zhitong.domain.problems.rules.kinds import Rating, Stage, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def returning(raised: Raise) -> Story:
    """Solved by the city, on its way down through the zone and the park."""
    return answered(sent_up(sent_up(raised()), "zone", "zone_office"), "city")


def seen_by_the_firm(story: Story) -> ProblemPage:
    with acting_as(viewer("firm")) as here:
        return problem_page(here, story.problem_id, now=story.now)


def test_the_next_level_below_has_one_working_day(returning: Story) -> None:
    standing = returning.standing

    assert (standing.state, standing.stage) == (State.RETURNING, Stage.ANSWER_DOWN)
    assert standing.relay_unit_id == unit_id("130973-economy")
    assert standing.accountable_unit_id == unit_id("1309-development")
    assert seen_by_the_firm(returning).answers == ()


def test_each_level_passes_it_on_and_the_firm_sees_it_last(returning: Story) -> None:
    middle = returning.does("zone", pass_down, PassDown, note="请告知企业")
    assert (middle.state, middle.relay_unit_id) == (State.RETURNING, unit_id("130973400-economy"))
    assert seen_by_the_firm(returning).answers == ()

    standing = returning.does("park", pass_down, PassDown)

    assert (standing.state, standing.relay_unit_id, standing.stage) == (State.ANSWERED, None, Stage.CONFIRM)
    [answer] = seen_by_the_firm(returning).answers
    assert (answer.text, answer.shown_at) == ("已调整错峰方案。", returning.now)
    assert not any(row["by_itself"] for row in returning.rows("problems_relay"))


def test_a_level_does_not_pass_before_its_turn(returning: Story) -> None:
    with returning.unchanged(NotNow, "“向下级传答复”由渤海新区经发局办理，不是本单位"):
        returning.does("park", pass_down, PassDown)


def test_a_level_passes_once(returning: Story) -> None:
    returning.does("zone", pass_down, PassDown)

    with returning.unchanged(NotNow, "“向下级传答复”由南大港产业园区经发局办理，不是本单位"):
        returning.does("zone", pass_down, PassDown)


def test_the_firm_confirms_nothing_it_has_not_seen(returning: Story) -> None:
    with returning.unchanged(NotNow, "现在是“答复返回中”，不能确认"):
        returning.does("firm", confirm, Confirm, rating=Rating.SATISFIED)


def test_an_answer_not_passed_on_in_time_is_shown_anyway_and_the_late_levels_are_marked(returning: Story) -> None:
    with acting("province_office"):
        assert show_overdue_answers(returning.now + timedelta(hours=1)) == []
        [standing] = show_overdue_answers(returning.now + timedelta(days=3))

    assert (standing.state, standing.last_unit_id) == (State.ANSWERED, None)
    assert len(seen_by_the_firm(returning).answers) == 1
    assert [row["by_itself"] for row in returning.rows("problems_relay")] == [True, True]
    assert returning.facts()[-1].via == "schedule"


def test_an_answer_shown_by_itself_is_shown_once(returning: Story) -> None:
    late = returning.now + timedelta(days=3)
    with acting("province_office"):
        show_overdue_answers(late)

        assert show_overdue_answers(late) == []


def test_a_level_that_has_passed_it_on_is_not_marked(returning: Story) -> None:
    returning.does("zone", pass_down, PassDown)

    with acting("province_office"):
        show_overdue_answers(returning.now + timedelta(days=3))

    assert [row["by_itself"] for row in returning.rows("problems_relay")] == [False, True]


def test_one_level_answers_its_own_matter_without_passing_anything(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "现在是“办理中”，不能向下级传答复"):
        story.does("park", pass_down, PassDown)
