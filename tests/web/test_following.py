"""Pages say what they follow, and where; without a stream they are as before and show the moment they were made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client, override_settings

from tests.live.conftest import raise_one
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
SERVED = override_settings(LIVE_PORT=8101, LIVE_URL="", USES_HTTPS=False, ALLOWED_HOSTS=["testserver"])


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with held_at(NOW):
        yield


def page(login: str, path: str) -> str:
    return signed_in(login).get(path).content.decode()


def followed(html: str) -> dict[str, str]:
    """The topics of every block that follows, by its id."""
    return dict(re.findall(r'id="([^"]+)" data-live="([^"]+)" data-live-refresh', html))


@SERVED
@pytest.mark.parametrize(
    ("login", "path", "blocks"),
    [
        ("park", "/", {"desk": "unit:own"}),
        ("park_office", "/", {"desk": "unit:own region:130973400"}),
        ("park", "/problems/", {"list-problems": "unit:own region:130973400"}),
        ("park_office", "/problems/dispatch/", {"list-dispatch-submitted": "unit:own region:130973400"}),
        ("province_office", "/problems/ledger/", {"list-problems-ledger": "unit:own region:13"}),
        ("province_office", "/progress/", {"standing": "region:13"}),
        ("firm", "/portal/", {"own": "unit:own"}),
        ("firm", "/portal/problems/", {"own": "unit:own"}),
    ],
)
def test_a_page_says_what_it_follows(login: str, path: str, blocks: dict[str, str]) -> None:
    raise_one()

    html = page(login, path)

    assert followed(html) == blocks
    assert 'data-live-url="http://testserver:8101/stream"' in html


@SERVED
def test_the_page_of_a_problem_follows_it_and_fetches_itself_alone() -> None:
    story = raise_one()
    client = signed_in("park")
    number = client.get("/problems/").context["list"].rows[0][0].text

    html = client.get(f"/problems/{number}/?from=desk&x=1").content.decode()

    assert followed(html) == {"thing": f"problem:{number}"}
    assert f'hx-get="/problems/{quote(number)}/?from=desk&amp;x=1"' in html
    assert 'hx-select="#thing"' in html
    assert story.standing.number == number


@SERVED
def test_the_content_policy_lets_the_signed_in_listen_to_the_stream_and_nobody_else() -> None:
    signed, stranger = signed_in("park").get("/"), Client().get("/sign-in/")

    assert signed["Content-Security-Policy"].endswith("; connect-src 'self' http://testserver:8101")
    assert "connect-src" not in stranger["Content-Security-Policy"]
    assert 'data-live-url=""' in stranger.content.decode()


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"LIVE_PORT": 0}, ""),
        ({"LIVE_PORT": 8101, "USES_HTTPS": True}, ""),
        ({"LIVE_PORT": 8101, "USES_HTTPS": True, "LIVE_URL": "https://zhitong.example/live/"}, "https://zhitong.example/live/stream"),
    ],
)
def test_where_the_stream_is(settings: dict[str, object], url: str) -> None:
    with override_settings(**{"LIVE_URL": "", "USES_HTTPS": False, **settings}):
        answer = signed_in("park").get("/")

    html = answer.content.decode()
    assert f'data-live-url="{url}"' in html
    assert ("shell/live." in html) is bool(url)
    assert ("connect-src" in answer["Content-Security-Policy"]) is bool(url)
    assert bool(followed(html)) is bool(url)


def test_without_a_stream_the_blocks_are_there_and_follow_nothing() -> None:
    raise_one()

    html = page("park", "/problems/")

    assert 'id="list-problems"' in html
    assert "data-live=" not in html
