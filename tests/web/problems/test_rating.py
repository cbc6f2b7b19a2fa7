"""On the firm's phone: one tap on the contact, two ratings of the answer; on the office's screen: the check."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import acknowledged, answered, confirmed_as
from zhitong.domain.problems.rules.kinds import Outcome, Stage, State
from zhitong.web.problems.device import COOKIE

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def test_one_tap_from_the_page_voids_the_contact(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = acknowledged(raised())
    client = at_desk("firm")

    page = told(client.get(address_of(story)))
    key = re.search(r'name="once_key" value="([^"]+)"', page)
    answer = client.post(address_of(story, "void_contact"), {"once_key": key.group(1) if key else ""}, follow=True)

    assert re.search(r'method="post" action="[^"]+/void_contact/"', page)
    assert "已记下，承办单位须重新联系您。" in told(answer)
    assert "没有联系过我" not in told(answer)
    assert story.standing.stage is Stage.FIRST_CONTACT


def test_the_unit_sees_it_and_is_led_to_make_up_for_it(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = acknowledged(raised())
    at_desk("firm").post(address_of(story, "void_contact"), {})

    page, desk = told(at_desk("park").get(address_of(story))), told(at_desk("park").get("/"))

    assert "企业反映未联系" in page
    assert re.search(r'btn-primary" href="[^"]+/contact/"', page)
    assert "企业反映没有联系过，等本单位重新联系" in desk


def test_both_ratings_are_asked_for(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = answered(raised())
    client = at_desk("firm")

    half = client.post(address_of(story, "confirm"), {"rating": "satisfied"})
    whole = client.post(address_of(story, "confirm"), {"rating": "satisfied", "reply_rating": "basically"}, follow=True)

    assert half.status_code == 422
    assert "对办理态度和速度满意吗" in told(half)
    assert "谢谢您的确认" in told(whole)
    assert "态度和速度" in told(whole)
    [verdict] = story.rows("problems_verdict")
    assert (verdict["rating"], verdict["reply_rating"]) == ("satisfied", "basically")


def test_the_device_is_kept_as_a_digest_and_never_itself(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    first, second, third = (answered(raised()) for _ in range(3))
    typed = {"rating": "satisfied", "reply_rating": "satisfied"}
    phone, other = at_desk("firm"), at_desk("firm")
    for client in (phone, other):
        client.get(address_of(first))

    for client, story in ((phone, first), (phone, second), (other, third)):
        client.post(address_of(story, "confirm"), typed)

    devices = [story.rows("problems_verdict")[0]["device"] for story in (first, second, third)]
    assert devices[0] == devices[1] != devices[2]
    assert len(devices[0]) == 64
    assert phone.cookies[COOKIE].value not in devices


def test_a_handlers_page_has_nothing_to_ask_for_a_rating(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = answered(raised())

    for login in ("park", "park_office", "zone_office"):
        page = told(at_desk(login).get(address_of(story)))
        assert not re.search(r"/(confirm|reject|rate)/", page)
        for act in ("confirm", "reject", "rate"):
            assert at_desk(login).post(address_of(story, act), {"rating": "satisfied"}).status_code == 403


def test_the_office_checks_before_it_closes(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = confirmed_as(raised, Outcome.EXPLAINED)
    client = at_desk("park_office")

    page = told(client.get(address_of(story)))
    refused = client.post(address_of(story, "close_off"), {})
    client.post(address_of(story, "verify"), {"checked_by": "phone", "checked": "已电话核实"})
    closed = client.post(address_of(story, "close_off"), {}, follow=True)

    assert re.search(r'btn-primary" href="[^"]+/verify/"', page)
    assert refused.status_code == 409
    assert "须先核查属实再销号" in told(refused)
    assert "已销号归档" in told(closed)
    assert story.standing.state is State.CLOSED


def test_an_outsider_finds_no_act(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = acknowledged(raised())

    for act in ("void_contact", "contact", "verify", "find_wanting", "close_unrated", "rate"):
        assert at_desk("outsider").get(address_of(story, act)).status_code == 404
