"""The large-type view (大字版): chosen by a person for wherever he signs in, by a stranger for this device.

Everything else of a page stays as it is: the same words, acts and addresses (工信部 互联网应用适老化通用设计规范).
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhitong.domain.organisations.actions.preferring import prefer_type
from zhitong.web.shell.coming import onward

COOKIE = "zt_large"
KEPT = timedelta(days=365)
YES, NO = "1", "0"


def is_large(request: HttpRequest) -> bool:
    """Whether this page is drawn in large type: as the person chose, who chose nothing goes by the device."""
    chosen: bool | None = getattr(getattr(request, "user", None), "large_type", None)
    return request.COOKIES.get(COOKIE) == YES if chosen is None else chosen


@login_not_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Draw pages in large type from now on, or no longer, and go back to where one was."""
    wanted = request.POST.get("large") == YES
    if request.user.is_authenticated:
        prefer_type(request.user.pk, is_large=wanted)
    answer = redirect(onward(request))
    answer.set_cookie(
        COOKIE, YES if wanted else NO, max_age=int(KEPT.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.USES_HTTPS,
    )
    return answer
