"""The page of 补录: one form, found firms, sent once; the firm answers for it by one tap (R-F10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import acting, viewer
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

CODE = "91130900MA00000014"
CALL = {
    "firm": CODE, "text": "配电房检修要停多久？", "answered_by": "经发局 演示丙", "result": "半天，已协调。", "how": "call",
    "happened_at": "2018-04-27T10:30", "once_key": "call-1",
}


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def kept() -> list[Problem]:
    with acting("province_office"):
        return list(Problem.objects.order_by("id"))


def test_the_page_knows_who_and_when(db: None) -> None:
    page = signed_in("park").get("/intake/record/").content.decode()

    assert "演示丙" in page
    assert 'value="2018-04-27T15:40"' in page


def test_a_call_is_recorded_and_closed_on_one_page_and_taken_by_the_firm_in_one_tap(db: None) -> None:
    said = words_of(signed_in("park").post("/intake/record/", CALL, follow=True))
    number = kept()[0].number
    firm = signed_in("firm")
    seen = firm.get(f"/problems/{number}/")
    firm.post(f"/problems/{number}/confirm/", {"rating": "satisfied", "reply_rating": "satisfied", "once_key": "tap"})

    assert "已登记并办结，企业确认后销号" in said
    assert "单独统计，不计入按时办结率" in said
    assert "有这件事，满意" in words_of(seen)
    assert kept()[0].state == State.CONFIRMED.value


def test_what_never_happened_is_said_with_the_words_already_there(db: None) -> None:
    signed_in("park").post("/intake/record/", CALL)
    firm, number = signed_in("firm"), kept()[0].number
    [link] = re.findall(r'/problems/[^"]+/reject/\?words=[^"]+', firm.get(f"/problems/{number}/").content.decode())

    assert "没有这件事。</textarea>" in firm.get(link).content.decode()


def test_sent_twice_it_is_one_problem(db: None) -> None:
    client = signed_in("park")
    client.post("/intake/record/", CALL)

    again = client.post("/intake/record/", CALL, follow=True)

    assert "没有重复登记" in words_of(again)
    assert len(kept()) == 1


def test_words_that_fit_a_firm_are_asked_about_and_what_was_typed_stays(db: None) -> None:
    answer = signed_in("park").post("/intake/record/", {**CALL, "firm": "石化设备"})

    assert answer.status_code == 422
    assert "请在下面选一家" in words_of(answer)
    assert "演示南大港石化设备有限公司" in words_of(answer)
    assert CALL["text"] in words_of(answer)
    assert kept() == []


def test_a_chosen_firm_is_the_one(db: None) -> None:
    client = signed_in("park")
    page = client.post("/intake/record/", {**CALL, "firm": "石化设备", "look": "1"}).content.decode()
    [chosen] = [found for found in re.findall(r'name="chosen" value="([^"]+)"', page) if found != "new"]

    client.post("/intake/record/", {**CALL, "firm": "石化设备", "chosen": chosen})

    assert kept()[0].reporter_unit_id == viewer("firm").unit_id


def test_a_firm_of_no_registry_is_kept_by_its_name(db: None) -> None:
    signed_in("park").post("/intake/record/", {**CALL, "firm": "演示路边小厂", "result": ""})

    assert [(one.subject_name, one.state) for one in kept()] == [("演示路边小厂", "submitted")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened_at": "2018-04-28T10:00"}, "发生时间不能晚于现在"),
        ({"happened_at": "昨天"}, "请填写日期和时间"),
        ({"firm": ""}, "请填写这一项"),
        ({"text": "绝密"}, "非涉密"),
        ({"how": "card"}, "请从列出的选项中选择"),
        ({"chosen": "01a20000-0000-7000-8000-000000000000"}, "没有找到"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(db: None, changes: dict[str, str], sentence: str) -> None:
    answer = signed_in("park").post("/intake/record/", {**CALL, **changes})

    assert answer.status_code in (404, 422)
    assert sentence in words_of(answer)
    assert kept() == []


def test_the_firms_found_are_of_ones_own_reach(db: None) -> None:
    assert "演示南大港石化设备有限公司" in words_of(signed_in("park").get("/intake/firms/?firm=演示"))
    assert "演示" not in words_of(signed_in("outsider").get("/intake/firms/?firm=石化")).replace("演示实例", "")
    assert signed_in("firm").get("/intake/firms/?firm=演示").status_code == 403


def test_a_firm_has_no_such_page(db: None) -> None:
    assert signed_in("firm").get("/intake/record/").status_code == 403


def test_the_overview_has_a_figure_that_opens_to_the_rows(db: None) -> None:
    signed_in("park").post("/intake/record/", CALL)
    client = signed_in("park_office")

    page = client.get("/overview/").content.decode()

    assert "其中补录" in page
    [url] = re.findall(r'href="([^"]*recorded=only[^"]*)"', page)
    assert kept()[0].number in client.get(url.replace("&amp;", "&")).content.decode()
    assert kept()[0].number not in client.get(url.replace("&amp;", "&").replace("only", "no")).content.decode()


def test_a_call_not_settled_goes_by_rule_to_who_can_help_as_one_hangs_up(db: None) -> None:
    said = words_of(signed_in("park_office").post("/intake/record/", {**CALL, "result": "", "category": "energy"}, follow=True))

    assert "已登记，按分发规则交南大港产业园区经发局办理，" in said
    assert [(one.state, one.accountable_unit_id) for one in kept()] == [("dispatched", viewer("park").unit_id)]


def test_the_categories_offered_are_those_of_the_firms_found(db: None) -> None:
    client = signed_in("park_office")

    found, every = client.get("/intake/firms/?firm=石化&category=energy").content.decode(), client.get("/intake/record/").content.decode()

    assert '<option value="energy" selected>能源保障' in found
    assert "技术转移转化" not in found
    assert "技术转移转化" in every


def test_a_category_of_another_kind_of_firm_is_said_beside_it(db: None) -> None:
    with acting("province_office"):
        Subject.objects.filter(name="演示南大港石化设备有限公司").update(kind="tech_sme")

    answer = signed_in("park_office").post("/intake/record/", {**CALL, "result": "", "category": "energy"})

    assert answer.status_code == 422
    assert "请从列出的选项中选择" in words_of(answer)
    assert kept() == []
