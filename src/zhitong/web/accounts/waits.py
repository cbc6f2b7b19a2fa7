"""登录保护: who failed to sign in lately in the territory, who waits, and letting him try again at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.accounts.actions.lifting import lift
from zhitong.domain.accounts.queries.identities import services
from zhitong.domain.accounts.queries.waits import Waiting, count_of_waits, wait_opened, waits_in
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Confirmation, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, send_once


class WaitFilters(PlainForm):
    """The bar above the list."""

    shut = forms.BooleanField(label=gettext_lazy("只看正在等待的"), required=False)


LIST = DeskList(
    "sign-in-waits", gettext_lazy("登录保护"),
    (
        Column("login", gettext_lazy("登录名"), value=lambda row: row.login or _("（不分账号）")),
        Column("name", gettext_lazy("姓名")),
        Column("address", gettext_lazy("来自"), value=lambda row: row.address or _("多个陌生地址")),
        Column("place", gettext_lazy("怎样计数"), value=lambda row: row.place.label),
        Column("failures", gettext_lazy("失败"), Kind.NUMBER, unit=gettext_lazy("次")),
        Column("last_at", gettext_lazy("最近一次"), Kind.MOMENT, sort_by="last_at"),
        Column("until", gettext_lazy("等到"), Kind.MOMENT),
        Column(
            "lift", gettext_lazy("解除"), Kind.ACT, value=lambda row: _("解除"),
            url=lambda row: reverse("accounts:lift", args=[row.id]),
        ),
    ),
    Sort("last_at", descending=True), filters=WaitFilters,
    empty=Empty(
        gettext_lazy("最近一天没有登录失败"),
        gettext_lazy("连续填错密码或动态码的，会列在这里；等待时间到了自动恢复，着急的可以提前解除。"),
        icon="shield-check",
    ),
)


@require_GET
def waits(request: HttpRequest) -> HttpResponse | FileResponse:
    """Failures of the last day in the territory. Raises NotFound: the post does not administer."""
    return LIST.respond(
        request, "accounts/waits.html", fetch=_fetch(request.viewer), count=_count(request.viewer),
        why=_("本辖区人员最近一天的登录失败，新的在前"), asked_by=request.user.name, context={"services": services()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def lift_it(request: HttpRequest, knock_id: UUID) -> HttpResponse:
    """Let somebody try again at once, after it was said what that means.

    Raises NotFound: it is not there for this viewer. Raises NotYours.
    """
    back = reverse("accounts:waits")
    if request.method == "POST":
        send_once(request, lambda: lift(request.viewer, knock_id, actor=request.viewer.actor("web"), now=clock.now()))
        messages.success(request, _("已解除，现在就可以登录。"))
        return redirect(back)
    found = wait_opened(request.viewer, knock_id, now=clock.now())
    return render(request, "shell/confirm.html", {"confirmation": Confirmation(
        title=_("解除等待：%s") % (found.name or found.login or found.address),
        consequence=_("失败次数从头计起，现在就可以再试。请先核实是本人在登录；不是本人的，不要解除。"),
        act_label=_("解除"), act_url=request.path, back_url=back, once_key=key_of(request),
    )})  # fmt: skip


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Waiting]:
        place = (after[0], after[1]) if after else None
        return waits_in(
            viewer, now=clock.now(), only_shut=bool(asked.get("shut")), after=place, backwards=not sort.descending, limit=limit
        )

    return fetch


def _count(viewer: Viewer) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_waits(viewer, now=clock.now(), only_shut=bool(asked.get("shut")), most=most)

    return count
