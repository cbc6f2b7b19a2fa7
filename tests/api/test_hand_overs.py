"""Posts change hands by program: one call, both signatures, nothing for who administers no level (R-B5)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api.conftest import Calls
from tests.world import PASSWORD
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post

ECONOMY = "130973400-economy"


@pytest.fixture(autouse=True)
def _administrator(db: None) -> None:
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    seat([Seat(login="administrator", name="演示寅", password=PASSWORD, post_id=post.id, since=date(2018, 1, 1))])


def test_a_post_changes_hands_and_both_sign(calls: Calls, reported: str) -> None:
    office, leaving = calls("administrator"), calls("park")
    given = {"unit": ECONOMY, "leaving": "演示丙", "name": "演示新任", "login": "park-next"}
    wrong = office.post("/hand-overs", {**given, "leaving": "没有这个人"})

    made = office.post("/hand-overs", given)
    place = f"/hand-overs/{made.body['sheet']['id']}"
    on_paper = office.post(f"{place}/sign", {"on_paper": "from_person"})
    own = calls("park-next").post(f"{place}/sign")

    assert (wrong.status, "没有这个人任职" in wrong.sentence) == (422, True)
    assert (made.status, made.body["sheet"]["open"]) == (201, 1)
    assert [one["number"] for one in calls("park-next").get(place).body["problems"]] == [reported]
    assert (on_paper.body["sheet"]["from_on_paper"], on_paper.body["sheet"]["to_signed_at"]) == (True, None)
    assert own.body["sheet"]["to_signed_at"] is not None
    assert leaving.get("/me").status == 401


def test_who_administers_no_level_changes_nothing_and_outsiders_see_no_sheet(calls: Calls) -> None:
    given = {"unit": ECONOMY, "leaving": "演示丙", "name": "演示新任", "login": "park-next"}
    made = calls("administrator").post("/hand-overs", given)
    place = f"/hand-overs/{made.body['sheet']['id']}"

    assert calls("park_office").post("/hand-overs", {**given, "login": "other"}).status == 403
    assert calls("outsider").get("/hand-overs").body["rows"] == []
    assert calls("outsider").get(place).status == 404
    assert calls("outsider").post(f"{place}/sign").status == 404
    assert calls("firm").get("/hand-overs").status == 404
