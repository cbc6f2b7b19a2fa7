"""开通: who has come, region by region, kind by kind, list by list, and name by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.entry.queries.activation import OFFICIAL, PlaceActivation, activation_below, activation_of_lists
from zhitong.domain.entry.queries.named import Named, NamedUnit, count_of_named, units_named
from zhitong.domain.entry.rules.activation import Activation, together
from zhitong.domain.entry.rules.kinds import Presence
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.web.entry.looking import Looking, MeterLine, kind_words, looking_at, meter_line
from zhitong.web.shell.columns import Column
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key
from zhitong.web.shell.words import figure_in_words

CHOOSE = "invite"
"""The id of the form that takes the firms that were ticked."""


class NameFilters(PlainForm):
    """The bar above the names."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    come = forms.ChoiceField(
        label=gettext_lazy("登录情况"), required=False,
        choices=[("", gettext_lazy("全部")), *((one.value, one.label) for one in Presence)],
    )
    q = forms.CharField(
        label=gettext_lazy("名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kind_words().items())  # type: ignore[attr-defined]


def url_of(row: NamedUnit) -> str:
    """Where a name leads: one of the served to its page, a unit of government to its own."""
    if row.kind == OFFICIAL:
        return reverse("territory:unit", args=[row.code])
    return reverse("subjects:page", args=[row.id])


LIST = DeskList(
    "activation", gettext_lazy("开通名单"),
    (
        Column("name", gettext_lazy("名称"), url=url_of),
        Column("kind", gettext_lazy("类别"), value=lambda row: kind_words()[row.kind]),
        Column("region", gettext_lazy("区划")),
        Column("presence", gettext_lazy("登录情况"), value=lambda row: row.presence.label),
        Column("last", gettext_lazy("最近登录"), value=lambda row: _month_in_words(row.last)),
    ),
    Sort("id"), filters=NameFilters,
    empty=Empty(gettext_lazy("没有符合条件的名字"), gettext_lazy("换一个类别、登录情况或地区再看。")),
)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """How far a region has come: by the regions below, by kind, by list.

    Raises NotFound: the viewer has no territory.
    """
    looking, today = looking_at(request.viewer, request.GET), clock.today()
    places = activation_below(request.viewer, looking.region.id, today=today)
    whole = together([place.of(looking.kind) for place in places])
    campaign = campaign_in_force()
    lists = activation_of_lists(request.viewer, campaign.code, looking.region.id, today=today) if campaign else []
    return render(request, "entry/activation.html", {
        "looking": looking, "title": _finding(looking, whole), "kind_label": kind_words()[looking.kind],
        "total": meter_line(looking.region.name, "", whole, looking),
        "by_region": [_of_region(looking, place) for place in places if place.of(looking.kind).total],
        "by_kind": [
            meter_line(label, replace(looking, kind=kind).url("entry:activation"), found, replace(looking, kind=kind))
            for kind, label in kind_words().items() if (found := together([place.of(kind) for place in places])).total
        ],
        "by_list": [meter_line(one.name, "", one.activation, None) for one in lists],
        "names_url": looking.url("entry:names", come=Presence.NEVER.value), "may_invite": may_invite(request.viewer),
        "may_enroll": request.viewer.may(Permission.ADMINISTER),
    })  # fmt: skip


@require_GET
def names(request: HttpRequest) -> HttpResponse | FileResponse:
    """The names of a region with how far each has come; the served that are ticked can be invited.

    Raises NotFound: the viewer has no territory.
    """
    looking, viewer = looking_at(request.viewer, request.GET), request.viewer
    offers = may_invite(viewer) and looking.kind != OFFICIAL
    context = {
        "looking": looking, "may_invite": offers, "once_key": new_key(), "kind_label": kind_words()[looking.kind],
        "crumbs": [Crumb(_("开通"), replace(looking, kind="").url("entry:activation")), Crumb(_("名单"))],
    }
    shown = replace(LIST, choose=CHOOSE) if offers else LIST
    return shown.respond(
        request, "entry/names.html", fetch=_fetch(viewer, looking), count=_count(viewer, looking), context=context,
        why=_("%(place)s及下级，按登记先后排列") % {"place": looking.region.name}, asked_by=request.user.name,
    )


def may_invite(viewer: Viewer) -> bool:
    """Whether the post gives out invitations."""
    return viewer.may(Permission.ADMINISTER) or viewer.may(Permission.DISPATCH)


def _of_region(looking: Looking, place: PlaceActivation) -> MeterLine:
    """A region below; the region's own units stand as 本级 and lead to no page of their own."""
    found = place.of(looking.kind)
    if place.region_id == looking.region.id:
        return meter_line(_("%s本级") % place.name, "", found, None)
    below = next(one for one in looking.below if one.id == place.region_id)
    there = replace(looking, region=below, code=below.code)
    return meter_line(place.name, there.url("entry:activation"), found, there)


def _finding(looking: Looking, found: Activation) -> str:
    """The title: how far the place has come and what is wanting."""
    said = {"place": looking.region.name, "kind": kind_words()[looking.kind]}
    if found.rate is None:
        return _("%(place)s没有登记%(kind)s") % said
    return _("%(place)s%(kind)s开通率 %(rate)s，还有 %(left)s 户从未登录") % {
        **said, "rate": f"{found.rate:.1%}", "left": figure_in_words(found.never),
    }


def _month_in_words(month: str) -> str:
    year, _dash, number = month.partition("-")
    return _("%(year)s年%(month)d月") % {"year": year, "month": int(number)} if month else ""


def _fetch(viewer: Viewer, looking: Looking) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[NamedUnit]:
        return units_named(
            viewer, looking.region.id, _asked(asked), today=clock.today(), after=after[1] if after else None,
            backwards=sort.descending, limit=limit,
        )

    return fetch


def _count(viewer: Viewer, looking: Looking) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_named(viewer, looking.region.id, _asked(asked), today=clock.today(), most=most)

    return count


def _asked(asked: Mapping[str, Any]) -> Named:
    come = asked.get("come", "")
    return Named(asked.get("kind", ""), Presence(come) if come else None, asked.get("q", ""))
