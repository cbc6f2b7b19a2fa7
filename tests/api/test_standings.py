"""Lights, lights set from above, and gates through the API (R-G1, R-C8)."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from tests.progress.reported import as_office, day, target_in, told
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.standing import stand

pytestmark = pytest.mark.django_db
REASON = "汛期停工一个月，省政府专题会议已同意顺延"


@pytest.fixture
def red() -> Target:
    """A county's target that is red in August; the gates up to mid-year are frozen."""
    with as_office():
        target = target_in("130982", 300)
        told(target, "2018-08", 10)
        stand([target.id], since=day(1, 1).date(), now=day(9, 10))
        freeze_gates(day(9, 10))
    return target


def test_a_region_tells_its_lights_with_the_rule_in_words(calls: Calls, red: Target) -> None:
    body = calls("city_office").get("/regions/130982/standings").body

    assert body["counts"] == [{"light": {"code": "red", "label": "滞后"}, "count": 1}]
    [row] = body["rows"]
    assert (row["light"]["code"], row["actual"], row["period"], row["override"]) == ("red", "10.000000", "2018-08", None)
    assert row["words"].endswith("低于90%：滞后")


def test_the_office_above_sets_a_light_and_takes_it_back(calls: Calls, red: Target) -> None:
    office = calls("city_office")
    made = office.post(f"/targets/{red.id}/standings/2018-08/override", {"light": "amber", "reason": REASON})

    assert made.status == 200, made.body
    [row] = office.get(f"/targets/{red.id}/standings").body["rows"]
    assert (row["light"]["code"], row["override"]["light"]["code"], row["override"]["reason"]) == ("red", "amber", REASON)
    assert office.post(f"/light-overrides/{made.body['id']}/release").status == 200
    assert office.get(f"/targets/{red.id}/standings").body["rows"][0]["override"] is None


def test_nobody_else_sets_it(calls: Calls, red: Target) -> None:
    said = {"light": "amber", "reason": REASON}
    refused = calls("province_office").post(f"/targets/{red.id}/standings/2018-08/override", said)

    assert refused.status == 409
    assert "另定" in refused.sentence
    wrong = calls("city_office").post(f"/targets/{red.id}/standings/2018-08/override", {"light": "red", "reason": REASON})
    assert wrong.status == 422


def test_gates_are_told_region_by_region_and_target_by_target(calls: Calls, red: Target) -> None:
    office = calls("city_office")
    rows = office.get("/campaigns/hebei-2018/gates/130982").body["rows"]

    assert [row["code"] for row in rows] == ["matching", "mid_year"]
    assert rows[1]["regions"][0]["results"] == [{"result": {"code": "missing", "label": "无数据"}, "count": 1}]
    [reading] = office.get("/campaigns/hebei-2018/gates/130982/mid_year").body["rows"]
    assert reading["result"]["code"] == "missing"


@pytest.mark.parametrize("login", ["outsider", "firm"])
def test_for_others_it_is_not_there(calls: Calls, red: Target, login: str) -> None:
    other = calls(login)

    assert other.get("/regions/130982/standings").status == 404
    assert other.get(f"/targets/{red.id}/standings").status == 404
    assert other.get("/campaigns/hebei-2018/gates/130982").status == 404
    assert other.get("/campaigns/hebei-2018/gates/130982/mid_year").status == 404
    assert other.post(f"/targets/{red.id}/standings/2018-08/override", {"light": "amber", "reason": REASON}).status == 404
