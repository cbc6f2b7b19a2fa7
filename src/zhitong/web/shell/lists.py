"""The list of a desk: declared columns, filters, sorts, pages by key, and the export of exactly what is seen.

A place declares a `DeskList` once and answers with `respond(request, …, fetch=…, count=…)`: the two callables come from
a room's queries with the viewer already bound, and keep to the contract of `kit.paging`.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhitong.kit.paging import (
    BadCursor,
    Count,
    Cursor,
    Fetch,
    Filters,
    HowMany,
    Key,
    Page,
    Sealer,
    Sort,
    every_row,
    how_many,
    page_of,
)
from zhitong.kit.refusals import Refused
from zhitong.web.shell import words
from zhitong.web.shell.columns import Cell, Column, Kind, cell_of, read
from zhitong.web.shell.components import Empty, Text
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.sheets import notes_of, sheet_of

__all__ = ["Column", "DeskList", "Kind", "ListPage"]

EXPORT_MOST = 50_000


@dataclass(frozen=True)
class ColumnHead:
    """A head with the address that sorts by it and the direction it has now."""

    column: Column
    sort_url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class ListPage:
    """All that `shell/parts/list.html` needs."""

    name: str
    title: Text
    heads: Sequence[ColumnHead]
    rows: Sequence[Sequence[Cell]]
    total: HowMany
    form: PlainForm
    why: Text
    totals: Sequence[Text]
    choosable: Sequence[tuple[Column, bool]]
    sort: Sort
    kept: Sequence[tuple[str, str]]
    carried: Sequence[tuple[str, str]]
    previous_url: str
    next_url: str
    export_url: str
    clear_url: str
    turned_back: bool
    beside: bool
    choose: str
    empty: Empty


@dataclass(frozen=True)
class DeskList:
    """A list as a place declares it. `name` is unique among lists; `sort` must be by some column's `sort_by`.

    `beside` opens a row beside the list; `choose` is the id of the form that takes the rows that were ticked.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    sort: Sort
    filters: type[PlainForm] = PlainForm
    empty: Empty = field(default_factory=lambda: Empty(_("没有符合条件的记录"), _("放宽或清除筛选条件再看。")))
    limit: int = 50
    beside: bool = False
    choose: str = ""

    def respond(
        self,
        request: HttpRequest,
        template: str,
        *,
        fetch: Fetch[Any],
        count: Count,
        filters: PlainForm | None = None,
        why: Text = "",
        totals: Mapping[str, Text] | None = None,
        asked_by: str = "",
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponse | FileResponse:
        """The page, or the workbook of the same rows when the address asks for it."""
        form = self.filters(request.GET) if filters is None else filters
        if request.GET.get("export") == "xlsx":
            return self.workbook(request.GET, form, request.session, fetch, count, why=why, asked_by=asked_by)
        page = self.page(request.GET, form, request.session, fetch, count, why=why, totals=totals or {})
        return render(request, template, {**(context or {}), "list": page})

    def page(
        self,
        query: QueryDict,
        form: PlainForm,
        remembered: MutableMapping[str, Any],
        fetch: Fetch[Any],
        count: Count,
        *,
        why: Text = "",
        totals: Mapping[str, Text],
    ) -> ListPage:
        """One page of rows: one fetch, one bounded count. A cursor that is no longer good starts at the first page."""
        asked, sort = wanted_of(form), self.sort_of(query)
        found, turned_back = self._find(fetch, asked, sort, query.get("at", ""))
        shown = self._shown(query, remembered)
        address = _Address(query)
        return ListPage(
            name=self.name,
            title=self.title,
            heads=[self._head(column, sort, address) for column in shown],
            rows=[self._cells(shown, row) for row in found.rows],
            total=how_many(count, asked),
            form=form,
            why=why,
            totals=[totals.get(column.name, "") for column in shown] if totals else [],
            choosable=[(column, column in shown) for column in self.columns[1:]],
            sort=sort,
            kept=address.parts(),
            carried=address.parts_beside(form),
            previous_url=address.at(found.previous),
            next_url=address.at(found.next),
            export_url=address.with_(export="xlsx"),
            clear_url=address.without(form) if asked else "",
            turned_back=turned_back,
            beside=self.beside,
            choose=self.choose,
            empty=self.empty,
        )

    def workbook(
        self,
        query: QueryDict,
        form: PlainForm,
        remembered: MutableMapping[str, Any],
        fetch: Fetch[Any],
        count: Count,
        *,
        why: Text = "",
        asked_by: str = "",
    ) -> FileResponse:
        """The same rows, order and columns as the page, all of them, as .xlsx.

        Raises Refused: more rows than one workbook should hold.
        """
        asked, sort = wanted_of(form), self.sort_of(query)
        if count(asked, EXPORT_MOST + 1) > EXPORT_MOST:
            most = words.figure_in_words(EXPORT_MOST)
            raise Refused(_("超过 %s 条，一次导不出来。请先缩小筛选范围，再导出。") % most)
        rows = every_row(fetch, asked, sort, self._key, EXPORT_MOST)
        return sheet_of(self.title, self._shown(query, remembered), rows, notes_of(form, why, asked_by))

    def _find(self, fetch: Fetch[Any], asked: Filters, sort: Sort, at: str) -> tuple[Page[Any], bool]:
        try:
            cursor = _sealer().open(at) if at else None
            return page_of(fetch, asked, sort, cursor, self.limit, self._key), False
        except BadCursor:
            return page_of(fetch, asked, sort, None, self.limit, self._key), True

    def _key(self, row: Any, sort: Sort) -> Key:
        return read(row, sort.by), read(row, "id")

    def sort_of(self, query: QueryDict) -> Sort:
        """The order an address asks for, when some column has it; else the list's own."""
        asked = Sort.read(query.get("sort", ""))
        return asked if asked.by in {column.sort_by for column in self.columns if column.sort_by} else self.sort

    def _shown(self, query: QueryDict, remembered: MutableMapping[str, Any]) -> list[Column]:
        """The first column always; the others as chosen now, or earlier, or as declared."""
        place = f"columns:{self.name}"
        if "columns" in query:
            remembered[place] = [name for name in query.getlist("columns") if name]
        usual = [column.name for column in self.columns if not column.extra]
        chosen = set(remembered.get(place, usual))
        return [column for place, column in enumerate(self.columns) if place == 0 or column.name in chosen]

    def _cells(self, shown: Sequence[Column], row: Any) -> list[Cell]:
        cells = [cell_of(column, row) for column in shown]
        return [replace(cells[0], key=str(read(row, "id"))), *cells[1:]] if self.choose else cells

    def _head(self, column: Column, sort: Sort, address: _Address) -> ColumnHead:
        if not column.sort_by:
            return ColumnHead(column)
        if column.sort_by != sort.by:
            return ColumnHead(column, address.with_(sort=column.sort_by), "none")
        direction = "descending" if sort.descending else "ascending"
        return ColumnHead(column, address.with_(sort=str(sort.turned())), direction)


class _Address:
    """Addresses of this list's other pages: what is asked stays, the place in it starts anew."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query.copy()
        for passing in ("at", "export", "columns"):
            self._query.pop(passing, None)

    def with_(self, **changes: str) -> str:
        query = self._query.copy()
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def parts(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self._query.lists() for value in values]

    def parts_beside(self, form: PlainForm) -> list[tuple[str, str]]:
        """What goes along when the filters are sent: all that is neither a filter nor the order."""
        return [(name, value) for name, value in self.parts() if name not in form.fields and name != "sort"]

    def without(self, form: PlainForm) -> str:
        """The same list with no filter set."""
        query = self._query.copy()
        for name in form.fields:
            query.pop(name, None)
        return f"?{query.urlencode()}"

    def at(self, cursor: Cursor | None) -> str:
        return self.with_(at=_sealer().seal(cursor)) if cursor else ""


def _sealer() -> Sealer:
    return Sealer(settings.SECRET_KEY)
