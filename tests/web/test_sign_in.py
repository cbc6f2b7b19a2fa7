"""Signing in, the post one acts as, and the viewer's transaction around every request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path

from zhitong.domain.accounts.actions.passwords import note_own_passwords
from zhitong.domain.organisations.models import Person, Post, Region, Tenure, Unit
from zhitong.domain.organisations.queries import order
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.postgres


def unit_named_to_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('zhitong.unit', true)")
        return cursor.fetchone()[0] or "nobody"


def here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(unit_named_to_database())


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(unit_named_to_database())


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(unit_named_to_database() + line for line in ("\n", "\n"))


def renamed_then(refusal: Exception):  # type: ignore[no-untyped-def]
    def view(request: HttpRequest) -> HttpResponse:
        Person.objects.filter(pk=request.user.pk).update(name="改过的")
        raise refusal

    return view


def needs_permission(request: HttpRequest) -> HttpResponse:
    require(request.viewer, Permission.DISPATCH)
    return HttpResponse("dispatched")


def framed(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/desk.html")


urlpatterns = [
    path("", include("zhitong.web.entry.urls")),
    path("", include("zhitong.web.accounts.urls")),
    path("", include("zhitong.web.shell.urls")),
    path("messages/", include("zhitong.web.messaging.urls")),
    path("here/", here, name="here"),
    path("open/", open_to_all),
    path("streamed/", streamed),
    path("framed/", framed),
    path("not-found/", renamed_then(NotFound())),
    path("refused/", renamed_then(Refused("该问题已由甲局签收。如需参与，可申请协办。"))),
    path("broken/", renamed_then(RuntimeError("broken"))),
    path("dispatch/", needs_permission),
    path("api/here/", open_to_all),
]


PASSWORD = "right-horse-9"


@dataclass
class Cast:
    """A handler of two departments, and a person without a post."""

    handler: Person
    first: Post
    second: Post
    idle: Person
    client: Client

    def sign_in(self, login: str = "wang", password: str = PASSWORD, **more: str) -> HttpResponse:
        return self.client.post("/sign-in/", {"login": login, "password": password, **more})


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """The cast in a transaction that is undone after the test."""
    with on_stage(monkeypatch) as cast:
        yield cast


@pytest.fixture
def cast_for_real(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """The cast in a database of its own, where a request's transaction really ends."""
    with on_stage(monkeypatch) as cast:
        yield cast


@contextmanager
def on_stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(order, "_kept", None)
    with override_settings(ROOT_URLCONF=__name__, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        region = Region.objects.create(
            code="a", name="甲市", short="甲", rank="city", kind="division", position=1, pinyin="jia"
        )
        handler, idle = [Person(login=login, name=name) for login, name in (("wang", "王海燕"), ("li", "李建国"))]
        for person in (handler, idle):
            person.set_password(PASSWORD)
            person.save()
        note_own_passwords([handler.pk, idle.pk], now=clock.now())
        posts = []
        for number, name in enumerate(("甲局", "乙局"), start=1):
            unit = Unit.objects.create(code=f"u{number}", name=name, short=name, kind="department", region=region)
            posts.append(Post.objects.create(unit=unit, kind="officer", title="经办人"))
            Tenure.objects.create(post=posts[-1], person=handler, since=date(2018, number, 1))
        yield Cast(handler, posts[0], posts[1], idle, Client())


def test_a_stranger_is_led_to_sign_in_and_back_to_where_he_wanted(cast: Cast) -> None:
    asked = cast.client.get("/here/")
    answer = cast.sign_in(next="/here/")

    assert (asked.status_code, asked["Location"]) == (302, "/sign-in/?next=/here/")
    assert (answer.status_code, answer["Location"]) == (302, "/here/")


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(cast: Cast) -> None:
    answer = cast.client.get("/here/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/sign-in/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_out_of_the_house(cast: Cast, elsewhere: str) -> None:
    assert cast.sign_in(next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(("login", "password"), [("wang", "wrong"), ("nobody", PASSWORD)])
def test_a_refused_sign_in_does_not_tell_which_part_was_wrong(cast: Cast, login: str, password: str) -> None:
    answer = cast.sign_in(login, password)

    assert "登录名或密码不对，请核对后再试。" in answer.content.decode()
    assert f'value="{login}"' in answer.content.decode()
    assert password not in answer.content.decode()


def test_the_database_knows_the_viewer_for_the_length_of_a_request_and_no_longer(cast_for_real: Cast) -> None:
    cast_for_real.sign_in()

    assert cast_for_real.client.get("/here/").content.decode() == str(cast_for_real.first.unit_id)
    assert unit_named_to_database() == "nobody"


def test_what_is_streamed_is_still_the_viewers(cast: Cast) -> None:
    cast.sign_in()

    answer = cast.client.get("/streamed/")

    assert b"".join(answer.streaming_content).decode().split() == [str(cast.first.unit_id)] * 2


def test_pages_open_to_all_and_the_api_are_nobodys(cast: Cast) -> None:
    assert cast.client.get("/open/").content == b"nobody"
    cast.sign_in()
    assert cast.client.get("/api/here/").content == b"nobody"


def test_one_acts_as_the_post_one_switched_to(cast: Cast) -> None:
    cast.sign_in()

    answer = cast.client.post("/switch-post/", {"post": str(cast.second.pk)})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert cast.client.get("/here/").content.decode() == str(cast.second.unit_id)


@pytest.mark.parametrize("post", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_post_one_does_not_hold_is_not_there(cast: Cast, post: str) -> None:
    cast.sign_in()

    assert cast.client.post("/switch-post/", {"post": post}).status_code == 404
    assert cast.client.get("/here/").content.decode() == str(cast.first.unit_id)


def test_a_post_that_ended_is_left_for_one_still_held(cast: Cast) -> None:
    cast.sign_in()
    cast.client.post("/switch-post/", {"post": str(cast.second.pk)})
    Tenure.objects.filter(post=cast.second).update(until=date(2018, 3, 1))

    assert cast.client.get("/here/").content.decode() == str(cast.first.unit_id)


def test_who_holds_no_post_is_told_so_and_can_leave(cast: Cast) -> None:
    cast.sign_in("li")

    answer = cast.client.get("/here/")

    assert answer.status_code == 403
    assert "您现在没有任职的岗位" in answer.content.decode()
    assert "/sign-out/" in answer.content.decode()
    assert cast.client.post("/sign-out/").status_code == 302


def test_signing_out_is_an_act_and_ends_the_session(cast: Cast) -> None:
    cast.sign_in()

    assert cast.client.get("/sign-out/").status_code == 405
    out = cast.client.post("/sign-out/")
    assert out["Clear-Site-Data"] == '"cache"', "not its stores: a colleague's card may wait on this device"
    assert cast.client.get("/here/").status_code == 302


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/not-found/", 404, "没有找到这个页面"),
        ("/refused/", 409, "该问题已由甲局签收。如需参与，可申请协办。"),
        ("/dispatch/", 403, "您现在的岗位没有“受理、交办、改派、提请上级、复核、销号”的权限"),
    ],
)
def test_a_refusal_nobody_caught_is_a_page_and_changes_nothing(
    cast: Cast, address: str, status: int, sentence: str
) -> None:
    cast.sign_in()

    answer = cast.client.get(address)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert Person.objects.get(pk=cast.handler.pk).name == "王海燕"


def test_a_refusal_of_a_part_of_a_page_goes_among_its_notices(cast: Cast) -> None:
    cast.sign_in()

    answer = cast.client.get("/refused/", headers={"HX-Request": "true"})

    assert answer["HX-Retarget"] == "#notices"
    assert "该问题已由甲局签收。" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_what_fails_unexpectedly_changes_nothing_and_says_so(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    cast.sign_in()
    cast.client.raise_request_exception = False

    answer = cast.client.get("/broken/")

    assert answer.status_code == 500
    assert "这一步的内容没有保存" in answer.content.decode()
    assert "broken" in caplog.text
    assert Person.objects.get(pk=cast.handler.pk).name == "王海燕"


def test_the_frame_says_who_one_is_and_stays_out_of_shared_caches(cast: Cast) -> None:
    cast.sign_in()

    answer = cast.client.get("/framed/")

    assert "甲局 经办人" in answer.content.decode()
    assert "乙局 经办人" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")


def test_an_act_without_its_token_is_not_accepted(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/sign-in/", {"login": "wang", "password": PASSWORD})

    assert answer.status_code == 403
    assert "页面放得太久，需要重新打开" in answer.content.decode()


def test_a_page_in_its_frame_costs_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    cast.sign_in()
    cast.client.get("/framed/")

    # who: session, person with the posts held; around: opening, naming, end; unnaming within the test's own transaction
    with django_assert_num_queries(6):
        cast.client.get("/framed/")
