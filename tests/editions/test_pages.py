"""Editions at the screen and for programs: drafted, edited by two, checked, signed, registered; nothing for outsiders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.api.conftest import Calls
from tests.api.conftest import calls as calls
from tests.editions.ways import AFTER_CHECK, CUT_OFF, JUNE, OFFICE, drafted, issued, may
from tests.problems.ways import Raise
from tests.web.problems.conftest import at_desk as at_desk
from tests.web.problems.conftest import queries_of as queries_of
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling
from zhitong.domain.notices.rules import NoticeKind
from zhitong.kit import clock
from zhitong.kit.ids import uuid7
from zhitong.work.editions import follow_edition

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
PLACE = "/bulletins/editions/"


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    with clock.held_at(JUNE):
        yield


@pytest.fixture
def _may(raised: Raise) -> None:
    may(raised)


def told(answer: Any) -> str:
    return str(answer.content.decode())


def at(moment: datetime) -> Any:
    return clock.held_at(moment)


@pytest.mark.usefixtures("_may")
def test_an_edition_goes_from_its_draft_to_the_register_by_plain_forms(at_desk: Desk) -> None:
    office, park = at_desk(OFFICE), at_desk("park")
    begun = office.post(f"{PLACE}new/", {"kind": "circular", "cut_off": "month", "at": ""}, follow=True)
    place = begun.redirect_chain[-1][0]
    office.post(f"{place}check/", follow=True)
    asked = told(park.get(place))
    home = told(park.get("/"))
    objected = park.post(f"{place}object/", {"words": "到期应为2件。"}, follow=True)
    [settle] = re.findall(rf'href="({place}checks/[^"]+)"', told(office.get(place)))
    office.post(settle, {"adopted": "no", "words": "一件移交在时限以后，仍计入。"}, follow=True)
    with at(AFTER_CHECK):
        office.post(f"{place}submit/", follow=True)
        signed = office.post(f"{place}issue/", {"signed_by": "演示主任", "signed_on": "2018-06-04", "number_id": ""}, follow=True)
        register = told(office.get(f"{PLACE}register/"))
        sheet = office.get(f"{PLACE}register/?export=xlsx")
        received = told(park.get(f"{PLACE}?side=received"))
        read = told(park.get(place))

    assert "关于2018年5月问题办理情况的通报" in told(begun)
    assert "本单位的数" in asked
    assert "确认无误" in asked
    assert "附件" not in asked
    assert "等本单位核对" in home
    assert "提出异议" in told(objected)
    assert "通〔2018〕1号" in told(signed)
    assert "线下签发，照纸面登记" in told(signed)
    assert "演示主任" in register
    assert "通〔2018〕1号" in str(CalamineWorkbook.from_filelike(BytesIO(sheet.getvalue())).get_sheet_by_index(0).to_python())
    assert "关于2018年5月问题办理情况的通报" in received
    assert "附件" in read
    assert "维持原数" in read


@pytest.mark.usefixtures("_may")
def test_who_was_right_after_the_issue_is_answered_by_a_slip_and_his_figures_come_first(at_desk: Desk) -> None:
    place, office = f"{PLACE}{issued()}/", at_desk(OFFICE)
    with at(AFTER_CHECK):
        at_desk("park").post(f"{place}object/", {"words": "按时办结应为3件。"})
        [settle] = re.findall(rf'href="({place}checks/[^"]+)"', told(office.get(place)))
        asked, home = told(office.get(settle)), told(office.get("/"))
        slip = office.post(settle, {"adopted": "yes", "words": "属实。"}, follow=True)

    assert f'href="{settle}"' in home
    assert "采纳，另发更正函" in asked
    assert "南大港产业园区经发局按时办结" in asked
    assert slip.redirect_chain[-1][0] == f"{place}correct/"
    assert slip.context["form"].fields["key"].choices[0][0].startswith("unit.130973400-economy.")


@pytest.mark.usefixtures("_may")
def test_the_second_to_save_is_shown_what_the_first_wrote_and_keeps_what_he_typed(at_desk: Desk) -> None:
    place, office = f"{PLACE}{drafted()}/", at_desk(OFFICE)
    typed = _typed(told(office.get(f"{place}edit/")))
    office.post(f"{place}edit/", {**typed, "text_4": "先存的人写的。"}, follow=True)
    second = office.post(f"{place}edit/", {**typed, "text_4": "后存的人写的。"})
    again = office.post(f"{place}edit/", _typed(told(second)), follow=True)
    bare = office.post(f"{place}edit/", {**_typed(told(office.get(f"{place}edit/"))), "text_0": "共12件。"})

    assert second.status_code == 409
    assert "有人改了“下步要求”" in told(second)
    assert "现在存的是：先存的人写的。" in told(second)
    assert ">后存的人写的。<" in told(second).replace("\n", "")
    assert "文稿已保存" in told(again)
    assert "后存的人写的。" in told(again)
    assert (bare.status_code, "手工填写的数没有来源：12。" in told(bare)) == (422, True)


def _typed(page: str) -> dict[str, str]:
    """What a browser would send back of the form as it stands, each time as a form of its own."""
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\n?([^<]*)</textarea>', page)
    tags = [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="checkbox"' not in tag and "once_key" not in tag]
    named = {name[1]: re.search(r'value="([^"]*)"', tag) for tag in tags if (name := re.search(r'name="(\w+)"', tag))}
    return {**{name: found[1] if found else "" for name, found in named.items()}, **dict(areas)}


@pytest.mark.usefixtures("_may")
def test_figures_open_to_their_rows_and_outsiders_get_nothing(at_desk: Desk) -> None:
    place = f"{PLACE}{issued()}/"
    office = at_desk(OFFICE)
    rows = told(office.get(f"{place}behind/?key=due"))
    [problems] = set(re.findall(r'href="(/problems/\?[^"]*reported_after[^"]*)"', told(office.get(place))))

    assert rows.count("<tr>") == 4
    assert "演示南大港石化设备有限公司" in rows
    assert office.get(problems.replace("&amp;", "&")).status_code == 200
    for login in ("outsider", "neighbour", "firm"):
        desk = at_desk(login)
        for address in (place, f"{place}edit/", f"{place}behind/?key=due", f"{place}file/", f"{place}issue/", f"{place}confirm/"):
            assert desk.get(address).status_code == 404, (login, address)
    assert at_desk("park").get(f"{place}edit/").status_code == 404
    assert at_desk("park").get(f"{PLACE}register/").status_code == 403
    assert at_desk("firm").get(PLACE).status_code == 404


@pytest.mark.usefixtures("_may")
def test_lists_do_not_grow_in_queries_with_their_rows(at_desk: Desk, queries_of: Callable[[Client, str], int]) -> None:
    drafted()
    office = at_desk(OFFICE)
    before = queries_of(office, PLACE), queries_of(office, f"{PLACE}register/")
    drafted()
    issued()

    assert (queries_of(office, PLACE), queries_of(office, f"{PLACE}register/")) == before


@pytest.mark.usefixtures("_may")
def test_programs_do_the_same(calls: Calls) -> None:
    office, park, outsider = calls(OFFICE), calls("park"), calls("outsider")
    made = office.post("/bulletins/editions", {"kind": "circular", "cut_off": CUT_OFF.isoformat()}).body
    place = f"/bulletins/editions/{made['id']}"
    sections = [*made["sections"][:4], {"heading": "下步要求", "text": "抓紧办理。"}]
    saved = office.post(f"{place}/save", {"version": 1, "title": "演示通报", "recipients": "", "sections": sections}).body
    office.post(f"{place}/check", {})
    waits = [one["act"]["code"] for one in park.get("/duties").body["editions"]]
    own = park.get(place).body
    park.post(f"{place}/confirm", {})
    reserved = office.post("/bulletins/numbers", {"kind": "circular", "reason": "线下送签"}).body["rows"][0]
    with at(AFTER_CHECK):
        office.post(f"{place}/submit", {})
        signed = office.post(f"{place}/issue", {"signed_by": "演示主任", "signed_on": "2018-06-04", "number": reserved["id"]}).body
        slip = office.post(f"{place}/correct", {"key": "due", "right": "2", "reason": "登记有误"}).body
    rows = office.get("/bulletins/numbers", state="used").body["rows"]

    assert (saved["version"], saved["title"], saved["sections"][4]["text"]) == (2, "演示通报", "抓紧办理。")
    assert waits == ["check"]
    assert (own["sections"], {one["own"] for one in own["figures"]}) == ([], {True, False})
    assert (signed["state"]["code"], signed["number"]) == ("issued", reserved["number"])
    assert slip["corrects"] == made["id"]
    assert [(row["serial"], row["edition"]) for row in rows] == [(1, made["id"])]
    assert outsider.get(place).status == 404
    assert outsider.get("/bulletins/editions", side="received").body["rows"] == []
    assert calls("firm").get("/bulletins/editions").status == 404


def test_who_is_asked_who_objected_and_who_is_named_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asks, checked, office = (UUID(int=place) for place in (1, 2, 3))
    heard: list[Telling] = []
    monkeypatch.setattr("zhitong.work.editions.tell", heard.extend)
    body = {"units": [str(asks), str(checked)], "unit": str(checked), "by_unit": str(office), "name": "情况通报（2018-05-31）"}

    for kind in EditionFact:
        follow_edition(ReadFact(uuid7(), JUNE, 1, kind.value, "edition", uuid7(), None, None, office, body))

    assert [(one.unit_id, one.kind) for one in heard] == [
        (asks, NoticeKind.FIGURES_TO_CHECK), (checked, NoticeKind.FIGURES_TO_CHECK), (office, NoticeKind.FIGURES_OBJECTED),
        (checked, NoticeKind.OBJECTION_SETTLED), (asks, NoticeKind.EDITION_ISSUED), (checked, NoticeKind.EDITION_ISSUED),
    ]
    assert {one.thing_number for one in heard} == {"情况通报（2018-05-31）"}
