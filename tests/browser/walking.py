"""Walking through the house: from every address of the table that needs nothing, along every link, once for each view and role."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.browser.gallery import Hung
from tests.web.stories import signed_in

NO_PAGES = ("/api/", "/odata/", "/static/", "/sign-out/", "/large-type/", "/manifest", "/service-worker")
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)')
FORM = re.compile(r'<form\b([^>]*\bmethod="post"[^>]*)>', re.IGNORECASE)
ACTION = re.compile(r'\baction="([^"#]*)')


def addresses() -> list[str]:
    """Every address of the URL table that takes no parameter."""
    return sorted(_plain(get_resolver().url_patterns, ""))


def _plain(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _plain(one.url_patterns, here)
        elif "<" not in here and not f"/{here}".startswith(NO_PAGES):
            yield f"/{here}"


def walk(login: str) -> list[Hung]:
    """The pages a role meets: of each view the first that answers; of a stranger ("") those before sign-in."""
    client = signed_in(login) if login else Client()
    waiting, met, asked = deque(addresses()), dict[str, Hung](), set[str]()
    while waiting:
        address = waiting.popleft()
        view = _view_of(address)
        if address in asked or view is None or view in met:
            continue
        asked.add(address)
        answer = client.get(address)
        if not _is_page(answer):
            continue
        met[view] = Hung(login, view, address, answer.content.decode())
        waiting.extend(unescape(one) for one in LINK.findall(met[view].html))
    return list(met.values())


def refused(hung: Hung) -> Hung | None:
    """The page again after its form was sent empty; None when it has no form of its own, or nothing was wrong with it."""
    targets = [found[1] if (found := ACTION.search(form)) else "" for form in FORM.findall(hung.html)]
    own = [unescape(one) or hung.address for one in targets if not one.startswith(NO_PAGES)]
    for target in own[:1]:
        answer = (signed_in(hung.login) if hung.login else Client()).post(target, {})
        if answer.status_code in (409, 422) and _is_page(answer, {409, 422}):
            return Hung(hung.login, hung.view, target, answer.content.decode(), "refused")
    return None


def _is_page(answer: HttpResponse, statuses: set[int] | None = None) -> bool:
    if answer.streaming:
        deque(answer.streaming_content, 0)  # what is sent bit by bit holds its transaction until it is read to the end
        return False
    if answer.status_code not in (statuses or {200}):
        return False
    return answer.headers.get("Content-Type", "").startswith("text/html") and b"<html" in answer.content


def _view_of(address: str) -> str | None:
    path = address.split("?")[0]
    if path.startswith(NO_PAGES):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
