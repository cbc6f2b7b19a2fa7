"""分级帮扶: the latest run of a kind against its quotas, its results by name; running anew and adopting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.actions.adopting import adopt
from zhitong.domain.tiering.actions.running import keep_run
from zhitong.domain.tiering.queries.runs import (
    ResultFilters,
    ResultRow,
    RunView,
    count_results,
    latest_run,
    named_at_quotas,
    results_for,
    run_seen,
)
from zhitong.domain.tiering.queries.standards import kinds_tiered, standard_in_force
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import Line, decided_at
from zhitong.domain.tiering.rules.summary import Summary
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.asking import Once
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Figure, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.shell.words import figure_in_words
from zhitong.web.tiering.forms import ReasonForm, ResultFilterForm, line_in_words
from zhitong.web.tiering.looking import campaign_looked_at, crumb, kind_in, signed, tier_in_words

NAMED_BESIDE = 6
"""How many names stand beside a quota; a link leads to all of them."""


@dataclass(frozen=True)
class LineShown:
    """A tier or stage against its quota, with the first names that make the difference and the way to all of them."""

    name: str
    quota: str
    given: int
    standing: int
    difference: str
    verdict: str
    names: Sequence[ResultRow]
    more: int
    url: str


LIST = DeskList(
    "tier-results", gettext_lazy("分级测算结果"),
    (
        Column("name", gettext_lazy("名称"), url=lambda row: reverse("tiering:subject", args=[row.subject_id])),
        Column("region", gettext_lazy("区划")),
        Column("sub_kind", gettext_lazy("小类"), extra=True),
        Column("tier_before", gettext_lazy("现在"), value=lambda row: tier_in_words(row.tier_before)),
        Column("by_rule", gettext_lazy("按规则"), value=lambda row: tier_in_words(row.by_rule)),
        Column("tier", gettext_lazy("测算"), value=lambda row: tier_in_words(row.tier)),
        Column("conflicts", gettext_lazy("需要核对"), value=lambda row: "、".join(one.label for one in row.conflicts)),
        Column("place", gettext_lazy("数额"), value=lambda row: row.place.label if row.place else ""),
        Column("decided_at", gettext_lazy("由谁定"), value=lambda row: row.decided_at.label if row.decided_at else ""),
        Column("words", gettext_lazy("理由"), Kind.LONG),
        Column("code", gettext_lazy("代码"), extra=True),
    ),
    Sort("id"),
    empty=Empty(gettext_lazy("没有符合条件的结果"), gettext_lazy("放宽筛选条件再看。")),
)


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The latest run of the viewer's region for a kind: totals against quotas, conflicts, everybody's explanation.

    Raises NotFound: tiering is not the viewer's to look at, or the campaign has no standard for the kind.
    """
    campaign = campaign_looked_at(request)
    kind = kind_in(request, campaign.code)
    run = latest_run(request.viewer, campaign.code, kind)
    context: dict[str, Any] = {
        "tabs": [Tab(one.label, f"{request.path}?kind={one}", one is kind) for one in kinds_tiered(campaign.code)],
        "kind": kind, "run": run, "may_run": _may_run(request), "once_key": new_key(),
    }
    if run is None:
        return render(request, "tiering/list.html", {**context, "nothing": _nothing(context["may_run"])})
    context |= {"figures": _figures(run, kind), "lines": _lines(request, run, kind)}
    return LIST.respond(
        request, "tiering/list.html", fetch=_fetch(request, run), count=_count(request, run),
        filters=ResultFilterForm(request.GET), why=_("按数额排列的先后：人工确定、具备资质、规模从大到小"),
        asked_by=request.user.name, context=context,
    )


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Judge the region anew by the standard in force and show the result.

    Raises NotYours: the post does not belong to a campaign office.
    """
    campaign = campaign_looked_at(request)
    kind, viewer = kind_in(request, campaign.code), request.viewer
    standard = standard_in_force(campaign.code, kind, viewer.region_id)

    def act() -> str:
        actor = viewer.actor("web")
        return str(keep_run(viewer, standard, campaign=campaign.code, actor=actor, now=clock.now()))

    send_once(request, act)
    messages.success(request, _("已按现行标准测算，还没有改变任何一户的级别。"))
    return redirect(f"{reverse('tiering:list')}?kind={kind}")


@require_http_methods(["GET", "HEAD", "POST"])
def adopting(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The page before a run is adopted, and the act.

    Raises NotFound: the run is not this viewer's to see. Raises NotYours: the post may not adopt.
    """
    found = run_seen(request.viewer, run_id)
    if request.method != "POST" and not found.may_adopt:
        raise NotFound
    form = ReasonForm(request.POST or None)
    back = f"{reverse('tiering:list')}?kind={found.kind}"

    def act() -> int:
        viewer = request.viewer
        return adopt(viewer, run_id, form.cleaned_data["reason"], actor=viewer.actor("web"), now=clock.now())

    once = Once(
        _("采用%s分级测算") % found.kind.label, _("采用"), _consequence(found.summary, found.rank),
        _("已采用，%s户的级别按测算结果调整，名单随之更新。"), back,
        [crumb(url=back), crumb(_("采用测算"))],
    )
    return once.respond(request, form, act)


def _consequence(summary: Summary, rank: Rank) -> str:
    """What adopting will do, by the moves that this level decides."""
    parts = [
        _("%(from)s→%(to)s %(count)s户") % {"from": tier_in_words(before), "to": tier_in_words(after), "count": count}
        for (before, after), count in summary.moves.items() if decided_at(before, after) is rank
    ]
    others = sum(summary.moves.values()) - summary.decided_by(rank)
    moved = _("采用后由%(rank)s决定的调整：%(parts)s；名单即日更新，这套标准从此有效。") % {
        "rank": rank.label, "parts": "、".join(parts) or _("没有"),
    }
    return moved + (_("另有%s户由其他层级决定，不受影响。") % others if others else "")


def _may_run(request: HttpRequest) -> bool:
    return request.viewer.may(Permission.DISPATCH)


def _nothing(may_run: bool) -> Empty:
    how = _("由本级活动办公室测算后，结果会出现在这里。")
    if may_run:
        how = _("按“测算”，系统按现行标准逐户分级，与数额比较，列出需要核对的。")
    return Empty(_("这一类还没有测算过"), how, icon="sort-descending")


def _figures(run: RunView, kind: SubjectKind) -> list[Figure]:
    """The run at a glance, each number opening to its rows."""
    summary, total = run.summary, run.standard.total
    figures = [
        _figure(_("列入分级"), summary.total, "", _("数额 %s") % figure_in_words(total) if total is not None else ""),
        _figure(_("级别会变"), sum(summary.moves.values()), _rows(kind, moves="on")),
    ]
    figures += [_figure(word.label, summary.conflicts.get(word, 0), _rows(kind, conflict=str(word))) for word in Conflict]
    return figures


def _figure(label: str, value: int, url: str, note: str = "") -> Figure:
    return Figure(label, figure_in_words(value), _("户"), note, url if value else "")


def _rows(kind: SubjectKind, **asked: str) -> str:
    return f"{reverse('tiering:list')}?{urlencode({'kind': str(kind), **asked})}#list-{LIST.name}"


def _lines(request: HttpRequest, run: RunView, kind: SubjectKind) -> list[LineShown]:
    named = named_at_quotas(request.viewer, run)
    return [_line(line, kind, named) for line in run.summary.lines]


def _line(line: Line, kind: SubjectKind, named: Mapping[tuple[str, QuotaPlace], Sequence[ResultRow]]) -> LineShown:
    difference = line.difference
    place = QuotaPlace.OVER if difference and difference > 0 else QuotaPlace.NEXT
    rows = named.get((line.quota.key, place), ()) if difference else ()
    verdict = ""
    if difference:
        verdict = (_("超%s户，按序在外：") if difference > 0 else _("缺%s户，最接近的：")) % figure_in_words(abs(difference))
    return LineShown(
        line_in_words(line.quota), "" if line.quota.number is None else figure_in_words(line.quota.number), line.given,
        line.standing, "" if difference is None else signed(difference), verdict, rows[:NAMED_BESIDE],
        max(len(rows) - NAMED_BESIDE, 0), _rows(kind, place=str(place), line=line.quota.key) if rows else "",
    )


def _fetch(request: HttpRequest, run: RunView) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ResultRow]:
        filters, place = _filters_of(asked, request.GET.get("line", "")), after[1] if after else None
        return results_for(request.viewer, run, filters, after=place, turned=sort.descending, limit=limit)

    return fetch


def _count(request: HttpRequest, run: RunView) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_results(run, _filters_of(asked, request.GET.get("line", "")), most=most)

    return count


def _filters_of(asked: Mapping[str, Any], line: str) -> ResultFilters:
    return ResultFilters(
        tier=Rank(asked["tier"]) if "tier" in asked else None,
        conflict=Conflict(asked["conflict"]) if "conflict" in asked else None,
        place=QuotaPlace(asked["place"]) if "place" in asked else None, line=line,
        only_moves=bool(asked.get("moves")), words=asked.get("q", ""),
    )
