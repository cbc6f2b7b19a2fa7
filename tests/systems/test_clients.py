"""Another system acts by rights of its own: registered, given keys, held to them, and known no more once ended (9.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser

from tests.api.conftest import Caller, Calls
from tests.api.conftest import calls as calls
from tests.api.conftest import reported as reported
from tests.systems.conftest import Register, wanted
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.systems.actions.registering import NameTaken, end_client, end_client_key, register
from zhitong.domain.systems.models import Client, ClientKey
from zhitong.domain.systems.queries.calling import client_calling
from zhitong.domain.systems.queries.clients import client_opened, clients_for, keys_of_client
from zhitong.domain.systems.rules.clients import KEPT_FOR_PEOPLE, RateClass, comes_from, networks_in
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
Keyed = Callable[..., str]


def test_a_client_acts_for_its_post_and_facts_name_it(platform: Caller, reported: str) -> None:
    me = platform.get("/me").body
    done = platform.act(reported, "acknowledge", contact="已电话联系企业负责人")

    assert (me["person"], me["unit"]["code"]) == ("演示督办平台（系统）", "130973400-economy")
    assert [one["code"] for one in me["permissions"]] == ["handle"]
    assert done.status == 200, done.body
    itself = seen_as(platform)
    with acting_as(itself):
        [fact] = [one for one in facts_about(problem_id_of(itself, reported)) if one.kind == "problem.acknowledged"]
    assert (fact.person_id, fact.post_id, fact.via) == (itself.person_id, itself.post_id, "api")
    assert Person.objects.get(id=itself.person_id).has_usable_password() is False


def seen_as(caller: Caller) -> Viewer:
    found = client_calling(caller.secret, address="127.0.0.1", now=NOW)
    assert found is not None
    return found


def test_a_right_that_was_not_given_is_refused_though_the_post_has_it(
    registered: Register, keyed: Keyed, reported: str
) -> None:
    looking_only = Caller(keyed(registered(name="演示大屏", rights=set())))

    answer = looking_only.act(reported, "acknowledge", contact="已联系")

    assert looking_only.get(f"/problems/{reported}").status == 200
    assert answer.status in (403, 409), answer.body
    assert looking_only.get(f"/problems/{reported}").body["state"]["code"] == "dispatched"


@pytest.mark.parametrize("kept", sorted(KEPT_FOR_PEOPLE, key=str))
def test_what_only_people_do_is_given_to_no_client(registered: Register, kept: Permission) -> None:
    with pytest.raises(BadInput, match="只由人办理"):
        registered(unit="130973400-office", kind="administrator", rights={kept})


def test_only_who_administers_the_territory_registers(administrator: Viewer, elsewhere: Viewer, platform: Caller) -> None:
    outside, itself = elsewhere, seen_as(platform)
    with acting_as(outside), pytest.raises(BadInput, match="本辖区没有这个单位"):
        register(outside, wanted(name="别处"), actor=outside.actor("test"), now=NOW)
    with acting_as(itself), pytest.raises(NotYours):
        register(itself, wanted(name="自己"), actor=itself.actor("test"), now=NOW)
    with acting_as(administrator), pytest.raises(NameTaken):
        register(administrator, wanted(), actor=administrator.actor("test"), now=NOW)

    with acting_as(administrator):
        assert len(clients_for(administrator, now=NOW)) == 1


def test_a_stranger_finds_no_client_behind_either_wall(client_id: UUID, elsewhere: Viewer, calls: Calls) -> None:
    with acting_as(elsewhere):
        assert clients_for(elsewhere, now=NOW) == []
        with pytest.raises(NotFound):
            client_opened(elsewhere, client_id, now=NOW)
    with without_first_wall(), acting_as(elsewhere):
        assert (Client.objects.count(), ClientKey.objects.count()) == (0, 0)
    for stranger in ("park_office", "outsider", "firm"):
        assert calls(stranger).get("/clients").body["rows"] == []
        assert calls(stranger).get(f"/clients/{client_id}").status == 404


def test_keys_are_changed_with_both_holding_for_a_while(registered: Register, keyed: Keyed, administrator: Viewer) -> None:
    client_id = registered()
    old = Caller(keyed(client_id))
    new = Caller(keyed(client_id, days=90, overlap_days=7))

    assert (old.get("/me").status, new.get("/me").status) == (200, 200)
    with clock.held_at(NOW + timedelta(days=8)):
        assert (old.get("/me").status, new.get("/me").status) == (401, 200)
    with clock.held_at(NOW + timedelta(days=91)):
        assert new.get("/me").status == 401
    with acting_as(administrator):
        shown = keys_of_client(administrator, client_id, now=NOW)
    assert [(one.prefix, one.last_used_at) for one in shown] == [
        (new.secret[:10], NOW + timedelta(days=8)), (old.secret[:10], NOW),
    ]


def test_a_key_and_a_client_end_at_once(registered: Register, keyed: Keyed, administrator: Viewer) -> None:
    client_id = registered()
    first, second = Caller(keyed(client_id)), Caller(keyed(client_id))
    actor = administrator.actor("test")
    with acting_as(administrator):
        older = keys_of_client(administrator, client_id, now=NOW)[-1]
        end_client_key(administrator, client_id, older.id, actor=actor, now=NOW)
    assert sorted((first.get("/me").status, second.get("/me").status)) == [200, 401]

    with acting_as(administrator):
        end_client(administrator, client_id, actor=actor, now=NOW)

    assert (first.get("/me").status, second.get("/me").status) == (401, 401)
    with acting_as(administrator), pytest.raises(NotFound):
        end_client(administrator, client_id, actor=actor, now=NOW)


def test_it_is_known_only_from_where_it_may_come(registered: Register, keyed: Keyed) -> None:
    near, far = Caller(keyed(registered(name="近", addresses="127.0.0.0/8"))), Caller(keyed(registered(name="远", addresses="10.1.0.0/16")))

    assert (near.get("/me").status, far.get("/me").status) == (200, 401)


def test_more_calls_than_its_class_allows_are_told_when_to_come_back(registered: Register, keyed: Keyed) -> None:
    caller = Caller(keyed(registered(rate=RateClass.LOW)))
    statuses = [caller.get("/me").status for _call in range(61)]

    answer = caller.get("/me")

    assert (statuses[:60], statuses[60]) == ([200] * 60, 429)
    assert (answer.body["code"], answer.headers["Retry-After"]) == ("too_many_calls", "60")
    feed = Browser().get("/odata/v4/", headers={"Authorization": f"Bearer {caller.secret}"})
    assert (feed.status_code, feed.json()["error"]["code"]) == (429, "too_many_calls")
    with clock.held_at(NOW + timedelta(minutes=1)):
        assert caller.get("/me").status == 200


def test_a_key_is_changed_for_a_token_that_ends_with_it(registered: Register, keyed: Keyed, administrator: Viewer) -> None:
    client_id = registered()
    secret = keyed(client_id)
    form = {"grant_type": "client_credentials", "client_id": str(client_id), "client_secret": secret}

    given = Browser().post("/api/oauth/token", form)
    token = Caller(given.json()["access_token"])

    assert (given.status_code, given.json()["token_type"], given.json()["expires_in"]) == (200, "Bearer", 600)
    assert given["Cache-Control"] == "no-store"
    assert token.get("/me").status == 200
    assert Caller(token.secret[:-1] + "x").get("/me").status == 401
    for wrong in ({"client_secret": "zc_wrong"}, {"client_id": str(uuid4())}, {"client_id": "x"}):
        assert Browser().post("/api/oauth/token", {**form, **wrong}).json()["error"] == "invalid_client"
    assert Browser().post("/api/oauth/token", {}).json()["error"] == "unsupported_grant_type"
    with acting_as(administrator):
        end_client(administrator, client_id, actor=administrator.actor("test"), now=NOW)
    assert token.get("/me").status == 401


def test_the_administrator_lists_and_ends_clients_through_the_api(platform: Caller, administrator: Viewer) -> None:
    office = Caller(issue_token(person_id=administrator.person_id, post_id=administrator.post_id, name="测试", now=NOW))
    [row] = office.get("/clients").body["rows"]
    detail = office.get(f"/clients/{row['id']}").body
    key = detail["keys"][0]["id"]

    assert (row["name"], row["unit"], row["keys"]) == ("演示督办平台", detail["client"]["unit"], 1)
    assert platform.post(f"/clients/{row['id']}/end").status == 403
    assert office.post(f"/clients/{row['id']}/keys/{key}/end").status == 200
    assert office.post(f"/clients/{row['id']}/end").status == 200
    assert office.get("/clients").body["rows"] == []
    assert office.get("/clients", with_ended=True).body["rows"][0]["ended_at"] is not None


@pytest.mark.parametrize(("text", "found"), [
    ("", ()), ("10.1.2.3", ("10.1.2.3/32",)), ("10.1.0.5/16，::1 10.1.0.0/16", ("10.1.0.0/16", "::1/128")),
])
def test_networks_are_read_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    assert networks_in(text) == found
    assert comes_from("10.1.9.9", networks_in("10.1.0.0/16")) is True
    assert comes_from("unknown", networks_in("10.1.0.0/16")) is False
    with pytest.raises(ValueError, match="市里"):
        networks_in("市里")
