"""座谈会 and 代表委员建议 through the API."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from tests.intake.test_suggesting import seated
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token

pytestmark = pytest.mark.django_db

MEETING = {
    "name": "二季度座谈会", "held_on": "2018-04-26", "chaired_by": "演示赵副主任",
    "matters": [{"firm": "演示小厂", "text": "路不通"}],
}


def test_a_meeting_is_written_down_once_and_others_find_nothing_of_it(calls: Calls) -> None:
    program = calls("park")

    first = program.post("/symposia", MEETING, key="meeting")
    again = program.post("/symposia", MEETING, key="meeting")
    meeting = first.body["meeting"]["id"]

    assert (first.status, [one["state"]["code"] for one in first.body["matters"]]) == (201, ["submitted"])
    assert again.body == first.body
    assert program.get(f"/symposia/{meeting}").body == first.body
    assert [one["id"] for one in calls("zone_office").get("/symposia").body["rows"]] == [meeting]
    assert calls("outsider").get(f"/symposia/{meeting}").status == 404
    assert calls("outsider").get("/symposia").body == {"rows": []}
    assert calls("firm").post("/symposia", MEETING).status == 403


def test_a_delegate_suggests_and_nobody_else(calls: Calls) -> None:
    who = seated("delegate-program")
    program = calls("firm")
    refused = program.post("/suggestions", {"text": "建议增开早班公交。"})
    program.secret = issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW)
    taken = program.post("/suggestions", {"text": "建议增开早班公交。"})

    assert refused.status == 403
    assert (taken.status, taken.body["state"]["code"]) == (201, "submitted")
    assert program.get(f"/problems/{taken.body['number']}").status == 200
    assert calls("outsider").get(f"/problems/{taken.body['number']}").status == 404
