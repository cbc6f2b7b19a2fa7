"""What a request for a stream says: which topics, how far it has heard, who asks, from which page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from zhitong.live.hub import Heard
from zhitong.live.rights import Credentials
from zhitong.live.topics import Asked, read

PATH = "/stream"
LONGEST_QUERY = 16_000
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, read: `origin` is empty of a program, which is no page of anybody."""

    topics: Sequence[Asked]
    heard: Heard
    credentials: Credentials
    origin: str


def asking_of(scope: Mapping[str, Any], cookie_name: str) -> Asking:
    """What an ASGI scope asks for; what cannot be read counts as not said."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = scope.get("query_string", b"")
    said = parse_qs(query.decode("utf-8", "replace")) if len(query) <= LONGEST_QUERY else {}
    return Asking(
        read(said.get("topic", ())), _heard(said, headers), _credentials(headers, cookie_name), headers.get("origin", "")
    )


def is_stream(scope: Mapping[str, Any]) -> bool:
    """Whether this asks for the stream; a proxy may put a path of its own before."""
    return scope["method"] == "GET" and str(scope["path"]).endswith(PATH)


def is_ours(origin: str, hosts: Iterable[str], web_port: int | None) -> bool:
    """Whether a page of this origin is one of ours: our names, and the port our pages are on where it is known."""
    parts = urlsplit(origin)
    try:
        port = parts.port or USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return False
    is_host = parts.hostname is not None and any(_is_host(parts.hostname, host) for host in hosts)
    return is_host and parts.scheme in USUAL_PORTS and web_port in (None, port)


def _is_host(name: str, allowed: str) -> bool:
    allowed = allowed.strip("[]").lower()
    return allowed == "*" or name == allowed or (allowed.startswith(".") and f".{name}".endswith(allowed))


def _heard(said: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> Heard:
    """A mark that the page or the browser itself brings back, else the age of a page in milliseconds."""
    mark = next(iter(said.get("since", ())), "") or headers.get("last-event-id", "")
    age = next(iter(said.get("age", ())), "")
    return Heard(mark, int(age) / 1000 if age.isdecimal() and len(age) < len("1234567890123") else None)


def _credentials(headers: Mapping[str, str], cookie_name: str) -> Credentials:
    kind, _, key = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and key.strip():
        return Credentials(key=key.strip())
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return Credentials()
    return Credentials(session=cookies[cookie_name].value if cookie_name in cookies else "")
