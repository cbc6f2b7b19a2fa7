"""督查 through the API (R-G3, R-B6): the same acts, once for a key; outsiders get nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.inspections.looking import OBJECT, OFFICE, approved, found, unit_id
from zhitong.domain.inspections.rules.sampling import drawn

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "title": "二季度督查", "matters": "看是否真解决。", "units": [OBJECT], "approver": OFFICE, "since": "2018-04-27", "until": "2018-05-11",
}
THINGS = {"things": [{"thing": "leadership", "grade": "in_place", "words": "专班文件"}]}


def test_a_plan_goes_up_and_nothing_is_drawn_before_it_is_approved(calls: Calls) -> None:
    office = calls("city_office")
    first, again = (office.post("/inspections", SAID, key="plan") for _ in range(2))
    at = f"/inspections/{first.body['inspection']['id']}"

    early = office.post(f"{at}/sample", {"since": "2018-04-01", "until": "2018-04-27", "size": 3})
    changed = office.post(f"{at}/change", {**SAID, "title": "督查二"})
    sent = office.post(f"{at}/submission", {})
    own = office.post(f"{at}/approval", {"words": ""})

    assert (first.status, again.body) == (201, first.body)
    assert (early.status, own.status) == (409, 409)
    assert changed.body["inspection"]["title"] == "督查二"
    assert sent.body["inspection"]["state"]["code"] == "submitted"
    assert office.post(f"{at}/refusal", {"words": "不"}).status == 409
    assert office.post("/inspections", {**SAID, "units": ["130123-office"]}).status == 422


def test_what_is_drawn_found_and_put_right_is_told(calls: Calls) -> None:
    made = approved(objects_of=(unit_id("130973400-economy"),))
    office = calls("city_office")
    sampled = office.post(
        f"/inspections/{made}/sample", {"population": "subjects", "since": "2018-04-01", "until": "2018-04-27", "size": 3}
    ).body["samples"][0]
    names = office.get(f"/inspection-samples/{sampled['id']}").body["names"]
    one = office.post(f"/inspections/{made}/findings", {
        "unit": "130973400-economy", "what": "没有到现场。", "demand": "重新联系。", "workdays": 5,
    })
    at = f"/inspection-findings/{one.body['finding']['id']}"
    park = calls("park")

    assert [each["name"] for each in sampled["drawn"]] == drawn(sampled["seed"], names, 3)
    assert one.status == 201
    assert park.post(f"{at}/answer", {"text": "已联系。"}).body["finding"]["state"]["code"] == "answered"
    assert office.post(f"{at}/return", {"words": "没有照片"}).body["returns"] == 1
    assert park.post(f"{at}/answer", {"text": "已补。"}).status == 200
    assert office.post(f"{at}/closing", {"words": "现场看过"}).body["opinion"] == "现场看过"
    assert [each["state"]["code"] for each in park.get("/inspection-findings").body["rows"]] == ["closed"]
    assert office.post(f"/inspections/{made}/ending", {"text": "较好"}).body["conclusion"] == "较好"


def test_five_in_place_are_told_beside_what_was_found(calls: Calls) -> None:
    made = approved()
    calls("city").post("/in-place", THINGS)
    seen = {"things": [{"thing": "leadership", "grade": "not", "words": "没有开过会"}]}
    told = calls("city_office").post(f"/inspections/{made}/in-place/{OBJECT}", seen).body["rows"][0]["things"][1]

    assert (told["said"]["code"], told["found"]["code"], told["differs"]) == ("in_place", "not", True)
    assert calls("province_office").get("/in-place").body["rows"][0]["unit"]
    assert calls("firm").post("/in-place", THINGS).status in (403, 404)


def test_outsiders_and_the_served_find_nothing(calls: Calls) -> None:
    made = approved()
    finding = found(made)

    for login in ("outsider", "zone_office"):
        caller = calls(login)
        assert caller.get(f"/inspections/{made}").status == 404
        assert caller.get(f"/inspection-findings/{finding}").status == 404
        assert caller.get("/inspections").body["rows"] == caller.get("/inspection-findings").body["rows"] == []
        assert caller.get("/in-place").body["rows"] == []
        assert caller.post(f"/inspections/{made}/findings", {
            "unit": OBJECT, "what": "甲", "demand": "乙", "workdays": 1,
        }).status == 404
        assert caller.post(f"/inspection-findings/{finding}/closing", {"words": "甲"}).status == 404
    firm = calls("firm")
    for path in ("/inspections", f"/inspections/{made}", "/inspection-findings", "/in-place", f"/inspection-samples/{made}"):
        assert firm.get(path).status == 404
