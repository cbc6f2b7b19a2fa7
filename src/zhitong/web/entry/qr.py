"""The link of an invitation as an address of this site, and as a QR code to hold a phone before."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from zhitong.web.shell.qr import qr_drawn


def link_with_qr(request: HttpRequest, link: str) -> tuple[str, SafeString]:
    """The whole address of an invitation, and its code as a drawing within the page (paths only: no style, no script)."""
    address = request.build_absolute_uri(reverse("entry:join", args=[link]))
    return address, qr_drawn(address)
