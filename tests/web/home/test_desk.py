"""The first page: what presses, what comes, what others hold, how the unit stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import SAFETY
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.climbing import Propose, propose
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, SendBack, acknowledge, complete, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch, reassign
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def _unit(code: str) -> UUID:
    unit = directory().unit_coded(code)
    assert unit is not None
    return unit.id


def heads(answer: Any) -> dict[str, int]:
    duties = answer.context["duties"]
    return {name: len(getattr(duties, name)) for name in ("today", "soon", "later", "untimed")}


def test_duties_lie_under_the_head_of_their_urgency(at_desk: Desk, raised: Raised) -> None:
    raised()
    raised().does("park", acknowledge, Acknowledge, contact="已联系")
    client = at_desk("park")

    assert heads(client.get("/")) == {"today": 0, "soon": 1, "later": 1, "untimed": 0}
    with clock.held_at(NOW + timedelta(days=1)):
        assert heads(client.get("/")) == {"today": 1, "soon": 0, "later": 1, "untimed": 0}
    with clock.held_at(NOW + timedelta(days=2)):
        answer = client.get("/")
        assert heads(answer) == {"today": 1, "soon": 0, "later": 1, "untimed": 0}
        assert "已显示为超期，企业和上级都能看到" in told(answer)


def test_one_primary_act_leads_to_what_presses_most(at_desk: Desk, raised: Raised) -> None:
    raised()
    client = at_desk("park")

    answer = client.get("/")

    assert told(answer).count("btn-primary") == 1
    assert client.get(answer.context["first"].act_url).status_code == 200


def test_what_was_sent_back_says_so_and_leads_to_the_hand_that_binds(at_desk: Desk, raised: Raised) -> None:
    story = raised()
    client = at_desk("park_office")

    story.does("park", send_back, SendBack, rule="三定规定第二条", whose="应由安监局办理")
    [once] = client.get("/").context["duties"].soon
    story.does("park_office", dispatch, Dispatch, unit_id=_unit(SAFETY), reason="涉及安全")
    story.done_by(SAFETY, send_back, SendBack, rule="三定规定第三条", whose="应由经发局办理")
    [twice] = client.get("/").context["duties"].soon

    assert (once.waits, once.act) == ("承办单位退回，等本办重新交办", "交办")
    assert (twice.waits, twice.act) == ("两次退回，等本办指定承办", "指定承办")
    assert "指定承办" in told(client.get(twice.act_url))


def test_what_others_hold_stands_beside(at_desk: Desk, raised: Raised) -> None:
    proposed, answered = raised(), raised()
    for story in (proposed, answered):
        story.does("park", acknowledge, Acknowledge, contact="已联系")
    proposed.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")
    answered.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    answer = at_desk("park").get("/")

    assert {str(line.waits) for line in answer.context["held"]} == {"等活动办公室审核上报", "等企业确认"}
    assert [figure.value for figure in answer.context["figures"]] == ["0", "0", "0", "2"]


def test_figures_open_to_the_rows_behind_them(at_desk: Desk, raised: Raised) -> None:
    raised()
    raised(confidential=True)
    raised(category="land").does("park_office", reassign, Dispatch, unit_id=_unit("130973400-economy"), reason="更合适")
    closed = raised()
    closed.does("park", acknowledge, Acknowledge, contact="已联系")
    closed.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    closed.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    closed.does("zone_office", close_off, CloseOff)
    for login in ("park", "zone_office"):
        client = at_desk(login)
        for figure in client.get("/").context["figures"]:
            listed = client.get(figure.url)
            assert str(listed.context["list"].total) == figure.value, figure.label


def test_an_office_sees_what_is_late_in_its_territory(at_desk: Desk, raised: Raised) -> None:
    raised()

    with clock.held_at(NOW + timedelta(days=14)):
        for login in ("zone_office", "province_office"):
            assert len(at_desk(login).get("/").context["late"]) == 1
        assert at_desk("zone").get("/").context["late"] == []
        assert at_desk("outsider").get("/").context["late"] == []


def test_an_empty_desk_says_what_would_be_here(at_desk: Desk) -> None:
    for login in ("outsider", "neighbour", "province_office"):
        answer = at_desk(login).get("/")
        assert answer.status_code == 200
        assert "今天没有要办的事" in told(answer)


def test_a_stranger_signs_in_first_and_the_served_have_a_portal_of_their_own(at_desk: Desk) -> None:
    assert Client().get("/").url.startswith("/sign-in/")
    assert at_desk("firm").get("/").status_code in (302, 404)


def test_more_duties_cost_no_more_queries(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    client = at_desk("park_office")
    raised(category="other", subject_kind="work")

    few = queries_of(client, "/")
    for _ in range(5):
        raised(category="other", subject_kind="work")

    assert queries_of(client, "/") == few <= 46
