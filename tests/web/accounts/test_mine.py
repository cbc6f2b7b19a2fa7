"""我的账号: one's own locks, where one is signed in, and that a sitting ends when it should (R-A3)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.cast import NOW
from tests.web.accounts.conftest import enter, is_in, on_phone
from tests.web.stories import signed_in
from zhitong.domain.accounts.actions.forgetting import forget_what_is_over
from zhitong.domain.accounts.models import Sitting
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.organisations.models import Person, Tenure
from zhitong.kit import clock
from zhitong.web.shell.sessions import UNASKED

pytestmark = pytest.mark.django_db

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/115 Safari/537.36 Edg/115"
WECHAT = "Mozilla/5.0 (Linux; Android 8.0) AppleWebKit Mobile MicroMessenger/6.6"


@pytest.fixture
def desk(official: UUID) -> Client:
    """The official's browser at his desk."""
    client = Client(headers={"User-Agent": EDGE})
    enter(client)
    return client


@pytest.fixture
def phone(official: UUID) -> Client:
    """The official's phone."""
    client = Client(headers={"User-Agent": WECHAT})
    enter(client)
    return client


def wait(monkeypatch: pytest.MonkeyPatch, **how_long: int) -> None:
    """Let time pass in the world."""
    later = clock.world_now() + timedelta(**how_long)
    monkeypatch.setattr(clock, "world_now", lambda: later)


def test_the_page_tells_where_one_is_signed_in_and_how_the_locks_stand(desk: Client, phone: Client) -> None:
    page = desk.get("/account/").content.decode()

    assert "登录着的 2 处" in page
    assert "Windows · Edge" in page
    assert "安卓 · 微信" in page
    assert "没有绑定" in page
    assert "修改密码" in page


def test_nobody_sees_the_sittings_of_another(desk: Client, db: None) -> None:
    page = signed_in("outsider").get("/account/").content.decode()

    assert "Windows · Edge" not in page
    assert "wang" not in page


def test_a_firm_has_its_account_in_its_own_frame(db: None) -> None:
    page = signed_in("firm").get("/account/").content.decode()

    assert "zt-served" in page
    assert "我的账号" in page


def test_the_page_does_not_grow_in_queries_with_the_sittings(desk: Client, official: UUID, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    desk.get("/account/")
    for _more in range(4):
        enter(Client())

    with django_assert_num_queries(16):
        desk.get("/account/")


def test_a_sitting_elsewhere_is_ended_and_its_next_request_finds_nobody(desk: Client, phone: Client) -> None:
    end = re.search(r"/account/sittings/[0-9a-f-]+/end/", desk.get("/account/").content.decode())
    assert end is not None

    assert desk.post(end[0], {"once_key": "k"})["Location"] == "/account/"

    assert is_in(desk)
    assert not is_in(phone)


def test_somebody_elses_sitting_is_not_there(desk: Client, official: UUID) -> None:
    with known_as(official):
        [sitting] = Sitting.objects.all()

    assert signed_in("outsider").post(f"/account/sittings/{sitting.id}/end/").status_code == 404
    assert is_in(desk)


def test_all_others_are_ended_at_once(desk: Client, phone: Client) -> None:
    desk.post("/account/sittings/end-others/", {"once_key": "k"})

    assert is_in(desk)
    assert not is_in(phone)
    assert "登录着的 1 处" in desk.get("/account/").content.decode()


def test_a_changed_password_ends_the_others_and_this_one_goes_on(desk: Client, phone: Client) -> None:
    before = desk.cookies[settings.SESSION_COOKIE_NAME].value

    answer = desk.post("/account/password/", {"old": PASSWORD, "new": "Other-horse-8", "again": "Other-horse-8"})

    assert answer["Location"] == "/account/"
    assert desk.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert "登录着的 1 处" in desk.get("/account/").content.decode()
    assert not is_in(phone)
    assert enter(Client(), password="Other-horse-8")["Location"] == "/"


def test_a_refused_change_says_what_to_mend_and_changes_nothing(desk: Client) -> None:
    answer = desk.post("/account/password/", {"old": "wrong", "new": "Other-horse-8", "again": "Other-horse-8"})

    assert answer.status_code == 422
    assert "现在的密码不对" in answer.content.decode()
    assert enter(Client())["Location"] == "/"


def test_the_old_password_cannot_be_guessed_on_and_on(desk: Client) -> None:
    for _try in range(5):
        desk.post("/account/password/", {"old": "wrong", "new": "Other-horse-8", "again": "Other-horse-8"})

    answer = desk.post("/account/password/", {"old": PASSWORD, "new": "Other-horse-8", "again": "Other-horse-8"})

    assert "请1分钟后再试" in answer.content.decode()


def test_a_second_factor_is_bound_renewed_and_let_go_of(desk: Client, official: UUID) -> None:
    assert "<svg" in desk.get("/account/factor/").content.decode()
    shown = desk.post("/account/factor/", {"code": on_phone(official), "password": PASSWORD}).content.decode()
    codes = re.findall(r"<code>([a-z0-9-]{14})</code>", shown)
    assert len(codes) == 10
    assert "还有 10 个恢复码" in desk.get("/account/").content.decode()
    assert desk.get("/account/factor/").status_code == 409

    renewed = desk.post("/account/factor/codes/", {"code": codes[0]}).content.decode()
    assert codes[1] not in renewed
    assert desk.post("/account/factor/let-go/", {"code": codes[1]}).status_code == 422
    newer = re.findall(r"<code>([a-z0-9-]{14})</code>", renewed)

    assert desk.post("/account/factor/let-go/", {"code": newer[0]})["Location"] == "/account/"
    assert enter(Client())["Location"] == "/"


def test_where_nobody_came_the_sitting_is_over(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(monkeypatch, minutes=29)
    assert is_in(desk)
    wait(monkeypatch, minutes=29)
    assert is_in(desk)
    wait(monkeypatch, minutes=31)

    assert desk.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_what_a_page_fetches_by_itself_keeps_nobody_in(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(monkeypatch, minutes=20)
    assert desk.get("/account/", headers={UNASKED: "1"}).status_code == 200
    wait(monkeypatch, minutes=11)

    assert not is_in(desk)


def test_however_busy_one_is_after_eight_hours_one_signs_in_anew(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _quarter in range(19):
        wait(monkeypatch, minutes=25)
        assert is_in(desk)
    wait(monkeypatch, minutes=10)

    assert not is_in(desk)


def test_whose_post_or_account_ended_is_out_at_the_next_request(desk: Client, official: UUID) -> None:
    Tenure.objects.filter(person_id=official).update(until=NOW.date() - timedelta(days=1))
    assert desk.get("/account/").status_code == 403
    Tenure.objects.filter(person_id=official).update(until=None)
    assert is_in(desk)

    Person.objects.filter(id=official).update(is_active=False)

    assert not is_in(desk)


def test_signing_out_ends_the_sitting_on_record(desk: Client, official: UUID) -> None:
    desk.post("/sign-out/")

    with known_as(official):
        assert [one.ended_at for one in Sitting.objects.all()] == [NOW]


def test_what_is_over_is_forgotten_in_time(desk: Client, official: UUID) -> None:
    with known_as(official):
        assert forget_what_is_over(now=NOW + timedelta(days=179), world=clock.world_now()) == 0
        assert forget_what_is_over(now=NOW + timedelta(days=181), world=clock.world_now() + timedelta(hours=9)) == 1
        assert not Session.objects.exists()
