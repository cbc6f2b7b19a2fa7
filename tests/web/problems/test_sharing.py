"""Between units at the screen: a quarrel settled the same day, parts asked and answered, letters sent and registered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, acting, official_of
from tests.problems.ways import acknowledged, unit, unit_id
from tests.world import NOW
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.actions.parts import Consult, consult
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
FINANCE, SAFETY = "130973400-finance", "130973400-safety"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def of_unit(code: str) -> Client:
    """A browser in which somebody of a unit outside the cast has signed in."""
    client = Client()
    client.force_login(Person.objects.get(id=official_of(code).person_id))
    return client


def holder(story: Story) -> Any:
    with acting("province_office"):
        return Problem.objects.values_list("accountable_unit_id", flat=True).get(id=story.problem_id)


def test_a_quarrel_of_two_departments_is_settled_the_same_day(
    at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = acknowledged(raised())
    offered = at_desk("park").post(
        address_of(story, "offer"), {"unit_id": str(unit_id(FINANCE)), "reason": "主要涉及补贴"}, follow=True
    )
    finance = of_unit(FINANCE)
    desk = told(finance.get("/"))
    turned = finance.post(address_of(story, "turn_down"), {"reason": "不涉及补贴"}, follow=True)
    designated = at_desk("park_office").post(
        address_of(story, "designate"),
        {"unit_id": str(unit_id(FINANCE)), "reason": "以补贴为主", "duties": "编办函复"}, follow=True,
    )
    refused = finance.post(address_of(story, "send_back"), {"rule": "三定", "whose": "经发局"})

    assert "已商议移交，等对方答复" in told(offered)
    assert "接收移交" in desk
    assert "未接收，仍由原单位办理。" in told(turned)
    assert "已指定承办，承办单位不能退回或移交。" in told(designated)
    assert "职责核定" in told(designated)
    assert (refused.status_code, "活动办公室已指定由本单位承办" in told(refused)) == (409, True)
    assert holder(story) == unit_id(FINANCE)


def test_several_units_are_ticked_and_each_finds_its_part_on_its_desk(
    at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = acknowledged(raised())
    form = told(at_desk("park").get(address_of(story, "invite")))
    sent = at_desk("park").post(
        address_of(story, "invite"),
        {"unit_ids": [str(unit_id(FINANCE)), str(unit_id(SAFETY))], "asked_for": "请核对补贴"}, follow=True,
    )
    finance = of_unit(FINANCE)

    assert str(unit_id(FINANCE)) in form
    assert "供电公司" not in form
    assert "已请协办，本单位仍负总责。" in told(sent)
    assert "反馈协办情况" in told(finance.get("/"))
    answered = finance.post(address_of(story, "answer_part"), {"text": "补贴已核对"}, follow=True)
    assert "已反馈给主办单位。" in told(answered)
    assert "补贴已核对" in told(at_desk("park").get(address_of(story)))
    assert "补贴已核对" not in told(at_desk("firm").get(address_of(story)))


def test_nobody_ticked_is_asked_again(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = acknowledged(raised())

    answer = at_desk("park").post(address_of(story, "invite"), {"asked_for": "请核对补贴"})

    assert (answer.status_code, "请至少选择一个协办单位。" in told(answer)) == (422, True)


def test_two_letters_without_an_answer_fill_the_proposal_to_go_up(
    at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = acknowledged(raised(region_id=unit("130973-office").region_id), "zone")
    sent = at_desk("zone").post(
        address_of(story, "consult", "zone"),
        {"unit_id": str(unit_id("130973-power")), "letter": "渤经函〔2018〕12号", "asked_for": "请调整检修窗口"}, follow=True,
    )
    story.now = NOW + timedelta(days=14)
    story.does("zone", consult, Consult, unit_id=unit_id("130973-power"), letter="渤经函〔2018〕15号", asked_for="请再答复")

    with clock.held_at(NOW + timedelta(days=28)):
        page = told(at_desk("zone").get(address_of(story, "", "zone")))
        form = told(at_desk("zone").get(address_of(story, "propose", "zone")))

    assert "已登记商请函，承办责任不变。" in told(sent)
    assert "建议答复时间已过" in page
    assert "可以提出上报，由上级协调。" in page
    assert "发出渤经函〔2018〕12号" in form


def test_an_outsider_finds_no_act_between_units(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = acknowledged(raised())

    for act in ("designate", "offer", "take", "turn_down", "invite", "consult", "answer_part", "register_reply"):
        assert at_desk("outsider").get(address_of(story, act)).status_code in (403, 404)
