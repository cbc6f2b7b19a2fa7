"""Sittings, waits and a lost second factor by program (R-A3); secrets go through no operation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from tests.accounts.authenticator import ORIGIN, Authenticator
from tests.accounts.conftest import looking, seated
from tests.api.conftest import Caller, Calls
from tests.cast import viewer
from tests.world import NOW
from zhitong.api.v1 import api
from zhitong.domain.accounts.actions.factors import begin_binding
from zhitong.domain.accounts.actions.knocking import MustWait, knock
from zhitong.domain.accounts.actions.passkeys import bind_passkey
from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.models import Factor, Identity
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.kit import clock
from zhitong.web.shell.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> Caller:
    """A program of who administers 任丘市."""
    who = looking(seated("guan", "130982-office", "administrator"))
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


@pytest.fixture
def sitting(calls: Calls) -> str:
    """The official of the park is signed in at his desk; the key of the session."""
    store = SessionStore()
    store.create()
    begin_sitting(
        person_id=viewer("park").person_id, session_key=str(store.session_key), way=Way.PASSWORD, device="Windows · Edge",
        address="10.1.1.1", now=NOW,
    )
    return str(store.session_key)


def shut(login: str) -> None:
    for _try in range(5):
        knock(login=login, address="203.0.113.9", device="", now=NOW)


def test_one_sees_and_ends_ones_own_sittings_and_nobody_elses(calls: Calls, sitting: str) -> None:
    [row] = calls("park").get("/account/sittings").body["rows"]
    assert (row["device"], row["address"], row["way"]["code"]) == ("Windows · Edge", "10.1.1.1", "password")
    assert calls("outsider").get("/account/sittings").body["rows"] == []
    assert calls("outsider").post(f"/account/sittings/{row['id']}/end").status == 404

    assert calls("park").post(f"/account/sittings/{row['id']}/end").body == {"count": 1}

    assert not Session.objects.filter(session_key=sitting).exists()
    assert calls("park").post("/account/sittings/end").body == {"count": 0}


def test_one_sees_with_which_services_one_is_linked_and_nobody_elses(calls: Calls) -> None:
    person_id = viewer("park").person_id
    with known_as(person_id):
        Identity.objects.create(person_id=person_id, issuer="https://id.example", subject="s-1", how="own", linked_at=NOW)

    [row] = calls("park").get("/account/identities").body["rows"]

    assert (row["service"], row["subject"], row["how"]["code"]) == ("https://id.example", "s-1", "own")
    assert calls("outsider").get("/account/identities").body["rows"] == []


def test_one_sees_ones_own_passkeys_and_removes_them_and_nobody_elses(calls: Calls, settings: Any) -> None:
    settings.ORIGIN = ORIGIN
    who = viewer("park")
    with known_as(who.person_id):
        bind_passkey(
            person_id=who.person_id, name="办公室电脑", answer=Authenticator().made(b"c" * 32), challenge=b"c" * 32,
            actor=who.actor("test"), now=NOW,
        )
    [row] = calls("park").get("/account/passkeys").body["rows"]
    assert (row["name"], row["used_at"]) == ("办公室电脑", None)
    assert calls("outsider").get("/account/passkeys").body["rows"] == []
    assert calls("outsider").post(f"/account/passkeys/{row['id']}/remove").status == 404

    assert calls("park").post(f"/account/passkeys/{row['id']}/remove").body == {"id": row["id"]}

    assert calls("park").get("/account/passkeys").body["rows"] == []


def test_a_session_that_ran_out_is_no_sitting(calls: Calls, sitting: str) -> None:
    Session.objects.update(expire_date=clock.world_now() - timedelta(minutes=1))

    assert calls("park").get("/account/sittings").body["rows"] == []


def test_administrators_see_who_waits_page_by_page_and_lift_it(administrator: Caller, calls: Calls) -> None:
    seated("wang", "130982-industry", "officer")
    shut("wang")

    first = administrator.get("/sign-in-waits", limit=1).body
    second = administrator.get("/sign-in-waits", limit=1, cursor=first["next"]).body
    assert {row["place"]["code"] for row in (*first["rows"], *second["rows"])} == {"address", "account"}
    [waiting] = administrator.get("/sign-in-waits", only_shut=True).body["rows"]
    assert (waiting["login"], waiting["failures"]) == ("wang", 5)
    assert calls("city_office").get("/sign-in-waits").status == 404
    assert calls("city_office").post(f"/sign-in-waits/{waiting['id']}/lift").status == 403

    assert administrator.post(f"/sign-in-waits/{waiting['id']}/lift").status == 200

    assert knock(login="wang", address="203.0.113.9", device="", now=NOW).shut_until is None


def test_other_territories_are_not_lifted(administrator: Caller) -> None:
    shut("park")

    assert administrator.get("/sign-in-waits").body["rows"] == []
    with pytest.raises(MustWait):
        knock(login="park", address="203.0.113.9", device="", now=NOW)


def test_a_lost_second_factor_is_reset_with_a_reason(administrator: Caller) -> None:
    person_id = seated("wang", "130982-industry", "officer")
    begin_binding(person_id, now=NOW)
    with known_as(person_id):
        Factor.objects.filter(person_id=person_id).update(bound_at=NOW)

    assert administrator.post("/second-factors/reset", {"login": "wang", "reason": " "}).status == 422
    assert administrator.post("/second-factors/reset", {"login": "park", "reason": "已核实。"}).status == 422
    assert administrator.post("/second-factors/reset", {"login": "wang", "reason": "手机遗失，已核实。"}).body == {"login": "wang"}

    with known_as(person_id):
        assert not Factor.objects.filter(person_id=person_id).exists()


def test_no_operation_takes_or_tells_a_password_or_a_code() -> None:
    told = api.get_openapi_schema(path_prefix="/")["components"]["schemas"]
    accounts = [name for name in told if name.startswith(("Own", "SignIn", "Factor", "Sittings", "Wait"))]

    assert {field for name in accounts for field in told[name].get("properties", {})} & {"password", "code", "secret"} == set()
