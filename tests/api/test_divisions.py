"""Dividing through the API: the same acts and the same eyes as at the screen (R-C5)."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from tests.plans.dividing.conftest import target, townships
from tests.plans.dividing.test_issuing import HOSPITALS, ROADS

pytestmark = pytest.mark.django_db
ISSUE = {"since": "2018-05-01"}


def test_a_target_is_divided_issued_accepted_and_asked_about(calls: Calls) -> None:
    office, city = calls("province_office"), calls("city_office")
    place = f"/targets/{target(HOSPITALS).id}/division"

    begun = office.post(f"{place}/draft").body
    typed = [{"region": "1309", "value": "12"}, {"region": "1301", "value": 13}, {"region": "xiongan", "value": "0"}]
    filled = office.post(f"{place}/shares", {"version": begun["version"], "shares": typed}).body
    short = office.post(f"{place}/issue", {**ISSUE, "version": filled["version"]})
    said = office.post(f"{place}/issue", {**ISSUE, "version": filled["version"], "reason": "其余由省直属医院承担"})

    assert (filled["balance"]["remainder"][:1], filled["balance"]["standing"]["code"]) == ("1", "short")
    assert (short.status, said.status) == (422, 200)
    [came] = city.get("/incoming-targets").body["rows"]
    assert (came["goal"], came["state"]["code"], came["may_ask"]) == ("12家", "issued", True)
    assert city.post(f"/incoming-targets/{came['id']}/ask", {"value": "10", "reason": "两家改扩建"}).body == {"done": 1}
    assert city.post("/incoming-targets/accept", {"shares": [came["id"]]}).status == 409
    assert office.post(f"/incoming-targets/{came['id']}/answer", {"words": "请统筹安排"}).body == {"done": 1}
    assert city.post("/incoming-targets/accept", {"shares": [came["id"]]}).body == {"done": 1}
    [line] = [row for row in office.get("/divisions").body["rows"] if row["code"] == HOSPITALS]
    assert (line["progress"]["code"], line["accepted"], line["waiting"]) == ("issued", 1, 2)


def test_many_are_divided_at_once_by_named_weights(calls: Calls) -> None:
    office = calls("province_office")
    [weights] = office.get("/weight-sets").body["rows"]
    assert weights["id"] == str(townships().id)
    said = {"targets": [str(target(HOSPITALS).id), str(target(ROADS).id)], "method": "weight", **ISSUE}

    assert office.post("/divisions/at-once", said).status == 422
    assert office.post("/divisions/at-once", {**said, "weights": weights["id"]}).body == {"done": 2}

    found = office.get(f"/targets/{target(ROADS).id}/division").body
    assert (found["weighed_by"], found["balance"]["standing"]["code"]) == ("乡镇（街道）数", "exact")


def test_who_stands_below_or_beside_finds_no_division(calls: Calls) -> None:
    place = f"/targets/{target(HOSPITALS).id}/division"
    calls("province_office").post(f"{place}/draft")

    assert calls("city_office").get(place).status == 404
    assert calls("city_office").post(f"{place}/draft").status == 404
    assert calls("firm").get("/divisions").status == 404
    assert calls("outsider").get("/incoming-targets", region="1309").status == 404
    assert calls("province").post(f"{place}/discard").status == 403
