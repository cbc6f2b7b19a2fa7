"""督办: the ledger of papers from each side, and how often each unit was pressed and moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.supervision.queries.effects import effects_by_unit
from zhitong.domain.supervision.queries.papers import (
    PaperFilters,
    PaperOrder,
    PaperRow,
    count_papers,
    papers_for,
    sides_of,
)
from zhitong.domain.supervision.rules.kinds import Grade, Side, SupervisionState
from zhitong.kit import clock
from zhitong.kit.clock import day_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.supervision.forms import PaperFiltersForm
from zhitong.web.supervision.showing import limit_of, tabs_of

DUE, NEWEST = "due_at", "id"

COLUMNS = (
    Column("number", gettext_lazy("编号"), value=lambda row: row.number or _("草稿"),
           url=lambda row: reverse("supervision:page", args=[row.id])),
    Column("grade", gettext_lazy("等级"), value=lambda row: row.grade.label),
    Column("limit", gettext_lazy("反馈期限"), Kind.CLOCK, sort_by=DUE, value=lambda row: limit_of(row.due_at, row.light)),
    Column("unit", gettext_lazy("被督办单位")),
    Column("demand", gettext_lazy("督办要求"), Kind.LONG),
    Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
    Column("effect", gettext_lazy("成效"), value=lambda row: effect_in_words(row)),
    Column("issued_at", gettext_lazy("签发时间"), Kind.MOMENT, sort_by=NEWEST),
    Column("by_unit", gettext_lazy("督办单位")),
    Column("answered_at", gettext_lazy("反馈时间"), Kind.MOMENT, extra=True),
    Column("due_at", gettext_lazy("到期时间"), Kind.MOMENT, extra=True),
    Column("cases", gettext_lazy("督办问题"), Kind.NUMBER, unit=gettext_lazy("件"), extra=True),
    Column("acted", gettext_lazy("两日内有动作"), Kind.NUMBER, unit=gettext_lazy("件"), extra=True),
)


def effect_in_words(row: PaperRow) -> str:
    """督办 2 件，两日内有动作 1 件."""
    return _("督办 %(n)d 件，两日内有动作 %(m)d 件") % {"n": row.cases, "m": row.acted}


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """Papers from one side, newest first or by what is due.

    Raises NotFound: the viewer has no such side.
    """
    viewer, side = request.viewer, _side_in(request)
    desk = DeskList(
        "supervisions", gettext_lazy("督办台账"), COLUMNS, Sort(NEWEST, True), filters=PaperFiltersForm,
        empty=Empty(_("没有督办单"), _("在问题页面点“督办”，或者在“该催办的”里选中几件，就能起草督办单。"), icon="flag"),
    )
    is_timed = desk.sort_of(request.GET).by == DUE

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[PaperRow]:
        by_due = sort.by == DUE
        order = PaperOrder.DUE if by_due else PaperOrder.NEWEST
        place = (after[0] if by_due else None, after[1]) if after else None
        return papers_for(
            viewer, side, filters_of(asked), now=clock.now(), order=order, turned=sort.descending is by_due, after=place,
            limit=limit,
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_papers(viewer, side, filters_of(asked), now=clock.now(), most=most, timed=is_timed)

    return desk.respond(
        request, "supervision/list.html", fetch=fetch, count=count, asked_by=request.user.name, why=side.label,
        context={"tabs": tabs_of(request, side.value)},
    )


def filters_of(asked: Mapping[str, Any]) -> PaperFilters:
    """The house's filters for what is asked."""
    return PaperFilters(
        states=tuple(SupervisionState(word) for word in asked.get("state", ())),
        grade=Grade(asked["grade"]) if "grade" in asked else None,
        light=Light(asked["light"]) if "light" in asked else None, words=asked.get("q", ""),
    )


@require_GET
def effects(request: HttpRequest) -> HttpResponse:
    """One line for each unit since the year began: 催办 N 次, 两个工作日内有动作 M 次.

    Raises NotFound: the viewer is no official.
    """
    officials_only(request.viewer)
    now = clock.now()
    since = datetime(clock.today().year, 1, 1, tzinfo=clock.SHANGHAI).astimezone(UTC)
    context = {
        "tabs": tabs_of(request, "effects"), "units": effects_by_unit(request.viewer, since=since, now=now), "since": day_of(since),
        "nothing": Empty(_("今年还没有催办、督办"), _("催办、督办、批示之后，被催单位两个工作日内的第一个动作会记在这里。")),
    }
    return render(request, "supervision/effects.html", context)


def _side_in(request: HttpRequest) -> Side:
    sides, asked = sides_of(request.viewer), request.GET.get("side", "")
    found = next((side for side in sides if side.value == asked or not asked), None)
    if found is None:
        raise NotFound
    return found
