"""The uploads of a unit, and the form that sends one in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.queries.forms import EXPORTED, RoundChoice, rounds_open
from zhitong.domain.exchange.queries.uploads import UploadView, count_of_uploads, uploads_of
from zhitong.domain.exchange.rules.columns import ROUND
from zhitong.domain.exchange.rules.kinds import UploadKind, Verdict
from zhitong.domain.exchange.rules.rights import kinds_for
from zhitong.domain.intake.rules.recording import TOLD_BY
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import MEBIBYTE, MOST_BYTES
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList


class UploadForm(PlainForm):
    """A table to send in, with what must be chosen for its kind."""

    kind = forms.ChoiceField(label=gettext_lazy("表里是什么"))
    file = forms.FileField(
        label=gettext_lazy("Excel 或 CSV 文件"),
        help_text=gettext_lazy("不超过%dMB、10万行；上传后先检查给您看，不会直接导入") % (MOST_BYTES // MEBIBYTE),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.xlsm"}),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )
    sheet = forms.CharField(
        label=gettext_lazy("工作表名称"), required=False, max_length=60, help_text=gettext_lazy("不填就读第一张没有隐藏的工作表")
    )

    def __init__(self, *args: Any, viewer: Viewer, rounds: list[RoundChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_for(viewer)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if UploadKind.CARDS in kinds:
            choices = [("", _("请选择")), *((str(one.id), one.name) for one in rounds)]
            self.add("round", forms.ChoiceField(label=_("填报期（只用于填报卡片）"), required=False, choices=choices))
        if UploadKind.LEDGER in kinds:
            doors = [(way.value, way.label) for way in TOLD_BY]
            self.add("told", forms.ChoiceField(label=_("问题来自（只用于历史台账）"), required=False, choices=doors))

    def options(self) -> dict[str, Any]:
        """What was chosen with the kind that was chosen."""
        given = self.cleaned_data
        wanted = {UploadKind.CARDS.value: ROUND, UploadKind.LEDGER.value: "told"}.get(given["kind"], "")
        return {wanted: given[wanted]} if given.get(wanted) else {}


@dataclass(frozen=True)
class Outgoing:
    """The files that go out for a kind: its template, and what is kept where it goes out in the same shape."""

    label: str
    template: str
    kept: str


LIST = DeskList(
    "uploads", gettext_lazy("导入记录"),
    (
        Column("name", gettext_lazy("文件"), url=lambda row: reverse("exchange:upload", args=[row.id])),
        Column("kind", gettext_lazy("内容"), value=lambda row: row.kind.label),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        *(
            Column(verdict.value, verdict.label, Kind.NUMBER, value=lambda row, verdict=verdict: row.counts[verdict])
            for verdict in Verdict
        ),
        Column("staged_at", gettext_lazy("上传时间"), Kind.MOMENT),
        Column("settled_at", gettext_lazy("导入或撤销时间"), Kind.MOMENT, extra=True),
    ),
    Sort("id", descending=True),
    empty=Empty(gettext_lazy("还没有导入过表格"), gettext_lazy("下载模板填写，或者直接上传现有的花名册、台账。"), icon="file-import"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse | FileResponse:
    """What the unit has sent in, and the form to send more. Raises NotFound: the post sends in nothing."""
    viewer, campaign = request.viewer, campaign_in_force()
    if not kinds_for(viewer) or campaign is None:
        raise NotFound
    rounds = rounds_open(viewer, clock.now())
    form = UploadForm(viewer=viewer, rounds=rounds, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, viewer=viewer, rounds=rounds)
        upload_id = _staged(request, form, campaign.code) if form.is_valid() else None
        if upload_id is not None:
            return redirect("exchange:upload", upload_id)
    outgoing = _outgoing(viewer, rounds)
    answer = LIST.respond(
        request, "exchange/list.html", fetch=_fetch(viewer), count=lambda _asked, most: count_of_uploads(viewer, most),
        asked_by=request.user.name, context={
            "sent": form, "outgoing": outgoing, "has_kept": any(one.kept for one in outgoing),
        },
    )
    answer.status_code = 422 if form.is_bound else answer.status_code
    return answer


def _staged(request: HttpRequest, form: UploadForm, campaign: str) -> Any:
    """The id of the upload; None when the form says what is wrong."""
    said = form.cleaned_data
    file = said["file"]
    sent = Sent(
        kind=UploadKind(said["kind"]), name=file.name or "", content=file.read(MOST_BYTES + 1), campaign=campaign,
        sheet=said["sheet"] or None, options=form.options(),
    )
    try:
        return stage(request.viewer, sent, now=clock.now())
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        place = ROUND if isinstance(refused, BadInput) and ROUND in refused.fields else "file"
        form.add_error(place, refused.sentence)
    return None


def _outgoing(viewer: Viewer, rounds: list[RoundChoice]) -> list[Outgoing]:
    found = []
    for kind in kinds_for(viewer):
        address = reverse("exchange:template", args=[kind.value])
        if kind is UploadKind.CARDS:
            found += [Outgoing(f"{kind.label} {one.name}", f"{address}?round={one.id}", "") for one in rounds]
        else:
            going = reverse("exchange:kept", args=[kind.value]) if kind in EXPORTED else ""
            found.append(Outgoing(kind.label, address, going))
    return found


def _fetch(viewer: Viewer) -> Any:
    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[UploadView]:
        return uploads_of(viewer, after=after[1] if after else None, turned=not sort.descending, limit=limit)

    return fetch
