"""Installing the site on a phone: its manifest, the script that stands between page and network, the page without one.

The script (service worker) keeps files of ours and, for as long as a sitting may last, the form of a card one has opened;
no other page of data. `static/shell/worker.js` says what it does; here it is told what to keep.
"""

from __future__ import annotations

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

GROUND, SURFACE = "#0b5f66", "#f6f8f8"
SHELL = (
    "vendor/tabler.min.css", "vendor/icons.svg", "django_htmx/htmx-2.min.js", "shell/zhitong.css", "shell/access.css", "shell/served.css",
    "shell/zhitong.js", "shell/draft.js", "shell/unsent.js", "shell/mark.svg", "shell/shapes.svg",
)  # fmt: skip
"""What a card's form and the page without a network are drawn with."""
ICONS = (("app/icon-192.png", 192, "any"), ("app/icon-512.png", 512, "any"), ("app/icon-maskable-512.png", 512, "maskable"))


@login_not_required
@require_GET
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone asks before it puts the site on its screen (W3C Web Application Manifest)."""
    told = {
        "id": "/", "start_url": "/", "scope": "/", "display": "standalone", "lang": "zh-CN", "dir": "ltr",
        "name": _("直通：企业服务直通平台"), "short_name": _("直通"),
        "description": _("企业和项目的问题，直达能办的单位"), "theme_color": GROUND, "background_color": SURFACE,
        "icons": [
            {"src": static(path), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for path, side, purpose in ICONS
        ],
        "shortcuts": [
            {"name": _("填卡"), "url": reverse("portal:card")}, {"name": _("我要反映问题"), "url": reverse("portal:report")},
        ],
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json; charset=utf-8")


@login_not_required
@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's first lines: what to keep, under a name that changes with it; then the script itself."""
    kept = [static(path) for path in SHELL]
    told = {
        "name": f"zhitong-{sha256(' '.join(kept).encode()).hexdigest()[:12]}", "kept": kept, "static": settings.STATIC_URL,
        "away": reverse("shell:away"), "sign_in": reverse("shell:sign_in"), "hours": settings.PROTECTION.sitting_hours,
    }
    said = f"self.zhitong = {json.dumps(told)};\nimportScripts({json.dumps(static('shell/worker.js'))});\n"
    return HttpResponse(said, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """The page shown where there is no network: nobody's, so that it may be kept."""
    return render(request, "shell/away.html", {"ribbon": ""})  # it would tell the day on which the page was kept
