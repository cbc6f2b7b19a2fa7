"""How fast one may ask (R-A3, ASVS 5.0 2.4.1): exact across processes, by person, address and key, and told with the way on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections, connections
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import viewer
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.config import database as config
from zhitong.config import environment, locks
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.pacing.actions import Purse, forget_full, take
from zhitong.domain.pacing.models import Bucket
from zhitong.domain.pacing.rules import PACES, Asker, Asking, Pace, asking_in, pace_of, paces_from
from zhitong.kit import metering
from zhitong.kit.clock import held_at
from zhitong.web.shell import pacing

SECOND = timedelta(seconds=1)
SLOW = dict.fromkeys(Asking, Pace(60, 3))


@pytest.fixture
def slow(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """One a second and three at once, of everything."""
    settings.PACES = SLOW
    monkeypatch.setattr(pacing, "PURSE", Purse())
    with held_at(NOW):
        yield settings


@pytest.mark.parametrize(("line", "asking"), [
    (("GET", "/problems/", False, False), Asking.READ), (("GET", "/problems/", True, False), Asking.EXPORT),
    (("GET", "/cards/1/paper/", False, False), Asking.EXPORT), (("GET", "/exchange/kept/people.xlsx", False, False), Asking.EXPORT),
    (("GET", "/search/", False, False), Asking.SEARCH), (("GET", "/api/v1/search", False, False), Asking.SEARCH),
    (("POST", "/search/", False, False), Asking.ACT), (("POST", "/problems/new/", False, True), Asking.UPLOAD),
    (("HEAD", "/papers-elsewhere", False, False), Asking.READ), (("DELETE", "/", False, False), Asking.ACT),
])
def test_what_is_asked_is_told_from_the_line_of_the_request(line: tuple[str, str, bool, bool], asking: Asking) -> None:
    method, path, wants_export, has_files = line

    assert asking_in(method, path, wants_export=wants_export, has_files=has_files) is asking


@pytest.mark.django_db
def test_a_bucket_gives_what_is_in_it_and_fills_with_time() -> None:
    pace = Pace(60, 3)

    assert [bool(take("k", pace, now=NOW)) for _ in range(5)] == [False, False, False, True, True]
    assert take("k", pace, now=NOW) == SECOND
    assert take("k", pace, now=NOW + SECOND / 2) == SECOND / 2
    assert not take("k", pace, now=NOW + SECOND)
    assert take("k", pace, now=NOW + SECOND) == SECOND
    assert not take("other", pace, now=NOW)
    assert [bool(take("k", pace, now=NOW + timedelta(hours=1))) for _ in range(4)] == [False, False, False, True]


def test_processes_that_take_at_once_take_no_more_than_there_is(fresh_database: str) -> None:
    def grasp(_turn: int) -> int:
        close_old_connections()
        try:
            return sum(not take("k", Pace(1, 25), now=NOW) for _ in range(20))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as four:
        taken = list(four.map(grasp, range(4)))

    assert sum(taken) == 25


@pytest.mark.django_db
def test_looks_cost_one_statement_in_ten_and_a_flood_none(django_assert_num_queries: object) -> None:
    purse, pace = Purse(), Pace(60, 20)

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert not any(purse.spend(Asker.PERSON, "p", Asking.READ, pace, now=NOW) for _ in range(20))
    with django_assert_num_queries(2):  # type: ignore[operator]  # the refusal, and how long
        assert all(purse.spend(Asker.PERSON, "p", Asking.READ, pace, now=NOW) for _ in range(20))


def test_a_full_bucket_is_forgotten_by_the_worker_alone(fresh_database: str) -> None:
    take("k", Pace(60, 3), now=NOW)
    take("later", Pace(1, 3), now=NOW)
    with config.as_role("worker", name=fresh_database):
        assert forget_full(NOW + 2 * SECOND) == 1
        assert Bucket.objects.count() == 1


@pytest.mark.django_db
def test_who_acts_too_fast_is_told_when_to_go_on(slow: Settings) -> None:
    client, waited = signed_in("park"), metering.PACED.labels("search", "person")._value.get()

    answers = [client.get("/search/") for _ in range(4)]
    other = signed_in("zone").get("/search/")
    with held_at(NOW + SECOND):
        later = client.get("/search/")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "1"
    assert "请 1 秒后返回上一页再试" in answers[3].content.decode()
    assert "frame-ancestors 'none'" in answers[3]["Content-Security-Policy"]
    assert (other.status_code, later.status_code) == (200, 200)
    assert metering.PACED.labels("search", "person")._value.get() == waited + 1


@pytest.mark.django_db
def test_where_a_part_of_a_page_was_asked_for_the_refusal_goes_among_the_notices(slow: Settings) -> None:
    client = signed_in("park")

    answer = [client.get("/search/", headers={"HX-Request": "true"}) for _ in range(4)][3]

    assert (answer.status_code, answer["HX-Retarget"]) == (429, "#notices")
    assert "请1秒后再试" in answer.content.decode()


@pytest.mark.django_db
def test_strangers_share_the_pace_of_their_address_and_cannot_make_up_another(slow: Settings) -> None:
    several = pace_of(SLOW, Asking.ACT, Asker.ADDRESS).at_once
    client = Client(enforce_csrf_checks=True)

    statuses = {
        client.post("/sign-in/", headers={"X-Forwarded-For": f"203.0.113.{turn}"}).status_code for turn in range(several)
    }
    beyond = client.post("/sign-in/", headers={"X-Forwarded-For": "203.0.113.99"}).status_code
    slow.PROXIES = 1
    through_our_own = client.post("/sign-in/", headers={"X-Forwarded-For": "203.0.113.99"}).status_code

    assert statuses == {403}
    assert (beyond, through_our_own) == (429, 403)


@pytest.mark.django_db
def test_a_program_is_told_in_the_shape_of_the_api(slow: Settings) -> None:
    who = viewer("park")
    secret = issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW)
    headers = {"Authorization": f"Bearer {secret}"}

    answers = [Client().get("/api/v1/search", {"words": "限电"}, headers=headers) for _ in range(16)]

    assert [answer.status_code for answer in answers] == [200] * 15 + [429]
    told = json.loads(answers[15].content)
    assert "Retry-After" in told.get("sentence", told.get("detail", ""))
    assert answers[15]["Retry-After"] == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/problems", "/odata/v4/Problems"])
def test_who_guesses_keys_is_counted_by_his_address(slow: Settings, path: str) -> None:
    statuses = [
        Client().get(path, headers={"Authorization": f"Bearer zt_{turn}"}).status_code for turn in range(18)
    ]

    assert statuses == [401] * 15 + [429] * 3


@pytest.mark.django_db
def test_without_a_limit_nothing_is_counted(settings: Settings) -> None:
    settings.PACES = None

    signed_in("park").get("/search/")

    assert not Bucket.objects.exists()


def test_an_operator_sets_some_paces_otherwise() -> None:
    paces = paces_from(" read=1200, export=5")

    assert (paces[Asking.READ], paces[Asking.EXPORT]) == (Pace(1200, 240), Pace(5, 5))
    assert paces[Asking.ACT] == PACES[Asking.ACT]


@pytest.mark.parametrize(("said", "found"), [("on", dict(PACES)), ("off", None), ("0", None), ("", dict(PACES))])
def test_the_setting_is_read(monkeypatch: pytest.MonkeyPatch, said: str, found: object) -> None:
    monkeypatch.setenv("ZHITONG_PACE", said)

    assert locks.paces() == found


@pytest.mark.parametrize("said", ["fast", "read=0", "read=-1", "tea=5", "read=", "read=1e9"])
def test_a_setting_that_cannot_be_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("ZHITONG_PACE", said)

    with pytest.raises(environment.WrongSetting, match="ZHITONG_PACE"):
        locks.paces()
