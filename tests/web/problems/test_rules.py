"""The page of routing rules: read by offices, written by the top one after looking what would change (R-F2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import unit_id

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
RULE = {
    "words": "用电用能由财政条线牵头", "lead": "finance", "category": ["energy"], "position": "8", "in_force": "on",
    "reason": "按职责调整", "direct": "", "opened": "", "once_key": "one",
}


def told(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_office_reads_the_rules_in_words_with_their_use(at_desk: Desk, raised: Raised) -> None:
    raised()

    page = told(at_desk("park_office").get("/problems/rules/"))

    assert "用电用能由能源保障条线牵头，工业和信息化条线配合" in page
    assert "用过 1 次" in page
    assert "1 次没有再改派" in page
    assert "新增规则" not in page


def test_its_cost_does_not_grow_with_problems(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    client = at_desk("park_office")
    raised()
    before = queries_of(client, "/problems/rules/")
    for _ in range(4):
        raised()

    assert queries_of(client, "/problems/rules/") == before


def test_looking_first_changes_nothing_and_saving_sends_the_next_problem(at_desk: Desk, raised: Raised) -> None:
    raised()
    top = at_desk("province_office")
    assert "用电用能由能源保障条线牵头" in told(top.get("/problems/rules/energy/"))

    looked = told(top.post("/problems/rules/energy/", {**RULE, "reason": "", "look": "1"}))
    assert "近一个季度的 1 件问题，有 1 件会交给别的单位" in looked
    assert raised().standing.accountable_unit_id == unit_id("130973400-economy")

    saved = top.post("/problems/rules/energy/", {**RULE, "save": "1"}, follow=True)
    assert "分发规则已保存，从下一件问题起适用" in told(saved)
    assert raised().standing.accountable_unit_id == unit_id("130973400-finance")


def test_a_new_rule_is_put_in_its_place(at_desk: Desk, raised: Raised) -> None:
    top = at_desk("province_office")

    saved = top.post("/problems/rules/new/", {**RULE, "position": "1", "save": "1"}, follow=True)

    assert saved.status_code == 409  # the shipped rule of energy would never be reached any more
    assert "死路" in told(saved)
    saved = top.post(
        "/problems/rules/new/", {**RULE, "position": "1", "kind": ["industry"], "save": "1", "once_key": "two"}, follow=True
    )
    assert "分发规则已保存" in told(saved)
    assert raised().standing.accountable_unit_id == unit_id("130973400-finance")


def test_a_stale_form_is_refused_and_keeps_what_was_typed(at_desk: Desk) -> None:
    top = at_desk("province_office")
    top.post("/problems/rules/energy/", {**RULE, "save": "1"})

    answer = top.post("/problems/rules/energy/", {**RULE, "save": "1", "once_key": "two"})

    assert (answer.status_code, "分发规则刚被修改过" in told(answer)) == (409, True)
    assert "用电用能由财政条线牵头" in told(answer)


@pytest.mark.parametrize(("login", "every", "one"), [
    ("firm", 403, 403), ("park", 403, 403), ("neighbour", 403, 403), ("outsider", 200, 403), ("city_office", 200, 403),
])
def test_who_may_not_gets_nothing(at_desk: Desk, login: str, every: int, one: int) -> None:
    assert at_desk(login).get("/problems/rules/").status_code == every
    assert at_desk(login).get("/problems/rules/energy/").status_code == one
    assert at_desk(login).post("/problems/rules/energy/", {**RULE, "save": "1"}).status_code == one


def test_there_is_no_such_rule(at_desk: Desk) -> None:
    assert at_desk("province_office").get("/problems/rules/nothing/").status_code == 404


@pytest.mark.parametrize(("asked", "is_right"), [
    ({"region": ["130982"]}, False), ({"region": ["130973400"], "tier": ["county"]}, True), ({"tier": ["province"]}, False),
    ({"stage": ["preparation"]}, False), ({"sub_kind": ["retail"]}, False),
])
def test_a_rule_may_be_for_a_region_a_tier_or_a_stage_alone(
    at_desk: Desk, raised: Raised, asked: dict[str, list[str]], is_right: bool
) -> None:
    saved = at_desk("province_office").post("/problems/rules/new/", {**RULE, "position": "1", **asked, "save": "1"}, follow=True)

    assert "分发规则已保存" in told(saved)
    unit = unit_id("130973400-finance" if is_right else "130973400-economy")
    assert raised().standing.accountable_unit_id == unit
