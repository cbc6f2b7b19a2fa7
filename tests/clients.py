"""Test clients share one chain of middleware: otherwise each new client lists all static files anew before its first page.

That was a fifth of what the tests of pages and of the API took. Under other middleware, settings or addresses a chain of
their own is built.
"""

from __future__ import annotations

from threading import Lock

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test.client import ClientHandler

KEPT = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


@pytest.fixture(scope="session", autouse=True)
def one_chain_of_middleware() -> None:
    """Build the chain for the first client of a kind and lend it to the others."""
    plain, built, one_at_a_time = ClientHandler.load_middleware, dict[object, BaseHandler](), Lock()

    def lend(handler: ClientHandler, is_async: bool = False) -> None:
        with one_at_a_time:  # clients of several threads may begin together
            first = built.setdefault((tuple(settings.MIDDLEWARE), settings.STATIC_ROOT, settings.DEBUG, is_async), handler)
            if first is handler:
                plain(handler, is_async)
        if first is not handler:
            vars(handler).update({name: getattr(first, name) for name in KEPT})

    ClientHandler.load_middleware = lend  # type: ignore[method-assign]
