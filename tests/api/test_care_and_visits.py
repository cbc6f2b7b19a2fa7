"""分包帮扶 and 走访 through the API (R-B2, R-B4, R-B5): the same acts, once for a key, nothing for outsiders."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.api.conftest import Calls
from tests.visits.conftest import FIRM
from tests.visits.conftest import firm_id as firm_id

pytestmark = pytest.mark.django_db

VISIT = {
    "happened_on": "2018-04-27", "lead_official": "演示赵副主任", "words": "夜间限电。",
    "promises": [{"what": "协调错峰", "due_on": "2018-05-10"}], "problems": [{"text": "夜间限电", "category": "energy"}],
}


def test_a_visit_is_recorded_once_confirmed_by_the_firm_and_its_promise_settled(calls: Calls, firm_id: UUID) -> None:
    park, firm = calls("park"), calls("firm")
    said = {**VISIT, "subject": str(firm_id)}

    first, again = (park.post("/visits", said, key="visit") for _ in range(2))
    visit, promise = first.body["visit"]["id"], first.body["promises"][0]["id"]
    confirmed = firm.post(f"/visits/{visit}/confirmation", {"came": True})
    settled = park.post(f"/visits/promises/{promise}/settlement", {"kept": True})

    assert (first.status, again.body) == (201, first.body)
    assert [one["state"]["code"] for one in first.body["problems"]] == ["dispatched"]
    assert confirmed.body["visit"]["confirmation"]["code"] == "confirmed"
    assert settled.body["promises"][0]["state"]["code"] == "kept"
    assert [one["id"] for one in calls("zone_office").get("/visits", lens="territory").body["rows"]] == [visit]
    assert [one["id"] for one in firm.get("/visits").body["rows"]] == [visit]
    paper = park.get(f"/subjects/{firm_id}/visit-paper").body
    assert (paper["last_visit"]["id"], paper["promises"][0]["what"], len(paper["problems"])) == (visit, "协调错峰", 1)
    for login in ("outsider", "other_firm"):
        assert calls(login).get(f"/visits/{visit}").status == 404
        assert calls(login).get(f"/subjects/{firm_id}/visit-paper").status == 404
        assert calls(login).post(f"/visits/{visit}/confirmation", {"came": False}).status == 404
    assert calls("outsider").post("/visits", said).status == 404


def test_a_visit_is_planned_joined_and_called_off_and_peace_is_respected(calls: Calls, firm_id: UUID) -> None:
    park, office, firm = calls("park"), calls("park_office"), calls("firm")
    plan = {"subject": str(firm_id), "planned_on": "2018-04-28", "who": "演示甲"}
    before = park.post("/visits/plans", plan)
    [mine] = before.body["plans"]

    joined = office.post(f"/visits/plans/{mine['id']}/join", {"who": "演示乙"})
    called_off = park.post(f"/visits/plans/{mine['id']}/call-off", {"reason": "开会"})
    firm.post(f"/subjects/{firm_id}/quiet", {"words": "赶订单"})
    refused = park.post("/visits/plans", {**plan, "planned_on": "2018-04-29"})
    firm.post(f"/subjects/{firm_id}/quiet/end")
    taken = park.post("/visits/plans", {**plan, "planned_on": "2018-04-29"})

    assert len({one["together"] for one in joined.body["rows"]}) == 1
    assert [one["unit"] for one in called_off.body["rows"]] == [joined.body["rows"][1]["unit"]]
    assert (refused.status, taken.status) == (409, 201)
    assert "无事不扰" in refused.sentence
    assert calls("outsider").post(f"/visits/plans/{mine['id']}/join", {"who": "演示"}).status == 404
    assert calls("outsider").get("/visits/plans").body == {"rows": []}


def test_care_is_counted_named_proposed_assigned_and_handed_over(calls: Calls, firm_id: UUID) -> None:
    office = calls("zone_office")
    care = {
        "subject": str(firm_id), "tier": "city", "unit": "130973-economy", "lead_official": "演示甲", "person_in_charge": "演示乙",
    }

    kept = office.post("/care", {"cares": [care]})
    refused = office.post("/care", {"cares": [{**care, "lead_official": "演示丙"}]})
    moved = office.post("/care/hand-over", {
        "unit": "130973-economy", "official": "演示甲", "successor": "演示丁", "reason": "调离",
    })

    assert (kept.status, kept.body, moved.body) == (201, {"kept": 1}, {"kept": 1})
    assert refused.body["fields"] == {"0": "这一级已经落实分包，变更要写明理由。"}
    told = calls("firm").get(f"/subjects/{firm_id}/care").body["rows"]
    assert [(one["tier"]["code"], one["lead_official"]) for one in told] == [("city", "演示丁"), ("county", "演示赵副主任")]
    assert {one["region"] for one in office.get("/care/coverage").body["regions"]} >= {"沧州渤海新区"}
    assert office.get("/care/load").body["rows"][0]["official"] == "演示丁"
    assert office.get("/care/suggestions").status == 200
    assert FIRM not in str(calls("outsider").get("/care/gaps").body)
    assert calls("outsider").get("/care/coverage", region="130973").status == 404
    assert calls("outsider").post("/care", {"cares": [care]}).status == 404
    assert calls("park").post("/care", {"cares": [care]}).status == 403
