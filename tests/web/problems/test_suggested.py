"""The dispatch desk's suggestion: whom it names and why, one press for one row, all or none for those ticked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, acting, viewer
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, SendBack, acknowledge, complete, send_back
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.suggesting import suggestions_for
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
ADDRESS = "/problems/dispatch/together/"


def told(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def unruled(raised: Raised) -> Callable[[], Story]:
    """A matter that no rule sends anywhere, accepted by the park's office."""

    def tell() -> Story:
        story = raised(category="other", subject_kind="work")
        story.does("park_office", accept, Accept)
        return story

    return tell


@pytest.fixture
def practice(unruled: Callable[[], Story]) -> Story:
    """The park's department once had such a matter and settled it."""
    story = unruled()
    story.does("park_office", dispatch, Dispatch, unit_id=viewer("park").unit_id, reason="三定规定")
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    story.does("zone_office", close_off, CloseOff)
    return story


def suggested(*stories: Story) -> list[str]:
    here = viewer("park_office")
    with acting_as(here):
        found = suggestions_for(here, [story.problem_id for story in stories])
    return [f"{found[story.problem_id].unit}：{found[story.problem_id].reason}" if story.problem_id in found else ""
            for story in stories]


def test_without_rule_and_practice_nothing_is_suggested(unruled: Callable[[], Story]) -> None:
    assert suggested(unruled()) == [""]


def test_practice_suggests_who_settled_the_like(practice: Story, unruled: Callable[[], Story]) -> None:
    park = Unit.objects.get(code="130973400-economy").name

    assert suggested(unruled()) == [f"{park}：本地近期已销号的同类问题有 1 件由{park}办理。"]


def test_who_keeps_the_line_comes_before_practice(practice: Story, unruled: Callable[[], Story]) -> None:
    story, here = unruled(), directory()
    office = viewer("park_office")
    path = [region.id for region in here.path(office.region_id)]
    line, keeper = next(
        (line, keeper) for line in here.lines
        if (keeper := here.keeper(path[-1], line)) and not keeper.is_consulted and keeper.code != "130973400-economy"
    )
    with acting("park_office"):
        Problem.objects.filter(id=story.problem_id).update(line_id=line)

    assert suggested(story) == [f"{keeper.name}：{keeper.name}承担“{here.lines[line].name}”条线。"]


def test_who_just_gave_it_back_is_not_suggested(raised: Raised) -> None:
    story = raised()
    story.does("park", send_back, SendBack, rule="三定规定第二条", whose="安监环保局")

    assert suggested(story) == [""]


def test_one_press_hands_it_over_with_the_reason(
    at_desk: Desk, practice: Story, unruled: Callable[[], Story]
) -> None:
    story, client = unruled(), at_desk("park_office")
    row = next(row for row in client.get("/problems/dispatch/?pile=accepted").context["list"].rows)
    offer = next(cell.value for cell in row if cell.column.name == "offer")

    answer = client.post(ADDRESS, {**dict(offer.hidden), "once_key": offer.once_key}, follow=True)
    again = client.post(ADDRESS, {**dict(offer.hidden), "once_key": offer.once_key}, follow=True)

    assert "已交办 1 件。" in told(answer)
    assert "zt-notice-refused" not in told(again)
    assert story.standing.state is State.DISPATCHED
    assert story.facts()[-1].words["why"] == offer.why


def test_by_keyboard_the_answer_is_a_sentence(at_desk: Desk, practice: Story, unruled: Callable[[], Story]) -> None:
    story, client = unruled(), at_desk("park_office")
    typed = {"act": "dispatch", "chosen": str(story.problem_id)}

    done = client.post(ADDRESS, typed, headers={"Zhitong-Desk": "keys"})
    late = client.post(ADDRESS, typed, headers={"Zhitong-Desk": "keys"})

    assert (done.status_code, told(done)) == (200, "已交办 1 件。")
    assert (late.status_code, story.standing.number in told(late)) == (409, True)


def test_all_that_are_ticked_go_or_none(at_desk: Desk, practice: Story, raised: Raised, unruled: Callable[[], Story]) -> None:
    good, client = [unruled(), unruled()], at_desk("park_office")
    bad = raised()
    bad.does("park", send_back, SendBack, rule="三定规定第二条", whose="安监环保局")

    refused = client.post(ADDRESS, {"act": "dispatch", "chosen": [str(one.problem_id) for one in (*good, bad)]}, follow=True)
    states = {one.standing.state for one in (*good, bad)}
    done = client.post(ADDRESS, {"act": "dispatch", "chosen": [str(one.problem_id) for one in good]}, follow=True)

    assert f"有 1 件没有建议的承办单位或已不在待交办：{bad.standing.number}" in told(refused)
    assert states == {State.ACCEPTED}
    assert "已交办 2 件。" in told(done)


def test_a_suggestion_that_changed_meanwhile_is_refused(
    at_desk: Desk, practice: Story, unruled: Callable[[], Story]
) -> None:
    story = unruled()
    typed = {"act": "dispatch", "chosen": str(story.problem_id), "unit_id": str(viewer("zone").unit_id)}

    answer = at_desk("park_office").post(ADDRESS, typed, headers={"Zhitong-Desk": "keys"})

    assert (answer.status_code, "建议的承办单位已变为" in told(answer)) == (409, True)
    assert story.standing.state is State.ACCEPTED


def test_it_is_the_offices_alone(at_desk: Desk, practice: Story, unruled: Callable[[], Story]) -> None:
    story = unruled()
    typed = {"act": "dispatch", "chosen": str(story.problem_id)}

    assert at_desk("park").post(ADDRESS, typed).status_code == 403
    assert at_desk("outsider").post(ADDRESS, typed).status_code == 404
    assert story.standing.state is State.ACCEPTED


def test_more_rows_cost_no_more_queries(
    at_desk: Desk, practice: Story, unruled: Callable[[], Story], queries_of: Callable[[Client, str], int]
) -> None:
    client = at_desk("park_office")
    unruled()

    few = queries_of(client, "/problems/dispatch/?pile=accepted")
    for _ in range(4):
        unruled()

    assert queries_of(client, "/problems/dispatch/?pile=accepted") == few
