"""Hotline orders through the API: in once whatever is sent, answers out by the sender's number, nothing for others (R-E5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.django_db


def orders(*refs: str, **said: Any) -> dict[str, Any]:
    return {"orders": [{"ref": ref, "text": "夜间停电", "code": "91130900MA00000014", "more": {"等级": "急"}, **said} for ref in refs]}


def test_orders_sent_twice_change_nothing_and_say_so_row_by_row(calls: Calls) -> None:
    program = calls("park_office")

    first = program.post("/hotline/orders", orders("1", "2"))
    second = program.post("/hotline/orders", orders("2", "3"))

    assert (first.status, [row["is_new"] for row in first.body["rows"]]) == (201, [True, True])
    assert [(row["ref"], row["is_new"]) for row in second.body["rows"]] == [("2", False), ("3", True)]
    with acting("province_office"):
        assert Problem.objects.count() == 3


def test_an_answer_is_fetched_by_the_number_of_the_hotline(calls: Calls) -> None:
    program = calls("park_office")
    number = program.post("/hotline/orders", orders("1", category="energy")).body["rows"][0]["number"]
    handler = calls("park")
    handler.act(number, "acknowledge", contact="已电话联系。")
    handler.act(number, "complete", outcome="solved", text="已恢复供电。")

    [row] = program.get("/hotline/orders", ref="1").body["rows"]

    assert (row["state"]["code"], row["answer"], row["outcome"]["code"]) == ("answered", "已恢复供电。", "solved")
    assert calls("outsider").get("/hotline/orders", ref="1").body == {"rows": []}


@pytest.mark.parametrize(
    ("login", "content", "status"),
    [
        ("park", orders("1"), 403), ("firm", orders("1"), 403), ("park_office", orders(), 422),
        ("park_office", orders("1", text="机密"), 422), ("park_office", orders("1", "1"), 422),
        ("park_office", orders("1", region="演示省外"), 422), ("park_office", orders("1", category="无此类"), 422),
        ("park_office", orders("1", happened_at="2030-01-01T00:00:00Z"), 422),
    ],
)
def test_one_bad_order_keeps_all_of_the_call_out(calls: Calls, login: str, content: dict[str, Any], status: int) -> None:
    answer = calls(login).post("/hotline/orders", content)

    assert answer.status == status, answer.body
    with acting("province_office"):
        assert Problem.objects.count() == 0
