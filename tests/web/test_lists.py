"""The list of a desk: filters, sorting, pages, columns, and the export of exactly what is seen."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import Refused
from zhitong.web.shell.components import DUE_SOON, Clock
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import EXPORT_MOST, Column, DeskList, Kind

NOW = datetime(2018, 9, 17, 6, 32, tzinfo=UTC)
ROWS = [
    {
        "id": number,
        "number": f"2018-{number:06d}",
        "text": f"第 {number} 个问题",
        "state": "handling" if number % 2 else "answered",
        "due_at": number % 4,
        "revenue": Decimal(number * 10_000),
        "note": "",
    }
    for number in range(1, 8)
]


class Filters(PlainForm):
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("handling", "办理中"), ("answered", "已答复")]
    )


PROBLEMS = DeskList(
    "problems",
    "问题",
    (
        Column("number", "编号", url=lambda row: f"/problems/{row['id']}/"),
        Column("text", "问题", Kind.LONG),
        Column(
            "clock", "承办时限", Kind.CLOCK, sort_by="due_at", value=lambda row: Clock("", DUE_SOON, left="今天到期")
        ),
        Column("revenue", "营业收入", Kind.MONEY),
        Column("note", "备注", extra=True),
    ),
    Sort("due_at"),
    filters=Filters,
    limit=3,
)


def key_of(row: Mapping[str, Any], sort: Sort) -> Key:
    return row[sort.by], row["id"]


def fetch(filters: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[dict[str, Any]]:
    found = [row for row in ROWS if row["state"] == filters.get("state", row["state"])]
    found.sort(key=lambda row: key_of(row, sort), reverse=sort.descending)
    if after is not None:
        found = [row for row in found if (key_of(row, sort) < after if sort.descending else key_of(row, sort) > after)]
    return found[:limit]


def count(filters: Mapping[str, Any], limit: int) -> int:
    return len(fetch(filters, Sort("id"), None, limit))


@pytest.fixture
def see() -> Callable[..., Any]:
    """The list as an address shows it; what one session remembers stays with the test."""
    remembered: dict[str, Any] = {}

    def at(address: str = "", totals: Mapping[str, str] | None = None) -> Any:
        query = QueryDict(address.removeprefix("?"))
        return PROBLEMS.page(query, Filters(query), remembered, fetch, count, totals=totals or {})

    return at


def numbers(page: Any) -> list[str]:
    return [row[0].value for row in page.rows]


def test_pages_follow_each_other_and_lead_back(see: Callable[..., Any]) -> None:
    first = see()
    second = see(first.next_url)

    assert numbers(first) == ["2018-000004", "2018-000001", "2018-000005"]
    assert numbers(second) == ["2018-000002", "2018-000006", "2018-000003"]
    assert numbers(see(second.previous_url)) == numbers(first)
    assert numbers(see(see(second.next_url).previous_url)) == numbers(second)


def test_a_head_sorts_and_sorts_the_other_way(see: Callable[..., Any]) -> None:
    head = see().heads[2]
    turned = see(head.sort_url)

    assert head.direction == "ascending"
    assert turned.heads[2].direction == "descending"
    assert numbers(turned) == ["2018-000007", "2018-000003", "2018-000006"]


def test_a_column_without_an_index_does_not_sort(see: Callable[..., Any]) -> None:
    assert see().heads[1].sort_url == ""
    assert numbers(see("?sort=text")) == numbers(see())


def test_a_filter_narrows_rows_and_count_and_goes_along_to_the_next_page(see: Callable[..., Any]) -> None:
    page = see("?state=handling")

    assert str(page.total) == "4"
    assert numbers(see(page.next_url)) == ["2018-000007"]


def test_a_filter_that_cannot_be_is_said_and_left_aside(see: Callable[..., Any]) -> None:
    page = see("?state=nonsense")

    assert page.form.errors["state"] == ["请从列出的选项中选择。"]
    assert str(page.total) == "7"


@pytest.mark.parametrize("cursor", ["nonsense", "AAAA", "%00"])
def test_a_cursor_that_is_no_longer_good_starts_at_the_first_page(see: Callable[..., Any], cursor: str) -> None:
    page = see(f"?at={cursor}")

    assert page.turned_back
    assert numbers(page) == numbers(see())


def test_chosen_columns_are_remembered_and_the_first_always_stays(see: Callable[..., Any]) -> None:
    usual = [head.column.name for head in see().heads]
    see("?columns=&columns=note")

    assert usual == ["number", "text", "clock", "revenue"]
    assert [head.column.name for head in see().heads] == ["number", "note"]


def test_money_stands_in_wan_with_its_unit_in_the_head_and_totals_at_the_foot(see: Callable[..., Any]) -> None:
    page = see(totals={"revenue": "28"})

    assert str(page.heads[3].column.unit_in_head) == "万元"
    assert page.rows[0][3].text == "4"
    assert list(page.totals) == ["", "", "", "28"]


def test_the_page_says_how_many_links_its_rows_and_labels_its_table(see: Callable[..., Any]) -> None:
    request = RequestFactory().get("/problems/")

    html = render_to_string("shell/parts/list.html", {"list": see()}, request)

    assert "共 <b>7</b> 条" in html
    assert 'href="/problems/4/"' in html
    assert 'aria-sort="ascending"' in html
    assert 'role="region" aria-label="问题"' in html


def sheet(address: str) -> list[list[object]]:
    query = QueryDict(address)
    with clock.held_at(NOW):
        response = PROBLEMS.workbook(query, Filters(query), {}, fetch, count, why="本单位承办", asked_by="王海燕")
        content = b"".join(response.streaming_content)
        response.file_to_stream.close()  # response.close() would end a request, and look at the database for it
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_export_holds_all_rows_seen_in_their_order_and_says_why() -> None:
    rows = sheet("state=handling&sort=-due_at&export=xlsx")

    assert [row[0] for row in rows[:4]] == [
        "问题",
        "本单位承办",
        "筛选条件：状态：办理中",
        "导出时间：2018年9月17日 14:32　导出人：王海燕",
    ]
    assert rows[4] == ["编号", "问题", "承办时限", "营业收入（万元）"]
    assert [row[0] for row in rows[5:]] == ["2018-000007", "2018-000003", "2018-000005", "2018-000001"]
    assert rows[5] == ["2018-000007", "第 7 个问题", "临期 今天到期", 7.0]


def test_an_export_too_large_is_refused_with_the_way_on() -> None:
    query = QueryDict("export=xlsx")

    with pytest.raises(Refused, match="请先缩小筛选范围"):
        PROBLEMS.workbook(query, Filters(query), {}, fetch, lambda filters, limit: EXPORT_MOST + 1)
