"""The firm's home, its cards, its problems and its own page: for the firm, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Story, acting
from tests.problems.conftest import raised as raised
from tests.web.portal.conftest import problem, sent, text_of
from zhitong.domain.cards.actions import Return, return_cards
from zhitong.domain.cards.models import Card
from zhitong.domain.problems.actions.climbing import Escalate, Propose, escalate, propose
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]
PAGES = ["/portal/", "/portal/card/", "/portal/problems/", "/portal/subject/", "/portal/report/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("login", ["park", "province_office", "outsider"])
def test_officials_have_no_portal(at_screen: AtScreen, page: str, login: str) -> None:
    assert at_screen(login).get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_sign_in(db: None, page: str) -> None:
    assert Client().get(page)["Location"] == f"/sign-in/?next={page}"


@pytest.mark.parametrize(("page", "queries"), list(zip(PAGES, (28, 19, 21, 21, 20), strict=True)))
def test_the_firm_sees_each_page_within_a_fixed_number_of_queries(
    at_screen: AtScreen, april: UUID, raised: Callable[..., Story], page: str, queries: int,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _number in range(7):
        raised()
    client = at_screen("firm")
    client.get(page)

    with django_assert_max_num_queries(queries):
        answer = client.get(page)

    assert answer.status_code == 200


def test_home_says_what_to_do_by_when_and_what_follows(at_screen: AtScreen, april: UUID, cared_for: None) -> None:
    said = text_of(at_screen("firm").get("/portal/"))

    assert "填卡：2018年4月明天截止约11分钟；逾期计为迟报；5月10日后锁定，不能再报" in said
    assert "演示赵副主任" in said
    assert "演示钱科长" in said


def test_a_card_overdue_is_said_to_be_late(at_screen: AtScreen, april: UUID) -> None:
    with clock.held_at(datetime(2018, 5, 2, 2, tzinfo=UTC)):
        client = at_screen("firm")
        home, form = text_of(client.get("/portal/")), text_of(client.get(f"/portal/card/{april}/"))

    assert "4月28日已到期约11分钟；已过截止日期，计为迟报" in home
    assert "已过截止日期，现在报送计为迟报；5月10日后锁定" in form


def test_a_card_given_back_comes_home_with_its_reason(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", sent())
    with acting("park_office") as actor:
        card = Card.objects.get()
        return_cards([Return(card_id=card.id, version=1, actor=actor, reason="税金请核对单位")], now=clock.now())

    assert "更正：2018年4月" in text_of(client.get("/portal/"))
    assert "退回了这张卡：税金请核对单位" in text_of(client.get(f"/portal/card/{april}/"))


def test_a_locked_round_without_a_card_says_how_to_make_up_for_it(at_screen: AtScreen, april: UUID) -> None:
    with clock.held_at(datetime(2018, 5, 12, 2, tzinfo=UTC)):
        said = text_of(at_screen("firm").get(f"/portal/card/{april}/"))

    assert "这一期已于5月10日锁定，没有收到贵单位的报送" in said
    assert "确需补报的，请联系" in said


def test_my_problem_says_who_has_it_and_how_far_up_it_is(at_screen: AtScreen, raised: Callable[..., Story]) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")
    story.does("park", propose, Propose, tried="协商两次", power_missing=PowerMissing.AUTHORITY, asked_for="请协调")
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=clock.today())

    page = at_screen("firm").get("/portal/problems/").content.decode()

    assert "等签收" in page
    assert '<li class="zt-path-passed">南大港产业园区</li>' in page
    assert '<li class="zt-path-here" aria-current="step">沧州渤海新区</li>' in page


def test_an_answer_waits_on_home_to_be_confirmed(at_screen: AtScreen, raised: Callable[..., Story]) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")

    said = text_of(at_screen("firm").get("/portal/"))

    assert "看答复：能源保障请说说是否满意；不满意的，由办公室复核" in said
    assert "前答复" not in said
    assert "已答复，请您确认" in said


def test_another_firm_sees_none_of_it(at_screen: AtScreen, april: UUID, raised: Callable[..., Story]) -> None:
    raised()
    at_screen("firm").post(f"/portal/card/{april}/", sent(rows=1, **problem()))
    client = at_screen("other_firm")

    for page in PAGES:
        assert "南大港" not in text_of(client.get(page))
    form = client.get(f"/portal/card/{april}/").content.decode()
    assert 'name="contact_name"' in form
    assert not [one for one in ("夜间限电", "演示会计", "13800000002") if one in form]


def test_older_problems_follow_on_the_next_page(at_screen: AtScreen, raised: Callable[..., Story]) -> None:
    for _number in range(21):
        raised()
    client = at_screen("firm")

    first = client.get("/portal/problems/")
    second = client.get(f"/portal/problems/?after={first.context['next_key']}")

    assert (len(first.context["problems"]), len(second.context["problems"])) == (20, 1)
    assert client.get("/portal/problems/?after=nonsense").status_code == 400
