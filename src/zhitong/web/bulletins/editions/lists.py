"""通报简报: the editions one's office makes, those to check, and those received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.editions.listing import EditionFilters, EditionRow, count_editions, editions_for
from zhitong.domain.bulletins.queries.editions.sight import sides_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import EditionState, PaperSide
from zhitong.domain.bulletins.rules.numbering import NUMBERED
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.bulletins.editions.showing import tabs_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList

NEWEST = "id"
KINDS = [(kind.value, kind.label) for kind in NUMBERED]
COLUMNS = (
    Column("title", gettext_lazy("标题"), Kind.LONG, url=lambda row: reverse("bulletins:edition", args=[row.id])),
    Column("kind", gettext_lazy("种类"), value=lambda row: row.kind.label),
    Column("number", gettext_lazy("文号"), value=lambda row: row.number or _("未编号")),
    Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
    Column("cut_off", gettext_lazy("统计截止"), Kind.MOMENT, sort_by=NEWEST),
    Column("checks", gettext_lazy("数据核对"), value=lambda row: checks_in_words(row)),
    Column("issued_at", gettext_lazy("印发时间"), Kind.MOMENT),
    Column("unit", gettext_lazy("编发单位")),
)


class EditionFiltersForm(PlainForm):
    """The bar above the list of editions."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("标题、文号"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False, choices=[("", gettext_lazy("全部")), *KINDS])
    state = forms.MultipleChoiceField(
        label=gettext_lazy("状态"), required=False, choices=choices_of(EditionState), widget=forms.CheckboxSelectMultiple
    )


def checks_in_words(row: EditionRow) -> str:
    """12 个单位，已答复 10 个，1 个有异议；空 where none was asked."""
    if not row.asked:
        return ""
    said = _("%(asked)d 个单位，已答复 %(answered)d 个") % {"asked": row.asked, "answered": row.answered}
    return said + (_("，%d 个有异议") % row.objected if row.objected else "")


@require_GET
def editions(request: HttpRequest) -> HttpResponse | FileResponse:
    """Editions from one side, the newest first. Raises NotFound: the viewer has no such side."""
    viewer, side = request.viewer, side_in(request)
    desk = DeskList(
        "editions", gettext_lazy("通报简报"), COLUMNS, Sort(NEWEST, True), filters=EditionFiltersForm, empty=_empty(side),
    )

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[EditionRow]:
        place = after[1] if after else None
        return editions_for(viewer, side, filters_of(asked), turned=not sort.descending, after=place, limit=limit)

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_editions(viewer, side, filters_of(asked), most=most)

    return desk.respond(
        request, "bulletins/editions/list.html", fetch=fetch, count=count, asked_by=request.user.name, why=side.label,
        context={"tabs": tabs_of(request, side.value), "drafts": side is PaperSide.OWN},
    )


def filters_of(asked: Mapping[str, Any]) -> EditionFilters:
    """The house's filters for what is asked."""
    return EditionFilters(
        kinds=(PaperKind(asked["kind"]),) if "kind" in asked else (),
        states=tuple(EditionState(word) for word in asked.get("state", ())), words=asked.get("q", ""),
    )


def side_in(request: HttpRequest) -> PaperSide:
    """The side that the address asks for, or the viewer's first. Raises NotFound: the viewer has none such."""
    asked = request.GET.get("side", "")
    found = next((side for side in sides_of(request.viewer) if side.value == asked or not asked), None)
    if found is None:
        raise NotFound
    return found


def _empty(side: PaperSide) -> Empty:
    said = {
        PaperSide.OWN: (_("还没有起草过通报、简报"), _("点“起草”，选好种类和统计截止时间，系统按那一刻的事实生成文稿。")),
        PaperSide.CHECKS: (_("没有请本单位核对的数据"), _("上级或本级办公室送数据核对后，点到本单位的数会出现在这里。")),
        PaperSide.RECEIVED: (_("没有收到的通报、简报"), _("上级、下级办公室签发后，会出现在这里。")),
    }[side]
    return Empty(*said, icon="news")
