"""找人: everybody of the territory in his posts, to be found by name, login, post or unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries.staff import StaffRow, count_of_staff, staff_for
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList


class StaffFilters(PlainForm):
    """The bar above the list."""

    q = forms.CharField(
        label=gettext_lazy("姓名、登录名、岗位或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("岗位类别"), required=False, choices=lambda: [("", gettext_lazy("全部")), *choices_of(PostKind)],
    )


LIST = DeskList(
    "staff", gettext_lazy("人员"),
    (
        Column("name", gettext_lazy("姓名"), sort_by="name", url=lambda row: reverse("sight:person", args=[row.person_id])),
        Column("login", gettext_lazy("登录名")),
        Column(
            "unit", gettext_lazy("单位"), value=lambda row: row.unit.name,
            url=lambda row: reverse("staffing:unit", args=[row.unit.code]),
        ),
        Column("title", gettext_lazy("岗位")),
        Column("kind", gettext_lazy("岗位类别"), value=lambda row: row.kind.label),
        Column("region", gettext_lazy("区划")),
        Column("since", gettext_lazy("任职"), Kind.DAY, sort_by="since"),
        Column(
            "move", gettext_lazy("调动"), Kind.ACT, value=lambda row: _("调动") if row.is_ours else "",
            url=lambda row: reverse("staffing:move", args=[row.id]) if row.is_ours else "",
        ),
    ),
    Sort("since", descending=True), filters=StaffFilters,
    empty=Empty(
        gettext_lazy("没有找到这样的人"),
        gettext_lazy("核对姓名、登录名，或只写单位名称的一部分；还没有任职的，在单位页面的岗位后面点“任职”。"), icon="users-group",
    ),
)


@require_GET
def people(request: HttpRequest) -> HttpResponse | FileResponse:
    """Everybody in the posts of the subtree. Raises NotYours: the post does not administer."""
    require(request.viewer, Permission.ADMINISTER)
    viewer, today = request.viewer, clock.today()

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[StaffRow]:
        return staff_for(
            viewer, today, **_asked(asked), by=sort.by, after=(after[0], after[1]) if after else None,
            descending=sort.descending, limit=limit,
        )

    return LIST.respond(
        request, "staffing/people.html", fetch=fetch, count=lambda asked, most: count_of_staff(viewer, today, **_asked(asked), most=most),
        why=_("本辖区各单位在任的人员，一个岗位一行"), asked_by=request.user.name,
        context={"crumbs": [Crumb(_("单位与人员"), reverse("staffing:list")), Crumb(_("找人"))]},
    )


def _asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    kind = asked.get("kind")
    return {"words": str(asked.get("q", "")).strip(), "kind": PostKind(kind) if kind else None}
