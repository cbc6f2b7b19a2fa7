"""Rounds on the screen: opening, filling in for a firm, excuses, reminders, questions, corrections; nothing for outsiders."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import acting, viewer
from tests.files.samples import photo
from tests.web.cards.conftest import send_card
from tests.web.portal.conftest import FILLED, text_of
from tests.world import NOW
from zhitong.domain.cards.models import Card, Excuse, Flagged, Round
from zhitong.domain.cards.rules.rounds import FlagKind
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]
SEPTEMBER = {
    "template": "industry", "region": "13", "period": "2018-05", "name": "2018年5月", "opens_on": "2018-04-27",
    "due_on": "2018-05-10", "locked_on": "2018-05-20", "review_ranks": ["city"],
}


def firm_id(login: str = "firm") -> UUID:
    """The subject of a firm of the cast."""
    with acting("province_office"):
        return Subject.objects.get(unit_id=viewer(login).unit_id).id


def upload_of(name: str) -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def test_an_office_sees_what_a_round_would_ask_and_opens_it(at_screen: AtScreen) -> None:
    client = at_screen("province_office")

    seen = client.post("/cards/open/", {**SEPTEMBER, "act": "look", "once_key": "k"})
    opened = client.post("/cards/open/", {**SEPTEMBER, "act": "open", "once_key": "k"}, follow=True)

    assert "2户，其中0户在帮扶名单上" in text_of(seen)
    assert "没有帮包单位2户：演示" in text_of(seen)
    assert "2018年5月采集率0.0%，距100%还差2户" in text_of(opened)
    with acting("province_office"):
        assert Round.objects.get(period="2018-05").review_ranks == ["city"]


def test_an_opening_that_cannot_be_keeps_what_was_typed(at_screen: AtScreen) -> None:
    answer = at_screen("province_office").post("/cards/open/", {**SEPTEMBER, "period": "九月", "act": "look"})

    assert (answer.status_code, "期次写成" in text_of(answer), "2018年5月" in answer.content.decode()) == (422, True, True)


@pytest.mark.parametrize("login", ["park", "firm", "city"])
def test_only_an_office_opens_rounds(at_screen: AtScreen, login: str) -> None:
    assert at_screen(login).get("/cards/open/").status_code == 403


def test_who_cares_fills_in_for_the_firm_and_the_firm_confirms_by_one_tap(
    at_screen: AtScreen, april: UUID, cared_for: None
) -> None:
    place, filling = f"/cards/rounds/{april}/of/{firm_id()}/", f"/portal/card/{april}/for/{firm_id()}/"
    park, firm = at_screen("park"), at_screen("firm")

    assert "代填" in text_of(park.get(place))
    assert "请写明根据什么代填" in text_of(park.post(filling, {**FILLED, "once_key": "a"}))
    filled = park.post(filling, {**FILLED, "source": "电话询问会计", "once_key": "b"}, follow=True)
    with acting("firm"):
        card_id = Card.objects.values_list("id", flat=True).get()
    asked = text_of(firm.get(f"/portal/card/{april}/"))
    before = text_of(at_screen("park_office").get("/cards/"))
    firm.post(f"/cards/{card_id}/confirm/", {"once_key": "c"})
    after = text_of(at_screen("park_office").get("/cards/"))

    assert "代填待确认" in text_of(filled)
    assert "代贵单位填报，根据：电话询问会计" in asked
    assert "采集率0.0%" in before
    assert "采集率100%，1户全部报齐" in after


def test_a_firm_disputes_what_was_filled_in_for_it(at_screen: AtScreen, april: UUID, cared_for: None) -> None:
    filling = f"/portal/card/{april}/for/{firm_id()}/"
    at_screen("park").post(filling, {**FILLED, "source": "走访", "once_key": "b"})
    with acting("firm"):
        card_id = Card.objects.values_list("id", flat=True).get()
    firm = at_screen("firm")

    assert firm.post(f"/cards/{card_id}/dispute/", {"dispute": "", "once_key": "d"}).status_code == 422
    said = firm.post(f"/cards/{card_id}/dispute/", {"dispute": "收入不对", "once_key": "e"}, follow=True)

    assert "企业对代填内容有异议：收入不对" in text_of(said)
    assert "代填有异议" in text_of(at_screen("park_office").get("/cards/"))


def test_why_a_firm_does_not_report_is_said_listed_and_decided_above(at_screen: AtScreen, april: UUID) -> None:
    place = f"/cards/rounds/{april}/of/{firm_id()}/excuse/"
    office, province = at_screen("park_office"), at_screen("province_office")

    assert "请写明依据" in text_of(office.post(place, {"reason": "suspended", "proof": "", "once_key": "a"}))
    said = {"reason": "suspended", "proof": "现场查看已停产"}
    assert "须附证明材料" in text_of(office.post(place, {**said, "once_key": "b1"}))
    office.post(place, {**said, "files": upload_of("停产现场.jpg"), "once_key": "b2"})
    with acting("province_office"):
        excuse_id = Excuse.objects.values_list("id", flat=True).get()
    listed = text_of(province.get("/cards/excuses/"))
    deciding = province.get(f"/cards/excuses/{excuse_id}/")
    [proof] = re.findall(r'href="(/files/[^"]+)"', deciding.content.decode())
    refused = province.post(f"/cards/excuses/{excuse_id}/", {"granted": "no", "words": "", "once_key": "c"})
    province.post(f"/cards/excuses/{excuse_id}/", {"granted": "yes", "words": "", "once_key": "d"})

    assert "现场查看已停产" in listed
    assert "停产现场.jpg" in text_of(deciding)
    assert province.get(proof).status_code == 200
    assert [at_screen(login).get(proof).status_code for login in ("outsider", "neighbour", "other_firm")] == [404] * 3
    assert refused.status_code == 422
    assert "没有应报的卡片" in text_of(office.get("/cards/"))
    assert "停产停业（不计）" in text_of(office.get("/cards/?state=excused"))


def test_an_office_reminds_once_a_day_and_reads_whom(at_screen: AtScreen, april: UUID) -> None:
    province = at_screen("province_office")

    first = province.post(f"/cards/rounds/{april}/remind/", {"once_key": "a"}, follow=True)
    second = province.post(f"/cards/rounds/{april}/remind/", {"once_key": "b"}, follow=True)

    assert "已提醒2户" in first.content.decode().replace(" ", "")
    assert "一天只提醒一次" in second.content.decode()
    assert "省“双创双服”" in text_of(province.get(f"/cards/reminders/?round={april}"))


def test_a_question_about_a_card_is_asked_and_answered(at_screen: AtScreen, card_id: UUID) -> None:
    with acting("park_office"):
        Flagged.objects.create(
            card_id=card_id, region_id=viewer("park_office").region_id, round_id=Card.objects.get(id=card_id).round_id,
            kind=FlagKind.ROUND_FIGURES.value, words="本期各项数字都是整数，像是估计数。", at=NOW,
        )
        flag_id = Flagged.objects.values_list("id", flat=True).get()
    office = at_screen("park_office")

    asked = text_of(office.get(f"/cards/{card_id}/"))
    office.post(f"/cards/flags/{flag_id}/", {"answer": "电话核实无误", "card": str(card_id), "once_key": "a"})

    assert "数字过于整齐" in asked
    assert "电话核实无误" in text_of(office.get("/cards/flags/"))
    assert "数字过于整齐" not in text_of(at_screen("firm").get(f"/cards/{card_id}/"))


def test_a_settled_card_is_corrected_by_asking(at_screen: AtScreen, april: UUID) -> None:
    card_id = send_card(april)
    office, firm = at_screen("park_office"), at_screen("firm")
    office.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "a"})

    firm.post(f"/cards/{card_id}/correction/", {"reason": "收入漏计", "once_key": "b"})
    [one] = office.get("/cards/corrections/").context["rows"]
    office.post(f"/cards/corrections/{one.id}/", {"granted": "yes", "open_until": "2018-05-02", "once_key": "c"})

    assert "同意更正（2018年5月2日以前重新报送）：收入漏计" in text_of(firm.get(f"/portal/card/{april}/"))


def test_collection_is_told_by_list_and_by_who_cares(at_screen: AtScreen, cared_for: None, april: UUID) -> None:
    province = at_screen("province_office")

    assert "南大港产业园区经发局" in text_of(province.get("/cards/?by=care"))
    assert "统计截止时间" in text_of(province.get("/cards/?by=list"))
    assert "演示南大港石化设备有限公司" in text_of(at_screen("park").get("/cards/?by=ours"))
    assert "演示任丘" not in text_of(at_screen("park").get("/cards/?by=ours"))


@pytest.mark.parametrize("login", ["outsider", "other_firm", "neighbour"])
def test_outsiders_find_nothing(at_screen: AtScreen, card_id: UUID, login: str) -> None:
    client = at_screen(login)
    with acting("firm"):
        round_id = Card.objects.values_list("round_id", flat=True).get()
    subject_id = firm_id()

    for path in (
        f"cards/rounds/{round_id}/of/{subject_id}/", f"cards/rounds/{round_id}/of/{subject_id}/excuse/",
        f"portal/card/{round_id}/for/{subject_id}/", f"cards/{card_id}/dispute/", f"cards/{card_id}/correction/",
    ):
        assert client.get(f"/{path}").status_code in (403, 404), path
    for path in ("excuses/", "flags/", "reminders/"):
        answer = client.get(f"/cards/{path}")
        assert answer.status_code in (403, 404) or "演示南大港" not in answer.content.decode(), path
