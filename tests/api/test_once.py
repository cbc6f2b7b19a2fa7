"""A writing call happens once for its idempotency key."""

from __future__ import annotations

import pytest

from tests.api.conftest import TEXT, Calls
from tests.cast import acting
from tests.world import NOW
from zhitong.domain.history.models import Outcome
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Post, Tenure

pytestmark = pytest.mark.django_db

REPORT = {"category": "energy", "text": TEXT}


def count(login: str) -> int:
    """How many outcomes are kept for a member of the cast."""
    with acting(login):
        return Outcome.objects.count()


def test_the_same_call_again_gets_the_same_answer_and_happens_no_more(calls: Calls) -> None:
    firm = calls("firm")

    first = firm.post("/problems", REPORT, key="k1")
    again = firm.post("/problems", REPORT, key="k1")

    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(firm.get("/problems").body["rows"]) == 1


def test_the_same_key_with_another_content_is_refused(calls: Calls, reported: str) -> None:
    firm = calls("firm")
    firm.post("/problems", REPORT, key="k1")

    for path, content in (("/problems", {**REPORT, "text": "别的事"}), (f"/problems/{reported}/acts/supply", {"text": "补"})):
        answer = firm.post(path, content, key="k1")

        assert (answer.status, answer.body["code"]) == (422, "key_used")
        assert "换一个新的键" in answer.sentence


def test_another_key_is_another_act(calls: Calls) -> None:
    firm = calls("firm")

    assert firm.post("/problems", REPORT, key="k1").body["number"] != firm.post("/problems", REPORT, key="k2").body["number"]


def test_the_same_key_of_another_post_of_the_person_is_another_content(calls: Calls) -> None:
    firm = calls("firm")
    tenure = Tenure.objects.get(person__login="firm")
    second = Post.objects.create(unit_id=Post.objects.get(id=tenure.post_id).unit_id, kind="reporter", title="第二填报人")
    Tenure.objects.create(person_id=tenure.person_id, post=second, since="2018-01-01")
    firm.post("/problems", REPORT, key="k1")

    firm.secret = issue_token(person_id=tenure.person_id, post_id=second.id, name="测试", now=NOW)

    assert firm.post("/problems", REPORT, key="k1").status == 422


def test_a_refused_act_stores_nothing_and_may_be_sent_again(calls: Calls, reported: str) -> None:
    park, before = calls("park"), count("park")

    refused = park.post(f"/problems/{reported}/acts/reply", {"text": "正在办"}, key="k1")
    assert (refused.status, count("park")) == (409, before)
    park.act(reported, "acknowledge", contact="已联系")

    assert park.post(f"/problems/{reported}/acts/reply", {"text": "正在办"}, key="k1").status == 200


def test_what_fails_halfway_leaves_nothing_behind(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    firm, before = calls("firm"), count("firm")
    monkeypatch.setattr("zhitong.api.v1.problems.moved", lambda standing: 1 / 0)

    assert firm.post("/problems", REPORT, key="k1").status == 500
    assert count("firm") == before
    assert firm.get("/problems").body["rows"] == []


@pytest.mark.parametrize("key", [None, "", " ", "x" * 201, "键", "a\tb"])
def test_a_writing_call_without_a_proper_key_is_shown_the_way(calls: Calls, key: str | None) -> None:
    firm = calls("firm")
    answer = firm.post("/problems", REPORT, key=key)

    assert (answer.status, answer.body["code"]) == (400, "no_key")
    assert "Idempotency-Key" in answer.sentence
    assert firm.get("/problems").body["rows"] == []


def test_two_hundred_characters_are_still_a_key(calls: Calls) -> None:
    assert calls("firm").post("/problems", REPORT, key="x" * 200).status == 201
