"""What a request for a stream says: topics, marks, cookies and keys, origins."""

from __future__ import annotations

from typing import Any

import pytest

from zhitong.live.asking import asking_of, is_ours, is_stream
from zhitong.live.hub import Heard
from zhitong.live.rights import Credentials
from zhitong.live.topics import MOST_TOPICS, read

HOSTS = ["localhost", "127.0.0.1", "[::1]", ".zhitong.example"]


def scope(query: str = "", path: str = "/stream", method: str = "GET", **headers: str) -> dict[str, Any]:
    """A request as the server hands it on."""
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": named}


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        (["region:1309", "unit:own", "problem:冀-沧州-2018-000123"], ["region:1309", "unit:own", "problem:冀-沧州-2018-000123"]),
        (["region:1309", "region:1309"], ["region:1309"]),
        (["region:", "region", "", ":", "person:1", "REGION:13"], []),
        (["problem:a:b"], ["problem:a:b"]),
    ],
)
def test_topics_are_read_as_pages_name_them(words: list[str], topics: list[str]) -> None:
    assert [str(one) for one in read(words)] == topics


def test_more_topics_than_a_page_shows_are_not_followed() -> None:
    assert len(read(f"region:{number}" for number in range(MOST_TOPICS + 5))) == MOST_TOPICS


@pytest.mark.parametrize(
    ("query", "heard"),
    [
        ("", Heard()),
        ("age=1500", Heard(seconds_ago=1.5)),
        ("since=ab12-7&age=1500", Heard("ab12-7", 1.5)),
        ("age=-1", Heard()),
        ("age=99999999999999", Heard()),
        ("age=soon", Heard()),
    ],
)
def test_how_far_a_reader_has_heard(query: str, heard: Heard) -> None:
    assert asking_of(scope(query), "sessionid").heard == heard


def test_a_browser_that_reconnects_by_itself_brings_its_mark() -> None:
    assert asking_of(scope(last_event_id="ab12-9"), "sessionid").heard == Heard("ab12-9")


@pytest.mark.parametrize(
    ("headers", "credentials"),
    [
        ({}, Credentials()),
        ({"cookie": "csrftoken=x; sessionid=abc"}, Credentials(session="abc")),
        ({"cookie": "other=abc"}, Credentials()),
        ({"authorization": "Bearer zt_key", "cookie": "sessionid=abc"}, Credentials(key="zt_key")),
        ({"authorization": "Basic zt_key"}, Credentials()),
    ],
)
def test_who_asks(headers: dict[str, str], credentials: Credentials) -> None:
    assert asking_of(scope(**headers), "sessionid").credentials == credentials


def test_ten_kilobytes_too_many_ask_for_nothing() -> None:
    assert asking_of(scope("topic=region:13&" + "x" * 20_000), "sessionid").topics == []


@pytest.mark.parametrize(
    ("path", "method", "is_one"),
    [("/stream", "GET", True), ("/live/stream", "GET", True), ("/", "GET", False), ("/stream", "POST", False)],
)
def test_what_asks_for_the_stream(path: str, method: str, is_one: bool) -> None:
    assert is_stream(scope(path=path, method=method)) is is_one


@pytest.mark.parametrize(
    ("origin", "port", "ours"),
    [
        ("http://127.0.0.1:8000", 8000, True),
        ("http://localhost:8000", 8000, True),
        ("http://[::1]:8000", 8000, True),
        ("http://127.0.0.1:9000", 8000, False),
        ("http://evil.example:8000", 8000, False),
        ("http://127.0.0.1.evil.example:8000", 8000, False),
        ("https://city.zhitong.example", None, True),
        ("https://zhitong.example", None, True),
        ("https://evilzhitong.example", None, False),
        ("null", None, False),
        ("file://127.0.0.1", None, False),
        ("http://127.0.0.1:http", None, False),
    ],
)
def test_pages_of_others_are_not_ours(origin: str, port: int | None, ours: bool) -> None:
    assert is_ours(origin, HOSTS, port) is ours
