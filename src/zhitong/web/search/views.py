"""What was found by words: every kind of thing with its best, or the problems alone as a list that is sorted and exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.finding.queries.asking import COUNTED_TO, Asked, Group
from zhitong.domain.finding.queries.finding import found, may_search
from zhitong.domain.finding.queries.problems import problems_counted, problems_cut, problems_found
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.problems.queries.lists import Order, ProblemRow
from zhitong.domain.problems.queries.wording import MOST
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.lists import clock_of
from zhitong.web.problems.showing import address_of
from zhitong.web.search.addresses import more_of, page_of
from zhitong.web.search.forms import OWN_OF_PROBLEMS, SearchForm
from zhitong.web.search.marking import marked
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.words import figure_in_words

_ORDERS = {"grade": Order.BEST, "id": Order.NEWEST, "stage_due_at": Order.DUE}
MANY = 50


@dataclass(frozen=True)
class Line:
    """A thing found, as the page shows it."""

    title: SafeString
    url: str
    notes: tuple[str, ...]
    text: SafeString


@dataclass(frozen=True)
class Section:
    """What was found of one kind."""

    kind: FoundKind
    count: str
    lines: tuple[Line, ...]
    more_url: str
    is_cut: bool


@require_GET
def search(request: HttpRequest) -> HttpResponse | FileResponse:
    """Everything found, by kind; where problems alone are asked for, a list of them; without words how to search.

    Raises NotFound: the viewer is one of the served.
    """
    if not may_search(request.viewer):
        raise NotFound
    form = SearchForm(request.GET, request.viewer)
    asked = form.asked()
    if asked.phrases and asked.kinds == (FoundKind.PROBLEM,):
        return _problems(request, form, asked)
    for name in OWN_OF_PROBLEMS:
        del form.fields[name]
    limit = {"limit": MANY} if asked.kinds else {}
    groups = found(request.viewer, asked, now=clock.now(), **limit)
    return render(request, "search/search.html", {
        "form": form, "words": asked.words, "is_told": bool(asked.phrases), "most": figure_in_words(MOST),
        "sections": [_section(one, asked, request.GET) for one in groups], "all_url": _narrowed(request.GET) if asked.kinds else "",
        "nothing": Empty(
            _("没有找到“%s”") % asked.words, _("换一个说法，或只写其中两三个字。只会找到您的岗位能看到的内容。"), icon="search",
        ),
    })


def _section(group: Group, asked: Asked, query: QueryDict) -> Section:
    lines = tuple(
        Line(marked(hit.title, asked.phrases), page_of(hit), hit.notes, marked(hit.text, asked.phrases)) for hit in group.hits
    )
    return Section(
        group.kind, f"{COUNTED_TO}+" if group.count > COUNTED_TO else str(group.count), lines,
        _more_url(group, asked, query), group.is_cut,
    )


def _more_url(group: Group, asked: Asked, query: QueryDict) -> str:
    """Where all of a kind stand: problems always as a list, others where more was found than is shown."""
    if group.kind is FoundKind.PROBLEM or (len(group.hits) < group.count and not asked.kinds):
        return _narrowed(query, kind=group.kind.value)
    return more_of(group.kind, asked.words) if len(group.hits) < group.count else ""


def _narrowed(query: QueryDict, **changes: str) -> str:
    """This search with another kind of thing; the place in a list starts anew."""
    address = query.copy()
    for name in ("kind", "at", "sort", *OWN_OF_PROBLEMS):
        address.pop(name, None)
    for name, value in changes.items():
        address[name] = value
    return f"?{address.urlencode()}"


def _problems(request: HttpRequest, form: SearchForm, asked: Asked) -> HttpResponse | FileResponse:
    """The problems found, page by page, or all of them as a workbook."""
    is_sheet = request.GET.get("export") == "xlsx"
    desk = DeskList(
        "problems-found", gettext_lazy("查到的问题"), _columns(() if is_sheet else asked.phrases), Sort("grade"),
        empty=Empty(_("没有找到“%s”") % asked.words, _("换一个说法，或放宽区划、状态和时间。"), icon="search"),
    )

    def fetch(_wanted: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ProblemRow]:
        return _page(request, asked, sort, after, limit)

    def count(_wanted: Mapping[str, Any], most: int) -> int:
        return problems_counted(request.viewer, asked, now=clock.now(), most=most)

    said = _("最相符的在前：编号、名称、内容，各以最近提交的在前")
    if problems_cut(request.viewer, asked):
        said = _("这个词很常见，只排了最近的 %s 件") % figure_in_words(MOST) + "；" + said
    return desk.respond(
        request, "search/problems.html", fetch=fetch, count=count, filters=form, why=said, asked_by=request.user.name,
        context={"words": asked.words, "all_url": _narrowed(request.GET)},
    )


def _page(request: HttpRequest, asked: Asked, sort: Sort, after: Key | None, limit: int) -> list[ProblemRow]:
    order = _ORDERS.get(sort.by, Order.BEST)
    turned = sort.descending is not (order is Order.NEWEST)
    place = None
    if after is not None:
        place = (after[0].isoformat() if order is Order.DUE else str(after[0]), str(after[1]))
    return problems_found(
        request.viewer, asked, now=clock.now(), order=order, turned=turned, after=place, limit=limit
    ).rows


def _columns(phrases: Sequence[str]) -> tuple[Column, ...]:
    """The columns, with what was looked for marked; plain for a workbook."""

    def said(name: str) -> Callable[[ProblemRow], str]:
        return lambda row: marked(getattr(row, name), phrases) if phrases else getattr(row, name)

    return (
        Column("number", gettext_lazy("编号"), value=said("number"), url=lambda row: address_of(row.number)),
        Column("subject_name", gettext_lazy("服务对象"), value=said("subject_name")),
        Column("excerpt", gettext_lazy("问题"), Kind.LONG, value=said("excerpt")),
        Column("category_label", gettext_lazy("类别")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("unit", gettext_lazy("当前承办单位")),
        Column("region", gettext_lazy("区划")),
        Column("submitted_at", gettext_lazy("提交时间"), Kind.MOMENT, sort_by="id"),
        Column("clock", gettext_lazy("时限"), Kind.CLOCK, sort_by="stage_due_at", value=clock_of, extra=True),
    )
