"""Every address of the pages, filled with something where it asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.config.urls import urlpatterns

PROGRAMS = ("/api/", "/odata/")
NOTHING = str(UUID("01a20000-0000-7000-8000-000000000000"))
FILLED = {"uuid": NOTHING, "int": "1", "slug": "nothing", "str": "nothing", "path": "nothing", "day_digits": "2018-04-27"}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Address and pattern of every page; what stands between angles is filled with what is there for nobody."""
    for address, pattern in _walk(urlpatterns, "/"):
        if not address.startswith(PROGRAMS):
            yield address, pattern


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        here = before + _filled(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        else:
            yield here, one


def _filled(route: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: FILLED.get(found[1] or "str", "nothing"), route)


def taking_forms() -> Iterator[str]:
    """Addresses that a browser may send a form to: all, for the token is asked for before the view is."""
    for address, pattern in addresses():
        if not getattr(pattern.callback, "csrf_exempt", False):
            yield address


def resolved(address: str) -> str:
    """The name of the place an address leads to."""
    return get_resolver().resolve(address).view_name
