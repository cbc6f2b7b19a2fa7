"""Targets, curves and amendments through the API: the same acts and the same eyes as at the screen (R-C4, R-C5, R-C8)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from zhitong.domain.plans.models import Plan, Target

pytestmark = pytest.mark.django_db
PROVINCE = {"campaign": "hebei-2018", "region": "13"}


def own(code: str) -> Target:
    return Target.objects.get(indicator__code=code, region__code="13")


def said(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "关于调整高速公路建设目标的通知", "reason": "征地进度", "since": "2018-04-27", "items": list(items), **more}


def value(number: str, code: str = "P116") -> dict[str, Any]:
    return {"changed": "value", "thing": str(own(code).id), "comparator": ">=", "value": number}


def test_targets_are_paged_and_read_in_full(calls: Calls) -> None:
    office = calls("city")

    first = office.get("/targets", **PROVINCE, limit=40).body
    rest = office.get("/targets", **PROVINCE, limit=200, cursor=first["next"]).body
    [roads] = office.get("/targets", **PROVINCE, words="高速公路建成").body["rows"]
    whole = office.get(f"/targets/{roads['id']}").body

    assert len({row["id"] for row in (*first["rows"], *rest["rows"])}) == first["count"]
    assert rest["next"] is None
    assert (whole["goal"], whole["aspiration"], whole["curve"]["shape"]["code"]) == ("500公里", "580公里", "linear")
    assert (whole["values"][0]["since"], whole["gates"][0]["share"]) == ("2018-01-01", "0.80")


def test_a_curve_is_proposed_and_answered(calls: Calls) -> None:
    office, place = calls("province_office"), f"/targets/{own('P116').id}/curves"
    months = [5, 10, 20, 30, 45, 60, 70, 80, 90, 95, 98, 100]

    wrong = office.post(place, {"shape": "monthly", "months": months[::-1], "reason": "冬季停工"})
    made = office.post(place, {"shape": "monthly", "months": months, "reason": "冬季停工"})
    [curve] = made.body["curves"]
    answered = office.post(f"/curves/{curve['id']}/accept", {"decision": "同意"})

    assert (wrong.status, "不能比上个月低" in wrong.sentence) == (422, True)
    assert (made.status, made.body["curve"]["id"], curve["since"]) == (201, None, "2018-05-01")
    assert answered.body["curves"][0]["state"]["code"] == "accepted"
    assert office.post(f"/curves/{curve['id']}/return", {"decision": "过低"}).status == 409
    assert calls("zone_office").post(place, {"shape": "linear"}).status == 403


def test_an_amendment_goes_its_way(calls: Calls) -> None:
    office, plan = calls("province_office"), Plan.objects.get(campaign="hebei-2018")
    place = f"/plans/{plan.id}/amendments"

    made = office.post(place, said(value("520")))
    draft = f"/amendments/{made.body['id']}"
    changed = office.post(f"{draft}/change", {**said(value("530")), "version": made.body["version"]})
    sent = office.post(f"{draft}/submit", {"version": changed.body["version"]})
    bare = office.post(f"{draft}/approve", {})
    done = office.post(f"{draft}/approve", {"decision": "省领导小组第三次会议", "document_number": "冀双办〔2018〕5号"})

    assert (made.status, changed.status, sent.status, bare.status, done.status) == (201, 200, 200, 422, 200)
    assert done.body["notice"][0].endswith("的目标值由500公里调整为≥530公里。")
    assert own("P116").value == 530
    assert [row["state"]["code"] for row in calls("zone").get("/amendments").body["rows"]] == ["approved"]
    assert office.post(f"{draft}/withdraw", {}).status == 409


def test_a_wrong_line_is_told_by_its_place_and_a_refusal_keeps_the_plan(calls: Calls) -> None:
    office, plan = calls("province_office"), Plan.objects.get(campaign="hebei-2018")

    wrong = office.post(f"/plans/{plan.id}/amendments", said(value("520"), value("很多", "P115")))
    made = office.post(f"/plans/{plan.id}/amendments", said(value("520"))).body
    office.post(f"/amendments/{made['id']}/submit", {"version": 1})
    refused = office.post(f"/amendments/{made['id']}/refuse", {"decision": "保留原目标"})

    assert wrong.status == 422
    assert "items-1" in str(wrong.body)
    assert (refused.body["state"]["code"], own("P116").value) == ("refused", 500)


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_whose_it_is_not_finds_nothing(calls: Calls, login: str) -> None:
    plan = Plan.objects.get(campaign="hebei-2018")
    made = calls("province_office").post(f"/plans/{plan.id}/amendments", said(value("520"))).body

    assert calls(login).get(f"/amendments/{made['id']}").status == 404
    assert calls(login).post(f"/amendments/{made['id']}/withdraw", {}).status == 404
    if login == "firm":
        assert calls(login).get("/amendments").status == 404
        assert calls(login).get("/targets", **PROVINCE).status == 404
        assert calls(login).get(f"/targets/{own('P116').id}").status == 404
