"""督办 at the screen: from the problem page and from a list in bulk to a paper that is printed, answered and accepted."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story
from tests.supervision.ways import answers, count, drafted, issued, reminds
from tests.world import NOW
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
NUMBER = "渤海新区双创双服办督字〔2018〕1号"
DRAFT = {"grade": "listed", "demand": "三个工作日内提出错峰方案。", "workdays": "3", "signed_by": "", "signed_on": ""}


def told(answer: Any) -> str:
    return str(answer.content.decode())


def number_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def new(address: str) -> str:
    return f"/supervision/new/?problem={number_of(address)}"


def test_a_paper_is_drafted_signed_answered_returned_and_accepted_by_plain_forms(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    story, office, park = raised(), at_desk("zone_office"), at_desk("park")

    drafted_page = office.post(new(address_of(story)), DRAFT, follow=True)
    place = drafted_page.redirect_chain[-1][0]
    signed = office.post(f"{place}issue/", {"signed_by": "演示主任", "signed_on": "2018-04-27"}, follow=True)
    steps = [
        park.post(f"{place}answer/", {"text": "已协商。"}, follow=True),
        office.post(f"{place}return/", {"reason": "没有写明见效日期。"}, follow=True),
        park.post(f"{place}answer/", {"text": "5月10日见效。"}, follow=True),
        office.post(f"{place}accept/", {"opinion": ""}, follow=True),
    ]

    assert "草稿，签发时取号" in told(drafted_page)
    assert f"<b>{NUMBER}</b> · <b>挂牌督办</b>" in told(signed)
    assert "签发 4月27日 15:40，3 个工作日" in told(signed)
    assert [told(step).count(state) > 0 for step, state in zip(
        steps, ("已反馈", "退回重报", "已反馈", "已办结"), strict=True)] == [True] * 4
    assert "5月10日见效。" in told(steps[-1])
    assert "曾退回一次" in told(steps[-1])


def test_a_paper_signed_already_goes_out_with_its_form(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    address = address_of(raised())

    done = at_desk("zone_office").post(
        new(address), {**DRAFT, "signed_by": "演示主任", "signed_on": "2018-04-26"}, follow=True
    )

    assert NUMBER in told(done)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"demand": ""}, "请填写这一项。"), ({"workdays": "0"}, "至少 1 个工作日。"), ({"grade": "x"}, "请从列出的选项中选择。"),
    ({"signed_by": "演示主任"}, "签发人和签发日期要填都填"),
    ({"signed_by": "演示主任", "signed_on": "2018-05-30"}, "签发日期不能晚于今天"),
    ({"demand": "见机密文件"}, "不得填写国家秘密"),
])
def test_a_form_that_is_not_right_comes_back_with_what_was_typed(
    at_desk: Desk, raised: Raised, address_of: Address, changes: dict[str, str], sentence: str
) -> None:
    answer = at_desk("zone_office").post(new(address_of(raised())), {**DRAFT, **changes})

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert count("zone_office", "supervision_supervision") == 0


def test_the_same_form_sent_twice_makes_one_paper(at_desk: Desk, raised: Raised, address_of: Address) -> None:
    office, address = at_desk("zone_office"), address_of(raised())

    office.post(new(address), {**DRAFT, "once_key": "k1"})
    again = office.post(new(address), {**DRAFT, "once_key": "k1"}, follow=True)

    assert "没有重复办理" in told(again)
    assert count("zone_office", "supervision_supervision") == 1


def test_the_office_of_the_host_reads_who_supervises_instead(
    at_desk: Desk, raised: Raised, address_of: Address
) -> None:
    office, address = at_desk("park_office"), address_of(raised())

    answer = office.get(new(address))

    assert answer.status_code == 409
    assert "本办设在南大港产业园区经发局" in told(answer)
    assert "本办设在南大港产业园区经发局" in told(office.get(address))


def test_a_paper_names_its_days_in_full(at_desk: Desk, raised: Raised) -> None:
    html = told(at_desk("park").get(f"/supervision/{issued('zone_office', raised())}/"))

    assert "演示主任，2018年4月27日" in html
    assert "3 个工作日，2018年5月3日 17:30" in html


def test_the_ledger_has_its_sides_filters_sorts_and_export(at_desk: Desk, raised: Raised) -> None:
    first = issued("zone_office", raised(), workdays=9)
    issued("zone_office", raised(), workdays=2)
    drafted("zone_office", raised())
    answers("park", first)
    office = at_desk("zone_office")

    def numbers(address: str, client: Client = office) -> list[str]:
        return [str(row[0].text) for row in client.get(address).context["list"].rows]

    one, two = NUMBER, NUMBER.replace("1号", "2号")
    assert numbers("/supervision/") == ["草稿", two, one]
    assert numbers("/supervision/?sort=due_at") == [two, one]
    assert numbers("/supervision/?sort=-due_at") == [one, two]
    assert numbers("/supervision/?state=answered") == numbers("/supervision/?q=1号") == [one]
    assert numbers("/supervision/?grade=listed") == []
    assert numbers("/supervision/", at_desk("park")) == [two, one]
    assert numbers("/supervision/?side=below", at_desk("city_office")) == [two, one]
    with clock.held_at(NOW + timedelta(days=9)):
        assert numbers("/supervision/?light=overdue") == [two]
    exported = b"".join(office.get("/supervision/?export=xlsx").streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[-3:]] == ["草稿", two, one]


def test_duties_stand_on_the_first_page(at_desk: Desk, raised: Raised) -> None:
    paper = issued("zone_office", raised())

    def titles(login: str) -> list[str]:
        duties = at_desk(login).get("/").context["duties"]
        return [f"{line.title} {line.act}" for line in (*duties.today, *duties.soon, *duties.later, *duties.untimed)]

    assert f"{NUMBER} 反馈" in titles("park")
    answers("park", paper)
    assert f"{NUMBER} 反馈" not in titles("park")
    assert f"{NUMBER} 审核反馈" in titles("zone_office")


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "other_firm", "city"])
def test_for_an_outsider_nothing_is_there(at_desk: Desk, raised: Raised, address_of: Address, login: str) -> None:
    story = raised()
    paper: UUID = issued("zone_office", story)
    client, number = at_desk(login), number_of(address_of(story))
    is_served = login.endswith("firm")

    assert client.get(f"/supervision/{paper}/").status_code == 404
    assert client.post(f"/supervision/{paper}/accept/").status_code == 404
    assert client.get("/supervision/").status_code == (404 if is_served else 200)
    assert client.get("/supervision/effects/").status_code == (404 if is_served else 200)
    if not is_served:
        assert NUMBER not in told(client.get("/supervision/"))
        assert client.get("/supervision/effects/").context["units"] == []
    assert client.get(f"/supervision/new/?problem={number}").status_code in (403, 404)
    if login != "firm":
        assert client.post(f"/supervision/remind/{number}/").status_code in (403, 404)


def test_a_stranger_signs_in_first(raised: Raised) -> None:
    for address in ("/supervision/", "/supervision/press/", "/supervision/instructions/"):
        assert Client().get(address).url.startswith("/sign-in/?next=")


def test_more_papers_cost_no_more_queries(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]
) -> None:
    office = at_desk("zone_office")
    story = raised()
    issued("zone_office", story)
    reminds("zone_office", story)
    addresses = ("/supervision/", "/supervision/press/", "/supervision/effects/")

    few = [queries_of(office, address) for address in addresses]
    for _ in range(4):
        more = raised()
        issued("zone_office", more)
        reminds("zone_office", more)

    assert [queries_of(office, address) for address in addresses] == few
    assert max(few) <= 24
