"""Cards through the API: owed, filled in, drafted, sent with their problems, reviewed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Answered, Calls, Fill, matter
from tests.cast import acting
from zhitong.domain.cards.models import Round

pytestmark = pytest.mark.django_db

OFFICE = "南大港产业园区“双创双服”活动领导小组办公室"
STATEMENTS_OF_A_SENDING = 26
"""Of a first sending with three problems, once the process is warm.

Outside a test the first and last mark are BEGIN and COMMIT, and the viewer need not be forgotten: 33.
"""


def submit(calls: Calls, april: UUID, content: dict[str, Any], **more: Any) -> Answered:
    return calls("firm").post(f"/rounds/{april}/card/submit", content, **more)


def test_a_firm_sees_what_it_owes_and_the_form_to_fill_in(calls: Calls, april: UUID) -> None:
    [owed] = calls("firm").get("/cards/owed").body["rows"]
    form = calls("firm").get(f"/rounds/{april}/card").body

    assert (owed["round_id"], owed["state"]["code"], owed["version"]) == (str(april), "missing", 0)
    assert (form["collector"], form["may_submit"]) == (OFFICE, True)
    fields = {field["code"]: field for section in form["form"]["sections"] for field in section["fields"]}
    assert fields["name"]["written"] == "演示南大港石化设备有限公司"
    assert fields["revenue"] | {"help": ""} == fields["revenue"] | {"help": "", "unit": "万元", "required": True, "written": ""}
    assert "energy" in {option["code"] for option in form["form"]["problem_fields"][0]["options"]}


def test_sending_opens_the_problems_at_once(calls: Calls, april: UUID, fill: Fill) -> None:
    answer = submit(calls, april, fill(problems=[matter(), matter("贷款到期周转不开。", category="funds")]))

    assert answer.status == 200, answer.body
    assert (answer.body["version"], answer.body["is_late"], answer.body["is_correction"]) == (1, False, False)
    assert [one["state"]["code"] for one in answer.body["problems"]] == ["dispatched", "dispatched"]
    numbers = {row["number"] for row in calls("province_office").get("/problems", lens="territory").body["rows"]}
    assert numbers == {one["number"] for one in answer.body["problems"]}


def test_a_draft_keeps_what_is_wrong_and_says_so(calls: Calls, april: UUID, fill: Fill) -> None:
    saved = calls("firm").post(f"/rounds/{april}/card/draft", fill(revenue="约一千"))
    form = calls("firm").get(f"/rounds/{april}/card").body

    assert (saved.status, saved.body["version"], list(saved.body["errors"])) == (200, 1, ["revenue"])
    written = {one["code"]: one["written"] for section in form["form"]["sections"] for one in section["fields"]}
    assert written["revenue"] == "约一千"


def test_an_office_gives_back_and_accepts(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id, office = submit(calls, april, fill(problems=[matter()])).body["card_id"], calls("park_office")

    assert [row["card_id"] for row in office.get("/cards/to-review").body["rows"]] == [card_id]
    returned = office.post(f"/cards/{card_id}/return", {"version": 1, "reason": "收入请核对"})
    assert (returned.status, returned.body["version"]) == (200, 2)
    assert submit(calls, april, fill(version=2, problems=[matter()])).body["problems"] == []
    assert office.post(f"/cards/{card_id}/accept", {"version": 3}).body["version"] == 4
    card = office.get(f"/cards/{card_id}").body

    assert card["state"]["code"] == "accepted"
    assert [event["kind"]["code"] for event in card["events"]] == [
        "card.submitted", "card.returned", "card.submitted", "card.accepted",
    ]
    assert card["events"][1]["reason"] == "收入请核对"


def test_a_level_above_gives_back_to_the_office_that_passed_it(calls: Calls, april: UUID, fill: Fill) -> None:
    with acting("province_office"):
        Round.objects.filter(id=april).update(review_ranks=["city"])
    card_id, park, city = submit(calls, april, fill()).body["card_id"], calls("park_office"), calls("city_office")
    assert park.post(f"/cards/{card_id}/pass-back", {"version": 1, "reason": "x"}).status == 409
    park.post(f"/cards/{card_id}/accept", {"version": 1})
    seen = city.get(f"/cards/{card_id}").body

    back = city.post(f"/cards/{card_id}/pass-back", {"version": 2, "reason": "请核对"})

    assert seen["passed_by"].startswith("南大港")
    assert (back.status, back.body["version"], park.get(f"/cards/{card_id}").body["return_reason"]) == (200, 3, "请核对")
    assert calls("outsider").post(f"/cards/{card_id}/pass-back", {"version": 3, "reason": "x"}).status in (403, 404)


def test_two_who_review_at_once_one_wins_and_the_other_is_told(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id, office = submit(calls, april, fill()).body["card_id"], calls("park_office")
    office.post(f"/cards/{card_id}/accept", {"version": 1})

    answer = office.post(f"/cards/{card_id}/return", {"version": 1, "reason": "收入请核对"})

    assert (answer.status, answer.body["code"]) == (409, "card_moved")
    assert f"{OFFICE}演示丁刚才已经改动过这张卡" in answer.sentence


def test_the_list_of_a_region_has_who_has_not_sent(calls: Calls, april: UUID, fill: Fill) -> None:
    submit(calls, april, fill())

    rows = calls("city_office").get(f"/rounds/{april}/cards").body["rows"]
    missing = calls("city_office").get(f"/rounds/{april}/cards", state="missing").body["rows"]
    park = calls("city_office").get(f"/rounds/{april}/cards", region="130973400").body["rows"]

    assert {row["subject"]: row["state"]["code"] for row in rows} == {
        "演示任丘管道装备有限公司": "missing", "演示南大港石化设备有限公司": "submitted",
    }
    assert [row["subject"] for row in missing] == ["演示任丘管道装备有限公司"]
    assert [row["subject"] for row in park] == ["演示南大港石化设备有限公司"]


def test_outsiders_meet_a_404(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id, outsider = submit(calls, april, fill()).body["card_id"], calls("outsider")

    for path in (f"/cards/{card_id}", f"/rounds/{april}/card", f"/cards/{uuid4()}"):
        assert outsider.get(path).status == 404, path
    assert outsider.get(f"/rounds/{april}/cards", region="1309").status == 404
    assert calls("other_firm").get(f"/cards/{card_id}").status == 404
    assert outsider.post(f"/cards/{card_id}/accept", {"version": 1}).status == 404
    stolen = calls("other_firm").post(f"/rounds/{april}/card/submit", fill(version=1))
    assert (stolen.status, stolen.body["code"]) == (404, "not_found")


def test_a_card_sent_twice_with_one_key_opens_its_problems_once(calls: Calls, april: UUID, fill: Fill) -> None:
    content = fill(problems=[matter()])

    first, again = submit(calls, april, content, key="k1"), submit(calls, april, content, key="k1")

    assert again.body == first.body
    assert len(calls("firm").get("/problems").body["rows"]) == 1


def test_what_looks_wrong_is_asked_and_taken_when_confirmed(calls: Calls, april: UUID, fill: Fill) -> None:
    asked = submit(calls, april, fill(employees=0))
    taken = submit(calls, april, {**fill(employees=0), "confirmed": True})

    assert (asked.status, asked.body["code"], list(asked.body["fields"])) == (422, "warnings_unconfirmed", ["employees"])
    assert taken.status == 200


def test_a_sending_costs_a_fixed_number_of_statements(calls: Calls, april: UUID, fill: Fill) -> None:
    firm = calls("firm")
    content = fill(problems=[matter(f"第{n}件事。") for n in range(3)])
    firm.post("/problems", {"category": "energy", "text": "先前的事。"})
    firm.get(f"/rounds/{april}/card")

    with CaptureQueriesContext(connection) as taken:
        assert firm.post(f"/rounds/{april}/card/submit", content).status == 200

    asked_by_the_door = [one["sql"] for one in taken.captured_queries[:5]]
    assert len(taken) == STATEMENTS_OF_A_SENDING
    assert ["organisations_api_token" in sql for sql in asked_by_the_door] == [True, False, False, False, False]
    assert "set_config('zhitong.unit'" in asked_by_the_door[2]
    assert "INSERT INTO history_outcome" in asked_by_the_door[4]
