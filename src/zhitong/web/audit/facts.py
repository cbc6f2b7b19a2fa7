"""The facts of an auditor's territory: searched by person, unit, thing, kind and time, exported; and one fact with its seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.history.queries.kinds import kinds_told
from zhitong.domain.history.rules.seals import in_groups
from zhitong.domain.organisations.actions.auditing import note_export
from zhitong.domain.organisations.queries.auditing import (
    AuditedFact,
    AuditFilters,
    FactStanding,
    count_of_facts,
    fact_audited,
    facts_for,
)
from zhitong.domain.organisations.rules.auditing import period_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.web.audit.views import JSON, auditors_only, tabs
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty, Light, Tone
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.lists import DeskList

DOORS = {
    "web": gettext_lazy("网页"), "api": gettext_lazy("接口"), "work": gettext_lazy("后台"), "cli": gettext_lazy("命令"),
    "rehearsal": gettext_lazy("演示"),
}


class FactFilters(PlainForm):
    """The bar above."""

    since = forms.DateField(label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    person = forms.CharField(
        label=gettext_lazy("人员"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("姓名或登录名")}),
    )
    unit = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=60)
    thing = forms.CharField(
        label=gettext_lazy("事项"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("编号")}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("办了什么"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(kinds_told().items(), key=lambda pair: pair[0])
        self.fields["kind"].choices = [("", _("全部")), *kinds]  # type: ignore[attr-defined]


FACTS = DeskList(
    "audit-facts", gettext_lazy("留痕"),
    (
        Column("at", gettext_lazy("时间"), Kind.MOMENT, sort_by="at", url=lambda row: reverse("audit:fact", args=[row.id])),
        Column("kind", gettext_lazy("办了什么"), value=lambda row: label_of(row)),
        Column("number", gettext_lazy("事项编号")),
        Column("unit", gettext_lazy("单位"), value=lambda row: row.unit or _("系统")),
        Column("post", gettext_lazy("岗位")),
        Column("person", gettext_lazy("人员")),
        Column("via", gettext_lazy("途径"), value=lambda row: DOORS.get(row.via, row.via)),
        Column("id", gettext_lazy("留痕编号"), value=lambda row: str(row.id), extra=True),
        Column("thing_id", gettext_lazy("事项内部编号"), value=lambda row: str(row.thing_id), extra=True),
    ),
    Sort("at", descending=True),
    filters=FactFilters,
    empty=Empty(gettext_lazy("这段时间没有符合条件的留痕"), gettext_lazy("放宽时间、换个条件再看。"), icon="history"),
)  # fmt: skip


@require_GET
def facts(request: HttpRequest) -> HttpResponse | FileResponse:
    """The facts of the viewer's territory, the newest first; an export leaves a fact of its own.

    Raises NotFound: the viewer is no auditor.
    """
    viewer = auditors_only(request)
    form = FactFilters(request.GET)
    filters = _filters(wanted_of(form))
    first, last = clock.day_of(filters.since), clock.day_of(filters.until) - timedelta(days=1)
    if request.GET.get("export"):
        note_export(filters, actor=viewer.actor("web"), now=clock.now())
    return FACTS.respond(
        request, "audit/facts.html", fetch=_fetch(viewer), count=_count(viewer), filters=form,
        why=_("本辖区各单位 %(first)s 至 %(last)s 的留痕") % {"first": first.isoformat(), "last": last.isoformat()},
        asked_by=request.user.name,  # type: ignore[union-attr]
        context={"tabs": tabs("facts")},
    )


@require_GET
def fact(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """One fact: who did what as whom, and the seal it stands under.

    Raises NotFound: it is not in the viewer's audit, or the viewer is no auditor.
    """
    found = fact_audited(auditors_only(request), fact_id)
    under = found.under
    return render(request, "audit/fact.html", {
        "row": found.row, "label": label_of(found.row), "door": DOORS.get(found.row.via, found.row.via), "under": under,
        "place": under.place + 1 if under else 0, "leaf": in_groups(under.leaf) if under else "",
        "light": standing_of(found), "fields": "、".join(found.row.fields),
        "crumbs": [Crumb(_("留痕审计"), reverse("audit:facts")), Crumb(label_of(found.row))],
    })


@require_GET
def proof(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """What proves one fact to whoever holds the digest of a day: its bytes, the way to the root, the seal.

    Raises NotFound: it is not in the viewer's audit, or it waits for its seal.
    """
    found = fact_audited(auditors_only(request), fact_id)
    answer = HttpResponse(json.dumps(found.proof, ensure_ascii=False, indent=2), content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="{fact_id}.json"'
    return answer


def label_of(row: AuditedFact) -> str:
    """What happened, in words."""
    return kinds_told().get(row.kind, row.kind)


def standing_of(found: FactStanding) -> Light:
    """Whether a fact still is what was sealed, as a shape and a word."""
    if found.under is None:
        return Light(Tone.NONE, _("等待封存"))
    return Light(Tone.GOOD, _("与封存一致")) if found.holds else Light(Tone.BAD, _("与封存不符，内容被改动"))


def _filters(asked: Mapping[str, Any]) -> AuditFilters:
    """From the first to the last day, both whole; without a first day the month before the last."""
    since, until = period_of(asked.get("since"), asked.get("until"), today=clock.today())
    words = (asked.get(name, "") for name in ("kind", "person", "unit", "thing"))
    return AuditFilters(since, until, *words)


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[AuditedFact]:
        key = (after[0], UUID(str(after[1]))) if after else None
        return facts_for(viewer, _filters(asked), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _count(viewer: Viewer) -> Any:
    return lambda asked, most: count_of_facts(viewer, _filters(asked), most=most)
