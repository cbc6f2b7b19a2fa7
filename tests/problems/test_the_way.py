"""A problem of 南大港 goes straight to the park, climbs to the province, comes back down, and is closed off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Story
from zhitong.domain.problems.actions.climbing import Escalate, PassDown, Propose, escalate, pass_down, propose
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating, State

pytestmark = pytest.mark.django_db


def climb(story: Story, department: str, office: str) -> State:
    story.does(department, acknowledge, Acknowledge, contact="已电话联系企业负责人")
    story.does(
        department, propose, Propose, tried="已与供电公司协商两次", power_missing=PowerMissing.AUTHORITY,
        asked_for="协调调整错峰方案",
    )
    standing = story.does(office, escalate, Escalate, consent_by="演示主任", consent_on=date(2018, 4, 27))
    return standing.state


def test_it_climbs_to_the_province_and_returns(raised: Callable[..., Story]) -> None:
    story = raised()

    for department, office in (("park", "park_office"), ("zone", "zone_office"), ("city", "city_office")):
        assert climb(story, department, office) is State.DISPATCHED
    story.does("province", acknowledge, Acknowledge, contact="已联系")
    answered = story.does("province", complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")
    assert answered.state is State.RETURNING
    for login in ("city", "zone"):
        assert story.does(login, pass_down, PassDown, note="请告知企业").state is State.RETURNING
    assert story.does("park", pass_down, PassDown).state is State.ANSWERED
    assert story.does("firm", confirm, Confirm, rating=Rating.SATISFIED).state is State.CONFIRMED
    closed = story.does("park_office", close_off, CloseOff)

    assert closed.state is State.CLOSED
    assert closed.accountable_unit_id is None
