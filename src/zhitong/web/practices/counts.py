"""采用情况: of which unit how many pieces were submitted, adopted and used in a time, and where; for the monthly circular."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.practices.queries.counting import Stretch, UnitCount, total_of, unit_counts
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.kinds import PieceKind, UsePlace
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.practices.lists import ALL, tabs
from zhitong.web.problems.fields import DayField
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Text
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.words import figure_in_words


class CountFilters(PlainForm):
    """The bar above: which days, which kind, and whether the units below are counted too."""

    since = DayField(label=gettext_lazy("从"), required=False)
    until = DayField(label=gettext_lazy("到"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False, choices=[ALL, *choices_of(PieceKind)])
    below = forms.BooleanField(label=gettext_lazy("包括下级单位"), required=False)


def _rate(row: UnitCount) -> float | None:
    return row.adopted / row.submitted if row.submitted else None


def _used_in(place: UsePlace) -> Column:
    return Column(place.value, place.label, Kind.NUMBER, value=lambda row: row.used.get(place, 0))


COUNTS = DeskList(
    "piece-counts", gettext_lazy("采用情况"),
    (
        Column("unit", gettext_lazy("报送单位"), url=lambda row: f"{reverse('practices:list')}?unit={row.code}"),
        Column("submitted", gettext_lazy("报送"), Kind.NUMBER, gettext_lazy("篇"), sort_by="submitted"),
        Column("adopted", gettext_lazy("采用"), Kind.NUMBER, gettext_lazy("篇"), sort_by="adopted"),
        Column("rate", gettext_lazy("采用率"), Kind.PERCENT, value=_rate),
        *(_used_in(place) for place in UsePlace),
        Column("uses", gettext_lazy("采用去向合计"), Kind.NUMBER, gettext_lazy("次"), sort_by="uses"),
        Column("region", gettext_lazy("区划"), extra=True),
    ),
    Sort("adopted", descending=True),
    filters=CountFilters,
    empty=Empty(
        gettext_lazy("这段时间没有报送和采用"), gettext_lazy("有单位报送或有稿件采用后，这里按单位计数，可以导出附在通报后面。"), icon="sum"
    ),
)  # fmt: skip


@require_GET
def counts(request: HttpRequest) -> HttpResponse | FileResponse:
    """The units' counts for some days, this month's unless others are asked for, with the totals at the foot.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    typed, today = request.GET.copy(), clock.today()
    typed.setdefault("since", today.replace(day=1).isoformat())
    typed.setdefault("until", today.isoformat())
    form = CountFilters(typed)
    if viewer.reach is not Reach.SUBTREE:
        del form.fields["below"]
    asked = wanted_of(form)
    rows = unit_counts(viewer, Stretch(
        asked.get("since", today.replace(day=1)), asked.get("until", today),
        PieceKind(asked["kind"]) if "kind" in asked else None, bool(asked.get("below")),
    ))  # fmt: skip
    why = _("各单位报给本级的") if viewer.reach is Reach.SUBTREE else _("本单位的")
    return COUNTS.respond(
        request, "practices/list.html", fetch=_fetch(rows), count=lambda asked, most: min(len(rows), most), filters=form, why=why,
        totals=_totals(rows), asked_by=request.user.name,
        context={"tabs": tabs("counts"), "title": _("采用情况"), "may_submit": viewer.may(Permission.HANDLE)},
    )


def _fetch(rows: list[UnitCount]) -> Any:
    """A page of rows that are all at hand; a territory has hundreds of units, not more."""

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[UnitCount]:
        def key(row: UnitCount) -> tuple[int, str]:
            return int(getattr(row, sort.by)), str(row.id)

        ordered = sorted(rows, key=key, reverse=sort.descending)
        if after is not None:
            at = (int(after[0]), str(after[1]))
            ordered = [row for row in ordered if (key(row) < at if sort.descending else key(row) > at)]
        return ordered[:limit]

    return fetch


def _totals(rows: list[UnitCount]) -> dict[str, Text]:
    submitted, adopted, used = total_of(rows)
    return {
        "submitted": figure_in_words(submitted), "adopted": figure_in_words(adopted),
        "rate": f"{adopted / submitted:.1%}" if submitted else "", "uses": figure_in_words(sum(used.values())),
        **{place.value: figure_in_words(n) for place, n in used.items()},
    }
