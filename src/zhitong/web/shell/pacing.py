"""Nobody asks faster than the house can answer all: by the person, of strangers by the address, of programs by the key."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhitong.domain.pacing.actions import Purse
from zhitong.domain.pacing.rules import Asker, Asking, asking_in, pace_of
from zhitong.kit import clock, metering
from zhitong.web.shell.whereabouts import address_of

PROGRAMS = ("/api/", "/odata/")
_MULTIPART = "multipart/form-data"
PURSE = Purse()


class Paced:
    """Middleware: count a request before anything is read of it and before a transaction is opened for it.

    Signing in has waits of its own besides. Programs whose key nobody knows are counted by their address as well, since
    they could bring a new one every time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say how long to wait."""
        if settings.PACES is None:
            return self.get_response(request)
        asking = asking_in(
            request.method or "", request.path, wants_export="export" in request.GET, has_files=request.content_type == _MULTIPART,
        )
        wait = _spend(*_who(request), asking)
        if wait:
            return too_fast(request, wait)
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and "Authorization" in request.headers:
            wait = _spend(Asker.ADDRESS, address_of(request), Asking.ACT)
            return too_fast(request, wait) if wait else answer
        return answer


def too_fast(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """The answer to who asks too fast: how many seconds to wait, for people and for programs."""
    seconds = math.ceil(wait.total_seconds())
    sentence = _("操作太快，请%(seconds)d秒后再试。") % {"seconds": seconds}
    if request.path.startswith(PROGRAMS):  # the API tells it anew in its own shape
        answer = HttpResponse(sentence, content_type="text/plain; charset=utf-8")
    elif "HX-Request" in request.headers:  # asked before the layer that reads it
        answer = render(request, "shell/parts/notice.html", {"text": sentence, "kind": "refused"})
        answer["HX-Retarget"], answer["HX-Reswap"] = "#notices", "innerHTML"
    else:
        answer = render(request, "429.html", {"seconds": seconds})
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def _who(request: HttpRequest) -> tuple[Asker, str]:
    if request.path.startswith(PROGRAMS):
        key = request.headers.get("Authorization", "")
        return (Asker.KEY, hashlib.sha256(key.encode()).hexdigest()) if key else (Asker.ADDRESS, address_of(request))
    person = request.session.get(SESSION_KEY)
    if person is None:
        return Asker.ADDRESS, address_of(request)
    return Asker.PERSON, str(person)


def _spend(asker: Asker, name: str, asking: Asking) -> timedelta:
    wait = PURSE.spend(asker, name, asking, pace_of(settings.PACES, asking, asker), now=clock.now())
    if wait:
        metering.PACED.labels(str(asking), str(asker)).inc()
    return wait
