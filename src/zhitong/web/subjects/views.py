"""The registry page by page, and the page of one of the served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.queries.contacting import subject_to_ring
from zhitong.domain.subjects.queries.lists import SubjectRow, count_for, subjects_for
from zhitong.domain.subjects.queries.registrars import kinds_registered_by
from zhitong.domain.subjects.queries.removals import removals_waiting_for
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.subjects.filters import SubjectFilters
from zhitong.web.subjects.showing import behind, shown

ROWS = 50


LIST = DeskList(
    "subjects", gettext_lazy("服务对象"),
    (
        Column("name", gettext_lazy("名称"), url=lambda row: reverse("subjects:page", args=[row.id])),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label),
        Column("region", gettext_lazy("区划")),
        Column("tier", gettext_lazy("帮扶层级"), value=lambda row: row.tier.label if row.tier else ""),
        Column("caring_unit", gettext_lazy("帮包单位"), value=lambda row: row.care.unit if row.care else ""),
        Column("lead_official", gettext_lazy("分包领导"), value=lambda row: row.care.lead_official if row.care else ""),
        Column("person_in_charge", gettext_lazy("责任人"), value=lambda row: row.care.person_in_charge if row.care else ""),
        Column("stage", gettext_lazy("项目阶段"), value=lambda row: row.stage.label if row.stage else ""),
        Column("sub_kind", gettext_lazy("小类"), extra=True),
        Column("code", gettext_lazy("代码"), extra=True),
        Column("industry", gettext_lazy("行业"), extra=True),
        Column("importance", gettext_lazy("重点级别"), value=lambda row: row.importance.label if row.importance else "", extra=True),
        Column("ended_on", gettext_lazy("不再服务"), Kind.DAY, extra=True),
    ),
    Sort("id"), limit=ROWS,
    empty=Empty(gettext_lazy("没有符合条件的服务对象"), gettext_lazy("登记到本辖区或由本单位分包的会出现在这里；放宽筛选条件再看。")),
)


@require_GET
def registry(request: HttpRequest) -> HttpResponse | FileResponse:
    """The served through one of the viewer's lenses.

    Raises NotFound: one of the served itself, or a lens that is not the viewer's.
    """
    viewer = request.viewer
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
    lenses = lenses_of(viewer.unit_kind, viewer.reach)
    lens = next((one for one in lenses if one.value == request.GET.get("lens", lenses[0].value)), None)
    if lens is None:
        raise NotFound
    form = SubjectFilters(request.GET, viewer)
    return LIST.respond(
        request, "subjects/list.html", fetch=_fetch(request, lens, form), count=_count(request, lens, form),
        filters=form, why=_("%s，按登记先后") % lens.label, asked_by=request.user.name,
        context={
            "tabs": [Tab(one.label, f"{request.path}?lens={one.value}", one is lens) for one in lenses], "lens": lens,
            "may_register": viewer.may(Permission.REGISTER) and bool(kinds_registered_by(viewer)),
            "waiting": len(removals_waiting_for(viewer)) if viewer.may(Permission.REGISTER) else 0,
        },
    )


@require_GET
def page(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """One of the served: who looks after it, why it stands on its level, its problems and its cards.

    Raises NotFound: it is not there, or not for this viewer.
    """
    viewer = request.viewer
    found = subject_to_ring(viewer, subject_id, now=clock.now())
    return render(request, "subjects/page.html", {**shown(viewer, found), **behind(viewer, found)})


def _fetch(request: HttpRequest, lens: Lens, form: SubjectFilters) -> Callable[..., list[SubjectRow]]:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[SubjectRow]:
        filters, place = form.asked_of(asked), after[1] if after else None
        return subjects_for(request.viewer, lens, filters, after=place, turned=sort.descending, limit=limit).rows

    return fetch


def _count(request: HttpRequest, lens: Lens, form: SubjectFilters) -> Callable[..., int]:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_for(request.viewer, lens, form.asked_of(asked), most=most)

    return count
