"""人员名单: everybody who sits in the territory, in one list that can be narrowed and taken out as it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries.everybody import Seated, count_of_everybody, everybody_in
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList


class PeopleFilters(PlainForm):
    """The bar above the list."""

    q = forms.CharField(
        label=gettext_lazy("姓名、单位或岗位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )


LIST = DeskList(
    "staffing-people", gettext_lazy("人员名单"),
    (
        Column("name", gettext_lazy("姓名"), url=lambda row: reverse("sight:person", args=[row.person_id])),
        Column("unit", gettext_lazy("单位"), url=lambda row: reverse("staffing:unit", args=[row.unit_code])),
        Column("title", gettext_lazy("岗位")), Column("region", gettext_lazy("区划")),
        Column("login", gettext_lazy("登录名"), extra=True),
        Column("since", gettext_lazy("任职起"), Kind.DAY, sort_by="since"),
    ),
    Sort("since", descending=True), filters=PeopleFilters,
    empty=Empty(
        gettext_lazy("没有符合条件的人员"), gettext_lazy("放宽筛选条件再看；还没有人任职的，在单位页面任职，或者导入单位人员。"),
        icon="users",
    ),
)


@require_GET
def everybody(request: HttpRequest) -> HttpResponse | FileResponse:
    """Everybody of the subtree. Raises NotYours: the post does not administer."""
    return LIST.respond(
        request, "staffing/everybody.html", fetch=_fetch(request.viewer), count=_count(request.viewer),
        why=_("本辖区各单位现任人员，一人几个岗位的每个岗位一行，新任的在前"), asked_by=request.user.name,
        context={"crumbs": [Crumb(_("单位与人员"), reverse("staffing:list")), Crumb(_("人员名单"))]},
    )


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Seated]:
        place = (after[0], after[1]) if after else None
        return everybody_in(viewer, words=str(asked.get("q", "")), after=place, backwards=not sort.descending, limit=limit)

    return fetch


def _count(viewer: Viewer) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_everybody(viewer, words=str(asked.get("q", "")), most=most)

    return count
