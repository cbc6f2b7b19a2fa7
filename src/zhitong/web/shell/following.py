"""Where a page finds the stream that tells it what has moved, and what its blocks say to follow it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer

OWN_UNIT = "unit:own"


def stream_url(request: HttpRequest) -> str:
    """The address of the stream as this browser reaches it; empty where none is served."""
    if settings.LIVE_URL:
        return f"{settings.LIVE_URL.rstrip('/')}/stream"
    if not settings.LIVE_PORT or settings.USES_HTTPS:
        return ""
    return f"http://{_name_of(request.get_host())}:{settings.LIVE_PORT}/stream"


def stream_origin(request: HttpRequest) -> str:
    """The origin that the page's content policy must let it speak to; empty where none is."""
    parts = urlsplit(stream_url(request))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def own_region(viewer: Viewer) -> str:
    """The topic of the territory that a viewer oversees; empty for who oversees none."""
    return f"region:{directory().regions[viewer.region_id].code}" if viewer.may(Permission.OVERSEE) else ""


def _name_of(host: str) -> str:
    """A host without its port; an IPv6 address keeps its brackets."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host
