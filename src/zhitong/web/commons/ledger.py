"""台账 of common problems: narrowed, sorted by when they are due, exported as seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.queries.ledger import CommonRow, Filters, commons_for, count_for, labels_of
from zhitong.domain.commons.rules.kinds import CommonState
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.problems.showing import clock_line
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Clock, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList

NEWEST, DUE = "id", "due_at"


class CommonFilters(PlainForm):
    """The bar above the ledger."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("编号、名称"), "type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=gettext_lazy("状态"), required=False, choices=choices_of(CommonState), widget=forms.CheckboxSelectMultiple
    )
    category = forms.ChoiceField(label=gettext_lazy("问题类别"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        campaign = campaign_in_force()
        named = labels_of(campaign.code) if campaign else {}
        self.fields["category"].choices = [("", _("全部")), *named.items()]  # type: ignore[attr-defined]


def clock_of(row: CommonRow) -> Clock | None:
    """The limit of one that is still to be answered."""
    if row.answered_at or row.closed_at:
        return None
    return clock_line(row.due_at, row.light, calendar(), clock.now())


LIST = DeskList(
    "commons", gettext_lazy("共性问题"),
    (
        Column("number", gettext_lazy("编号"), url=lambda row: reverse("commons:page", args=[row.number])),
        Column("title", gettext_lazy("共性问题"), Kind.LONG),
        Column("category_label", gettext_lazy("类别")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("clock", gettext_lazy("时限"), Kind.CLOCK, sort_by=DUE, value=clock_of),
        Column("lead", gettext_lazy("牵头单位")),
        Column("members", gettext_lazy("成员"), Kind.NUMBER, unit=gettext_lazy("件")),
        Column("waiting", gettext_lazy("等候"), Kind.NUMBER, unit=gettext_lazy("家")),
        Column("established_at", gettext_lazy("确立时间"), Kind.MOMENT, sort_by=NEWEST),
        Column("office", gettext_lazy("确立单位"), extra=True),
        Column("region", gettext_lazy("区划"), extra=True),
        Column("treatment", gettext_lazy("办法"), value=lambda row: row.treatment.label, extra=True),
        Column("outcome", gettext_lazy("结果"), value=lambda row: row.outcome.label if row.outcome else "", extra=True),
        Column("answered_at", gettext_lazy("统一答复"), Kind.MOMENT, extra=True),
        Column("closed_at", gettext_lazy("办结时间"), Kind.MOMENT, extra=True),
    ),
    Sort(NEWEST, True),
    empty=Empty(
        gettext_lazy("还没有共性问题"), gettext_lazy("活动办公室把多家企业反映的同类问题确立为共性问题后，会出现在这里。")
    ),
)


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """The common problems of the viewer's unit and territory.

    Raises NotFound: one of the served.
    """
    form = CommonFilters(request.GET)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[CommonRow]:
        by_due = sort.by == DUE
        turned = sort.descending if by_due else not sort.descending
        return commons_for(
            request.viewer, _asked(asked), now=clock.now(), by_due=by_due, turned=turned, after=after, limit=limit
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_for(request.viewer, _asked(asked), most=most)

    return LIST.respond(
        request, "commons/list.html", fetch=fetch, count=count, filters=form, asked_by=request.user.name,
        why=_("本单位确立、牵头和本辖区的共性问题"),
        context={"may_establish": request.viewer.may(Permission.DISPATCH)},
    )


def _asked(asked: Mapping[str, Any]) -> Filters:
    return Filters(
        tuple(CommonState(word) for word in asked.get("state", ())), asked.get("category", ""), asked.get("q", "")
    )
