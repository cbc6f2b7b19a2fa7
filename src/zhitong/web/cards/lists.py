"""填报: the names of a round with how each card stands, and how far collection is in the regions below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.cards.queries import (
    CollectionMeter,
    ListedCard,
    Narrowing,
    cards_of_region,
    collection_meter,
    count_of_region,
    rounds_asked,
)
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.cards.filters import OWING, STATES, Looking, RoundFilters, looking_at
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Figure
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.words import day_in_words, figure_in_words

ROWS = 50


@dataclass(frozen=True)
class RegionMeter:
    """Collection of a region as a line of the table; numbers lead to the names behind them."""

    name: str
    url: str
    collection: Collection
    cells: Sequence[tuple[str, str]]
    share: int
    rate: str


def url_of(row: ListedCard) -> str:
    """Where a name leads: to its card once something was sent, else to who it is."""
    if row.card_id and row.submitted_at:
        return reverse("cards:page", args=[row.card_id])
    return reverse("subjects:page", args=[row.subject_id])


LIST = DeskList(
    "cards", gettext_lazy("填报名单"),
    (
        Column("subject_name", gettext_lazy("服务对象"), url=url_of),
        Column("region_name", gettext_lazy("区划")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.standing.label),
        Column("submitted_at", gettext_lazy("报送时间"), Kind.MOMENT),
        Column("is_late", gettext_lazy("迟报"), value=lambda row: _("迟报") if row.is_late else ""),
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
    meters = collection_meter(viewer, [looking.region.id, *(one.id for one in looking.below)], [looking.round.round_id])
    may_list = viewer.reach is Reach.SUBTREE
    form = RoundFilters(_with_round(request, looking), rounds, looking.offered)
    context = {
        "looking": looking,
        "title": _finding(looking, meters[looking.region.id].total),
        "figures": _figures(looking, meters[looking.region.id].total, may_list),
        "may_list": may_list,
        "by_region": not may_list or request.GET.get("by") == "region",
        "names_url": _url(looking),
        "regions_url": _url(looking, by="region"),
        "total": _line(looking, looking.region.name, looking.code, meters[looking.region.id], may_list),
        "meters": [
            _line(looking, one.name, one.code, meters[one.id], may_list) for one in looking.below
            if meters[one.id].total.owed
        ],
        "form": form,
    }
    if context["by_region"]:
        return render(request, "cards/list.html", context)
    return LIST.respond(
        request, "cards/list.html", fetch=_fetch(request, looking), count=_count(request, looking), filters=form,
        why=_("%(name)s，按区划和名称排列") % {"name": looking.round.name}, asked_by=request.user.name, context=context,
    )


def _with_round(request: HttpRequest, looking: Looking) -> Any:
    """The address with the round that is shown, so that the bar says it."""
    query = request.GET.copy()
    query["round"] = str(looking.round.round_id)
    return query


def _fetch(request: HttpRequest, looking: Looking) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ListedCard]:
        return cards_of_region(
            request.viewer, looking.region.id, looking.round.round_id, today=clock.today(),
            after=after[0] if after else 0, backwards=sort.descending, limit=limit, **_narrowed(asked),
        ).rows

    return fetch


def _count(request: HttpRequest, looking: Looking) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_region(
            request.viewer, looking.region.id, looking.round.round_id, most=most, **_narrowed(asked)
        )

    return count


def _narrowed(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"narrowing": Narrowing(standings=STATES.get(asked.get("state", ""), ()), words=asked.get("q", ""))}


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


def _figures(looking: Looking, found: Collection, may_list: bool) -> list[Figure]:
    def figure(label: str, count: int, state: str, note: str = "") -> Figure:
        return Figure(label, figure_in_words(count), _("户"), note, _url(looking, state=state) if may_list else "")

    round_ = looking.round
    return [
        figure(_("应报"), found.owed, "", _("%(due)s截止，%(locked)s后锁定") % {
            "due": day_in_words(round_.due_on), "locked": day_in_words(round_.locked_on),
        }),
        figure(_("已报"), found.collected, "collected"),
        figure(_("待审核"), found.in_state(ObligationState.SUBMITTED) + found.in_state(ObligationState.PASSED), "waiting"),
        figure(_("已退回"), found.count(MeterStanding.RETURNED), MeterStanding.RETURNED.value),
        figure(_("应报未报"), found.owed - found.collected, OWING, _("含填报中和已退回")),
    ]


def _line(looking: Looking, name: str, code: str, meter: CollectionMeter, may_list: bool) -> RegionMeter:
    found = meter.total
    numbers = [
        (found.owed, ""), (found.collected, "collected"), (found.count(MeterStanding.RETURNED), "returned"),
        (found.count(MeterStanding.DRAFT), "draft"), (found.count(MeterStanding.MISSING), "missing"),
    ]
    cells = [
        (figure_in_words(count), _url(looking, region=code, state=state) if may_list and count else "")
        for count, state in numbers
    ]
    rate = f"{found.rate:.1%}" if found.rate is not None else "—"
    url = _url(looking, region=code, by="region") if code != looking.code else ""
    return RegionMeter(name, url, found, cells, round(100 * (found.rate or 0)), rate)


def _url(looking: Looking, **asked: str) -> str:
    query = {"round": str(looking.round.round_id), "region": looking.code, **asked}
    query = {name: value for name, value in query.items() if value}
    return f"{reverse('cards:list')}?{urlencode(query)}"
