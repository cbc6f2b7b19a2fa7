"""发文登记: every number of the office's series, used, reserved or void; reserving one and voiding it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.bulletins.actions.editions import numbering
from zhitong.domain.bulletins.queries.editions.listing import NumberFilters, NumberRow, count_numbers, numbers_for
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import NumberState
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.bulletins.editions.forms import ReasonForm, ReserveForm
from zhitong.web.bulletins.editions.lists import KINDS, NEWEST
from zhitong.web.bulletins.editions.showing import crumbs_of, tabs_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.supervision.asking import Asking, respond


def _leads(row: NumberRow) -> str:
    if row.edition_id:
        return reverse("bulletins:edition", args=[row.edition_id])
    return reverse("bulletins:number_void", args=[row.id]) if row.state is NumberState.RESERVED else ""


COLUMNS = (
    Column("number", gettext_lazy("文号"), url=_leads, sort_by=NEWEST),
    Column("kind", gettext_lazy("种类"), value=lambda row: row.kind.label),
    Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
    Column("title", gettext_lazy("标题"), Kind.LONG, value=lambda row: row.title or row.reason),
    Column("signed_by", gettext_lazy("签发人")),
    Column("signed_on", gettext_lazy("签发日期"), Kind.DAY),
    Column("taken_at", gettext_lazy("取号时间"), Kind.MOMENT),
    Column("reason", gettext_lazy("预留、作废原因"), Kind.LONG, extra=True),
)


class RegisterFiltersForm(PlainForm):
    """The bar above the register."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("文号、标题、原因"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False, choices=[("", gettext_lazy("全部")), *KINDS])
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(NumberState)]
    )
    year = forms.IntegerField(label=gettext_lazy("年度"), required=False, min_value=2000, max_value=2099)


@require_GET
def register(request: HttpRequest) -> HttpResponse | FileResponse:
    """The register, the newest number first. Raises NotYours: the post keeps none."""
    viewer = request.viewer
    require(viewer, Permission.DISPATCH)
    desk = DeskList(
        "paper_numbers", gettext_lazy("发文登记"), COLUMNS, Sort(NEWEST, True), filters=RegisterFiltersForm,
        empty=Empty(_("还没有编过文号"), _("通报、简报、更正函签发时取号；先在线下送签的，可以预留文号。"), icon="list-check"),
    )

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[NumberRow]:
        place = after[1] if after else None
        return numbers_for(viewer, filters_of(asked), turned=not sort.descending, after=place, limit=limit)

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_numbers(viewer, filters_of(asked), most=most)

    return desk.respond(
        request, "bulletins/editions/register.html", fetch=fetch, count=count, asked_by=request.user.name, why=_("本单位"),
        context={"tabs": tabs_of(request, "register")},
    )


def filters_of(asked: Mapping[str, Any]) -> NumberFilters:
    """The house's filters for what is asked."""
    return NumberFilters(
        kinds=(PaperKind(asked["kind"]),) if "kind" in asked else (),
        states=(NumberState(asked["state"]),) if "state" in asked else (), year=asked.get("year"), words=asked.get("q", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: HttpRequest) -> HttpResponse:
    """Reserve the next number of a series. Raises NotYours: no post of a campaign office."""
    require(request.viewer, Permission.DISPATCH)
    form, address = ReserveForm(request.POST if request.method == "POST" else None), reverse("bulletins:register")
    asking = Asking(
        _("预留文号"), _("预留的文号签发时可以选用；不用的，须登记作废和原因，文号不会断号。"), _("预留"), "list-check", address,
        crumbs_of(Crumb(_("发文登记"), address), Crumb(_("预留文号"))),
    )

    def act() -> str:
        return str(numbering.reserve(actor=request.viewer.actor("web"), now=clock.now(), **form.cleaned_data))

    return respond(request, asking, form, act, _("文号已预留。"), lambda _number: address)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, number_id: UUID) -> HttpResponse:
    """Enter a reserved number as not used. Raises NotYours: no post of an office. Raises NotFound: no such number."""
    require(request.viewer, Permission.DISPATCH)
    form, address = ReasonForm(request.POST if request.method == "POST" else None), reverse("bulletins:register")
    asking = Asking(
        _("登记文号作废"), _("作废的文号留在登记簿上，不再使用。"), _("登记作废"), "trash", address,
        crumbs_of(Crumb(_("发文登记"), address), Crumb(_("登记文号作废"))),
    )

    def act() -> bool:
        numbering.void(number_id=number_id, actor=request.viewer.actor("web"), now=clock.now(), **form.cleaned_data)
        return True

    return respond(request, asking, form, act, _("已登记作废。"), lambda _done: address)
