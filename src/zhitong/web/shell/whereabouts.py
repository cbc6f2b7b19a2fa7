"""From where a request comes: the address behind one's own proxies, the device in words, and whether it is known."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from zhitong.domain.accounts.rules.sittings import device_in_words
from zhitong.domain.accounts.rules.waiting import KNOWN

UNKNOWN = "0.0.0.0"  # noqa: S104 - nothing listens there: it stands for an address that could not be read
_COOKIE, _SALT, _MOST = "zt_device", "zhitong.accounts.device", 5
"""A device remembers so many people: more do not sign in at one."""


def address_of(request: HttpRequest) -> str:
    """Who asks, as an address: the one that the outermost of one's own proxies saw, else that of the connection."""
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    seen = passed[-settings.PROXIES] if 0 < settings.PROXIES <= len(passed) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(seen.strip()))
    except ValueError:
        return UNKNOWN


def device_of(request: HttpRequest) -> str:
    """What somebody sits at, in words."""
    return device_in_words(request.headers.get("User-Agent", ""))


def mark_for(request: HttpRequest, login: str) -> str:
    """The mark of this device, when the person of a login has come in here before; else empty."""
    mark, logins = _read(request)
    return mark if _name(login) in logins else ""


def mark_of(request: HttpRequest) -> str:
    """The mark of this device, when anybody has come in here before; else empty."""
    return _read(request)[0]


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Let the device be known to the person of a login, who has come in."""
    mark, logins = _read(request)
    kept = dict.fromkeys([_name(login), *logins])
    text = signing.dumps([mark or get_random_string(16), *list(kept)[:_MOST]], salt=_SALT)
    response.set_cookie(
        _COOKIE, text, max_age=int(KNOWN.total_seconds()), httponly=True, samesite="Lax", secure=settings.USES_HTTPS,
    )


def _read(request: HttpRequest) -> tuple[str, Iterable[str]]:
    try:
        mark, *logins = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=KNOWN)
    except (signing.BadSignature, ValueError):
        return "", ()
    return mark, logins


def _name(login: str) -> str:
    """What a device keeps of a login: who looks into it does not read who signs in there."""
    return salted_hmac(_SALT, login.strip().casefold(), algorithm="sha256").hexdigest()[:16]
