"""The lists of problems at the screen: lenses as tabs, filters, order, pages, the sheet of what is seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.web.problems import lists

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def page_of(answer: Any) -> Any:
    return answer.context["list"]


def shown(answer: Any) -> list[str]:
    return [row[0].value for row in page_of(answer).rows]


def test_a_handler_begins_with_what_waits_for_the_unit_the_most_urgent_first(at_desk: Desk, raised: Raised) -> None:
    first, second = raised(), raised()
    first.does("park", acknowledge, Acknowledge, contact="已联系")

    answer = at_desk("park").get("/problems/")

    assert [tab.label for tab in answer.context["tabs"] if tab.current] == ["待本单位办理"]
    assert [row[6].value for row in page_of(answer).rows] == ["待签收", "办理中"]
    assert "还有 1 个工作日" in told(answer)
    assert second


@pytest.mark.parametrize(
    ("login", "address", "count"),
    [
        ("park", "/problems/", 1), ("park", "/problems/?lens=waiting", 0), ("park_office", "/problems/", 0),
        ("park_office", "/problems/ledger/", 1), ("zone_office", "/problems/ledger/", 1), ("city", "/problems/ledger/", 1),
        ("province_office", "/problems/ledger/", 1), ("outsider", "/problems/ledger/", 0),
        ("neighbour", "/problems/ledger/", 0), ("neighbour", "/problems/", 0), ("outsider", "/problems/?q=限电", 0),
        ("park", "/problems/?q=限电", 1), ("province_office", "/problems/?q=石化", 1), ("park", "/problems/?q=铁路", 0),
    ],
)
def test_everybody_sees_his_own(at_desk: Desk, raised: Raised, login: str, address: str, count: int) -> None:
    raised()

    assert len(page_of(at_desk(login).get(address)).rows) == count


@pytest.mark.parametrize("address", ["/problems/?lens=mine", "/problems/?lens=territory", "/problems/ledger/?lens=desk"])
def test_a_lens_that_is_not_the_viewers_is_not_there(at_desk: Desk, address: str) -> None:
    assert at_desk("park").get(address).status_code == 404


def test_a_stranger_signs_in_first() -> None:
    assert Client().get("/problems/").url.startswith("/sign-in/")
    assert Client().get("/problems/ledger/").url.startswith("/sign-in/")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("state=dispatched", 2), ("state=handling", 1), ("state=dispatched&state=handling", 3), ("kind=industry", 3),
        ("kind=work", 0), ("category=land", 1), ("light=normal", 3), ("light=overdue", 0), ("rank=city", 0),
        ("rank=county", 3), ("region=130973400", 3), ("region=130973401", 0), ("region=130982", 3), ("q=%25", 0),
    ],
)
def test_the_bar_narrows_what_is_shown(at_desk: Desk, raised: Raised, asked: str, count: int) -> None:
    raised()
    raised(category="land")
    raised().does("park", acknowledge, Acknowledge, contact="已联系")

    answer = at_desk("zone_office").get(f"/problems/ledger/?{asked}")

    assert len(page_of(answer).rows) == count
    assert str(page_of(answer).total) == str(count)


@pytest.mark.parametrize("sort", ["stage_due_at", "-stage_due_at", "id", "-id"])
def test_pages_follow_each_other_and_lead_back_in_every_order(
    at_desk: Desk, raised: Raised, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    for _ in range(5):
        raised()
    monkeypatch.setattr(lists, "ROWS", 2)
    client, address = at_desk("park"), "/problems/"

    first = client.get(f"{address}?lens=desk&sort={sort}")
    second = client.get(address + page_of(first).next_url)
    third = client.get(address + page_of(second).next_url)
    back = client.get(address + page_of(third).previous_url)

    numbers = shown(first) + shown(second) + shown(third)
    assert numbers == sorted(numbers, reverse=sort.startswith("-"))
    assert len(numbers) == 5
    assert shown(back) == shown(second)
    assert "lens=desk" in page_of(third).previous_url


def test_the_sheet_holds_what_is_seen(at_desk: Desk, raised: Raised) -> None:
    raised()
    raised(category="land")

    answer = at_desk("zone_office").get("/problems/ledger/?category=land&export=xlsx")
    content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    assert [row[0] for row in rows[:4]] == [
        "台账", "本辖区，最近提交的在前", "筛选条件：问题类别：用地需求", "导出时间：2018年4月27日 15:40　导出人：演示己",
    ]
    assert [row[4] for row in rows[4:]] == ["类别", "用地需求"]


def test_the_bar_keeps_the_lens_and_clearing_it_too(at_desk: Desk) -> None:
    answer = at_desk("zone_office").get("/problems/?lens=territory&state=closed")

    assert '<input type="hidden" name="lens" value="territory">' in told(answer)
    assert page_of(answer).clear_url == "?lens=territory"
    assert "没有符合条件的问题" in told(answer)


def test_more_rows_cost_no_more_queries(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    client = at_desk("zone_office")
    raised()

    few = queries_of(client, "/problems/ledger/")
    for _ in range(5):
        raised()

    assert queries_of(client, "/problems/ledger/") == few <= 24
