"""Common problems by API: found, laid down, answered and closed by their offices; nobody else finds one (R-F8)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.cast import Story
from tests.commons.acts import established, page
from tests.commons.conftest import alike as alike
from tests.problems.conftest import raised as raised
from zhitong.domain.commons.rules.kinds import CommonState
from zhitong.domain.problems.rules.kinds import State

pytestmark = pytest.mark.django_db


def laid_down(stories: list[Story], **changes: Any) -> dict[str, Any]:
    return {
        "title": "夜间错峰限电", "category": "energy", "lead": "130973400-economy", "asked": "研究统一的错峰方案。",
        "workdays": 10, "treatment": "answer", "problems": [story.standing.number for story in stories], **changes,
    }


def test_an_office_finds_alike_ones_and_joins_them(alike: list[Story], calls: Calls) -> None:
    office = calls("park_office")
    [found] = office.get("/commons/found").body["clusters"]

    answer = office.post("/commons", laid_down(alike, problems=found["numbers"]))

    assert (answer.status, answer.body["joined"], answer.body["left_out"]) == (201, 4, [])
    assert found["reporters"] == 4
    [row] = office.get("/commons").body["rows"]
    assert (row["number"], row["members"], row["waiting"], row["lead"]) == (answer.body["number"], 4, 4, "南大港产业园区经发局")


def test_it_goes_from_joining_to_the_end(alike: list[Story], calls: Calls) -> None:
    office, lead, firm = calls("park_office"), calls("park"), calls("firm")
    number = office.post("/commons", laid_down(alike[:3])).body["number"]
    path = f"/commons/{number}/acts"

    assert office.post(f"{path}/join", {"problems": [alike[3].standing.number]}).body["joined"] == 1
    taken_out = {"problem": alike[3].standing.number, "reason": "是设备故障"}
    assert office.post(f"{path}/take_out", taken_out).status == 200
    done = lead.post(f"{path}/answer", {"outcome": "solved", "text": "已实行统一错峰方案。"})
    assert (done.body["completed"], done.body["offered"], done.body["left_out"]) == (3, 0, [])
    assert lead.post(f"{path}/measure", {"measures": "每周五公布错峰计划。"}).status == 200
    told = firm.get(f"/problems/{alike[0].standing.number}/common").body["common"]
    assert (told["title"], told["answer"]["text"]) == ("夜间错峰限电", "已实行统一错峰方案。")
    assert office.post(f"{path}/close", {"words": "已解决。"}).status == 200
    found = office.get(f"/commons/{number}").body
    assert (found["common"]["state"]["code"], found["measures"], len(found["members"]), len(found["taken_out"])) == (
        "closed", "每周五公布错峰计划。", 3, 1
    )


def test_the_same_key_establishes_once(alike: list[Story], calls: Calls) -> None:
    office = calls("park_office")
    content = laid_down(alike)

    first, again = (office.post("/commons", content, key="k1") for _ in range(2))

    assert first.body == again.body
    assert len(office.get("/commons").body["rows"]) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"lead": "130973-economy"}, 422), ({"workdays": 0}, 422), ({"problems": []}, 422), ({"title": " "}, 422),
     ({"title": "限" * 121}, 422), ({"problems": ["冀-沧州-2018-999999"]}, 404), ({"treatment": "merge"}, 422)],
)
def test_what_is_not_fit_establishes_nothing(alike: list[Story], calls: Calls, changes: dict[str, Any], status: int) -> None:
    office = calls("park_office")

    assert office.post("/commons", laid_down(alike, **changes)).status == status
    assert office.get("/commons").body["rows"] == []


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "zone"])
def test_an_outsider_finds_no_common_problem_and_no_act(alike: list[Story], calls: Calls, login: str) -> None:
    number = established(alike).number
    other = calls(login)

    assert other.get(f"/commons/{number}").status == 404
    for act, said in (("join", {"problems": [alike[0].standing.number]}), ("close", {"words": "x"}),
                      ("take_out", {"problem": alike[0].standing.number, "reason": "x"}), ("measure", {"measures": "x"}),
                      ("answer", {"outcome": "solved", "text": "x"})):
        assert other.post(f"/commons/{number}/acts/{act}", said).status == 404, act
    assert page("park_office", number).row.state is CommonState.STUDIED
    assert {story.standing.state for story in alike} == {State.DISPATCHED}


def test_what_a_problem_is_part_of_is_told_to_who_sees_it(alike: list[Story], calls: Calls) -> None:
    established(alike)
    number = alike[0].standing.number

    assert calls("firm").get(f"/problems/{number}/common").body["common"]["lead"] == "南大港产业园区经发局"
    assert calls("other_firm").get(f"/problems/{number}/common").status == 404
    assert calls("firm").get("/commons").status == 404
    assert calls("park").get("/commons/found").status == 404


def test_the_ledger_goes_on_after_its_cursor(alike: list[Story], calls: Calls) -> None:
    numbers = [established(alike[:2]).number, established(alike[2:]).number]
    office = calls("park_office")

    first = office.get("/commons", limit=1).body
    second = office.get("/commons", limit=1, cursor=first["next"]).body

    assert [row["number"] for row in (*first["rows"], *second["rows"])] == numbers[::-1]
    assert second["next"] is None
