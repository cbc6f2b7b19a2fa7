"""Who calls: the key decides, and without one nothing is told."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.conftest import PLACE, Caller, Calls, answered
from tests.cast import viewer
from tests.world import NOW
from zhitong.api.v1 import me
from zhitong.domain.organisations.models import ApiToken, Tenure

pytestmark = pytest.mark.django_db


def test_a_key_is_the_post_it_was_given_to(calls: Calls) -> None:
    answer = calls("park_office").get("/me")

    assert answer.status == 200
    assert answer.body["unit"]["code"] == "130973400-office"
    assert answer.body["region"]["code"] == "130973400"
    assert {one["code"] for one in answer.body["permissions"]} == {
        "handle", "dispatch", "supervise", "oversee", "design", "register", "trace",
    }
    assert [one["code"] for one in answer.body["lenses"]] == ["desk", "waiting", "territory", "unit", "all"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Request-Id"]


def test_a_firm_has_a_name_and_no_code(calls: Calls) -> None:
    unit = calls("firm").get("/me").body["unit"]

    assert (unit["code"], unit["name"]) == (None, "演示南大港石化设备有限公司")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer zt_wrong", "Basic enQ=", "Bearer \u00ff"])
def test_without_a_known_key_nothing_is_told(header: str) -> None:
    answer = answered(Client().get(f"{PLACE}/me", headers={"Authorization": header} if header else {}))

    assert (answer.status, answer.body["code"], answer.body["fields"]) == (401, "unauthorized", {})
    assert "zhitong token" in answer.sentence
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_that_ended_is_known_no_more(calls: Calls) -> None:
    caller = calls("park")
    ApiToken.objects.update(ended_at=NOW)

    assert caller.get("/me").status == 401


def test_a_key_of_a_post_no_longer_held_is_known_no_more(calls: Calls) -> None:
    caller = calls("park")
    Tenure.objects.filter(person_id=viewer("park").person_id).update(until="2018-04-26")

    assert caller.get("/me").status == 401


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/nothing", 404), ("delete", "/me", 405)])
def test_what_the_house_does_not_offer_is_told_in_the_same_shape(method: str, path: str, status: int) -> None:
    answer = answered(getattr(Client(), method)(PLACE + path))

    assert answer.status == status
    assert set(answer.body) == {
        "type", "title", "status", "detail", "instance", "errors", "code", "sentence", "fields",
    }
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"
    assert "openapi.json" in answer.sentence
    assert answer.headers.get("Allow") == ("GET" if status == 405 else None)


def test_what_fails_unexpectedly_is_told_with_a_number_and_nothing_else(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(me, "directory", lambda: 1 / 0)

    answer = calls("park").get("/me")

    assert (answer.status, answer.body["code"]) == (500, "unexpected")
    assert answer.headers["X-Request-Id"] in answer.sentence
    assert answer.headers["X-Request-Id"] in caplog.text
    assert "ZeroDivision" not in json.dumps(answer.body)
    assert "ZeroDivision" in caplog.text


def test_a_database_that_does_not_answer_asks_to_come_back(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(me, "directory", gone)

    answer = calls("park").get("/me")

    assert (answer.status, answer.body["code"]) == (503, "unavailable")
    assert "同一个 Idempotency-Key" in answer.sentence


def test_a_browser_signed_in_is_nobody_here(calls: Calls) -> None:
    caller = Caller("")
    caller.client.force_login(ApiToken._meta.get_field("person").related_model.objects.get(login="park"))

    assert caller.get("/me").status == 401
