"""开通 through the API (R-A2): figures, names, invitations made and ended, a roster; others find nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from tests.phones import digests
from zhitong.domain.entry.models import Invitation
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db

FIRM, OTHER = "演示南大港石化设备有限公司", "演示任丘管道装备有限公司"
ROSTER: list[dict[str, Any]] = [
    {"unit": "任丘市发展改革局", "name": "演示巳", "title": "副局长", "phone": "138 0000 0003"},
    {"unit": "任丘市科技和工业信息化局", "name": "演示卯", "title": "局长", "phone": "13800000001"},
]


@pytest.fixture
def firm_id(db: None) -> str:
    with acting("city_office"):
        return str(Subject.objects.get(name=FIRM).id)


@pytest.fixture
def administers(db: None) -> None:
    """The neighbour administers 任丘市."""
    post = Post.objects.get(unit__code="130982-office", kind="administrator")
    Tenure.objects.filter(person__login="neighbour").delete()
    Tenure.objects.create(post=post, person=Person.objects.get(login="neighbour"), since=date(2018, 1, 1))


def test_figures_and_the_names_behind_them(calls: Calls) -> None:
    office = calls("city_office")

    told = office.get("/activation").body
    page = office.get("/activation/units", presence="never", limit=1).body
    rest = office.get("/activation/units", presence="never", limit=1, cursor=page["next"]).body

    assert {place["region"]["name"]: place["served"]["never"] for place in told["places"] if place["served"]["total"]} == {
        "沧州渤海新区": 1, "任丘市": 1,
    }  # fmt: skip
    assert [page["rows"][0]["name"], rest["rows"][0]["name"]] == [FIRM, OTHER]
    assert rest["next"] is None
    assert office.get("/activation/units", kind="official", q="任丘市发展改革局").body["rows"][0]["presence"]["code"] == "never"


def test_a_firm_is_invited_once_and_the_invitation_ended(calls: Calls, firm_id: str) -> None:
    office = calls("city_office")

    made = office.post("/invitations", {"subjects": [firm_id]})
    again = office.post("/invitations", {"subjects": [firm_id]})
    ended = office.post(f"/invitations/{made.body['rows'][0]['id']}/end")

    assert made.status == 201
    assert made.body["rows"][0]["link"]
    assert again.body == made.body
    assert ended.body["rows"][0]["state"]["code"] == "ended"
    assert ended.body["rows"][0]["link"] == ""
    assert office.get("/invitations", is_open=True).body["rows"] == []
    assert len(office.get("/invitations").body["rows"]) == 1


def test_a_roster_is_taken_whole_once(calls: Calls, administers: None) -> None:
    program, key = calls("neighbour"), str(uuid4())

    taken = program.post("/roster", {"rows": ROSTER}, key=key)
    replayed = program.post("/roster", {"rows": ROSTER}, key=key)
    later = program.post("/roster", {"rows": ROSTER})

    assert taken.status == 201
    assert [row["is_new"] for row in taken.body["rows"]] == [True, True]
    assert all(row["link"] for row in taken.body["rows"])
    assert replayed.body == taken.body
    assert [row["is_new"] for row in later.body["rows"]] == [False, False]
    assert Person.objects.filter(phone_digest__in=digests("13800000001", "13800000003")).count() == 2


def test_a_roster_with_one_wrong_row_seats_nobody(calls: Calls, administers: None) -> None:
    answer = calls("neighbour").post("/roster", {"rows": [*ROSTER, {**ROSTER[0], "unit": "没有的局", "phone": "139"}]})

    assert answer.status == 422
    assert "没有的局" in str(answer.body)
    assert not Person.objects.filter(phone_digest__in=digests("13800000001")).exists()


def test_others_find_and_change_nothing(calls: Calls, firm_id: str) -> None:
    made = calls("city_office").post("/invitations", {"subjects": [firm_id]}).body["rows"][0]["id"]
    outsider, firm = calls("outsider"), calls("firm")

    assert outsider.get("/invitations").body["rows"] == []
    assert outsider.get("/activation", region="1309").status == 404
    assert outsider.post("/invitations", {"subjects": [firm_id]}).status == 404
    assert outsider.post(f"/invitations/{made}/end").status == 404
    assert firm.get("/activation").status == 404
    assert firm.post("/invitations", {"subjects": [firm_id]}).status == 403
    assert outsider.post("/roster", {"rows": ROSTER}).status == 403
    with acting("city_office"):
        assert [one.ended_at for one in Invitation.objects.all()] == [None]
