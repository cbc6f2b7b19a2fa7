"""The passages behind a figure of where time goes, as a list: the longest first, or the newest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.timing.rows import Asked, Passage, RowOrder, Which, count_of_passages, passages_for
from zhitong.domain.analysis.queries.timing.ways import Narrowed
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import OVERDUE, Crumb, Empty, Light
from zhitong.web.shell.lists import DeskList
from zhitong.web.timing.filters import TimingFilters
from zhitong.web.timing.links import Links
from zhitong.web.timing.saying import spent_in_words
from zhitong.web.timing.views import narrowed_by

LONGEST, NEWEST = RowOrder.LONGEST.value, RowOrder.NEWEST.value


def _word(label: Any, words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *choices_of(words)])


class RowFilters(TimingFilters):
    """What the figure that was opened asks beside the page's own bar."""

    which = forms.ChoiceField(
        label=gettext_lazy("范围"), required=False, choices=[(Which.GONE.value, Which.GONE.label), (Which.STILL.value, Which.STILL.label)]
    )
    state = _word(gettext_lazy("环节"), State)
    to = _word(gettext_lazy("去向"), State)
    by = _word(gettext_lazy("办理动作"), Act)
    stage = _word(gettext_lazy("时限"), Stage)
    again = forms.BooleanField(label=gettext_lazy("再次进入"), required=False)
    late = forms.BooleanField(label=gettext_lazy("超过时限"), required=False)

    def __init__(self, query: QueryDict, viewer: Viewer, now: Any) -> None:
        super().__init__(query, viewer, now)
        still = self.data.get("which") == Which.STILL.value
        for name in ("to", "by", "stage") if not still else ("to", "by", "stage", "again"):
            if still or not self.data.get(name):
                del self.fields[name]

    @property
    def asked_of(self) -> Asked:
        """The passages asked for.

        Raises NotFound: the region or unit asked for is none of the viewer's.
        """
        asked, bar = self.asked, narrowed_by(self)
        narrowed = Narrowed(
            bar.category, bar.kind, bar.rank, bar.unit_id,
            state=State(asked["state"]) if "state" in asked else None, to=State(asked["to"]) if "to" in asked else None,
            by=Act(asked["by"]) if "by" in asked else None, stage=Stage(asked["stage"]) if "stage" in asked else None,
            again=bool(asked.get("again")), late=bool(asked.get("late")),
        )
        which = Which(asked.get("which", Which.GONE.value))
        return Asked(self.region_asked.id, self.period_asked, self.cut_off, narrowed, which)


def _light(row: Passage) -> Light | str:
    return OVERDUE if row.is_late else ""


COLUMNS = (
    Column("number", gettext_lazy("编号"), url=lambda row: reverse("problems:page", args=[row.number])),
    Column("state", gettext_lazy("环节"), value=lambda row: row.state.label),
    Column(
        "minutes", gettext_lazy("所花办公时间"), sort_by=LONGEST,
        value=lambda row: spent_in_words(row.minutes) if row.is_measured else "",
    ),
    Column("late", gettext_lazy("时限"), Kind.LIGHT, value=_light),
    Column("unit", gettext_lazy("单位")),
    Column("subject_name", gettext_lazy("服务对象")),
    Column("excerpt", gettext_lazy("问题"), Kind.LONG),
    Column("category_label", gettext_lazy("类别")),
    Column("region", gettext_lazy("区划")),
    Column("came_at", gettext_lazy("进入时间"), Kind.MOMENT, sort_by=NEWEST),
    Column("left_at", gettext_lazy("离开时间"), Kind.MOMENT),
    Column("next_act", gettext_lazy("因何离开"), value=lambda row: row.next_act.label if row.next_act else ""),
)


@require_GET
def listed(request: HttpRequest) -> HttpResponse | FileResponse:
    """The passages behind a figure.

    Raises NotFound: the region or the unit asked for is not the viewer's to oversee.
    """
    viewer, now = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = RowFilters(request.GET, viewer, now)
    asked = form.asked_of
    still = asked.which is Which.STILL
    desk = DeskList(
        "timing-rows", gettext_lazy("环节明细"), COLUMNS, Sort(NEWEST if still else LONGEST, not still),
        empty=Empty(_("没有符合条件的环节"), _("换一个统计期或放宽条件再看。"), icon="hourglass"),
    )

    def fetch(_filters: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Passage]:
        return passages_for(
            viewer, asked, now, order=RowOrder(sort.by), turned=not sort.descending, after=after, limit=limit
        )

    def count(_filters: Mapping[str, Any], most: int) -> int:
        return count_of_passages(viewer, asked, now, most=most)

    crumbs = [Crumb(_("办理时长"), Links(form).page()), Crumb(asked.which.label)]
    return desk.respond(
        request, "timing/rows.html", fetch=fetch, count=count, filters=form, why=_why(form, asked),
        asked_by=request.user.name, context={"title": _("环节明细"), "crumbs": crumbs},  # type: ignore[union-attr]
    )


def _why(form: RowFilters, asked: Asked) -> str:
    """Which passages these are."""
    place = f"{form.region_asked.name} · {form.period_asked.words}"
    return _("%(place)s，%(which)s；不含补录的和企业要求保密的问题") % {"place": place, "which": asked.which.label}
