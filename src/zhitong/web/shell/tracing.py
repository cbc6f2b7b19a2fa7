"""Every request has a number: given by who asks or made here, answered as a header, shown when something breaks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from zhitong.kit import metering, tracing
from zhitong.kit.ids import uuid7

HEADER = "X-Request-Id"
DOORS = {"/api/": "api", "/odata/": "api"}
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
NOWHERE = "-"
_log = logging.getLogger("zhitong.request")


class Traced:
    """Number a request, count it and how long it took, and log one line of it: ids and outcome, nothing of its content.

    Stands first in the list: what happens in any other layer is of this request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer under the request's number."""
        began = time.perf_counter()
        door = next((name for path, name in DOORS.items() if request.path.startswith(path)), "web")
        trace = tracing.Trace(request_id_in(request), door)
        request.request_id = trace.request_id  # type: ignore[attr-defined]
        with tracing.under(trace):
            response = self.get_response(request)
            response.headers[HEADER] = str(trace.request_id)
            _note_who(trace, request)
            _tell(trace, request, response.status_code, time.perf_counter() - began)
        return response

    def process_view(self, request: HttpRequest, *arguments: object) -> None:
        """Note the place in the code before it is entered, so that what breaks there says where."""
        found = tracing.present()
        if found is not None and request.resolver_match is not None:
            found.endpoint = request.resolver_match.view_name


def request_id_in(request: HttpRequest) -> UUID:
    """The number that the asking program or the proxy gave, where it is a UUID; else a new one."""
    try:
        return UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return uuid7()


def broken(request: HttpRequest) -> HttpResponse:
    """The page of what nobody expected, made without the database: it shows the number to read out."""
    number = tracing.in_short(request_id) if (request_id := getattr(request, "request_id", None)) else ""
    return HttpResponse(render_to_string("500.html", {"number": number}), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _note_who(trace: tracing.Trace, request: HttpRequest) -> None:
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        trace.person_id, trace.post_id = viewer.person_id, viewer.post_id


def _tell(trace: tracing.Trace, request: HttpRequest, status: int, seconds: float) -> None:
    endpoint, method = trace.endpoint or NOWHERE, request.method if request.method in METHODS else NOWHERE
    metering.REQUESTS.labels(endpoint, method, status).inc()
    metering.SECONDS.labels(endpoint).observe(seconds)
    told: dict[str, Any] = {"method": method, "status": status, "ms": round(seconds * 1000, 1)}
    if request.resolver_match is not None:
        told |= {name: str(value) for name, value in request.resolver_match.kwargs.items() if isinstance(value, UUID)}
    if trace.endpoint or status >= HTTPStatus.BAD_REQUEST:  # of files and of asking whether we live, no line
        _log.info("%s %s %s", method, endpoint, status, extra={"told": told})
