"""Time at the screen: asked, decided at the office's desk, shown with its sum; nothing of it for outsiders (R-F3, R-F5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, acting, official_of
from tests.problems.timing import UNIT, at, handled
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.actions.requesting import AskWithdrawal, ask_withdrawal
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]


@pytest.fixture
def handler() -> Client:
    """Somebody at the department that handles."""
    client = Client()
    client.force_login(Person.objects.get(id=official_of(UNIT).person_id))
    return client


def told(answer: Any) -> str:
    return str(answer.content.decode())


def state_of(story: Story) -> State:
    with acting("province_office"):
        return State(Problem.objects.values_list("state", flat=True).get(id=story.problem_id))


def test_more_time_is_asked_for_decided_and_shown_with_its_sum(
    at_desk: Desk, handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)
    ask = address_of(story, "ask_extension")
    assert "提交后由南大港产业园区“双创双服”活动领导小组办公室审批" in told(handler.get(ask))

    asked = handler.post(ask, {"workdays": "3", "reason": "须作现场检测"}, follow=True)
    deciding = at_desk("park_office").get(address_of(story, "grant_extension"))
    granted = at_desk("park_office").post(address_of(story, "grant_extension"), {"words": "同意"}, follow=True)

    assert "已提出延期申请，审批前时限不停。" in told(asked)
    assert "须作现场检测" in told(deciding)
    assert "现行时限" in told(granted)
    assert "首次时限" in told(granted)
    sum_in_words = "原办结时限 5月21日 17:30，延期 3 个工作日：5月22日 23日 24日，延至 5月24日 17:30"
    assert told(granted).count(sum_in_words) >= 2
    assert sum_in_words in told(at_desk("firm").get(address_of(story)))


def test_too_many_days_are_refused_beside_what_was_typed(
    handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)

    answer = handler.post(address_of(story, "ask_extension"), {"workdays": "31", "reason": "须作检测"})

    assert answer.status_code == 422
    assert "须作检测" in told(answer)


def test_a_stopped_clock_says_so_and_why(
    at_desk: Desk, handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)
    handler.post(address_of(story, "ask_pause"), {
        "pause_reason": "expertise", "until": "2018-05-07", "reason": "须作安全评价",
    })
    at_desk("park_office").post(address_of(story, "grant_pause"), {"words": ""})

    for html in (told(handler.get(address_of(story))), told(at_desk("firm").get(address_of(story)))):
        assert "停表" in html
        assert "暂停：需要鉴定、检测、评审，预计 2018-05-07 恢复" in html
    with clock.held_at(at(5, 3, 9)):
        handler.post(address_of(story, "resume"), {"text": "报告已出"})
        assert "停表 3 个工作日：4月28日(补班) 5月2日 3日" in told(handler.get(address_of(story)))
    assert state_of(story) is State.HANDLING


def test_what_an_office_must_decide_waits_on_its_desk_with_the_limit_to_decide(
    at_desk: Desk, handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)
    handler.post(address_of(story, "ask_park"), {"until": "2018-06-01", "reason": "等待电网改造窗口"})

    listed = at_desk("zone_office").get("/problems/")
    home = at_desk("zone_office").get("/")

    [row] = listed.context["list"].rows
    assert row[0].value == story.standing.number
    assert "审批" in told(listed)
    assert "承办单位申请挂账，等本办审批" in told(home)
    assert "等本办审批" not in told(at_desk("park_office").get("/"))


def test_a_decider_who_is_also_the_level_office_has_it_once(
    at_desk: Desk, handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)
    story.does("firm", ask_withdrawal, AskWithdrawal, reason="已自行解决")

    listed = at_desk("park_office").get("/problems/")

    assert len(listed.context["list"].rows) == 1
    assert "企业申请撤回，等本办核实后决定" in told(at_desk("park_office").get("/"))


def test_who_urged_a_firm_to_withdraw_is_never_told_to_the_handler(
    at_desk: Desk, handler: Client, raised: Raised, address_of: Address
) -> None:
    story = handled(raised)
    at_desk("firm").post(address_of(story, "ask_withdrawal"), {"reason": "已自行解决", "urged": "经办人打电话要求"})

    assert "经办人打电话要求" in told(at_desk("park_office").get(address_of(story)))
    assert "经办人打电话要求" not in told(handler.get(address_of(story)))
    at_desk("park_office").post(address_of(story, "grant_withdrawal"), {"words": "已电话核实"})
    assert state_of(story) is State.WITHDRAWN
    assert "经办人打电话要求" not in told(handler.get(address_of(story)))


@pytest.mark.parametrize("act", ["ask_extension", "ask_pause", "ask_park", "grant_extension", "refuse_request", "resume"])
def test_an_outsider_meets_nothing(at_desk: Desk, raised: Raised, address_of: Address, act: str) -> None:
    story = handled(raised)

    assert at_desk("outsider").get(address_of(story, act)).status_code == 404
    assert at_desk("outsider").post(address_of(story, act), {"words": "同意"}).status_code == 404
