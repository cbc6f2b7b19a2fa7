"""时间表 through the API (R-C3): the same acts, once for a key; below reads, outsiders get nothing."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from tests.plans.timetables import task

pytestmark = pytest.mark.django_db


def test_a_timetable_is_planned_kept_and_handed_down(calls: Calls) -> None:
    office = calls("city_office")
    said = {"task": str(task()), "region": "1309", "name": "招标", "due_on": "2018-05-10"}

    first, again = (office.post("/milestones", said, key="tender") for _ in range(2))
    tender = first.body["milestone"]["id"]
    start = office.post("/milestones", {
        **said, "name": "开工", "due_on": "2018-05-12", "begin_on": "2018-05-11", "waits": [{"milestone": tender, "lag_days": 20}],
    }).body["milestone"]
    circle = office.post(f"/milestones/{tender}", {"name": "招标", "due_on": "2018-05-10", "waits": [{"milestone": start["id"]}]})
    put_off = office.post(f"/milestones/{tender}/postponement", {"to_on": "2018-05-31", "reason": "流标"})
    down = office.post("/timetables/hand-down", {"task": str(task()), "region": "1309"})
    early = office.post(f"/milestones/{start['id']}/beginning", {"begun_on": "2018-04-27"})
    done = office.post(f"/milestones/{tender}/completion", {"done_on": "2018-04-27"})
    dropped = office.post(f"/milestones/{start['id']}/dropping", {"reason": "并入"})

    assert (first.status, again.body) == (201, first.body)
    assert (start["earliest_on"], start["slipped_days"]) == ("2018-05-31", 19)
    assert (circle.status, "绕成了一圈" in circle.sentence) == (409, True)
    assert [one["reason"] for one in put_off.body["postponements"]] == ["流标"]
    assert put_off.body["milestone"]["first_due_on"] == "2018-05-10"
    assert (down.body["regions"], early.status) == (3, 409)
    assert done.body["milestone"]["state"]["code"] == "done"
    assert dropped.body["milestone"]["dropped_reason"] == "并入"
    rows = calls("neighbour").get("/milestones", region="130982", task=str(task())).body["rows"]
    assert [one["name"] for one in rows] == ["开工", "招标"]


def test_an_outsider_finds_no_milestone(calls: Calls) -> None:
    said = {"task": str(task()), "region": "1309", "name": "招标", "due_on": "2018-05-10"}
    tender = calls("city_office").post("/milestones", said).body["milestone"]["id"]

    for login in ("outsider", "firm"):
        assert calls(login).get(f"/milestones/{tender}").status == 404
        assert calls(login).get("/milestones", region="1309").body["rows"] == []
        assert calls(login).post(f"/milestones/{tender}/dropping", {"reason": "不要了"}).status == 404
        assert calls(login).post("/milestones", said).status in (403, 409)
    assert calls("park").post(f"/milestones/{tender}/dropping", {"reason": "不要了"}).status == 409
