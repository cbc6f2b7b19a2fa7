"""R-B9 through the API: drafting, signing, signed on paper; other units find no draft."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api.conftest import Caller, Calls
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Person, Post, Tenure

pytestmark = pytest.mark.django_db
ANSWER = {"outcome": "solved", "text": "已调整错峰方案。"}


@pytest.fixture
def director(db: None) -> Caller:
    """A program with the key of one who signs for the park's department, where answers are signed off."""
    post = Post.objects.filter(unit__code="130973400-economy", kind="leader").order_by("title")[0]
    person = Person.objects.create(login="park-director", name="演示局长")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    caller = Caller(issue_token(person_id=person.id, post_id=post.id, name="测试", now=NOW))
    assert caller.post("/signing", {"act": "complete", "steps": "sign"}).status == 200
    return caller


@pytest.fixture
def in_hand(calls: Calls, reported: str) -> str:
    """A problem that the park's department has signed for."""
    assert calls("park").act(reported, "acknowledge", contact="已联系").status == 200
    return reported


def test_drafted_read_and_signed(calls: Calls, director: Caller, in_hand: str) -> None:
    assert "须经审签" in calls("park").act(in_hand, "complete", **ANSWER).sentence
    drafted = calls("park").post(f"/problems/{in_hand}/drafts/complete", ANSWER)
    [row] = director.get("/drafts").body["rows"]
    assert (row["id"], row["state"]["code"], row["said"]["text"]) == (drafted.body["id"], "checked", ANSWER["text"])
    signed = director.post(f"/drafts/{row['id']}/sign")
    assert (signed.status, signed.body["state"]["code"]) == (200, "answered")
    assert director.get("/drafts").body["rows"] == []


def test_given_back_and_withdrawn(calls: Calls, director: Caller, in_hand: str) -> None:
    draft_id = calls("park").post(f"/problems/{in_hand}/drafts/complete", ANSWER).body["id"]
    returned = director.post(f"/drafts/{draft_id}/return", {"words": "请写明电量"})
    assert (returned.body["state"]["code"], returned.body["words"]) == ("returned", "请写明电量")
    withdrawn = calls("park").post(f"/drafts/{draft_id}/withdraw")
    assert withdrawn.body["state"]["code"] == "withdrawn"
    assert "不能再审" in director.post(f"/drafts/{draft_id}/check").sentence


def test_signed_on_paper(calls: Calls, director: Caller, in_hand: str) -> None:
    paper = {"signer": "演示局长", "signed_on": "2018-04-26"}
    done = calls("park").post(f"/problems/{in_hand}/drafts/complete/on-paper", {**ANSWER, "paper": paper})
    assert (done.status, done.body["state"]["code"]) == (200, "answered")


@pytest.mark.parametrize("login", ["park_office", "zone", "province_office", "outsider", "firm"])
def test_other_units_find_no_draft(calls: Calls, director: Caller, in_hand: str, login: str) -> None:
    draft_id = calls("park").post(f"/problems/{in_hand}/drafts/complete", ANSWER).body["id"]
    assert calls(login).get("/drafts").body["rows"] == []
    assert calls(login).get(f"/drafts/{draft_id}").status == 404
    for act in ("check", "sign", "withdraw"):
        assert calls(login).post(f"/drafts/{draft_id}/{act}").status in (403, 404), act
    assert {row["steps"]["code"] for row in calls(login).get("/signing").body["rows"]} == {"none"}
