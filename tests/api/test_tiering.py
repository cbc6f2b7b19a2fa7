"""Tiers, diagnoses and ladders through the API: the same acts and the same eyes as at the screen (R-D2, R-D4, R-D5)."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from tests.tiering.conftest import YI, Known, earns, tier_of
from tests.tiering.conftest import firm as firm
from tests.tiering.conftest import known as known
from tests.tiering.conftest import rules as rules
from tests.tiering.test_considering import sme as sme
from tests.tiering.test_considering import told as told
from zhitong.domain.organisations.rules.kinds import Rank

pytestmark = pytest.mark.django_db
INDUSTRY = {"kind": "industry"}


def test_a_run_is_kept_read_and_adopted(calls: Calls, known: Known) -> None:
    earns(known["large"], 70 * YI)
    office = calls("province_office")
    assert office.get("/tiers/industry").body == {"run": None}

    run = office.post("/tier-runs", INDUSTRY)
    assert run.status == 201, run.body
    assert run.body["summary"]["lines"][0]["difference"] == -214
    assert office.get("/tiers/industry").body["run"]["own_moves"] == 1
    place = f"/tier-runs/{run.body['id']}"
    first = office.get(f"{place}/results", limit=5).body
    rest = office.get(f"{place}/results", limit=5, cursor=first["next"]).body
    assert len({row["id"] for row in (*first["rows"], *rest["rows"])}) == 8
    [moving] = office.get(f"{place}/results", only_moves=True).body["rows"]
    assert (moving["subject"], moving["decided_at"]["code"]) == (str(known["large"]), "province")

    assert office.post(f"{place}/adopt", {"reason": "会议审定"}, key="adopt").body == {"changed": 1}
    assert office.post(f"{place}/adopt", {"reason": "会议审定"}, key="adopt").body == {"changed": 1}
    assert office.post(f"{place}/adopt", {"reason": "会议审定"}).status == 409
    [move] = office.get("/tier-moves").body["rows"]
    assert (move["before"]["code"], move["after"]["code"]) == ("city", "province")


def test_another_standard_is_tried_without_being_stored(calls: Calls, known: Known) -> None:
    office = calls("province_office")

    tried = office.post("/tier-runs/try", {**INDUSTRY, "over_cny": {"province": 15 * YI}, "quotas": {"province": 1}})

    assert {one["name"] for one in tried.body["moves"]} == {"演示企业2", "演示企业6"}
    assert tried.body["summary"]["lines"][0] | {"tier": None} == {
        "key": "province", "tier": None, "stage": None, "sub_kind": "", "over_cny": 15 * YI, "quota": 1, "given": 3,
        "standing": 1, "difference": 2,
    }
    assert office.get("/tiers/industry").body == {"run": None}
    crossed = office.post("/tier-runs", {**INDUSTRY, "over_cny": {"city": 60 * YI}})
    assert (crossed.status, crossed.body["sentence"]) == (422, "各级标准有冲突，没有保存。请按提示改正。")


def test_a_tier_is_set_by_hand_and_released(calls: Calls, known: Known) -> None:
    office, place = calls("province_office"), f"/subjects/{known['large']}/tier"

    said = office.post(f"{place}/set", {"tier": "province", "reason": "行业代表", "allowed_by": "演示秘书长"}).body
    assert (said["tier"]["code"], said["by_rule"]["code"], said["hand_reason"]) == ("province", "city", "行业代表")
    assert office.post(f"{place}/release", {"reason": "不再需要"}).body["tier"]["code"] == "city"
    assert calls("city").get(place).body["rule_words"] == ""
    refused = calls("zone_office").post(f"{place}/set", {"tier": None, "reason": "停产", "allowed_by": "演示主任"})
    assert (refused.status, refused.sentence) == (409, "市级名单由市级活动办公室确定。请向其提出，由其调整。")
    with acting("province_office"):
        assert tier_of(known["large"]) is Rank.CITY


def test_diagnoses_and_ladders_are_read_and_firms_climb(calls: Calls, told: Known, sme: UUID) -> None:
    office = calls("city_office")

    assert office.get("/diagnoses/regions").body["rows"][0]["difficult"] == 1
    [firm] = office.get("/diagnoses", diagnosis="difficult").body["rows"]
    assert (firm["subject"], firm["period"]) == (str(told["small"]), "2018-03")
    [ready] = office.get("/ladders/growth/firms", only_ready=True).body["rows"]
    assert (ready["subject"], ready["proposed"]) == (str(sme), "苗圃")
    climbed = office.post("/ladders/growth/climb", {"subjects": [str(sme)], "rung": "seedling", "reason": "评审通过"})
    assert climbed.body == {"changed": 1}
    assert [one["after"] for one in office.get("/ladders/growth/moves").body["rows"]] == ["苗圃"]
    assert office.get("/ladders").body["rows"][0]["rungs"][0]["standing"] == 1


def test_outsiders_and_firms_find_nothing(calls: Calls, told: Known, sme: UUID) -> None:
    run_id = calls("province_office").post("/tier-runs", INDUSTRY).body["id"]
    outsider, firm = calls("outsider"), calls("firm")

    assert outsider.get(f"/tier-runs/{run_id}/results").status == 404
    assert outsider.get("/tiers/industry").body == {"run": None}
    assert outsider.get("/tiers/industry", region="130973").status == 404
    assert outsider.get(f"/subjects/{told['large']}/tier").status == 404
    assert outsider.post("/ladders/growth/climb", {"subjects": [str(sme)], "rung": "", "reason": "x"}).status == 404
    assert outsider.get("/diagnoses").body["rows"] == outsider.get("/ladders/growth/firms").body["rows"] == []
    for path in ("/tiers/industry", "/tier-moves", "/diagnoses", "/ladders", f"/tier-runs/{run_id}/results"):
        assert firm.get(path).status == 404, path
    assert firm.post("/tier-runs", INDUSTRY).status == 404
