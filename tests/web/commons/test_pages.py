"""Common problems at the screen: found, laid down, answered, adopted; and nothing for whom they do not concern (R-F8)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story
from tests.commons.acts import OTHER, TEXT, does, established, page, report_of
from tests.problems.ways import acknowledged, unit_id
from tests.web.complaints.conftest import AtScreen
from zhitong.domain.commons.actions.answering import ToAll, answer
from zhitong.domain.commons.rules.kinds import CommonState
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.rules.kinds import Outcome, State

pytestmark = pytest.mark.django_db
SOLVED = ToAll(outcome=Outcome.SOLVED, text="已实行统一错峰方案。")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def laid_down(stories: list[Story], **changes: Any) -> dict[str, Any]:
    return {
        "title": "夜间错峰限电", "category": "energy", "lead_id": str(unit_id("130973400-economy")),
        "asked": "研究统一的错峰方案。", "workdays": "10", "treatment": "answer",
        "chosen": [story.standing.number for story in stories], "numbers": "", "once_key": "k1", **changes,
    }


def test_what_is_alike_is_proposed_with_its_words_and_led_to_the_form(alike: list[Story], at_screen: AtScreen) -> None:
    office = at_screen("park_office")

    said = text_of(office.get("/commons/found/"))
    [address] = re.findall(r'href="(/commons/new/\?[^"]+)"', said)
    form = text_of(office.get(address.replace("&amp;", "&")))

    assert "4 家企业反映，共 4 件" in said
    assert "夜间限电" in said
    assert len(re.findall(r'name="chosen"[^>]*checked', form)) == 4
    assert re.search(r'<option value="[^"]+" selected>南大港产业园区经发局', form)


def test_an_office_lays_it_down_and_reads_its_page(alike: list[Story], at_screen: AtScreen) -> None:
    office = at_screen("park_office")
    extra = report_of(7)

    answer = office.post("/commons/new/", laid_down(alike, numbers=extra.standing.number), follow=True)

    [(address, _status)] = answer.redirect_chain
    said = text_of(answer)
    assert "已纳入 5 件" in said
    assert "等候" in said
    assert all(story.standing.number in said for story in (*alike, extra))
    assert page("park_office", unquote(address).split("/")[2]).row.state is CommonState.STUDIED


def test_sent_twice_it_is_made_once(alike: list[Story], at_screen: AtScreen) -> None:
    office = at_screen("park_office")

    first, again = (office.post("/commons/new/", laid_down(alike)) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert text_of(office.get("/commons/")).count("夜间错峰限电") == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"title": ""}, "请填写"), ({"numbers": "冀-沧州-2018-999999"}, "没有找到这些编号"), ({"chosen": []}, "2 家")],
)
def test_refused_the_form_comes_back_as_it_was_typed(
    alike: list[Story], at_screen: AtScreen, changes: dict[str, Any], sentence: str
) -> None:
    answer = at_screen("park_office").post("/commons/new/", laid_down(alike, **changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "研究统一的错峰方案。" in text_of(answer)
    assert "还没有共性问题" in text_of(at_screen("park_office").get("/commons/"))


def test_the_lead_answers_all_on_one_page(alike: list[Story], at_screen: AtScreen) -> None:
    number = established(alike).number

    answer = at_screen("park").post(
        f"/commons/{number}/answer/", {"outcome": "solved", "text": SOLVED.text, "once_key": "k"}, follow=True
    )

    assert "办结 4 件" in text_of(answer)
    assert {story.standing.state for story in alike} == {State.ANSWERED}


def test_a_firm_reads_what_its_problem_is_part_of_and_nothing_of_the_others(alike: list[Story], at_screen: AtScreen) -> None:
    number = established(alike).number
    firm = at_screen("firm")

    said = text_of(firm.get(f"/problems/{alike[0].standing.number}/"))

    assert "您反映的问题已纳入共性问题“夜间错峰限电”，由南大港产业园区经发局统一研究解决。" in said
    assert number not in said
    assert not any(story.standing.number in said for story in alike[1:])
    assert firm.get(f"/commons/{number}/").status_code == 404
    assert firm.get("/commons/").status_code == 404


def test_another_handler_adopts_the_answer_by_the_ordinary_act(alike: list[Story], at_screen: AtScreen) -> None:
    mine = alike[1]
    mine.does("park_office", reassign, Dispatch, unit_id=unit_id(OTHER), reason="涉及电费补贴")
    number = established(alike).number
    does("park", answer, number, SOLVED)
    desk = at_screen(OTHER)
    address = f"/commons/adopt/{quote(mine.standing.number)}/"
    assert address in text_of(desk.get(f"/problems/{mine.standing.number}/"))
    assert desk.get(address).status_code == 409

    with_hand = Story(mine.problem_id, mine.now)
    with_hand.done_by(OTHER, acknowledge, Acknowledge, contact="已电话联系")
    form = text_of(desk.get(address))
    assert SOLVED.text in form
    [action] = re.findall(r'action="(/problems/[^"]+)"', form)
    desk.post(action, {"outcome": "solved", "text": SOLVED.text, "once_key": "k"})

    assert mine.standing.state is State.ANSWERED


def test_a_new_alike_problem_is_joined_by_one_hand(alike: list[Story], at_screen: AtScreen) -> None:
    number = established(alike).number
    new = report_of(9, text=TEXT)
    office = at_screen("park_office")
    said = text_of(office.get(f"/problems/{new.standing.number}/"))
    assert "可能属于共性问题“夜间错峰限电”" in said

    answer = office.post(f"/commons/join/{new.standing.number}/{number}/", {"once_key": "k"}, follow=True)

    assert "已纳入 1 件" in text_of(answer)
    assert page("park_office", number).row.members == 5
    assert "可能属于共性问题" not in text_of(answer)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("join", {"numbers": "x"}), ("take_out", {"problem": "x", "reason": "x"}), ("measure", {"measures": "x"}),
        ("close", {"words": "x"}), ("answer", {"outcome": "solved", "text": "x"}),
    ],
)
def test_an_outsider_finds_no_page_and_no_act(alike: list[Story], at_screen: AtScreen, act: str, said: dict[str, str]) -> None:
    number = established(alike).number

    for login in ("outsider", "neighbour", "firm", "zone"):
        client = at_screen(login)
        assert client.get(f"/commons/{number}/").status_code == 404
        assert client.get(f"/commons/{number}/{act}/").status_code == 404
        assert client.post(f"/commons/{number}/{act}/", {**said, "once_key": "k"}).status_code == 404
        assert client.post(f"/commons/join/{alike[0].standing.number}/{number}/", {}).status_code == 404


def test_an_office_above_reads_it_and_acts_on_nothing(alike: list[Story], at_screen: AtScreen) -> None:
    number = established(alike).number
    above = at_screen("zone_office")

    assert number in text_of(above.get("/commons/"))
    assert above.get(f"/commons/{number}/").status_code == 200
    assert above.post(f"/commons/{number}/close/", {"words": "x", "once_key": "k"}).status_code == 409
    assert page("park_office", number).row.state is CommonState.STUDIED


def test_who_may_not_dispatch_is_shown_no_proposals(alike: list[Story], at_screen: AtScreen) -> None:
    assert at_screen("park").get("/commons/found/").status_code == 403
    assert at_screen("firm").get("/commons/found/").status_code == 403
    assert "家企业反映" not in text_of(at_screen("outsider").get("/commons/found/"))


def test_the_ledger_is_narrowed_sorted_and_exported(alike: list[Story], at_screen: AtScreen) -> None:
    first = established(alike[:2], title="夜间错峰限电").number
    second = established(alike[2:], title="热处理炉停炉", workdays=3).number
    office = at_screen("park_office")

    def numbers(query: str) -> list[str]:
        return list(dict.fromkeys(re.findall(r"共-[^<\"/]+-2018-\d+", text_of(office.get(f"/commons/?{query}")))))

    assert numbers("") == [second, first]
    assert numbers("sort=due_at") == [second, first]
    assert numbers("sort=-due_at") == [first, second]
    assert numbers("sort=id") == [first, second]
    assert numbers("q=停炉") == [second]
    assert numbers("state=closed") == []
    assert numbers("category=land") == []
    exported = office.get("/commons/?export=xlsx")
    assert exported["Content-Type"].startswith("application/vnd.openxml")
    exported.close()


def test_the_ledger_costs_the_same_however_many_there_are(alike: list[Story], at_screen: AtScreen) -> None:
    office = at_screen("park_office")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            office.get("/commons/")
        return len(asked)

    established(alike[:2])
    cost()
    before = cost()
    for place in range(4):
        established([report_of(50 + 2 * place), report_of(51 + 2 * place)])

    assert cost() == before


def test_a_page_costs_the_same_however_many_members_it_has(alike: list[Story], at_screen: AtScreen) -> None:
    office = at_screen("park_office")

    def cost(number: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.get(f"/commons/{number}/").status_code == 200
        return len(asked)

    small = established(alike[:2]).number
    large = established([alike[2], *(acknowledged(report_of(60)) if n == 0 else report_of(60 + n) for n in range(9))]).number
    cost(small)

    assert cost(large) == cost(small)
