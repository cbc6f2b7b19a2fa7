"""Sealed complaints by API: their parties bring, read and handle them; everybody else finds no such thing (R-F13)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Caller, Calls
from tests.cast import official_of
from tests.complaints.acts import ABOVE, PERSON, RECEIVER, TEXT
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise, waiting
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token

pytestmark = pytest.mark.django_db

BRINGING: dict[str, Any] = {"unit": "130973400-economy", "text": TEXT, "happened": "4月20日上午"}
CallsOf = Callable[[str], Caller]


@pytest.fixture
def calls_of(db: None) -> CallsOf:
    """A caller for somebody new of a unit: `calls_of("130973-inspection")`."""

    def make(code: str) -> Caller:
        who = official_of(code)
        return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))

    return make


@pytest.fixture
def number(calls: Calls) -> str:
    """The receipt number of a complaint of the firm of 南大港 against the park's 经发局."""
    answer = calls("firm").post("/complaints", BRINGING)
    assert answer.status == 201, answer.body
    return str(answer.body["number"])


def test_a_firm_brings_one_and_is_told_who_received_it(calls: Calls) -> None:
    answer = calls("firm").post("/complaints", BRINGING)

    assert answer.status == 201
    assert answer.body["receiver"] == {"code": "130973-inspection", "name": "渤海新区督查室"}
    [row] = calls("firm").get("/complaints").body["rows"]
    assert (row["number"], row["state"]["code"], row["holder"]) == (answer.body["number"], "sent", "渤海新区督查室")
    assert TEXT not in json.dumps(row, ensure_ascii=False)


def test_the_same_key_brings_it_once(calls: Calls) -> None:
    firm = calls("firm")
    first, again = (firm.post("/complaints", BRINGING, key="k1") for _ in range(2))

    assert again.body == first.body
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(firm.get("/complaints").body["rows"]) == 1


def test_the_receiver_takes_it_from_arrival_to_the_end(calls: Calls, calls_of: CallsOf, number: str) -> None:
    desk, firm = calls_of(RECEIVER), calls("firm")
    path = f"/complaints/{number}/acts"

    assert desk.get(f"/complaints/{number}").body["text"] == TEXT
    assert desk.post(f"{path}/acknowledge").body == {"number": number, "state": {"code": "handling", "label": "办理中"}}
    assert desk.post(f"{path}/ask", {"question": "请补充日期。"}).body["state"]["code"] == "asked"
    assert firm.post(f"{path}/supply", {"text": "4月20日。"}).body["state"]["code"] == "handling"
    referral = {"unit": ABOVE, "letter_number": "演督移〔2018〕3号", "letter_on": "2018-04-27"}
    assert desk.post(f"{path}/refer", referral).body["state"]["code"] == "referred"
    above = calls_of(ABOVE)
    assert above.post(f"{path}/acknowledge").status == 200
    assert above.post(f"{path}/notify", {"text": "已核查处理。"}).body["state"]["code"] == "notified"

    told = firm.get(f"/complaints/{number}").body
    assert told["steps"][-1]["text"] == "已核查处理。"
    assert {step["person"] for step in told["steps"]} == {""}
    assert firm.get("/complaints", only_open=True).body["rows"] == []


def test_an_unnamed_firm_is_not_named_to_the_receiver(calls: Calls, calls_of: CallsOf) -> None:
    number = calls("firm").post("/complaints", {**BRINGING, "is_unnamed": True}).body["number"]

    told = json.dumps(calls_of(RECEIVER).get(f"/complaints/{number}").body, ensure_ascii=False)

    assert '"is_unnamed": true' in told
    assert "演示南大港石化设备有限公司" not in told


@pytest.mark.parametrize("login", ["park", "park_office", "zone_office", "city_office", "province_office", "outsider"])
def test_an_office_finds_no_list_and_no_complaint(calls: Calls, number: str, login: str) -> None:
    office = calls(login)

    assert (office.get("/complaints").status, office.get(f"/complaints/{number}").status) == (404, 404)
    there, nowhere = office.get(f"/complaints/{number}").body, office.get("/complaints/AAAA-AAAA-AAAA").body
    assert {**there, "instance": ""} == {**nowhere, "instance": ""}
    for act, said in (("acknowledge", {}), ("ask", {"question": "?"}), ("notify", {"text": "?"}), ("supply", {"text": "?"}),
                      ("refer", {"body": "某机关", "letter_number": "1号", "letter_on": "2018-04-27"})):
        assert office.post(f"/complaints/{number}/acts/{act}", said).status == 404, act


@pytest.mark.parametrize("code", [ABOVE, "13-inspection", "130973-key_inspection", "130973-propaganda"])
def test_another_body_that_may_receive_finds_an_empty_list(calls_of: CallsOf, number: str, code: str) -> None:
    other = calls_of(code)

    assert (other.get("/complaints").status, other.get("/complaints").body["rows"]) == (200, [])
    assert other.get(f"/complaints/{number}").status == 404
    assert other.post(f"/complaints/{number}/acts/acknowledge").status == 404


def test_another_firm_finds_nothing(calls: Calls, number: str) -> None:
    assert calls("other_firm").get("/complaints").body["rows"] == []
    assert calls("other_firm").get(f"/complaints/{number}").status == 404


def test_an_official_brings_none(calls: Calls) -> None:
    assert calls("park_office").post("/complaints", BRINGING).status == 403


def test_what_is_wrong_is_said_at_its_field(calls: Calls, calls_of: CallsOf, number: str) -> None:
    nobody = calls("firm").post("/complaints", {"text": TEXT})
    desk = calls_of(RECEIVER)
    desk.post(f"/complaints/{number}/acts/acknowledge")
    long = {"body": "长" * 121, "letter_number": "1号", "letter_on": "2018-04-27"}

    assert (nobody.status, list(nobody.body["fields"])) == (422, ["person"])
    refused = desk.post(f"/complaints/{number}/acts/refer", long)
    assert (refused.status, list(refused.body["fields"])) == (422, ["body"])
    assert desk.post(f"/complaints/{number}/acts/refer", {**long, "body": "内部秘密处"}).status == 422


def test_an_office_seals_a_problem_and_sees_nothing_of_it_afterwards(
    calls: Calls, calls_of: CallsOf, raised: Raise
) -> None:
    waiting(raised, text=TEXT)
    office = calls("park_office")
    [row] = office.get("/problems", lens="territory").body["rows"]

    answer = office.post(f"/problems/{row['number']}/acts/seal", {"unit": "130973400-economy", "person": PERSON})

    assert answer.body == {"number": row["number"], "sealed": True}
    told = json.dumps(office.get(f"/problems/{row['number']}").body, ensure_ascii=False)
    assert (TEXT in told, PERSON in told) == (False, False)
    [sealed] = calls_of(RECEIVER).get("/complaints").body["rows"]
    assert sealed["accused"] == f"南大港产业园区经发局 · {PERSON}"
    assert sealed["number"] not in told
    assert len(calls("firm").get("/complaints").body["rows"]) == 1


def test_a_list_goes_on_page_by_page(calls: Calls) -> None:
    firm = calls("firm")
    numbers = [firm.post("/complaints", BRINGING).body["number"] for _ in range(3)]

    first = firm.get("/complaints", limit=2).body
    rest = firm.get("/complaints", limit=2, cursor=first["next"]).body

    assert [row["number"] for row in (*first["rows"], *rest["rows"])] == numbers[::-1]
    assert rest["next"] is None
