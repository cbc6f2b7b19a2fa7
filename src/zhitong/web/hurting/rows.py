"""The problems behind a hot spot or a theme, as a list: the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.hurting.coming import Narrowed
from zhitong.domain.analysis.queries.hurting.rows import Asked, Came, came_for, count_of_came
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.web.hurting.links import rows_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.timing.filters import SpanFilters

NEWEST = "submitted_at"


class RowFilters(SpanFilters):
    """The page's own bar, with the industry and the word that the figure was of."""

    industry = forms.CharField(label=gettext_lazy("行业"), required=False, max_length=60)
    word = forms.CharField(label=gettext_lazy("文字里有"), required=False, max_length=20)

    @property
    def asked_of(self) -> Asked:
        """The problems asked for.

        Raises NotFound: the region asked for is none of the viewer's.
        """
        asked = self.asked
        narrowed = Narrowed(asked.get("kind", ""), asked.get("category", ""), asked.get("industry", ""))
        return Asked(self.region_asked.id, self.period_asked, narrowed, asked.get("word", ""))


COLUMNS = (
    Column("number", gettext_lazy("编号"), url=lambda row: reverse("problems:page", args=[row.number])),
    Column("subject_name", gettext_lazy("服务对象")),
    Column("industry", gettext_lazy("行业")),
    Column("excerpt", gettext_lazy("问题"), Kind.LONG),
    Column("category_label", gettext_lazy("类别")),
    Column("region", gettext_lazy("区划")),
    Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
    Column("submitted_at", gettext_lazy("提交时间"), Kind.MOMENT, sort_by=NEWEST),
)
DESK = DeskList(
    "hurting-rows", gettext_lazy("收到的问题"), COLUMNS, Sort(NEWEST, True),
    empty=Empty(gettext_lazy("没有符合条件的问题"), gettext_lazy("换一个统计期或放宽条件再看。"), icon="flame"),
)


@require_GET
def listed(request: HttpRequest) -> HttpResponse | FileResponse:
    """The problems behind a figure.

    Raises NotFound: the region asked for is not the viewer's to oversee.
    """
    viewer, now = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = RowFilters(request.GET, viewer, now)
    asked = form.asked_of

    def fetch(_filters: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Came]:
        return came_for(viewer, asked, now, turned=not sort.descending, after=after, limit=limit)

    def count(_filters: Mapping[str, Any], most: int) -> int:
        return count_of_came(viewer, asked, now, most=most)

    place = f"{form.region_asked.name} · {form.period_asked.words}"
    back = rows_of(form).replace(reverse("hurting:rows"), reverse("hurting:hurting"))
    return DESK.respond(
        request, "hurting/rows.html", fetch=fetch, count=count, filters=form,
        why=_("%s收到，最近提交的在前；不含企业要求保密的问题") % place, asked_by=request.user.name,  # type: ignore[union-attr]
        context={"title": _("收到的问题"), "crumbs": [Crumb(_("问题热点"), back), Crumb(_("收到的问题"))]},
    )
