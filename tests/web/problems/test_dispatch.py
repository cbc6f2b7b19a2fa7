"""The office's desk: a pile for each thing it decides, and plain cases done together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import confirmed_as, of_safety, waiting
from zhitong.domain.problems.actions.climbing import Propose, propose
from zhitong.domain.problems.actions.closing import Confirm, Reject, confirm, reject
from zhitong.domain.problems.actions.handling import (
    Acknowledge,
    Complete,
    SendBack,
    acknowledge,
    complete,
    send_back,
)
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating, Stage

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def counts(answer: Any) -> dict[str, str]:
    return {str(tab.label): tab.count for tab in answer.context["tabs"]}


@pytest.fixture
def piles(raised: Raised) -> dict[str, Story]:
    """One problem in each pile of the park's office."""
    stories = {name: raised() for name in ("accepted", "proposed", "review")}
    stories["confirmed"] = of_safety(raised)
    stories["submitted"] = raised(category="other", subject_kind="work")
    stories["accepted"].does("park", send_back, SendBack, rule="三定规定第二条", whose="安监环保局")
    for name in ("proposed", "review"):
        stories[name].does("park", acknowledge, Acknowledge, contact="已联系")
    stories["proposed"].does(
        "park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调"
    )
    stories["review"].does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    stories["review"].does("firm", reject, Reject, words="没有解决")
    stories["confirmed"].does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    return stories


def test_each_thing_to_decide_lies_in_its_pile(at_desk: Desk, piles: dict[str, Story]) -> None:
    answers = {login: at_desk(login).get("/problems/dispatch/") for login in ("park_office", "zone_office")}

    assert counts(answers["park_office"]) == {
        "待受理": "1", "待交办": "1", "待审核上报": "1", "待复核": "0", "不予受理异议": "0", "待核查": "0", "待销号": "1",
        "长期未评价": "0",
    }
    assert counts(answers["zone_office"])["待复核"] == "1", "an office does not judge its own host"


@pytest.mark.parametrize("pile", ["submitted", "accepted", "proposed", "confirmed"])
def test_a_row_leads_to_what_comes_next(at_desk: Desk, piles: dict[str, Story], pile: str) -> None:
    client = at_desk("park_office")

    answer = client.get(f"/problems/dispatch/?pile={pile}")
    [row] = answer.context["list"].rows

    assert client.get(row[1].url).status_code == 200
    assert ("没有适用的分发规则，转属地活动办公室人工交办。" in told(answer)) == (pile == "submitted")


@pytest.mark.parametrize(("pile", "act", "said"), [("submitted", "accept", "已受理 3 件。"), ("confirmed", "close_off", "已销号 3 件。")])
def test_plain_cases_are_done_together_and_once(
    at_desk: Desk, raised: Raised, pile: str, act: str, said: str
) -> None:
    begun = of_safety if pile == "confirmed" else waiting
    stories = [begun(raised) for _ in range(3)]
    if pile == "confirmed":
        for story in stories:
            story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    client = at_desk("park_office")
    typed = {"act": act, "chosen": [str(story.problem_id) for story in stories], "once_key": "k"}

    first = client.post("/problems/dispatch/together/", typed, follow=True)
    second = client.post("/problems/dispatch/together/", typed, follow=True)

    assert said in told(first)
    assert "zt-notice-refused" not in told(second)
    assert counts(second)["待受理" if pile == "submitted" else "待销号"] == "0"


def test_one_that_cannot_be_done_leaves_all_undone(at_desk: Desk, piles: dict[str, Story]) -> None:
    chosen = [str(piles["submitted"].problem_id), str(piles["accepted"].problem_id)]

    answer = at_desk("park_office").post("/problems/dispatch/together/", {"act": "accept", "chosen": chosen}, follow=True)

    assert "现在是“待交办”，不能受理。" in told(answer)
    assert "选中的一件都没有办" in told(answer)
    assert counts(answer)["待受理"] == "1"


def test_nothing_ticked_is_said(at_desk: Desk) -> None:
    answer = at_desk("park_office").post("/problems/dispatch/together/", {"act": "accept"}, follow=True)

    assert "没有选中任何问题，请先在左侧打勾。" in told(answer)


def test_it_is_the_offices_desk_alone(at_desk: Desk, piles: dict[str, Story]) -> None:
    chosen = {"act": "accept", "chosen": [str(piles["submitted"].problem_id)]}

    assert at_desk("park").get("/problems/dispatch/").status_code == 403
    assert at_desk("park").post("/problems/dispatch/together/", chosen).status_code == 403
    assert at_desk("outsider").post("/problems/dispatch/together/", chosen).status_code == 404
    assert set(counts(at_desk("outsider").get("/problems/dispatch/")).values()) == {"0"}
    assert at_desk("park_office").get("/problems/dispatch/?pile=nonsense").status_code == 404
    assert Client().get("/problems/dispatch/").url.startswith("/sign-in/")
    assert "受理交办" not in told(at_desk("park").get("/problems/"))


def test_more_rows_cost_no_more_queries(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    client, address = at_desk("park_office"), "/problems/dispatch/?pile=submitted"
    raised(category="other", subject_kind="work")

    few = queries_of(client, address)
    for _ in range(5):
        raised(category="other", subject_kind="work")

    assert queries_of(client, address) == few <= 31


def test_what_needs_a_check_lies_apart_from_what_is_closed_together(at_desk: Desk, raised: Raised) -> None:
    story = confirmed_as(raised, Outcome.EXPLAINED)

    answer = at_desk("park_office").get("/problems/dispatch/")

    assert (counts(answer)["待核查"], counts(answer)["待销号"]) == ("1", "0")
    assert answer.context["pile"] == "verify"
    assert answer.context["batch"] is None
    assert str(answer.context["list"].rows[0][1].text) == "核查"
    assert story.standing.stage is Stage.VERIFY
