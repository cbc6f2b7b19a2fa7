"""催办 at the screen: from the problem page, from a list in bulk, by the firm; and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import answered, sent_up
from tests.supervision.ways import count, drafted, issues, reminds
from tests.world import NOW
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
NUMBER = "渤海新区双创双服办督字〔2018〕1号"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def number_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_the_problem_page_offers_to_press_and_shows_what_came_of_it(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    story = raised()
    reminds("province_office", story, words="请今天联系企业。")
    issues("zone_office", drafted("zone_office", story))
    address = address_of(story)

    html = told(at_desk("zone_office").get(address))

    assert html.count("/supervision/remind/") == html.count("/supervision/new/?problem=") == 1
    assert "请今天联系企业。" in html
    assert f"{NUMBER}</a> 重点督办" in html
    assert html.count("两个工作日内的成效") == 2
    assert "还没有动作，等到" in html
    with clock.held_at(NOW + timedelta(days=9)):
        assert told(at_desk("zone_office").get(address)).count("<b>没有动作</b>") == 2


def test_the_handler_and_the_firm_are_not_offered_what_is_not_theirs(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    story = raised()
    reminds("zone_office", story, words="请抓紧。")
    address = address_of(story)

    handler, firm = told(at_desk("park").get(address)), told(at_desk("firm").get(address))

    assert "请抓紧。" in handler
    assert "/supervision/remind/" not in handler
    assert "请抓紧。" not in firm
    assert "还没有到期，暂时不能催办" in firm


def test_a_firm_reminds_when_its_limit_is_gone(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    story, firm = raised(), at_desk("firm")
    address = address_of(story)

    with clock.held_at(NOW + timedelta(days=6)):
        assert "/supervision/remind/" in told(firm.get(address))
        done = firm.post(f"/supervision/remind/{number_of(address)}/", {"words": "还没有人联系我们。"}, follow=True)
        again = firm.post(f"/supervision/remind/{number_of(address)}/", {"words": "再催"})

    assert "已催办，承办单位随即收到。" in told(done)
    assert "还没有人联系我们。" in told(done)
    assert again.status_code == 409
    assert "每3个工作日可以催办一次" in told(again)


def test_many_are_reminded_of_from_the_list_or_taken_to_a_paper(at_desk: Desk, raised: Raised) -> None:
    stories, office = [raised(), raised()], at_desk("zone_office")
    ids = [str(story.problem_id) for story in stories]

    listed = office.get("/supervision/press/")
    done = office.post("/supervision/press/together/", {"act": "remind", "chosen": ids, "words": "请抓紧。"}, follow=True)
    to_paper = office.post("/supervision/press/together/", {"act": "supervise", "chosen": ids})

    assert str(listed.context["list"].total) == "2"
    assert "已催办 2 件" in told(done)
    assert "1 次，最近今天 15:40" in told(done)
    assert to_paper.url.count("problem=") == 2
    assert office.get(to_paper.url).status_code == 200
    assert count("park", "supervision_urging") == 2


def test_a_bulk_reminder_is_all_or_none_and_says_which(at_desk: Desk, raised: Raised) -> None:
    stories = [raised(), answered(raised())]
    ids = [str(story.problem_id) for story in stories]

    done = at_desk("zone_office").post("/supervision/press/together/", {"act": "remind", "chosen": ids}, follow=True)
    none = at_desk("zone_office").post("/supervision/press/together/", {"act": "remind"}, follow=True)

    assert "（选中的一件都没有催。）" in told(done)
    assert "没有选中任何问题" in told(none)
    assert count("zone_office", "supervision_urging") == 0


def test_what_waits_for_the_firm_is_not_in_the_list_to_press(at_desk: Desk, raised: Raised) -> None:
    raised()
    answered(raised())

    assert str(at_desk("zone_office").get("/supervision/press/").context["list"].total) == "1"


def test_what_went_up_is_pressed_by_the_level_it_went_to(at_desk: Desk, raised: Raised) -> None:
    sent_up(sent_up(raised()), "zone", "zone_office")

    totals = {
        login: str(at_desk(login).get("/supervision/press/").context["list"].total)
        for login in ("park_office", "zone_office", "city_office")
    }

    assert totals == {"park_office": "0", "zone_office": "0", "city_office": "1"}
    assert at_desk("park").get("/supervision/press/").status_code == 403


def test_effects_have_a_line_for_each_unit(at_desk: Desk, raised: Raised) -> None:
    empty = at_desk("zone_office").get("/supervision/effects/")
    reminds("zone_office", raised(), raised())

    answer = at_desk("zone_office").get("/supervision/effects/")

    assert "今年还没有催办、督办" in told(empty)
    [line] = answer.context["units"]
    assert (line.unit, line.reminded, line.acted, line.waiting) == ("南大港产业园区经发局", 2, 0, 2)


def test_the_handler_reads_on_the_first_page_what_it_was_reminded_of(at_desk: Desk, raised: Raised) -> None:
    story = raised()
    assert "被催" not in told(at_desk("park").get("/"))
    reminds("zone_office", story)
    reminds("province_office", story)

    assert "<b>被催 2 次，最近今天 15:40</b>；已交办，等本单位签收并联系企业" in told(at_desk("park").get("/"))
