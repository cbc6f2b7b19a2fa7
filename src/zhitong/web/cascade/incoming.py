"""What came down to a region: to be accepted many at once, or asked about one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.dividing.answering import accept
from zhitong.domain.plans.queries.dividing.incoming import IncomingShare, incoming_shares
from zhitong.domain.plans.rules.dividing import WAITING, ShareState
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cascade.division import TONES
from zhitong.web.cascade.forms import IncomingFilterForm
from zhitong.web.cascade.looking import campaign_asked, page_of, region_asked, tabs, turn_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Figure, Light
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.shell.words import figure_in_words

MOST = 1000


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    id: UUID
    place: int
    share: IncomingShare

    @property
    def said(self) -> str:
        """What was asked and answered, in one cell."""
        share = self.share
        parts = []
        if share.asked_value is not None:
            parts.append(_("请求调整为%(value)s：%(reason)s") % {
                "value": share.head.in_words(share.asked_value), "reason": share.asked_reason,
            })
        parts += [_("答复：%s") % share.answer] if share.answer else []
        return "；".join(parts)

    @property
    def before(self) -> str:
        """What it was in the division before, where that was another value."""
        share = self.share
        return "" if share.before in (None, share.value) else share.head.in_words(share.before or share.value)

    @property
    def own(self) -> str:
        """What the region's own plan asks."""
        share = self.share
        if share.own is None:
            return ""
        return _("%s，高于分解数") % share.head.in_words(share.own) if share.is_beyond else share.head.in_words(share.own)


COLUMNS = (
    Column("name", gettext_lazy("指标"), value=lambda row: row.share.head.name,
           url=lambda row: page_of(row.share.target_id) if row.share.target_id else ""),
    Column("value", gettext_lazy("下达的目标"), value=lambda row: row.share.head.in_words(row.share.value)),
    Column("state", gettext_lazy("状态"), Kind.LIGHT, value=lambda row: Light(TONES[row.share.state], row.share.state.label)),
    Column("act", "", Kind.ACT, value=lambda row: _("请求调整") if row.share.may_ask else "",
           url=lambda row: reverse("cascade:ask", args=[row.id]) if row.share.may_ask else ""),
    Column("before", gettext_lazy("原目标")),
    Column("whole", gettext_lazy("上级目标"), value=lambda row: row.share.head.goal),
    Column("own", gettext_lazy("本地自定")),
    Column("progress", gettext_lazy("本级分解"), value=lambda row: row.share.progress.label if row.share.progress else ""),
    Column("since", gettext_lazy("执行日期"), Kind.DAY, value=lambda row: row.share.since),
    Column("said", gettext_lazy("说明"), Kind.LONG),
    Column("task", gettext_lazy("任务"),
           value=lambda row: f"{row.share.head.task_number} {row.share.head.task_title}".strip(), extra=True),
)


def _list(may_accept: bool) -> DeskList:
    return DeskList(
        "incoming", gettext_lazy("上级下达的目标"), COLUMNS, Sort("place"), limit=MOST, choose="accept" if may_accept else "",
        empty=Empty(
            gettext_lazy("没有符合条件的目标"), gettext_lazy("上级活动办公室下达分解后，本地承担的目标会出现在这里。"), icon="target-arrow",
        ),
    )


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The shares of a region. Raises NotFound: not the viewer's to look at."""
    return _show(request)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Accept the ticked shares, or all that wait. Raises NotFound, NotYours."""
    campaign, region = campaign_asked(request), region_asked(request)
    if request.POST.get("which") == "all":
        came = incoming_shares(request.viewer, campaign.code, region.id)
        chosen = [one.id for one in came if one.may_accept]
    else:
        chosen = _chosen(request)
    try:
        accepted, _is_new = send_once(request, lambda: accept(chosen, turn_of(request)))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _show(request, status=409)
    if accepted:
        messages.success(request, _("已接收%s个目标。") % accepted)
    else:
        messages.warning(request, _("没有新接收的目标。请先勾选待接收的，再点接收。"))
    return redirect(f"{reverse('cascade:incoming')}?campaign={campaign.code}&region={region.code}")


def _show(request: HttpRequest, *, status: int = 200) -> HttpResponse | FileResponse:
    campaign, region = campaign_asked(request), region_asked(request)
    came = incoming_shares(request.viewer, campaign.code, region.id)
    rows = [Row(share.id, place, share) for place, share in enumerate(came)]
    may_accept = any(share.may_accept for share in came)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Row]:
        start = int(after[0]) if after else -1
        return [row for row in _narrowed(rows, asked) if row.place > start][:limit]

    def count(asked: Mapping[str, Any], most: int) -> int:
        return min(len(_narrowed(rows, asked)), most)

    answer = _list(may_accept).respond(
        request, "cascade/incoming.html", fetch=fetch, count=count, filters=IncomingFilterForm(request.GET),
        why=_("下达给%(region)s的，按方案先后") % {"region": region.name}, asked_by=request.user.name,
        context={
            "region": region, "campaign": campaign, "tabs": tabs(request, campaign, region, "incoming"),
            "figures": _figures(came), "may_accept": may_accept, "once_key": new_key(),
        },
    )
    answer.status_code = status if status != 200 else answer.status_code
    return answer


def _narrowed(rows: Sequence[Row], asked: Mapping[str, Any]) -> list[Row]:
    words, state = asked.get("q", ""), asked.get("state", "")
    return [
        row for row in rows
        if (not words or words in f"{row.share.head.name} {row.share.head.task_number} {row.share.head.task_title}")
        and (not state or row.share.state.value == state)
    ]


def _figures(came: Sequence[IncomingShare]) -> list[Figure]:
    def of(*states: ShareState) -> str:
        return figure_in_words(sum(one.state in states for one in came))

    return [
        Figure(_("下达的目标"), figure_in_words(len(came)), _("个")), Figure(_("待接收"), of(*WAITING), _("个")),
        Figure(_("已接收"), of(ShareState.ACCEPTED), _("个")), Figure(_("请求调整"), of(ShareState.ASKED), _("个"), _("等上级答复")),
    ]


def _chosen(request: HttpRequest) -> list[UUID]:
    """The shares that were ticked. Raises NotFound: something else was sent."""
    try:
        return [UUID(text) for text in request.POST.getlist("chosen")]
    except ValueError:
        raise NotFound from None
