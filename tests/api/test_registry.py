"""The registry through the API: look, register, change, note, end, merge and split; once for a key, nothing for outsiders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from tests.subjects.conftest import sound_code
from zhitong.domain.subjects.models import AssistanceList

pytestmark = pytest.mark.django_db
PARK = "130973400"


def firm(number: int = 1, name: str = "演示恒通化工有限公司", **more: Any) -> dict[str, Any]:
    return {"kind": "industry", "name": name, "code": sound_code(number), "region": PARK, "industry": "C26", **more}


def registered(calls: Calls, *firms: dict[str, Any]) -> list[str]:
    answer = calls("park_office").post("/subjects", {"subjects": list(firms)})
    assert answer.status == 201, answer.body
    return list(answer.body["ids"])


def test_a_batch_is_registered_once_and_read_back(calls: Calls) -> None:
    program = calls("park_office")
    said = {"subjects": [firm(revenue_cny=230_000_000, contact="演示丙", contact_phone="0317-5760009"), firm(2, "演示华瑞物流有限公司")]}

    first = program.post("/subjects", said, key="batch")
    again = program.post("/subjects", said, key="batch")

    assert (first.status, again.body) == (201, first.body)
    one = program.get(f"/subjects/{first.body['ids'][0]}").body
    assert (one["tier"]["code"], one["industry"], one["version"]) == ("county", "化学原料和化学制品制造业", 1)
    assert one["described"]["contact_phone"] == "0317-5760009"
    figures = program.get(f"/subjects/{one['id']}/figures").body["figures"]
    assert [(row["code"]["code"], row["period"], float(row["value"])) for row in figures] == [("revenue_cny", "2017", 230_000_000)]


def test_wrong_ones_are_named_by_place_and_none_is_registered(calls: Calls) -> None:
    program = calls("park_office")

    answer = program.post("/subjects", {"subjects": [firm(), firm(2, "演示华瑞", stage="preparation"), firm(1, "演示重复")]})

    assert answer.status == 422
    assert set(answer.body["fields"]) == {"0", "1", "2"}
    assert "不填项目阶段" in answer.body["fields"]["1"]
    assert program.get("/subjects", words="演示恒通").body["rows"] == []


def test_who_may_be_the_same_is_told_before_and_asked_about(calls: Calls) -> None:
    [known] = registered(calls, firm())
    program, twin = calls("park_office"), firm(2, "演示恒通化工股份有限公司")

    alike = program.get("/subjects/alike", name=twin["name"], region=PARK).body["rows"]
    refused = program.post("/subjects", {"subjects": [twin]})
    done = program.post("/subjects", {"subjects": [{**twin, "alike_reason": "另一家"}]})

    assert [(one["id"], one["why"]["code"]) for one in alike] == [(known, "same_name")]
    assert (refused.status, done.status) == (422, 201)
    assert "仍然登记" in refused.body["fields"]["0"]
    assert calls("outsider").get("/subjects/alike", name=twin["name"], region=PARK).body["rows"] == []


def test_a_change_is_held_against_the_version(calls: Calls) -> None:
    [one] = registered(calls, firm())
    program = calls("park_office")

    done = program.post(f"/subjects/{one}/change", {"version": 1, "address": "演示路1号", "tax_region": "130982"})
    late = program.post(f"/subjects/{one}/change", {"version": 1, "address": "演示路2号"})
    wrong = program.post(f"/subjects/{one}/change", {"version": 2, "industry": "打铁"})

    assert (done.body["version"], done.body["described"]["address"], done.body["described"]["tax_region"]) == (2, "演示路1号", "任丘市")
    assert (late.status, wrong.status) == (409, 422)
    assert "刚才已被" in late.sentence


def test_figures_are_noted_in_bulk_and_read_by_who_may_see_them(calls: Calls) -> None:
    one, other = registered(calls, firm(), firm(2, "演示华瑞物流有限公司"))
    said = {"figures": [
        {"subject": one, "code": "profit_cny", "period": "2018Q1", "value": "-1500000.5"},
        {"subject": other, "code": "employees", "period": "2017", "value": 86},
    ]}  # fmt: skip

    noted = calls("park_office").post("/figures", said)
    again = calls("park_office").post("/figures", said)
    wrong = calls("park_office").post("/figures", {"figures": [{**said["figures"][0], "period": "一季度"}]})

    assert (noted.body["new"], again.body["same"], wrong.status) == (2, 2, 422)
    told = calls("city_office").get(f"/subjects/{one}/figures", code="profit_cny").body["figures"]
    assert [float(row["value"]) for row in told] == [-1500000.5]
    assert calls("city").get(f"/subjects/{one}/figures").body == {"sees_figures": False, "figures": []}
    assert calls("outsider").post("/figures", said).status == 404


def test_elements_and_qualifications_stand_as_said_last(calls: Calls) -> None:
    program = calls("park_office")
    [one] = registered(calls, {"kind": "project", "name": "演示石化项目", "code": "2018-1", "region": PARK, "stage": "preparation"})
    land = {"element": "land", "name": "建设用地批准书", "state": "under_way", "unit": "130973400-economy"}

    put = program.post(f"/subjects/{one}/elements", {"elements": [land]})
    wrong = program.post(f"/subjects/{one}/elements", {"elements": [{**land, "state": "done"}]})
    marked = program.post(f"/subjects/{one}/marks", {"marks": [{"code": "provincial_key", "since": "2018-02-01"}]})

    assert [row["state"]["code"] for row in put.body["elements"]] == ["under_way"]
    assert wrong.status == 422
    assert program.get(f"/subjects/{one}/elements").body == put.body
    assert [row["code"] for row in marked.body["marks"]] == ["provincial_key"]
    assert program.get(f"/subjects/{one}/marks").body == marked.body


def test_a_list_is_left_with_consent_and_a_firm_ends_with_proof(calls: Calls) -> None:
    [one] = registered(calls, firm())
    program, city = calls("park_office"), calls("city_office")
    drawn = next(row["id"] for row in program.get("/assistance-lists").body["lists"] if row["code"] == "industry-city")

    put = program.post(f"/assistance-lists/{drawn}/members", {"subjects": [one]})
    asked = program.post(f"/assistance-lists/{drawn}/removals", {"subject": one, "cause": "unfit", "proof": "产值下滑"})
    waiting = city.get("/removals").body["waiting"]
    refused = program.post(f"/removals/{asked.body['id']}/decide", {"agreed": True})
    decided = city.post(f"/removals/{asked.body['id']}/decide", {"agreed": True})
    ended = program.post(f"/subjects/{one}/end", {"reason": "deregistered", "on": "2018-04-20", "proof": "注销通知书"})
    back = program.post(f"/subjects/{one}/resume", {"reason": "核对错了"})

    assert (put.body, asked.body["is_done"], refused.status) == ({"new": 1}, False, 404)
    assert [row["subject_id"] for row in waiting] == [one]
    assert decided.body == {"subject_id": one}
    assert (ended.body["ended_reason"]["code"], back.body["ended_on"]) == ("deregistered", None)
    with acting("park_office"):
        assert AssistanceList.objects.filter(id=drawn, members__subject_id=one, members__until__isnull=True).count() == 0


def test_rows_are_merged_and_taken_apart_and_a_place_is_ruled(calls: Calls) -> None:
    kept, gone = registered(calls, firm(), firm(2, "演示华瑞物流有限公司"))
    program = calls("park_office")

    merged = program.post(f"/subjects/{kept}/merge", {"merged": gone, "reason": "重复", "version": 1})
    read = program.get(f"/subjects/{gone}").body
    back = program.post(f"/subjects/{kept}/split", {"undo": gone, "reason": "不是同一户"})
    new = program.post(f"/subjects/{kept}/split", {"new": firm(3, "演示恒通精细化工", alike_reason="分立"), "reason": "分立"})
    none = program.post(f"/subjects/{kept}/split", {"reason": "分立"})
    ruled = calls("zone_office").post(
        f"/subjects/{kept}/relocate", {"region": "130973", "reason": "专题会议定", "is_ruling": True, "version": 4}
    )

    assert (merged.status, read["merged_into"], back.body["id"]) == (200, kept, gone)
    assert (new.body["name"], none.status) == ("演示恒通精细化工", 404)
    assert ruled.body["described"]["operating_region"] == "南大港产业园区"


def test_others_keep_no_register_here(calls: Calls) -> None:
    [one] = registered(calls, firm())

    for login, status in (("outsider", 404), ("other_firm", 404), ("firm", 404), ("city", 403)):
        assert calls(login).post(f"/subjects/{one}/change", {"version": 1, "address": "演示路"}).status == status
    assert calls("firm").post("/subjects", {"subjects": [firm(5)]}).status == 403
    assert calls("outsider").get(f"/subjects/{one}/figures").status == 404
    assert calls("outsider").get(f"/subjects/{one}/marks").status == 404
