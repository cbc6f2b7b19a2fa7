"""没有落实分包的: by name, filtered, exported as it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.coverage import GapFilters, GapRow, count_of_gaps, gaps_for
from zhitong.domain.subjects.rules.caring import GAPS, Coverage
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.care.places import overseer, region_asked
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList

_ALL = ("", gettext_lazy("全部"))


class Filters(PlainForm):
    """The bar above the gaps."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("名称或代码"), "type": "search"}),
    )
    region = forms.ChoiceField(label=gettext_lazy("区划"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False, choices=[_ALL, *choices_of(SubjectKind)])
    tier = forms.ChoiceField(label=gettext_lazy("层级"), required=False, choices=[_ALL, *choices_of(Rank)])
    lacking = forms.ChoiceField(label=gettext_lazy("缺什么"), required=False, choices=[_ALL, *((str(one), one.label) for one in GAPS)])

    def __init__(self, *args: Any, region: RegionEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        offered = {region.code: region.name} | {one.code: one.name for one in here.children(region.id)}
        self.fields["region"].choices = [_ALL, *offered.items()]  # type: ignore[attr-defined]


LIST = DeskList(
    "care-gaps", gettext_lazy("没有落实分包的"),
    (
        Column("name", gettext_lazy("名称"), url=lambda row: reverse("subjects:page", args=[row.id])),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label),
        Column("region", gettext_lazy("所在地")),
        Column("tier", gettext_lazy("层级"), value=lambda row: row.tier.label),
        Column("lacking", gettext_lazy("缺什么"), value=lambda row: row.lacking.label),
        Column("assign", gettext_lazy("落实"), Kind.ACT, value=lambda row: gettext_lazy("落实分包"),
               url=lambda row: reverse("care:assign", args=[row.id])),
    ),
    Sort("id"),
    empty=Empty(gettext_lazy("没有符合条件的"), gettext_lazy("每一户都有分包领导和责任人，平台和民心工程都有专班时，这里是空的。")),
)  # fmt: skip
READING = DeskList("care-gaps", LIST.title, LIST.columns[:-1], LIST.sort, empty=LIST.empty)
"""The same for who assigns nobody."""


@require_GET
def gaps(request: HttpRequest) -> HttpResponse | FileResponse:
    """Those without an owner in the region asked for.

    Raises NotFound: the viewer oversees nothing, or the region lies outside his own.
    """
    viewer, region = overseer(request), region_asked(request)
    shown = LIST if viewer.may(Permission.DISPATCH) else READING
    return shown.respond(
        request, "care/gaps.html", fetch=_fetch(viewer), count=_count(viewer), filters=Filters(request.GET, region=region),
        why=_("%s，还没有落实分包的，按登记先后") % region.name, asked_by=request.user.name,
        context={"region": region, "crumbs": [Crumb(_("分包帮扶"), reverse("care:coverage")), Crumb(_("没有落实的"))]},
    )


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[GapRow]:
        return gaps_for(viewer, _asked(asked), after=after[1] if after else None, turned=sort.descending, limit=limit)

    return fetch


def _count(viewer: Viewer) -> Any:
    return lambda asked, most: count_of_gaps(viewer, _asked(asked), most=most)


def _asked(asked: Mapping[str, Any]) -> GapFilters:
    region = directory().region_coded(asked["region"]) if "region" in asked else None
    return GapFilters(
        kind=SubjectKind(asked["kind"]) if "kind" in asked else None, tier=Rank(asked["tier"]) if "tier" in asked else None,
        lacking=Coverage(asked["lacking"]) if "lacking" in asked else None, region_id=region.id if region else None,
        words=asked.get("q", ""),
    )
