"""From which device something was said: a salted digest of a cookie of our own and the browser's name, never the values."""

from __future__ import annotations

import hmac
from dataclasses import fields
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhitong.domain.problems.actions.running import Step

COOKIE = "zt-device"
KEPT_SECONDS = 400 * 24 * 3600


def device_of(request: HttpRequest) -> str:
    """The digest of the device a request comes from; empty for one that keeps no cookies or is here for the first time."""
    kept = request.COOKIES.get(COOKIE, "")
    if not kept:
        return ""
    said = f"{kept}\n{request.headers.get('User-Agent', '')}"
    return hmac.new(f"device:{settings.SECRET_KEY}".encode(), said.encode(), "sha256").hexdigest()


def known_by(request: HttpRequest, step: type[Step]) -> dict[str, Any]:
    """The device as a step keeps it; nothing for steps that do not ask."""
    return {"device": device_of(request)} if any(one.name == "device" for one in fields(step)) else {}


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a browser that is here for the first time be known again; only our own pages read the cookie."""
    if COOKIE not in request.COOKIES:
        response.set_cookie(
            COOKIE, uuid4().hex, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
