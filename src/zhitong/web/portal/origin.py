"""From where a card is sent: a salted digest of the address and the browser's name, never the values (R-E7)."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest

LENGTH = 32


def origin_of(request: HttpRequest) -> str:
    """The digest of device and address; empty when the address is not known."""
    address = request.META.get("REMOTE_ADDR", "")
    if not address:
        return ""
    said = f"{address}\n{request.headers.get('User-Agent', '')}"
    return hmac.new(f"origin:{settings.SECRET_KEY}".encode(), said.encode(), "sha256").hexdigest()[:LENGTH]
