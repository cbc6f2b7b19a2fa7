"""Invitations: given out for the firms that were ticked, printed as sheets, listed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.entry.actions.inviting import MOST_AT_ONCE, end_invitation, invite_firms
from zhitong.domain.entry.queries.invitations import InvitationRow, Wanted, count_of_invitations, invitations_of
from zhitong.domain.entry.queries.named import Named, units_named
from zhitong.domain.entry.rules.kinds import InvitationState, Presence
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.entry.looking import looking_at
from zhitong.web.entry.qr import link_with_qr
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Confirmation, Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, send_once

SHEETS = 60
"""How many sheets one page prints: thirty leaves."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is printed."""

    row: InvitationRow
    link: str
    qr: str


class InvitationFilters(PlainForm):
    """The bar above the list."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[
        ("", gettext_lazy("全部")), ("open", InvitationState.OPEN.label), ("over", gettext_lazy("不能再用")),
    ])  # fmt: skip
    who = forms.ChoiceField(label=gettext_lazy("邀请谁"), required=False, choices=[
        ("", gettext_lazy("全部")), ("firms", gettext_lazy("服务对象")), ("people", gettext_lazy("干部")),
    ])  # fmt: skip
    q = forms.CharField(
        label=gettext_lazy("单位名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )


LIST = DeskList(
    "invitations", gettext_lazy("开通邀请"),
    (
        Column("unit", gettext_lazy("单位")),
        Column("region", gettext_lazy("区划")),
        Column("title", gettext_lazy("岗位")),
        Column("name", gettext_lazy("姓名")),
        Column("phone", gettext_lazy("手机"), extra=True),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("joined", gettext_lazy("已开通"), value=lambda row: f"{row.joined} / {row.most}"),
        Column("expires_on", gettext_lazy("有效期至"), Kind.DAY),
        Column(
            "end", gettext_lazy("作废"), Kind.ACT, value=lambda row: _("作废") if row.link else "",
            url=lambda row: reverse("entry:end", args=[row.id]) if row.link else "",
        ),
    ),
    Sort("id", descending=True), filters=InvitationFilters,
    empty=Empty(gettext_lazy("没有发出的邀请"), gettext_lazy("在“开通”名单里勾选从未登录的，发邀请单；干部用花名册开通。")),
)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Give out sheets for the firms that were ticked, or for all of a region that never came; then to the printing.

    Raises NotYours, NotFound: see `invite_firms`.
    """
    looking = looking_at(request.viewer, request.POST)
    for_all = bool(request.POST.get("all"))

    def do() -> list[str]:
        chosen = _never(request.viewer, looking.region.id, looking.kind) if for_all else _ids(request.POST, "chosen")
        made = invite_firms(request.viewer, chosen, actor=request.viewer.actor("web"), now=clock.now())
        return [str(one) for one in made]

    try:
        made, _is_new = send_once(request, do)
    except BadInput as refused:
        messages.error(request, refused.sentence)
        return redirect(looking.url("entry:names", come=Presence.NEVER.value))
    messages.success(request, _("%d 张邀请单已经备好，打印后交给企业。") % len(made))
    if for_all:
        return redirect(looking.url("entry:sheets", who="firms"))
    query = QueryDict(mutable=True)
    query.setlist("id", made)
    return redirect(f"{reverse('entry:sheets')}?{query.urlencode()}")


@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """Sheets to print, two to a leaf: certain ones, or all of a region that can be used and nobody has used yet.

    Raises NotFound: the post gives out no invitations.
    """
    ids, who = _ids(request.GET, "id"), request.GET.get("who", "")
    looking = looking_at(request.viewer, request.GET)
    wanted = Wanted(
        region_id=looking.region.id, ids=ids or None, named={"firms": False, "people": True}.get(who), is_open=True, is_unused=not ids
    )
    after = next(iter(_ids(request.GET, "after")), None)
    rows, next_key = invitations_of(request.viewer, today=clock.today(), wanted=wanted, after=after, limit=SHEETS)
    return render(request, "entry/sheets.html", {
        "sheets": [Sheet(row, *link_with_qr(request, row.link)) for row in rows],
        "office": unit_names([request.viewer.unit_id])[request.viewer.unit_id],
        "next_url": looking.url("entry:sheets", who=who, after=str(next_key)) if next_key else "",
        "crumbs": [Crumb(_("开通"), looking.url("entry:activation")), Crumb(_("邀请单"))],
        "nothing": Empty(_("没有要打印的邀请单"), _("没有发出过，或者都已经用过、过期、作废。可在“开通”名单里重新发。"), icon="qrcode"),
    })  # fmt: skip


@require_GET
def invitations(request: HttpRequest) -> HttpResponse | FileResponse:
    """Every invitation of the territory with how it stands.

    Raises NotFound: the post gives out no invitations.
    """
    context = {"crumbs": [Crumb(_("开通"), reverse("entry:activation")), Crumb(_("邀请"))]}
    return LIST.respond(
        request, "entry/invitations.html", fetch=_fetch(request.viewer), count=_count(request.viewer), context=context,
        why=_("本辖区发出的，新的在前"), asked_by=request.user.name,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """End an invitation, after it was said what that means.

    Raises NotFound: it is not there for this viewer. Raises NotYours.
    """
    rows, _key = invitations_of(request.viewer, today=clock.today(), wanted=Wanted(ids=[invitation_id]), limit=1)
    if not rows:
        raise NotFound
    back = reverse("entry:invitations")
    if request.method == "POST":
        send_once(request, lambda: end_invitation(
            request.viewer, invitation_id, actor=request.viewer.actor("web"), now=clock.now()
        ))
        messages.success(request, _("已作废。拿着这张邀请单的人不能再用它开通；已经开通的不受影响。"))
        return redirect(back)
    return render(request, "shell/confirm.html", {"confirmation": Confirmation(
        title=_("作废邀请：%s") % rows[0].unit, consequence=_("作废后，这张邀请单上的二维码和链接打不开任何内容；已经开通的人不受影响。"),
        act_label=_("作废"), act_url=request.path, back_url=back, once_key=key_of(request),
    )})  # fmt: skip


def _never(viewer: Viewer, region_id: UUID, kind: str) -> list[UUID]:
    found = units_named(viewer, region_id, Named(kind, Presence.NEVER), today=clock.today(), limit=MOST_AT_ONCE)
    return [one.id for one in found]


def _ids(query: QueryDict, name: str) -> list[UUID]:
    """The ids an address or a form carries.

    Raises BadRequest: it was changed by hand.
    """
    try:
        return [UUID(text) for text in query.getlist(name)[:MOST_AT_ONCE]]
    except ValueError:
        raise BadRequest("not an id") from None


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[InvitationRow]:
        return invitations_of(
            viewer, today=clock.today(), wanted=_asked(asked), after=after[1] if after else None,
            backwards=not sort.descending, limit=limit,
        )[0]

    return fetch


def _count(viewer: Viewer) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_invitations(viewer, today=clock.today(), wanted=_asked(asked), most=most)

    return count


def _asked(asked: Mapping[str, Any]) -> Wanted:
    return Wanted(
        named={"firms": False, "people": True}.get(asked.get("who", "")),
        is_open={"open": True, "over": False}.get(asked.get("state", "")), words=asked.get("q", ""),
    )
