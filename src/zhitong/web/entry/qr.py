"""The link of an invitation as an address of this site, and as a QR code to hold a phone before."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

_MASK = 2
"""Any of the eight masks is read alike; trying all to find the evenest costs three times as long."""


def link_with_qr(request: HttpRequest, link: str) -> tuple[str, SafeString]:
    """The whole address of an invitation, and its code as a drawing within the page (paths only: no style, no script)."""
    address = request.build_absolute_uri(reverse("entry:join", args=[link]))
    code = segno.make(address, error="m", mask=_MASK, boost_error=False, micro=False)
    return address, mark_safe(code.svg_inline(omitsize=True, border=2))  # noqa: S308 - drawn by us from our own address
