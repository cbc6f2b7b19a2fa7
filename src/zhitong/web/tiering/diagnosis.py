"""企业诊断: totals by region from the tallies, and for offices the enterprises by name with what each was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.subjects.rules.kinds import ENTERPRISES, Diagnosis, SubjectKind
from zhitong.domain.subjects.rules.noting import period_in_words
from zhitong.domain.tiering.queries.diagnoses import (
    SMALLEST,
    DiagnosisFilters,
    DiagnosisRow,
    RegionDiagnoses,
    count_diagnoses,
    diagnosed_by_region,
    diagnoses_for,
)
from zhitong.domain.tiering.queries.runs import sees_words
from zhitong.domain.tiering.queries.standards import book_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.words import figure_in_words
from zhitong.web.tiering.forms import DiagnosisFilterForm
from zhitong.web.tiering.looking import campaign_looked_at, tier_in_words


@dataclass(frozen=True)
class RegionShown:
    """A region's totals as cells in the order of the diagnoses, and their sum."""

    name: str
    cells: tuple[str, ...]
    total: str


LIST = DeskList(
    "diagnoses", gettext_lazy("企业诊断"),
    (
        Column("name", gettext_lazy("企业"), url=lambda row: reverse("tiering:subject", args=[row.subject_id])),
        Column("region", gettext_lazy("区划")),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label),
        Column("tier", gettext_lazy("帮扶层级"), value=lambda row: tier_in_words(row.tier)),
        Column("before", gettext_lazy("原来"), value=lambda row: row.before.label if row.before else ""),
        Column("diagnosis", gettext_lazy("诊断"), value=lambda row: row.diagnosis.label),
        Column("period", gettext_lazy("依据"), value=lambda row: period_in_words(row.period)),
        Column("words", gettext_lazy("理由"), Kind.LONG),
        Column("since", gettext_lazy("从何时起"), Kind.MOMENT),
    ),
    Sort("id", descending=True),
    empty=Empty(
        gettext_lazy("没有符合条件的企业"), gettext_lazy("企业的月度数据记入后，系统按标准诊断，结果会出现在这里。"), icon="chart-line"
    ),
)


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """How the enterprises of the viewer's territory are. Raises NotFound: it is not the viewer's to look at."""
    campaign = campaign_looked_at(request)
    kind = next((one for one in SubjectKind if one in ENTERPRISES and one.value == request.GET.get("kind")), None)
    kinds = [None, *(one for one in SubjectKind if one in ENTERPRISES)]
    regions = diagnosed_by_region(request.viewer, kind)
    may_list = sees_words(request.viewer)
    context = {
        "tabs": [
            Tab(one.label if one else _("全部企业"), f"{request.path}?kind={one or ''}", one is kind) for one in kinds
        ],
        "diagnoses": list(Diagnosis), "total": _shown(regions[0]), "source": book_of(campaign.code).source,
        "regions": [_shown(one) for one in regions[1:] if any(number != 0 for number in one.numbers)],
        "may_list": may_list, "smallest": SMALLEST,
    }
    if not may_list:
        return render(request, "tiering/diagnosis.html", context)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[DiagnosisRow]:
        place = after[1] if after else None
        return diagnoses_for(
            request.viewer, _filters(asked, kind), after=place, turned=not sort.descending, limit=limit
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_diagnoses(request.viewer, _filters(asked, kind), most=most)

    return LIST.respond(
        request, "tiering/diagnosis.html", fetch=fetch, count=count, filters=DiagnosisFilterForm(request.GET),
        why=_("最近变化的在前"), asked_by=request.user.name, context=context,
    )


def _filters(asked: Mapping[str, Any], kind: SubjectKind | None) -> DiagnosisFilters:
    return DiagnosisFilters(
        diagnosis=Diagnosis(asked["diagnosis"]) if "diagnosis" in asked else None,
        before=Diagnosis(asked["before"]) if "before" in asked else None, kind=kind,
        only_changed=bool(asked.get("changed")), words=asked.get("q", ""),
    )


def _shown(one: RegionDiagnoses) -> RegionShown:
    few = _("不足%s户") % SMALLEST
    cells = tuple(few if number is None else figure_in_words(number) for number in one.numbers)
    known = [number for number in one.numbers if number is not None]
    return RegionShown(one.name, cells, figure_in_words(sum(known)) if len(known) == len(one.numbers) else "")
