"""填报: the names of a round with how each card stands; the meters of regions, lists and caring units stand in `meters`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.cards.queries import (
    ListedCard,
    cards_cared_for,
    cards_of_region,
    count_cared_for,
    count_of_region,
    rounds_asked,
)
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.cards import meters
from zhitong.web.cards.filters import Looking, Narrowable, RoundFilters, looking_at, narrowing_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key
from zhitong.web.shell.sheets import notes_of, sheet_of
from zhitong.web.shell.words import day_in_words, figure_in_words

ROWS = 50


def url_of(row: ListedCard) -> str:
    """Where a name leads: to its card once something was sent, else to how it stands and what can be done."""
    if row.card_id and row.submitted_at:
        return reverse("cards:page", args=[row.card_id])
    return reverse("cards:standing", args=[row.round_id, row.subject_id])


def caring_unit_of(row: ListedCard) -> str:
    """The unit that cared for it when the round opened."""
    return directory().name_of(row.caring_unit_id) if row.caring_unit_id else ""


def late_of(row: ListedCard) -> str:
    """Whose lateness it is: the firm's own, or that of the level above, by name."""
    if row.held_by and row.submitted_at:
        return _("上级原因（%(unit)s，%(day)s）") % {"unit": row.held_by, "day": day_in_words(row.held_on)}
    return Lateness.OWN.label if row.is_late else ""


LIST = DeskList(
    "cards", gettext_lazy("填报名单"),
    (
        Column("subject_name", gettext_lazy("服务对象"), url=url_of),
        Column("region_name", gettext_lazy("区划")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.standing.label),
        Column("submitted_at", gettext_lazy("报送时间"), Kind.MOMENT),
        Column("is_late", gettext_lazy("迟报"), value=late_of),
        Column("caring_unit", gettext_lazy("帮包单位"), value=caring_unit_of),
        Column("person_in_charge", gettext_lazy("责任人")),
        Column("version", gettext_lazy("改动"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
    ),
    Sort("position"), empty=Empty(gettext_lazy("没有符合条件的名字"), gettext_lazy("换一个状态或区划再看。")), limit=ROWS,
)


@require_GET
def owed(request: HttpRequest) -> HttpResponse | FileResponse:
    """The list of a round, or collection by region where the post sees totals only.

    Raises NotFound: the viewer is one of the served.
    """
    viewer = request.viewer
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
    if viewer.reach in (Reach.OWN, Reach.OPEN):
        return render(request, "cards/none.html", {"sees_none": True})
    rounds = rounds_asked(viewer, today=clock.today())
    if not rounds:
        return render(request, "cards/none.html")
    looking = looking_at(viewer, request.GET, rounds)
    may_list = viewer.reach is Reach.SUBTREE
    by = request.GET.get("by", "")
    offered = meters.ways_of(viewer)
    by = by if by in offered else offered[0]
    total = meters.meter_here(viewer, looking, by)
    narrowed = meters.narrowable(viewer, looking, total.lists) if may_list else Narrowable()
    form = RoundFilters(_with_round(request, looking), rounds, looking.offered, narrowed)
    context = {
        "looking": looking,
        "title": _finding(looking, total.collection),
        "cut_off": clock.now(),
        "figures": meters.figures(looking, total.collection, may_list),
        "acts": _acts(request, looking),
        "may_list": may_list,
        "by": by,
        "ways": meters.ways(looking, by, viewer),
        "beside": meters.beside_links(viewer, looking) if may_list else (),
        "form": form,
        "once_key": new_key(),
    }
    if by not in (meters.NAMES, meters.OURS):
        table = meters.table(viewer, looking, by, total)
        if request.GET.get("export") == "xlsx":
            title = _("%(name)s采集情况") % {"name": looking.round.name}
            why = _("%(place)s，按%(head)s") % {"place": looking.region.name, "head": table["head"]}
            return sheet_of(title, meters.COLUMNS, [*table["meters"], table["total"]], notes_of(form, why, request.user.name))
        export = meters.url_of(looking, by=by, export="xlsx")
        return render(request, "cards/list.html", {**context, **table, "export_url": export})
    ours = by == meters.OURS
    return LIST.respond(
        request, "cards/list.html", fetch=_fetch_ours(request, looking) if ours else _fetch(request, looking),
        count=_count_ours(request, looking) if ours else _count(request, looking), filters=form,
        why=_("%(name)s，按区划和名称排列") % {"name": looking.round.name}, asked_by=request.user.name, context=context,
    )


def _acts(request: HttpRequest, looking: Looking) -> list[Act]:
    """What an office does with the round as a whole."""
    if not request.viewer.may(Permission.DISPATCH):
        return []
    over = clock.today() > looking.round.locked_on
    remind = f"{reverse('cards:remind', args=[looking.round.round_id])}?region={looking.code}"
    return [
        Act(_("提醒应报未报的"), remind, not over, _("这一期已经锁定，企业不能再报。"), method="post", icon="bell"),
        Act(_("开放填报"), reverse("cards:open"), primary=True, icon="plus"),
    ]


def _with_round(request: HttpRequest, looking: Looking) -> Any:
    """The address with the round that is shown, so that the bar says it."""
    query = request.GET.copy()
    query["round"] = str(looking.round.round_id)
    return query


def _fetch(request: HttpRequest, looking: Looking) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ListedCard]:
        return cards_of_region(
            request.viewer, looking.region.id, looking.round.round_id, today=clock.today(),
            after=after[0] if after else 0, backwards=sort.descending, limit=limit, narrowing=narrowing_of(asked),
        ).rows

    return fetch


def _count(request: HttpRequest, looking: Looking) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_region(
            request.viewer, looking.region.id, looking.round.round_id, most=most, narrowing=narrowing_of(asked)
        )

    return count


def _fetch_ours(request: HttpRequest, looking: Looking) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ListedCard]:
        return cards_cared_for(
            request.viewer, looking.round.round_id, today=clock.today(), narrowing=narrowing_of(asked),
            after=after[0] if after else 0, backwards=sort.descending, limit=limit,
        )

    return fetch


def _count_ours(request: HttpRequest, looking: Looking) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_cared_for(request.viewer, looking.round.round_id, narrowing=narrowing_of(asked), most=most)

    return count


def _finding(looking: Looking, found: Collection) -> str:
    """The title: how far collection is and what is wanting, never one unit's shame before its peers."""
    place = looking.region.name
    if found.rate is None:
        return _("%(place)s%(round)s没有应报的卡片") % {"place": place, "round": looking.round.name}
    if found.owed == found.collected:
        return _("%(place)s%(round)s采集率 100%%，%(owed)s 户全部报齐") % {
            "place": place, "round": looking.round.name, "owed": figure_in_words(found.owed),
        }
    return _("%(place)s%(round)s采集率 %(rate)s，距 100%% 还差 %(left)s 户") % {
        "place": place, "round": looking.round.name, "rate": f"{found.rate:.1%}",
        "left": figure_in_words(found.owed - found.collected),
    }
