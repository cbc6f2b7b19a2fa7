"""Whether this process answers, and whether a page could be given: for balancers and monitors, of nobody's data.

Both are answered before anything else is done with a request: no session is read, any host name will do.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from zhitong.domain.health.queries import last_beats, missing_migrations
from zhitong.domain.health.rules import STREAMS, WORKER, is_late
from zhitong.kit import clock

ALIVE, READY = "/healthz", "/readyz"
WELL, LATE, OFF, MISSING, OUT_OF_REACH = "ok", "late", "off", "missing", "out of reach"
NEEDED = ("database", "migrations")
"""Without these no page can be given; a silent worker or stream is told, but takes no server out of service."""


class Health:
    """Middleware: answer `/healthz` and `/readyz`, let everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; `/readyz?all` is not ready either while the worker or the streams are silent."""
        if request.path == ALIVE:
            return _answer({"alive": True}, HTTPStatus.OK)
        if request.path != READY:
            return self.get_response(request)
        found = parts()
        asked = found if "all" in request.GET else NEEDED
        is_ready = all(found[part] in (WELL, OFF) for part in asked)
        return _answer({"ready": is_ready, **found}, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


def parts() -> dict[str, str]:
    """How each part stands, in a word; two queries."""
    try:
        beats = {} if (missing := missing_migrations()) else last_beats()
    except (DatabaseError, InterfaceError):
        connection.close()
        return {"database": OUT_OF_REACH, "migrations": OUT_OF_REACH, WORKER: OUT_OF_REACH, STREAMS: OUT_OF_REACH}
    silent = {part: LATE if is_late(part, beats.get(part), clock.now()) else WELL for part in (WORKER, STREAMS)}
    if not (settings.LIVE_PORT or settings.LIVE_URL):
        silent[STREAMS] = OFF
    return {"database": WELL, "migrations": MISSING if missing else WELL, **silent}


def _answer(told: dict[str, object], status: HTTPStatus) -> JsonResponse:
    answer = JsonResponse(told, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
