"""The site with its query predicate switched off: what is hidden here is hidden by the second wall alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from zhitong.config.wsgi import application as whole
from zhitong.domain.organisations.scope import without_first_wall


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request without the first wall."""
    with without_first_wall():
        return list(whole(environ, start_response))
