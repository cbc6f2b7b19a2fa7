"""出材料 at the screen: two clicks from the problem, the supervision or the ticked rows to the file (R-H7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.timing import extended
from tests.supervision.ways import issued
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def body_of(answer: Any) -> bytes:
    """The bytes of a file that was handed out; read before anything else is asked for, as its reader is still looking."""
    return b"".join(answer.streaming_content)


def told(answer: Any) -> str:
    return str(answer.content.decode())


def number_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_from_the_problem_two_clicks_to_the_order_with_a_code_that_leads_back(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    address, desk = address_of(raised()), at_desk("park_office")

    offered = desk.get(re.findall(r'href="(/bulletins/matters/[^"]+)"', told(desk.get(address)))[0])
    files = re.findall(r'href="(/bulletins/make[^"]+)"', told(offered))
    answer = desk.get(files[0].replace("&amp;", "&"))

    assert "kind=order" in files[0]
    assert "还不能出的材料" in told(offered)
    assert answer["Content-Type"] == WORD
    assert "问题交办单" in unquote(answer["Content-Disposition"])
    assert body_of(answer).startswith(b"PK")


def test_a_cut_off_that_cannot_be_is_said_at_its_field(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    place, desk = f"/bulletins/matters/{number_in(address_of(raised()))}/", at_desk("park_office")

    for asked, sentence in (("2030-01-01T08:00", "不能晚于现在"), ("2018-04-02T08:00", "还没有提交"), ("昨天", "没有看懂")):
        answer = desk.get(place, {"at": asked})
        assert answer.status_code == 422
        assert sentence in told(answer)
        assert "kind=order" in told(answer)


def test_outsiders_and_the_served_are_offered_nothing(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    address = address_of(raised())

    for login in ("firm", "outsider", "neighbour"):
        desk = at_desk(login)
        assert desk.get(f"/bulletins/matters/{number_in(address)}/").status_code == 404
        assert desk.get("/bulletins/make", {"kind": "order", "about": number_in(address)}).status_code == 404
    assert "出材料" not in told(at_desk("firm").get(address))


def test_what_is_ticked_in_the_ledger_comes_as_one_file(at_desk: Desk, raised: Raised) -> None:
    stories, desk = [raised(), raised(category="work_safety")], at_desk("zone_office")
    ids = [str(story.problem_id) for story in stories]

    ledger = told(desk.get("/problems/ledger/"))
    orders = body_of(desk.post("/bulletins/matters/chosen/order/", {"chosen": ids}))
    archive = body_of(desk.post("/bulletins/matters/chosen/file/", {"chosen": ids}))

    assert 'formaction="/bulletins/matters/chosen/file/"' in ledger
    assert orders.startswith(b"PK")
    with ZipFile(BytesIO(archive)) as made:
        assert made.namelist()[-2:] == ["索引.xlsx", "导出编号.txt"]
    assert desk.post("/bulletins/matters/chosen/file/").status_code == 422
    assert desk.post("/bulletins/matters/chosen/ledger/", {"chosen": ids}).status_code == 404
    assert at_desk("outsider").post("/bulletins/matters/chosen/file/", {"chosen": ids}).status_code == 404


def test_the_page_of_papers_costs_the_same_however_many_there_are(
    at_desk: Desk, raised: Raised, address_of: Address, queries_of: Callable[[Client, str], int]
) -> None:
    plain, moved = (number_in(address_of(one)) for one in (raised(), extended(raised)))
    desk = at_desk("park_office")

    with clock.held_at(clock.now()):
        costs = [queries_of(desk, f"/bulletins/matters/{number}/") for number in (plain, moved)]

    assert costs[0] == costs[1] <= 30


def test_a_supervision_and_the_ledger_of_instructions_hand_out_their_papers(at_desk: Desk, raised: Raised) -> None:
    paper, desk = issued("zone_office", raised()), at_desk("zone_office")

    page = told(desk.get(f"/supervision/{paper}/"))
    answer = desk.get(re.findall(r'href="(/bulletins/make[^"]+)"', page)[0].replace("&amp;", "&"))

    assert "重点督办通知单" in unquote(answer["Content-Disposition"])
    assert body_of(answer).startswith(b"PK")
    assert desk.get("/bulletins/make", {"kind": "instructions"}).status_code == 409
