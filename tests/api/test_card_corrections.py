"""A card through the API: doubts answered, fields named in a return, what changed, and the figures beside the last ones."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.api.conftest import Calls, Fill

pytestmark = pytest.mark.django_db


def test_what_looks_wrong_is_asked_and_the_answer_shown_to_the_office(calls: Calls, april: UUID, fill: Fill) -> None:
    place = f"/rounds/{april}/card/submit"

    asked = calls("firm").post(place, fill(tax_paid="999999"))
    yes = {**fill(tax_paid="999999"), "confirmed": True, "answers": {"tax_paid": "补缴"}}
    sent = calls("firm").post(place, yes)
    seen = calls("park_office").get(f"/cards/{sent.body['card_id']}").body

    assert (asked.status, "tax_paid" in str(asked.body)) == (422, True)
    assert [(one["code"], one["answer"]) for one in seen["doubts"]] == [("tax_paid", "补缴")]
    assert calls("city_office").get(f"/cards/{sent.body['card_id']}").body["doubts"] == []


def test_a_return_names_fields_and_the_correction_is_told_as_before_and_after(
    calls: Calls, april: UUID, fill: Fill
) -> None:
    firm, office = calls("firm"), calls("park_office")
    card_id = firm.post(f"/rounds/{april}/card/submit", fill(revenue="1000")).body["card_id"]

    office.post(f"/cards/{card_id}/return", {"version": 1, "marks": {"revenue": "应为累计"}})
    form = firm.get(f"/rounds/{april}/card").body
    firm.post(f"/rounds/{april}/card/submit", fill(version=2, revenue="2000"))
    events = office.get(f"/cards/{card_id}").body["events"]

    assert (form["marks"], form["return_reason"]) == ({"revenue": "应为累计"}, "请更正：主营业务收入。")
    assert events[1]["marks"] == {"主营业务收入": "应为累计"}
    assert events[2]["changes"] == [{"code": "revenue", "label": "主营业务收入", "before": "1000", "after": "2000"}]


def test_a_return_of_a_field_that_is_none_changes_nothing(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id = calls("firm").post(f"/rounds/{april}/card/submit", fill()).body["card_id"]

    answer = calls("park_office").post(f"/cards/{card_id}/return", {"version": 1, "marks": {"nothing": "没有"}})

    assert answer.status == 422
    assert calls("park_office").get(f"/cards/{card_id}").body["state"]["code"] == "submitted"


def test_the_figures_are_compared_for_who_sees_them_and_nobody_else(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id = calls("firm").post(f"/rounds/{april}/card/submit", fill(revenue="1000")).body["card_id"]

    own = calls("firm").get(f"/cards/{card_id}/compare").body
    revenue = next(one for one in own["figures"] if one["code"] == "revenue")

    assert (own["last_round"], revenue["now"], revenue["last"], revenue["share"]) == ("", "1000", "", None)
    assert calls("city_office").get(f"/cards/{card_id}/compare").body["figures"] is None
    assert calls("outsider").get(f"/cards/{card_id}/compare").status == 404
