"""消息: what this unit was told and has not read, then what it has; opening one marks it, and one button marks all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.notices.actions import mark_notices_read
from zhitong.domain.notices.queries import count_unread, notice, read_by, unread_for
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.notices.leading import address_of
from zhitong.web.shell.components import Empty
from zhitong.web.shell.sending import new_key

UNREAD_SHOWN, READ_SHOWN = 100, 50


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Unread ones, newest first, then those read, a page at a time.

    Raises NotFound: one of the served, whose messages stand on his first page.
    """
    _officials_only(request)
    after = _after(request.GET.get("after", ""))
    read = read_by(request.viewer, after=after, limit=READ_SHOWN)
    return render(request, "notices/list.html", {
        "unread": [] if after else unread_for(request.viewer, limit=UNREAD_SHOWN), "count": count_unread(request.viewer),
        "read": read, "next": str(read[-1].id) if len(read) == READ_SHOWN else "", "is_first": after is None,
        "once_key": new_key(),
        "nothing": Empty(_("没有未读消息"), _("交办、审批、催办、企业答复等事项有了变化，会在这里告诉本单位。"), icon="circle-check"),
    })


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the unit's as read. Raises NotFound: one of the served."""
    _officials_only(request)
    count = mark_notices_read(request.viewer, now=clock.now())
    messages.success(request, _("已全部标为已读，共 %d 条。") % count)
    return redirect("notices:list")


@require_POST
def open_one(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as read and go to what it is about. Raises NotFound: it is not this unit's."""
    _officials_only(request)
    found = notice(request.viewer, notice_id)
    mark_notices_read(request.viewer, [notice_id], now=clock.now())
    return redirect(address_of(found) or "notices:list")


@require_GET
def lead(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """From a message outside to what it is about; nothing is marked, since programs that preview links come here too.

    Raises NotFound: it is not this unit's.
    """
    found = notice(request.viewer, notice_id)
    if request.viewer.unit_kind is UnitKind.SERVED:
        return redirect("home:desk")
    return redirect(address_of(found) or "notices:list")


def _officials_only(request: HttpRequest) -> None:
    if request.viewer.unit_kind is UnitKind.SERVED:
        raise NotFound


def _after(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
