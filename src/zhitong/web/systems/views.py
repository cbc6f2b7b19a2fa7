"""The list of other systems, one of them with its keys and subscriptions, and ending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.systems.actions.registering import end_client
from zhitong.domain.systems.queries.clients import (
    ClientRow,
    client_opened,
    clients_for,
    count_of_clients,
    keys_of_client,
)
from zhitong.domain.systems.queries.telling import subscriptions_of
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.asking import Once
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList


class ClientFilters(PlainForm):
    """The bar above the list."""

    with_ended = forms.BooleanField(label=gettext_lazy("含已停用的"), required=False)


LIST = DeskList(
    "clients", gettext_lazy("接入系统"),
    (
        Column("name", gettext_lazy("系统"), url=lambda row: reverse("systems:client", args=[row.id])),
        Column("unit", gettext_lazy("单位")),
        Column("post", gettext_lazy("代表岗位")),
        Column("purpose", gettext_lazy("用途"), Kind.LONG),
        Column("contact", gettext_lazy("联系人")),
        Column("keys", gettext_lazy("有效密钥"), Kind.NUMBER, unit=gettext_lazy("个")),
        Column("last_used_at", gettext_lazy("最近调用"), Kind.MOMENT),
        Column("registered_at", gettext_lazy("登记"), Kind.MOMENT, sort_by="registered_at"),
        Column("ended_at", gettext_lazy("停用"), Kind.MOMENT),
    ),
    Sort("registered_at", descending=True), filters=ClientFilters,
    empty=Empty(
        gettext_lazy("还没有接入系统"),
        gettext_lazy("别的系统要取数、办理或者接收事件通知，先在这里登记，再发给它密钥。"), icon="database-export",
    ),
)


def administrators_only(viewer: Viewer) -> None:
    """Raises NotFound: the post does not administer."""
    if not viewer.may(Permission.ADMINISTER):
        raise NotFound


@require_GET
def listed(request: HttpRequest) -> HttpResponse | FileResponse:
    """Clients of the territory. Raises NotFound: the post does not administer."""
    administrators_only(request.viewer)
    return LIST.respond(
        request, "systems/list.html", fetch=_fetch(request.viewer), count=_count(request.viewer),
        why=_("本辖区各单位登记的接入系统，新的在前"), asked_by=request.user.name,
    )


@require_GET
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One client. Raises NotFound."""
    administrators_only(request.viewer)
    now = clock.now()
    found = client_opened(request.viewer, client_id, now=now)
    return render(request, "systems/client.html", {
        "client": found, "keys": keys_of_client(request.viewer, client_id, now=now),
        "subscriptions": subscriptions_of(request.viewer, client_id), "crumbs": crumbs_to(found.name),
        "addresses": "、".join(found.addresses), "rights": found.rights,
        "no_keys": Empty(_("还没有密钥"), _("发一个密钥，交给系统的管理人员放进它的配置里。")),
        "no_subscriptions": Empty(_("没有订阅事件"), _("订阅以后，看得到的事项一有变化，就通知到它的地址。")),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """End a client, after it was said what that means. Raises NotFound."""
    administrators_only(request.viewer)
    found = client_opened(request.viewer, client_id, now=clock.now())
    page = Once(
        _("停用：%s") % found.name, _("停用"),
        _("它的全部密钥立即失效，事件不再通知，不能恢复；要再接入须重新登记。办过的事和留痕不受影响。"),
        _("已停用。"), reverse("systems:client", args=[client_id]), crumbs_to(found.name),
    )
    return page.respond(request, PlainForm(request.POST or None), lambda: end_client(
        request.viewer, client_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def crumbs_to(here: str) -> list[Crumb]:
    """The way from the list."""
    return [Crumb(_("接入系统"), reverse("systems:list")), Crumb(here)]


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ClientRow]:
        return clients_for(
            viewer, now=clock.now(), with_ended=bool(asked.get("with_ended")), after=(after[0], after[1]) if after else None,
            backwards=not sort.descending, limit=limit,
        )

    return fetch


def _count(viewer: Viewer) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_clients(viewer, with_ended=bool(asked.get("with_ended")), most=most)

    return count
