"""The page of a problem: what stands on it for whom, and that it is not there for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.cast import Story
from zhitong.domain.problems.actions.climbing import Escalate, Propose, escalate, propose
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, Reply, acknowledge, complete, reply
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.web.problems.acts import WAYS

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]


def test_the_handler_reads_what_it_is_how_it_stands_what_to_do_and_why(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    story = raised()

    html = at_desk("park").get(address_of(story)).content.decode()

    order = [
        html.index(said)
        for said in ("夜间限电", "待签收", "还有 1 个工作日", "签收并联系</a>", "办理过程", "为什么交给这个单位")
    ]
    assert order == sorted(order)
    assert "起算 4月27日 15:40，1 个工作日：4月28日(补班)，到期 4月28日 17:30" in html
    assert html.count("btn-primary") == 1


def test_the_levels_show_where_it_is(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.AUTHORITY, asked_for="请协调")
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=date(2018, 4, 27))

    html = at_desk("park").get(address_of(story)).content.decode()

    assert html.count('class="zt-step-passed"') == 1
    assert '<li class="zt-step-here" aria-current="step"><span>渤海新区</span>' in html
    assert html.count('class="zt-step-ahead"') == 2
    assert "缺少审批或决定权限" in html


def test_what_is_anothers_act_stands_grey_with_whose_it_is(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    html = at_desk("zone_office").get(address_of(raised())).content.decode()

    assert "“签收并联系”由南大港产业园区经发局办理，不是本单位。" in html
    assert "/acknowledge/" not in html


def test_the_firm_reads_the_answer_in_its_own_frame_and_may_confirm_or_not(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")

    html = at_desk("firm").get(address_of(story)).content.decode()

    assert 'class="zt-served"' in html
    assert "已调整错峰方案。" in html
    assert "认可答复</a>" in html
    assert "不满意，请再办</a>" in html
    assert "承办环节" not in html


def test_the_firm_is_told_when_nothing_is_asked_of_it(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    assert "现在不需要您做什么" in at_desk("firm").get(address_of(raised())).content.decode()


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm"])
def test_for_an_outsider_it_is_not_there_at_any_address(
    at_desk: Desk, raised: Raised, address_of: Address, login: str
) -> None:
    story, client = raised(), at_desk(login)
    acts = ["", *(act.value for act in WAYS)]

    looked = {act: client.get(address_of(story, act)).status_code for act in acts}
    tried = {act: client.post(address_of(story, act), {"reason": "我来"}).status_code for act in acts}

    assert looked == dict.fromkeys(acts, 404)
    assert tried == {**dict.fromkeys(acts, 404), "": 405}


def test_what_is_no_problem_and_no_act_is_not_there(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    client, address = at_desk("park"), address_of(raised())

    assert client.get("/problems/没有这个编号/").status_code == 404
    assert client.get(address + "submit/").status_code == 404
    assert client.get(address + "nonsense/").status_code == 404


def test_a_stranger_signs_in_first(raised: Raised, address_of: Address) -> None:
    for address in (address_of(story := raised()), address_of(story, "acknowledge")):
        assert Client().get(address).url.startswith("/sign-in/?next=")
        assert Client().post(address).status_code == 302


def test_a_longer_history_costs_no_more_queries(
    at_desk: Desk, raised: Raised, address_of: Address, queries_of: Callable[[Client, str], int]
) -> None:
    story, client = raised(), at_desk("park")
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")
    address = address_of(story)

    short = queries_of(client, address)
    for _ in range(3):
        story.does("park", reply, Reply, text="已与供电公司协商一次。")

    assert queries_of(client, address) == short <= 40
