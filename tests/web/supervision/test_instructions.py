"""批示 at the screen: registered in half a minute, given to units, reported, answered; kept in a ledger."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story
from tests.files.samples import photo
from tests.problems.ways import unit_id
from tests.supervision.ways import count, item, registers

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
WORDS = "请抓紧协调，五月上旬见效。"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def typed(**changes: str) -> dict[str, str]:
    return {
        "leader": "演示书记", "leader_title": "市委书记", "kind": "words", "words": WORDS, "instructed_on": "2018-04-26",
        "problems": "", "paper_title": "", "paper_number": "", **changes,
    }


def given(place: int, code: str, demand: str = "拿出方案。", due_on: str = "2018-05-04") -> dict[str, str]:
    head = f"item{place}"
    return {f"{head}-unit_id": str(unit_id(code)), f"{head}-demand": demand, f"{head}-due_on": due_on}


def number_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_clerk_registers_from_the_problem_and_gives_it_to_two_units(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    number, clerk = number_of(address_of(raised())), at_desk("city_office")

    form = clerk.get(f"/supervision/instructions/new/?problem={number}")
    done = clerk.post("/supervision/instructions/new/", {
        **typed(problems=number), **given(0, "1309-development"), **given(1, "130973-office", "督促落实。"),
    }, follow=True)

    assert f'value="{number}"' in told(form)
    html = told(done)
    assert "批示已登记。" in html
    assert WORDS in html
    assert number in html
    assert html.count("待办理") == 2
    assert "两个工作日内的成效" in html


def test_an_item_is_reported_and_answered_by_plain_forms(at_desk: Desk, raised: Raised) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    place, clerk, unit = f"/supervision/instructions/{paper}/", at_desk("city_office"), at_desk("city")
    [(view, _limit, _acts)] = clerk.get(place).context["items"]

    early = clerk.get(f"/supervision/items/{view.id}/answer/")
    reported = unit.post(f"/supervision/items/{view.id}/report/", {"text": "已商定。"}, follow=True)
    ended = clerk.post(f"/supervision/items/{view.id}/answer/", {
        "presented_on": "2018-04-26", "answer_kind": "read", "answer_words": "", "answered_on": "2018-04-27",
    }, follow=True)

    assert early.status_code == 409
    assert "办理情况已报送。" in told(reported)
    assert "领导答复已登记，这一项办结。" in told(ended)
    assert "已办结" in told(ended)
    assert unit.get(f"/supervision/items/{view.id}/report/").status_code == 409


def test_more_is_given_to_units_from_its_page(at_desk: Desk, raised: Raised) -> None:
    paper, clerk = registers("city_office", raised()), at_desk("city_office")
    place = f"/supervision/instructions/{paper}/"

    nothing = clerk.post(f"{place}assign/", {})
    done = clerk.post(f"{place}assign/", given(0, "1309-development"), follow=True)

    assert nothing.status_code == 422
    assert "请至少写明一个承办单位" in told(nothing)
    assert "已分解，承办单位随即收到。" in told(done)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"words": ""}, "批示须照原件逐字登记"), ({"kind": "read"}, "圈阅没有文字"), ({"instructed_on": "2018-05-30"}, "不能晚于今天"),
    ({"paper_title": ""}, "哪个问题或者哪份文件"), ({"problems": "冀-沧州-2018-999999"}, "没有找到编号为冀-沧州-2018-999999的问题"),
    ({"item0-demand": "拿出方案。"}, "请填写这一项。"), ({"leader": ""}, "请填写这一项。"),
])
def test_what_does_not_fit_comes_back_with_what_was_typed(at_desk: Desk, changes: dict[str, str], sentence: str) -> None:
    answer = at_desk("city_office").post(
        "/supervision/instructions/new/", {**typed(paper_title="情况专报"), **changes}
    )

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert count("city_office", "supervision_instruction") == 0


def test_the_same_form_sent_twice_registers_once(at_desk: Desk) -> None:
    clerk, form = at_desk("city_office"), {**typed(paper_title="情况专报"), "once_key": "k1"}

    clerk.post("/supervision/instructions/new/", form)
    again = clerk.post("/supervision/instructions/new/", form, follow=True)

    assert "没有重复办理" in told(again)
    assert count("city_office", "supervision_instruction") == 1


def test_the_ledger_is_filtered_sorted_and_exported(at_desk: Desk, raised: Raised) -> None:
    registers("city_office", raised(), items=(item(unit_id("1309-development")),), instructed_on=date(2018, 4, 20))
    registers("city_office", paper_title="情况专报", leader="演示市长", leader_title="市长", instructed_on=date(2018, 4, 2))
    clerk = at_desk("city_office")

    def leaders(query: str) -> list[str]:
        rows = clerk.get(f"/supervision/instructions/{query}").context["list"].rows
        return [str(row[0].text) for row in rows]

    assert leaders("") == leaders("?sort=instructed_on") == ["市长 演示市长", "市委书记 演示书记"]
    assert leaders("?sort=-instructed_on") == ["市委书记 演示书记", "市长 演示市长"]
    assert leaders("?state=open") == ["市委书记 演示书记"]
    assert leaders("?q=专报") == leaders("?state=filed") == ["市长 演示市长"]
    assert leaders("?late=on") == []
    exported = b"".join(clerk.get("/supervision/instructions/?export=xlsx").streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[-2:]] == [WORDS, WORDS]


def test_words_on_a_confidential_problem_stay_with_those_who_may_see_it(at_desk: Desk, raised: Raised) -> None:
    paper = registers("city_office", raised(confidential=True), items=(item(unit_id("1309-development")),))
    place = f"/supervision/instructions/{paper}/"

    pages = [told(at_desk("city").get(address)) for address in (place, "/supervision/instructions/")]

    assert [WORDS in html for html in pages] == [False, False]
    assert "原文只给可以查看该问题的单位看" in pages[0]
    assert "拿出错峰方案。" in pages[0]


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "park", "province_office"])
def test_for_others_nothing_is_there(at_desk: Desk, raised: Raised, login: str) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    [(view, _limit, _acts)] = at_desk("city_office").get(f"/supervision/instructions/{paper}/").context["items"]
    client, ledger = at_desk(login), at_desk(login).get("/supervision/instructions/")

    assert client.get(f"/supervision/instructions/{paper}/").status_code == 404
    assert client.get(f"/supervision/items/{view.id}/report/").status_code == 404
    assert client.post(f"/supervision/items/{view.id}/answer/").status_code == 404
    assert ledger.status_code == (404 if login == "firm" else 200)
    assert WORDS not in told(ledger)


def test_more_instructions_cost_no_more_queries(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    clerk, items = at_desk("city_office"), (item(unit_id("1309-development")),)
    registers("city_office", raised(), items=items)

    few = queries_of(clerk, "/supervision/instructions/")
    for _ in range(4):
        registers("city_office", raised(), items=items)

    assert queries_of(clerk, "/supervision/instructions/") == few <= 24


def registered_with_photo(clerk: Client, **changes: str) -> str:
    """Register an instruction with the photo of its paper; returns where the photo is."""
    sent = {**typed(paper_title="关于用电保障的情况专报", **changes), **given(0, "1309-development"),
            "files": SimpleUploadedFile("批示.jpg", photo(), "image/jpeg")}
    page = clerk.post("/supervision/instructions/new/", sent, follow=True)
    found = re.search(r'/files/[0-9a-f-]{36}/', told(page))
    assert found is not None, told(page)
    return found.group()


def test_the_photo_of_the_paper_is_for_who_reads_the_words(at_desk: Desk) -> None:
    at = registered_with_photo(at_desk("city_office"))

    assert at_desk("city_office").get(at).status_code == 200
    assert at_desk("city").get(at).status_code == 200
    for stranger in ("outsider", "neighbour", "firm", "park"):
        assert at_desk(stranger).get(at).status_code == 404


def test_the_photo_of_a_read_mark_is_for_the_unit_that_keeps_it(at_desk: Desk) -> None:
    at = registered_with_photo(at_desk("city_office"), kind="read", words="")

    assert at_desk("city_office").get(at).status_code == 200
    assert at_desk("city").get(at).status_code == 404
