"""台账 and what all lists of problems share: rows through a lens, narrowed, sorted, page by page, exported as seen;
the ledger says how they stand and closes off what was ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.ledger import ledger_figures
from zhitong.domain.problems.queries.lists import COUNTED_TO, Filters, Order, ProblemRow, count_for, problems_for
from zhitong.domain.problems.rules.kinds import OPEN_STATES
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.trays import Tray
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.paging import Count, Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.filters import LedgerFilters, ProblemFilters
from zhitong.web.problems.showing import address_of, clock_line
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Clock, Empty, Figure, Text
from zhitong.web.shell.forms import wanted_of
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key
from zhitong.web.shell.words import whole_moment

DUE, NEWEST = "stage_due_at", "id"
ROWS = 50
_KINDS = {kind.value: kind.label for kind in SubjectKind}
_MY_WORK = (Lens.DESK, Lens.WAITING)


@dataclass(frozen=True)
class Tab:
    """A lens or a tray as a tab above the list, with how many lie in it where that was counted."""

    label: str
    url: str
    current: bool
    count: str = ""


def clock_of(row: ProblemRow) -> Clock | None:
    """The running stage of a row."""
    return clock_line(row.stage_due_at, row.light, calendar(), clock.now())


def columns(*, ledger: bool) -> tuple[Column, ...]:
    """The columns of a list of problems; the ledger shows more of where it came from and how it ended."""
    return (
        Column("number", gettext_lazy("编号"), url=lambda row: address_of(row.number)),
        Column("clock", gettext_lazy("时限"), Kind.CLOCK, sort_by=DUE, value=clock_of),
        Column("subject_name", gettext_lazy("服务对象")),
        Column("excerpt", gettext_lazy("问题"), Kind.LONG),
        Column("category_label", gettext_lazy("类别")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("unit", gettext_lazy("当前承办单位")),
        Column("level", gettext_lazy("所在层级"), extra=not ledger),
        Column("submitted_at", gettext_lazy("提交时间"), Kind.MOMENT, sort_by=NEWEST),
        Column("outcome", gettext_lazy("结果"), value=lambda row: row.outcome.label if row.outcome else "", extra=not ledger),
        Column("region", gettext_lazy("区划"), extra=not ledger),
        Column("kind", gettext_lazy("对象类别"), value=lambda row: _KINDS.get(row.kind, row.kind), extra=True),
        Column("stage_due_at", gettext_lazy("到期时间"), Kind.MOMENT, extra=True),
        Column("urgency", gettext_lazy("紧急程度"), value=lambda row: row.urgency.label, extra=True),
        Column("first_due_at", gettext_lazy("总时限到期"), Kind.MOMENT, extra=True),
        Column("due_at", gettext_lazy("现行时限"), Kind.MOMENT, extra=True),
        Column("extensions", gettext_lazy("延期"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
        Column("pauses", gettext_lazy("暂停"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
        Column("last_at", gettext_lazy("最近办理"), Kind.MOMENT, extra=True),
        Column("climbs", gettext_lazy("提请上级"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
        Column("rejections", gettext_lazy("不满意"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
    )


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """台账: everything of one's territory or line, closed or not, the newest on top.

    Raises NotFound: the lens asked for is not one of the viewer's.
    """
    lenses = [lens for lens in lenses_of(request.viewer) if lens not in _MY_WORK]
    may_close, makes_papers = request.viewer.may(Permission.DISPATCH), request.viewer.reach is not Reach.OPEN
    lens = lens_in(request, lenses, lenses[0])
    desk = DeskList(
        "problems-ledger", gettext_lazy("台账"), columns(ledger=True), Sort(NEWEST, True), empty=empty_of(lens), limit=ROWS,
        beside=True, choose="together" if may_close or makes_papers else "",
    )
    form = LedgerFilters(request.GET, request.viewer, lens)
    why = why_of(request.viewer, lens, desk.sort_of(request.GET), form)
    context = {
        "title": gettext_lazy("台账"), "tabs": lens_tabs(request, lenses, lens), "may_close": may_close, "makes_papers": makes_papers,
        "figures": _figures(request, lens, form), "once_key": new_key(), "back": request.get_full_path(),
    }
    return answer_with(request, desk, lens, form, why=why, context=context, template="problems/ledger.html")


def _figures(request: HttpRequest, lens: Lens, form: ProblemFilters) -> list[Figure]:
    """How what is listed stands, each figure with the address of its rows; nothing is counted for the workbook."""
    if "export" in request.GET:
        return []
    found = ledger_figures(request.viewer, lens, form.asked_of(wanted_of(form)), now=clock.now())
    here = request.GET.copy()
    for page in ("at", "light", "closed"):
        here.pop(page, None)

    def figure(label: Text, number: int, **narrowed: str | list[str]) -> Figure:
        asked = here.copy()
        for name, value in narrowed.items():
            asked.setlist(name, value if isinstance(value, list) else [value])
        beyond = number > COUNTED_TO and not found.is_exact
        return Figure(label, f"{COUNTED_TO}+" if beyond else str(number), _("件"), url=f"?{asked.urlencode()}" if number else "")

    return [
        figure(_("全部"), found.all), figure(_("未办结"), found.open, state=sorted(one.value for one in OPEN_STATES)),
        figure(_("超期"), found.overdue, light=Light.OVERDUE.value), figure(_("本月销号"), found.closed_this_month, closed="month"),
    ]


def answer_with(
    request: HttpRequest, desk: DeskList, lens: Lens | Tray, form: ProblemFilters, *, why: str, context: Mapping[str, Any],
    totals: Mapping[str, str] | None = None, template: str = "problems/list.html", count: Count | None = None,
) -> HttpResponse | FileResponse:
    """A page of a lens or tray, or the workbook of exactly what is seen; `count` where the place has counted already."""
    counted = count or count_through(request, lens, form, desk.sort_of(request.GET))
    return desk.respond(
        request, template, fetch=fetch_through(request, lens, form), count=counted,
        filters=form, why=why, totals=totals, asked_by=request.user.name, context=context,
    )


def fetch_through(request: HttpRequest, lens: Lens | Tray, form: ProblemFilters) -> Callable[..., list[ProblemRow]]:
    """Pages of a lens as the shell's lists ask for them."""

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ProblemRow]:
        return fetch_rows(request.viewer, lens, form.asked_of(asked), sort, after, limit)

    return fetch


def fetch_rows(
    viewer: Viewer, lens: Lens | Tray, asked: Filters, sort: Sort, after: Key | None, limit: int
) -> list[ProblemRow]:
    """Rows of a lens after a key, as `kit.paging` asks for them: back is the same order from its other end."""
    order, turned = order_of(sort)
    place = (after[0].isoformat() if order is Order.DUE else "", str(after[1])) if after else None
    found = problems_for(viewer, lens, asked, now=clock.now(), order=order, turned=turned, after=place, limit=limit)
    return found.rows


def count_through(request: HttpRequest, lens: Lens | Tray, form: ProblemFilters, sort: Sort) -> Callable[..., int]:
    """How many the list holds in this order."""

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_for(
            request.viewer, lens, form.asked_of(asked), now=clock.now(), order=order_of(sort)[0], most=most
        )

    return count


def order_of(sort: Sort) -> tuple[Order, bool]:
    """The order that a column stands for, and whether it is read from its other end."""
    return (Order.DUE, sort.descending) if sort.by == DUE else (Order.NEWEST, not sort.descending)


def lens_in(request: HttpRequest, lenses: Sequence[Lens], usual: Lens) -> Lens:
    """The lens asked for by its address.

    Raises NotFound: it is none of these.
    """
    asked = request.GET.get("lens", "")
    if not asked:
        return usual
    found = next((lens for lens in lenses if lens.value == asked), None)
    if found is None:
        raise NotFound
    return found


def lens_tabs(request: HttpRequest, lenses: Sequence[Lens], current: Lens | Tray) -> list[Tab]:
    """The lenses as tabs; all one may see is a tab only where it is more than the territory."""
    shown = [lens for lens in lenses if lens is current or lens is not Lens.ALL or Lens.TERRITORY not in lenses]
    return [Tab(lens.label, f"{request.path}?lens={lens.value}", lens is current) for lens in shown]


def why_of(viewer: Viewer, lens: Lens, sort: Sort, form: ProblemFilters) -> str:
    """Which problems these are, in which order, and what a figure's link leaves out."""
    return _ordered(viewer, lens, sort) + _left_out(form)


def _ordered(viewer: Viewer, lens: Lens, sort: Sort) -> str:
    if sort.by == DUE:
        told = _("%s，最早到期的在后") if sort.descending else _("%s，最急的在前")
        has_untimed = lens is not Lens.DESK or viewer.may(Permission.DISPATCH)
        return told % lens.label + (_("；没有时限的按提交时间排序可见") if has_untimed else "")
    return _("%s，最近提交的在前") % lens.label if sort.descending else _("%s，最早提交的在前") % lens.label


def _left_out(form: ProblemFilters) -> str:
    """What a figure's link asks or leaves out without a field of the bar saying so."""
    asked = wanted_of(form)
    said = {"no": _("；不含企业要求保密的"), "only": _("；只看企业要求保密的")}
    moments = (str(_MOMENTS_SAID[name]) % whole_moment(asked[name]) for name in _MOMENTS_SAID if name in asked)
    return said.get(asked.get("confidential", ""), "") + "".join(moments)


_MOMENTS_SAID: dict[str, Text] = {
    "reported_after": gettext_lazy("；%s以后提交的"), "reported_until": gettext_lazy("；%s（含）以前提交的"),
    "closed_after": gettext_lazy("；%s以后销号的"), "closed_until": gettext_lazy("；%s（含）以前销号的"),
    "as_of": gettext_lazy("；按%s时的状态、类别、条线、层级和时限筛选，列出的是现在的情况"),
}


def empty_of(lens: Lens) -> Empty:
    """What would be in an empty list, and how it comes."""
    if lens is Lens.DESK:
        return Empty(_("没有等本单位办的问题"), _("交办给本单位的问题会出现在这里。如果设了筛选条件，放宽后再看。"))
    if lens is Lens.WAITING:
        return Empty(_("没有等别人办的问题"), _("本单位提请上级、提出上报或等企业确认的问题会出现在这里。"))
    return Empty(_("没有符合条件的问题"), _("企业提交的问题会随时出现在这里。如果设了筛选条件，放宽后再看。"))
