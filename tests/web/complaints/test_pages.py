"""The pages of a sealed complaint: the firm brings and follows it, the receiver handles it (R-F13)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import acting
from tests.complaints.acts import ABOVE, PERSON, RECEIVER, TEXT, does, page, who
from tests.complaints.conftest import Bring
from tests.problems.ways import Raise, unit_id, waiting
from tests.web.complaints.conftest import AtScreen
from tests.web.portal.conftest import text_of
from tests.world import NOW
from zhitong.domain.complaints.actions.handling import acknowledge, ask, notify
from zhitong.domain.complaints.queries.lists import complaints_for
from zhitong.domain.complaints.rules.kinds import State
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.django_db


def sent(**changes: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"unit_id": str(unit_id("130973400-economy")), "text": TEXT, "once_key": "key-1", **changes}


def of_firm() -> list[str]:
    """The receipt numbers of the firm's complaints."""
    with acting_as(who("firm")) as here:
        return [row.number for row in complaints_for(here, now=NOW).rows]


def test_the_form_says_who_will_read_it_and_who_will_not(at_screen: AtScreen) -> None:
    said = text_of(at_screen("firm").get("/complaints/new/"))

    for sentence in (
        "投诉南大港产业园区的单位和人员：渤海新区督查室", "投诉沧州渤海新区的单位和人员：沧州市委市政府督查室",
        "投诉沧州市的单位和人员：省重点工作大督查办公室", "投诉河北省的单位和人员：省重点工作大督查办公室",
        "各级活动办公室（包括省级）", "由再上一级的机构受理", "不得填写国家秘密",
    ):
        assert sentence in said


def test_a_complaint_is_sealed_and_its_receipt_shown(at_screen: AtScreen) -> None:
    answer = at_screen("firm").post("/complaints/new/", sent(), follow=True)

    [number] = of_firm()
    assert f"已密封送达渤海新区督查室，回执号{number}。" in text_of(answer)
    assert answer.redirect_chain == [(f"/complaints/{number}/", 302)]


def test_sent_twice_it_is_one(at_screen: AtScreen) -> None:
    firm = at_screen("firm")
    firm.post("/complaints/new/", sent())
    again = firm.post("/complaints/new/", sent(), follow=True)

    assert "刚才已经送达，没有重复提交" in text_of(again)
    assert len(of_firm()) == 1


@pytest.mark.parametrize(("changes", "said"), [
    ({"text": ""}, "请填写这一项"),
    ({"unit_id": ""}, "请选择被投诉的单位，或者写明被投诉的人员"),
    ({"unit_id": "", "person": PERSON}, "没有选择单位的，请选择被投诉的人员在哪一级"),
    ({"text": "附机密文件一份"}, "不得填写国家秘密"),
])
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    at_screen: AtScreen, changes: dict[str, str], said: str
) -> None:
    answer = at_screen("firm").post("/complaints/new/", sent(happened="服务大厅三号窗口", **changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "服务大厅三号窗口" in answer.content.decode()
    assert of_firm() == []


def test_somebody_in_words_at_a_level(at_screen: AtScreen) -> None:
    city = str(Region.objects.get(code="1309").id)

    answer = at_screen("firm").post("/complaints/new/", sent(unit_id="", person=PERSON, region_id=city), follow=True)

    assert "已密封送达省重点工作大督查办公室" in text_of(answer)


def test_the_receiver_reads_it_in_its_list_and_page(at_screen: AtScreen, bring: Bring) -> None:
    number = bring(is_unnamed=True)
    desk = at_screen(RECEIVER)

    listed, shown = text_of(desk.get("/complaints/")), text_of(desk.get(f"/complaints/{number}/"))

    assert number in listed
    assert TEXT not in listed
    assert TEXT in shown
    assert "隐名" in shown
    assert "演示南大港石化设备有限公司" not in listed + shown


def test_the_desk_acknowledges_asks_and_notifies_and_the_firm_follows(at_screen: AtScreen, bring: Bring) -> None:
    number = bring()
    desk, firm, place = at_screen(RECEIVER), at_screen("firm"), f"/complaints/{number}/"

    assert "已签收，投诉人已能看到" in text_of(desk.post(f"{place}acknowledge/", {"once_key": "a"}, follow=True))
    desk.post(f"{place}ask/", {"once_key": "b", "question": "请补充日期。"})
    assert "请补充日期。" in text_of(firm.get(place))
    firm.post(f"{place}supply/", {"once_key": "c", "text": "4月20日。"})
    desk.post(f"{place}notify/", {"once_key": "d", "text": "已核查处理。"})

    told = text_of(firm.get(place))
    assert "已核查处理。" in told
    assert "已办理结束" in told
    assert page("firm", number).standing.state is State.NOTIFIED


def test_the_desk_refers_by_letter_to_a_body_of_the_list(at_screen: AtScreen, bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    desk = at_screen(RECEIVER)
    form = desk.get(f"/complaints/{number}/refer/").content.decode()
    assert f'value="{unit_id(ABOVE)}"' in form
    assert f'value="{unit_id("130973-office")}"' not in form

    letter = {"once_key": "a", "unit_id": str(unit_id(ABOVE)), "letter_number": "演督移3号", "letter_on": "2018-04-27"}
    answer = desk.post(f"/complaints/{number}/refer/", letter, follow=True)

    assert "移送给沧州市委市政府督查室，2018年4月27日，演督移3号" in text_of(answer)
    assert page(ABOVE, number).standing.state is State.REFERRED


def test_a_refused_act_says_why_and_keeps_what_was_typed(at_screen: AtScreen, bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    typed = {"once_key": "a", "letter_number": "演督移3号", "letter_on": "2018-04-27", "note": "说明在此"}

    answer = at_screen(RECEIVER).post(f"/complaints/{number}/refer/", typed)

    assert answer.status_code == 422
    assert "两者选一" in text_of(answer)
    assert "说明在此" in answer.content.decode()


def test_an_act_that_is_not_possible_now_is_said_with_its_reason(at_screen: AtScreen, bring: Bring) -> None:
    number = bring()

    answer = at_screen(RECEIVER).get(f"/complaints/{number}/notify/")

    assert answer.status_code == 409
    assert "现在是“待签收”，不能告知结果" in text_of(answer)


@pytest.mark.parametrize("name", ["park", "park_office", "zone_office", "province_office", "outsider", "130973-economy"])
def test_an_office_finds_no_such_page_and_no_such_place(at_screen: AtScreen, bring: Bring, name: str) -> None:
    number = bring()
    office = at_screen(name)

    for address in ("", "new/", f"{number}/", f"{number}/acknowledge/", f"{number}/supply/", "AAAA-AAAA-AAAA/"):
        assert office.get(f"/complaints/{address}").status_code == 404, address
    assert office.post(f"/complaints/{number}/acknowledge/", {"once_key": "a"}).status_code == 404
    home = office.get("/").content.decode()
    assert "密封件" not in home
    assert "/complaints/" not in home


@pytest.mark.parametrize("name", [ABOVE, "13-inspection", "130973-key_inspection", "other_firm"])
def test_who_might_hold_one_and_does_not_finds_an_empty_list(at_screen: AtScreen, bring: Bring, name: str) -> None:
    number = bring()
    other = at_screen(name)

    assert "没有正在办理的投诉举报" in text_of(other.get("/complaints/"))
    assert other.get(f"/complaints/{number}/").status_code == 404
    assert other.get(f"/complaints/{number}/acknowledge/").status_code == 404


def test_the_receivers_first_page_counts_what_waits_for_it(at_screen: AtScreen, bring: Bring) -> None:
    bring()
    other = bring()
    does(RECEIVER, acknowledge, other)
    does(RECEIVER, notify, other, text="已处理。")

    assert "密封件待办1件" in text_of(at_screen(RECEIVER).get("/"))
    assert "密封件待办0件" in text_of(at_screen(ABOVE).get("/"))


def test_a_list_costs_the_same_whatever_its_length(at_screen: AtScreen, bring: Bring) -> None:
    desk = at_screen(RECEIVER)
    bring()
    costs = []
    for _more in range(2):
        desk.get("/complaints/")
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/complaints/").status_code == 200
        costs.append(len(captured))
        for _one in range(5):
            bring()

    assert costs[0] == costs[1]


def test_a_list_goes_on_and_has_no_export(at_screen: AtScreen, bring: Bring) -> None:
    numbers = [bring() for _ in range(21)]
    desk = at_screen(RECEIVER)

    first = desk.get("/complaints/")
    [more] = re.findall(r'href="(\?after=[^"]+)"', first.content.decode())
    rest = desk.get(f"/complaints/{more}")

    assert numbers[0] not in text_of(first)
    assert numbers[0] in text_of(rest)
    assert "xlsx" not in first.content.decode()
    assert desk.get("/complaints/?export=xlsx")["Content-Type"].startswith("text/html")
    assert desk.get("/complaints/?after=x").status_code == 400


def test_an_office_that_may_decline_a_problem_may_seal_it(at_screen: AtScreen, raised: Raise) -> None:
    story = waiting(raised, text=TEXT)
    with acting("firm"):
        number = Problem.objects.values_list("number", flat=True).get(id=story.problem_id)
    office, place = at_screen("park_office"), reverse("complaints:seal", args=[number])
    assert place in office.get(f"/problems/{number}/").content.decode()
    assert "本办今后也看不到" in text_of(office.get(place))

    answer = office.post(place, {"once_key": "a", "unit_id": str(unit_id("130973400-economy"))}, follow=True)

    said = text_of(answer)
    assert "已转入密封渠道并告知企业" in said
    assert TEXT not in said
    assert place not in answer.content.decode()
    assert TEXT in text_of(at_screen(RECEIVER).get(f"/complaints/{of_firm()[0]}/"))
    assert "投诉举报" in text_of(at_screen("firm").get(f"/problems/{number}/"))
    assert office.get(place).status_code == 409


@pytest.mark.parametrize(("name", "status"), [("park", 404), ("firm", 403), ("outsider", 404)])
def test_nobody_else_seals(at_screen: AtScreen, raised: Raise, name: str, status: int) -> None:
    story = waiting(raised, text=TEXT)
    with acting("firm"):
        number = Problem.objects.values_list("number", flat=True).get(id=story.problem_id)

    for method in ("get", "post"):
        answer = getattr(at_screen(name), method)(f"/complaints/seal/{number}/", {"once_key": "a"})
        assert answer.status_code == status
    assert of_firm() == []


def test_where_nobody_is_named_sealing_says_so(at_screen: AtScreen, raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    answer = at_screen("park_office").post(f"/complaints/seal/{story.standing.number}/", {"once_key": "a"})

    assert answer.status_code == 422
    assert "请选择被投诉的单位，或者写明被投诉的人员" in text_of(answer)
    assert TEXT in text_of(answer)


def test_the_firm_finds_the_channel_from_its_first_page_and_its_turn_on_the_complaint(
    at_screen: AtScreen, bring: Bring
) -> None:
    assert 'href="/complaints/"' in at_screen("firm").get("/portal/").content.decode()
    assert 'href="/complaints/new/"' in at_screen("firm").get("/portal/report/").content.decode()
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充。")

    assert "补充情况" in text_of(at_screen("firm").get(f"/complaints/{number}/"))
    assert "补充情况：投诉举报（密封）" in text_of(at_screen("firm").get("/portal/"))
    assert "补充情况：" not in text_of(at_screen("other_firm").get("/portal/"))
