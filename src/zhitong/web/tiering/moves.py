"""级别调整: every move between tiers of the territory, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.queries.moves import MoveFilters, MoveRow, count_moves, moves_for
from zhitong.domain.tiering.rules.kinds import MoveCause
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.tiering.forms import MoveFilterForm
from zhitong.web.tiering.looking import campaign_looked_at, crumb, tier_in_words

LIST = DeskList(
    "tier-moves", gettext_lazy("级别调整"),
    (
        Column("name", gettext_lazy("名称"), url=lambda row: reverse("tiering:subject", args=[row.subject_id])),
        Column("region", gettext_lazy("区划")),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label),
        Column("before", gettext_lazy("原来"), value=lambda row: tier_in_words(row.before)),
        Column("after", gettext_lazy("调整为"), value=lambda row: tier_in_words(row.after)),
        Column("cause", gettext_lazy("怎样调整"), value=lambda row: row.cause.label),
        Column("reason", gettext_lazy("理由"), Kind.LONG),
        Column("allowed_by", gettext_lazy("批准人")),
        Column("unit", gettext_lazy("办理单位")),
        Column("at", gettext_lazy("时间"), Kind.MOMENT),
        Column("words", gettext_lazy("规则说明"), Kind.LONG, extra=True),
    ),
    Sort("id", descending=True),
    empty=Empty(
        gettext_lazy("还没有级别调整"), gettext_lazy("采用测算结果、人工调整或恢复按规则之后，每一户的变化会出现在这里。"),
        icon="history",
    ),
)


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The moves of the viewer's territory. Raises NotFound: tiering is not the viewer's to look at."""
    campaign_looked_at(request)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[MoveRow]:
        place = after[1] if after else None
        return moves_for(request.viewer, _filters(asked), after=place, turned=not sort.descending, limit=limit)

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_moves(request.viewer, _filters(asked), most=most)

    return LIST.respond(
        request, "tiering/moves.html", fetch=fetch, count=count, filters=MoveFilterForm(request.GET),
        why=_("最近的在前"), asked_by=request.user.name,
        context={"crumbs": [crumb(url=reverse("tiering:list")), crumb(_("级别调整"))]},
    )


def _filters(asked: Mapping[str, Any]) -> MoveFilters:
    return MoveFilters(
        kind=SubjectKind(asked["kind"]) if "kind" in asked else None,
        cause=MoveCause(asked["cause"]) if "cause" in asked else None, words=asked.get("q", ""),
    )
