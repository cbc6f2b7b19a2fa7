"""The blanks that a county's offices know, and the form that sends in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.blanks.actions.keeping import send_blank
from zhitong.domain.blanks.queries.asked import require_filler
from zhitong.domain.blanks.queries.blanks import BlankView, blanks_for, count_of_blanks
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput
from zhitong.web.blanks.forms import FileForm
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once


def _page(row: BlankView) -> str:
    return reverse("blanks:blank", args=[row.id])


LIST = DeskList(
    "blanks", gettext_lazy("本地区记住的套表"),
    (
        Column("name", gettext_lazy("套表"), url=_page),
        Column("fill", gettext_lazy("填报"), Kind.ACT, value=lambda _row: _("去填"), url=_page),
        Column("version", gettext_lazy("版本"), Kind.NUMBER),
        Column("pointed_by", gettext_lazy("各列由谁核对"), value=lambda row: row.pointed_by or _("系统猜的，还没有人核对")),
        Column("pointed_at", gettext_lazy("核对时间"), Kind.MOMENT),
        Column("unit", gettext_lazy("上传单位"), extra=True),
        Column("sent_at", gettext_lazy("上传时间"), Kind.MOMENT, extra=True),
    ),
    Sort("id", descending=True),
    empty=Empty(
        gettext_lazy("还没有套表"), gettext_lazy("把上级发来的空表传上来，核对一次各列，以后每期点一下就填好。"), icon="file-import",
    ),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def blanks(request: HttpRequest) -> HttpResponse | FileResponse:
    """What the region's offices have sent in, and the form to send more. Raises NotFound: the post oversees nothing."""
    viewer = request.viewer
    require_filler(viewer)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            blank_id, is_known = send_once(request, lambda: _sent(request, form))[0]
        except BadInput as refused:
            form.add_error("file", refused.sentence)
        else:
            if is_known:
                messages.success(request, _("认出来了：表头和以前的一样，各列照以前的填。"))
            return redirect("blanks:blank", blank_id)
    answer = LIST.respond(
        request, "blanks/list.html", fetch=_fetch(request), count=lambda _asked, most: count_of_blanks(viewer, most),
        asked_by=request.user.name, context={"sent": form, "once_key": new_key()},
    )
    answer.status_code = 422 if form.is_bound else answer.status_code
    return answer


def _sent(request: HttpRequest, form: FileForm) -> list[Any]:
    name, content = form.content()
    done = send_blank(request.viewer, name=name, content=content, actor=request.viewer.actor("web"), now=clock.now())
    return [str(done.blank_id), done.is_known]


def _fetch(request: HttpRequest) -> Any:
    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[BlankView]:
        last: UUID | None = after[1] if after else None
        return blanks_for(request.viewer, after=last, turned=not sort.descending, limit=limit)

    return fetch
