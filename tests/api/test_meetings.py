"""推进调度 through the API (R-G2): the same acts, once for a key; outsiders get nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.rhythm.meeting import BELOW, JOINT, LEAD, published
from tests.rhythm.meeting import afternoon as afternoon

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"meets_at": "2018-04-30T09:00:00+08:00", "place": "第二会议室", "called": [LEAD, JOINT, BELOW]}


def test_a_meeting_is_prepared_called_held_and_published(calls: Calls) -> None:
    office = calls("city_office")
    first, again = (office.post("/meetings", {**SAID, "period": "2018-04"}, key="open") for _ in range(2))
    at = f"/meetings/{first.body['meeting']['id']}"

    wrong = office.post("/meetings", {**SAID, "period": "2018Q2"})
    added = office.post(f"{at}/agenda", {"title": "供电方案", "unit": LEAD}).body["agenda"]
    asked = calls("city").post(f"{at}/asking", {"title": "资金", "words": "请明确来源"})
    items = [{"id": asked.body["agenda"][0]["id"]}, {"id": added[0]["id"], "on": False}]
    arranged = office.post(f"{at}/arrangement", {"items": items}).body["agenda"]
    office.post(f"{at}/gathering", {})
    office.post(f"{at}/change", {**SAID, "chair": "分管领导"})
    called = office.post(f"{at}/calling", {})
    decisions = [{"what": "拿出方案", "unit": LEAD, "joint": [JOINT], "workdays": 5}]
    held = office.post(f"{at}/record", {"held_on": "2018-04-27", "minutes": "听取汇报", "decisions": decisions})
    out = office.post(f"{at}/publication", {})

    assert (first.status, again.body) == (201, first.body)
    assert (wrong.status, asked.status) == (422, 201)
    assert [(one["title"], one["state"]["code"]) for one in arranged] == [("资金", "on"), ("供电方案", "off")]
    assert called.body["chair"] == "分管领导"
    assert held.body["decisions"][0]["state"]["code"] == "draft"
    assert out.body["decisions"][0]["due_at"]
    assert calls("city").get(at).body["minutes"] == "听取汇报"
    assert office.post(f"{at}/dropping", {"reason": "甲"}).status == 409
    assert office.post(f"{at}/filing", {}).body["meeting"]["state"]["code"] == "filed"
    assert [one["title"] for one in calls("zone_office").get("/meetings", side="called").body["rows"]] == [out.body["meeting"]["title"]]


def test_pages_of_meetings_continue_where_they_ended(calls: Calls) -> None:
    office = calls("city_office")
    for place, period in enumerate(("2018-03", "2018-04", "2018-05")):
        office.post("/meetings", {**SAID, "period": period, "meets_at": f"2018-05-0{place + 1}T09:00:00+08:00"})

    first = office.get("/meetings", limit=2).body
    rest = office.get("/meetings", limit=2, cursor=first["next"]).body

    assert [one["period"] for one in [*first["rows"], *rest["rows"]]] == ["2018-05", "2018-04", "2018-03"]
    assert rest["next"] is None


def test_a_decision_is_carried_out_given_back_and_closed(calls: Calls) -> None:
    _cycle, [decision] = published()
    at, office, city = f"/meeting-decisions/{decision}", calls("city_office"), calls("city")

    assert city.post(f"{at}/progress", {"text": "正在办"}).body["decision"]["progress"] == "正在办"
    assert city.post(f"{at}/answer", {"text": "已定方案"}).body["decision"]["state"]["code"] == "answered"
    assert office.post(f"{at}/return", {"text": ""}).status == 422
    assert office.post(f"{at}/return", {"text": "缺时间表"}).body["returns"] == 1
    assert city.post(f"{at}/answer", {"text": "已补"}).status == 200
    closed = office.post(f"{at}/closing", {"text": "看过"}).body
    assert (closed["opinion"], closed["told"][-1]["kind"]["code"]) == ("看过", "decision.closed")
    assert [one["state"]["code"] for one in city.get("/meeting-decisions", own=True).body["rows"]] == ["closed"]


def test_an_office_says_which_meetings_it_keeps(calls: Calls) -> None:
    office = calls("city_office")

    kept = office.post("/meeting-habits", {"kind": "quarterly", "day": 20, "at": "14:30", "called": [LEAD]}).body["rows"]
    left = office.post("/meeting-habits", {"kind": "quarterly", "is_kept": False}).body["rows"]

    is_kept = [(one["kind"]["code"], one["day"], one["at"], len(one["called"])) for one in kept if one["is_kept"]]
    assert is_kept == [("quarterly", 20, "14:30", 1)]
    assert not any(one["is_kept"] for one in left)
    assert calls("city").get("/meeting-habits").body["rows"] == []
    assert calls("city").post("/meeting-habits", {"kind": "quarterly"}).status == 403


def test_outsiders_and_the_served_find_nothing(calls: Calls) -> None:
    cycle, [decision] = published()

    for login in ("outsider", "park_office"):
        caller = calls(login)
        assert caller.get(f"/meetings/{cycle}").status == caller.get(f"/meeting-decisions/{decision}").status == 404
        assert caller.get("/meetings").body["rows"] == caller.get("/meeting-decisions").body["rows"] == []
        assert caller.post(f"/meetings/{cycle}/filing", {}).status == 404
        assert caller.post(f"/meeting-decisions/{decision}/answer", {"text": "甲"}).status == 404
    firm = calls("firm")
    for path in ("/meetings", f"/meetings/{cycle}", "/meeting-decisions", f"/meeting-decisions/{decision}", "/meeting-habits"):
        assert firm.get(path).status == 404
