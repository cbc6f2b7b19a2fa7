"""Rounds through the API: preview, opening, the meter, reminders, excuses, 代填, corrections (R-E4, R-E7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import Calls, Fill
from tests.files.keeping import stored

pytestmark = pytest.mark.django_db

MAY: dict[str, Any] = {"template": "industry", "period": "2018-05"}
DAYS = {"name": "2018年5月", "opens_on": "2018-04-27", "due_on": "2018-05-10", "locked_on": "2018-05-20"}


def test_a_round_is_foreseen_opened_and_opened_once(calls: Calls) -> None:
    office = calls("province_office")

    foreseen = office.post("/rounds/preview", MAY).body
    opened = office.post("/rounds", {**MAY, **DAYS, "accepted_by": ["city"]})
    again = office.post("/rounds", {**MAY, **DAYS})

    assert (foreseen["owed"], foreseen["without_care"], foreseen["is_open_already"]) == (2, 2, False)
    assert (opened.status, opened.body["owed"], opened.body["is_new"], again.body["is_new"]) == (201, 2, True, False)
    assert calls("park").post("/rounds", {**MAY, **DAYS}).status == 403
    assert calls("province_office").post("/rounds", {**MAY, **DAYS, "period": "五月"}).status == 422


def test_the_meter_tells_own_filled_in_excused_and_refused_apart(calls: Calls, april: UUID, fill: Fill) -> None:
    office, firm = calls("park_office"), calls("firm")

    sent = office.post(f"/rounds/{april}/card/submit", {**fill(), "source": "电话询问会计"})
    before = office.get(f"/rounds/{april}/meter").body["total"]
    firm.post(f"/cards/{sent.body['card_id']}/confirm", {"version": 1})
    after = calls("province_office").get(f"/rounds/{april}/meter").body

    assert sent.status == 200, sent.body
    assert (before["owed"], before["own"], before["confirmed"], before["rate"]) == (1, 0, 0, 0)
    assert (after["total"]["confirmed"], after["total"]["rate"], after["total"]["timeliness"]) == (1, 0.5, 0.5)
    assert calls("outsider").get(f"/rounds/{april}/meter", region="13").status == 404


def test_a_dispute_gives_the_card_back(calls: Calls, april: UUID, fill: Fill) -> None:
    sent = calls("park_office").post(f"/rounds/{april}/card/submit", {**fill(), "source": "走访"}).body

    said = calls("firm").post(f"/cards/{sent['card_id']}/dispute", {"version": 1, "reason": "收入不对"})

    assert (said.status, said.body["version"]) == (200, 2)
    assert calls("firm").get("/cards/owed").body["rows"][0]["state"]["code"] == "returned"
    assert calls("outsider").post(f"/cards/{sent['card_id']}/confirm", {"version": 2}).status in (403, 404)


def test_why_a_firm_does_not_report_is_said_and_decided(calls: Calls, april: UUID, fill: Fill) -> None:
    reason = {"subject_id": fill()["subject_id"], "reason": "suspended", "proof": "现场查看已停产"}

    bare = calls("park_office").post(f"/rounds/{april}/excuses", reason)
    [proof] = stored("park_office")
    said = calls("park_office").post(f"/rounds/{april}/excuses", {**reason, "files": [str(proof.id)]})
    [listed] = calls("province_office").get("/excuses").body["rows"]
    decided = calls("province_office").post(f"/excuses/{said.body['id']}/decide", {"granted": True})

    assert (bare.status, "须附证明材料" in str(bare.body)) == (422, True)
    assert [one["id"] for one in listed["files"]] == [str(proof.id)]
    assert calls("outsider").get(f"/files/{proof.id}").status == 404
    assert (said.status, said.body["state"], listed["may_decide"]) == (201, "asked", True)
    assert decided.body["state"] == "granted"
    assert calls("park_office").get(f"/rounds/{april}/meter").body["total"]["excused"] == 1
    assert calls("outsider").post(f"/rounds/{april}/excuses", reason).status in (403, 404)


def test_reminding_is_once_a_day_and_can_be_read(calls: Calls, april: UUID) -> None:
    office = calls("province_office")

    first = office.post(f"/rounds/{april}/remind", {})
    second = office.post(f"/rounds/{april}/remind", {})
    rows = office.get(f"/rounds/{april}/reminders", limit=1).body

    assert (first.body["count"], second.status) == (2, 409)
    assert (len(rows["rows"]), bool(rows["next"])) == (1, True)
    assert office.get(f"/rounds/{april}/flags").body["rows"] == []


def test_a_correction_is_asked_and_granted(calls: Calls, april: UUID, fill: Fill) -> None:
    card_id = calls("firm").post(f"/rounds/{april}/card/submit", fill()).body["card_id"]
    calls("park_office").post(f"/cards/{card_id}/accept", {"version": 1})

    asked = calls("firm").post(f"/cards/{card_id}/correction", {"version": 2, "reason": "收入漏计"})
    [waiting] = calls("park_office").get("/corrections").body["rows"]
    granted = calls("park_office").post(f"/corrections/{waiting['id']}/decide", {"granted": True, "open_until": "2018-05-02"})

    assert (asked.status, waiting["id"], granted.body["state"]) == (201, asked.body["id"], "granted")
    assert calls("firm").get("/cards/owed").body["rows"][0]["state"]["code"] == "returned"
