"""民生微实事 through the API (R-C2): the same acts, once for a key; outsiders get nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "title": "小区门口修一条人行道", "place": "演示小区东门", "what": "铺设人行道300米。", "reasons": "雨天没法走。", "cost_cny": "180000",
    "funding": "园区自筹", "beneficiaries": 1200, "by_when": "2018-10-31",
}
POINTS = {"points": [
    {"criterion": code, "points": "8", "words": "合适"} for code in ("attention", "reach", "nearness", "readiness")
]}


def test_a_proposal_goes_its_way(calls: Calls) -> None:
    park, office = calls("park"), calls("park_office")
    first, again = (park.post("/extras", SAID, key="walk") for _ in range(2))
    at = f"/extras/{first.body['extra']['id']}"

    weighed = office.post(f"{at}/weighing", POINTS)
    above = office.post(f"{at}/sending-up", {"reason": "各小区都要"})
    listing = {"lead_unit": "130973400-economy", "milestones": [{"name": "施工", "due_on": "2018-09-30"}]}
    listed = office.post(f"{at}/listing", listing)
    published = office.post("/extras-published", {})
    early = park.post(f"{at}/completion", {"done_on": "2018-04-27", "words": "已通行", "files": [str(first.body["extra"]["id"])]})

    assert (first.status, again.body) == (201, first.body)
    assert (weighed.body["extra"]["score"], weighed.body["rank"], len(weighed.body["scores"])) == ("80.00", 1, 4)
    assert above.body["sent_up_from"] == first.body["extra"]["id"]
    assert [one["name"] for one in listed.body["milestones"]] == ["施工"]
    assert (published.body, early.status) == ({"published": 1}, 409)
    assert [one["title"] for one in calls("zone_office").get("/extras", state="listed").body["rows"]] == [SAID["title"]]
    assert office.post(f"{at}/rating", {"asked": 3, "satisfied": 2}).status == 409


def test_a_proposal_is_turned_down_or_taken_back_and_is_nobody_elses(calls: Calls) -> None:
    park, office = calls("park"), calls("park_office")
    one, other = (f"/extras/{park.post('/extras', SAID).body['extra']['id']}" for _ in range(2))

    for login in ("outsider", "firm", "neighbour"):
        assert calls(login).get(one).status == 404
        assert calls(login).get("/extras").body["rows"] == []
        assert calls(login).post(f"{one}/weighing", POINTS).status in (403, 404)
    assert calls("firm").post("/extras", SAID).status == 403
    assert office.post(f"{one}/refusal", {"reason": "已有安排"}).body["extra"]["state"]["code"] == "unlisted"
    assert park.post(f"{other}/withdrawal", {"reason": "物业做"}).body["extra"]["state"]["code"] == "withdrawn"
    assert office.post(f"{other}/weighing", {"points": []}).status in (409, 422)
    assert office.post("/extras-published", {}).status == 409
