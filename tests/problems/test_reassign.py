"""The office moves a matter to another unit; who had it goes on seeing it."""

from __future__ import annotations

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged, answered, unit_id
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.kinds import State

pytestmark = pytest.mark.django_db
TO = "130973400-finance"


def test_the_new_unit_is_accountable_and_the_first_limit_stays(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    standing = story.does("park_office", reassign, Dispatch, unit_id=unit_id(TO), reason="涉及电费补贴")

    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, unit_id(TO))
    assert standing.first_due_at == before.first_due_at
    first, second = story.rows("problems_spell")
    assert (first["ended_at"], second["previous_id"]) == (story.now, first["id"])
    assert second["acknowledged_at"] is None


def test_the_former_unit_goes_on_seeing_it(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park_office", reassign, Dispatch, unit_id=unit_id(TO), reason="涉及电费补贴")

    with acting_as(viewer("park")) as here:
        page = problem_page(here, story.problem_id, now=story.now)

    assert page.unit == "南大港产业园区财政局"
    assert not any(choice.allowed for choice in page.acts)


def test_the_unit_that_has_it_already_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "该单位就是当前承办单位，无需改派"):
        story.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-economy"), reason="还是你们")


def test_a_department_cannot_pass_it_on_by_itself(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotYours, "您现在的岗位没有“受理、交办、改派"):
        story.does("park", reassign, Dispatch, unit_id=unit_id(TO), reason="不归我们")


def test_the_office_above_leaves_it_to_the_level_that_has_it(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "“改派”由南大港产业园区.*办理，不是本单位"):
        story.does("zone_office", reassign, Dispatch, unit_id=unit_id(TO), reason="换一家")


def test_what_is_answered_is_not_moved(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "现在是“待企业确认”，不能改派"):
        story.does("park_office", reassign, Dispatch, unit_id=unit_id(TO), reason="换一家")


def test_a_batch_with_one_refusal_moves_nothing(raised: Raise) -> None:
    story, other = acknowledged(raised()), answered(raised())

    with story.unchanged(NotNow, "不能改派"), acting("park_office") as actor:
        reassign([
            Dispatch(problem_id=one.problem_id, actor=actor, now=story.now, unit_id=unit_id(TO), reason="涉及电费补贴")
            for one in (story, other)
        ])


def test_a_problem_named_twice_in_a_batch_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "同一个问题在一批里只能办理一次"), acting("park_office") as actor:
        step = Dispatch(problem_id=story.problem_id, actor=actor, now=story.now, unit_id=unit_id(TO), reason="补贴")
        reassign([step, step])
