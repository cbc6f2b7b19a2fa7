"""The pages of amendments: a draft typed line by line, the notice, its acts, the amendments of a task."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.web.stories import signed_in
from zhitong.domain.plans.models import AmendedItem, Amendment, Target, Task, TaskUnit
from zhitong.domain.plans.rules import Changed, Comparator
from zhitong.web.amendments.reading import read_after

pytestmark = pytest.mark.django_db
NEW = "/amendments/new/hebei-2018/"
HEAD = {"title": "关于调整高速公路建设目标的通知", "reason": "征地进度调整", "document_number": "", "since": "2018-04-27", "lines": "2"}


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def own(code: str) -> Target:
    return Target.objects.get(indicator__code=code, region__code="13")


def line(place: int, changed: str, thing: UUID, after: str = "") -> dict[str, str]:
    return {f"line-{place}-changed": changed, f"line-{place}-thing": str(thing), f"line-{place}-after": after}


def drafted(*lines: dict[str, str], login: str = "province_office") -> str:
    said = dict(HEAD)
    for one in lines or (line(0, "value", own("P116").id, "≥520公里"),):
        said |= one
    answer = signed_in(login).post(NEW, said)
    assert answer.status_code == 302, words_of(answer)
    return str(answer["Location"])


def test_a_draft_becomes_a_notice_and_then_holds() -> None:
    office, target = signed_in("province_office"), own("P116")
    place = drafted(line(0, "value", target.id, "≥520公里"), line(1, "deadline", target.id, "2018-11-30"))

    notice = words_of(office.get(place))
    assert "目标值由500公里调整为≥520公里，完成时限定为2018年11月30日。" in notice
    assert "以上调整自2018年4月27日起执行" in notice
    assert office.post(f"{place}submit/").status_code == 302
    incomplete = office.post(f"{place}approve/", {"decision": "省领导小组第三次会议", "document_number": ""})
    assert incomplete.status_code == 422
    assert "请填写批准文件的文号" in words_of(incomplete)
    assert office.post(f"{place}approve/", {"decision": "省领导小组第三次会议", "document_number": "冀双办〔2018〕5号"}).status_code == 302

    target.refresh_from_db()
    assert (target.value, target.comparator) == (520, ">=")
    page = words_of(signed_in("zone").get(f"/targets/{target.id}/"))
    assert "调整 · 2018年4月27日—现在" in page
    history = words_of(signed_in("zone").get(f"/amendments/tasks/{target.indicator.task_id}/"))
    assert "冀双办〔2018〕5号" in history


def test_lines_are_added_and_what_was_typed_stays() -> None:
    said = HEAD | line(0, "value", own("P116").id, "≥520公里") | {"more": "1"}

    answer = signed_in("province_office").post(NEW, said)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("zt-amend-row") == 5
    assert "≥520公里" in html
    with acting("province_office"):
        assert not Amendment.objects.exists()


def test_what_is_wrong_stands_beside_its_line() -> None:
    said = HEAD | line(0, "value", own("P116").id, "500公里") | line(1, "deadline", own("P115").id, "年底")

    answer = signed_in("province_office").post(NEW, said)

    first, second = re.findall(r'zt-amend-row.*?(?=zt-amend-row|name="more")', answer.content.decode(), re.DOTALL)
    assert answer.status_code == 422
    assert "与现在相同" in first
    assert "完成时限应为日期" in second
    assert "年底" in second


def test_an_empty_draft_says_what_is_missing() -> None:
    answer = signed_in("province_office").post(NEW, {**HEAD, "title": ""})

    assert answer.status_code == 422
    assert "请填写这一项" in words_of(answer)
    assert "至少要有一项" in words_of(signed_in("province_office").post(NEW, HEAD))


def test_a_draft_is_changed_and_taken_back() -> None:
    office, place = signed_in("province_office"), drafted()
    form = office.get(f"{place}change/").content.decode()
    assert "≥520公里" in form
    said = HEAD | line(0, "value", own("P116").id, "530公里") | {"version": "1"}

    assert office.post(f"{place}change/", said).status_code == 302
    stale = office.post(f"{place}change/", said)
    assert (stale.status_code, "刚被同事改过" in words_of(stale)) == (409, True)
    assert office.post(f"{place}withdraw/").status_code == 302
    assert "已撤回" in words_of(office.get(place))


def test_units_are_typed_one_a_line() -> None:
    task = Task.objects.get(plan__campaign="hebei-2018", number="24")
    office, place = signed_in("province_office"), ""
    place = drafted(line(0, "units", task.id, "牵头 省发展改革委\n配合 省财政厅（资金保障）"))
    office.post(f"{place}submit/")
    office.post(f"{place}approve/", {"decision": "省领导小组第三次会议", "document_number": "冀双办〔2018〕5号"})

    units = TaskUnit.objects.filter(task=task).order_by("position").values_list("as_printed", "role", "part")

    assert list(units) == [("省发展改革委", "lead", ""), ("省财政厅", "support", "资金保障")]


def test_a_refusal_keeps_the_plan_as_it_is() -> None:
    office, place = signed_in("province_office"), drafted()
    office.post(f"{place}submit/")

    office.post(f"{place}refuse/", {"decision": "保留原目标"})

    assert "保留原目标" in words_of(office.get(place))
    assert own("P116").value == 500


@pytest.mark.parametrize(
    ("typed", "measure", "wanted"),
    [
        ("≥50万户", "户", (">=", "500000", "")), ("不低于94%", "%", (">=", "94", "")), ("1–2家", "家", ("range", "1", "2")),
        ("５０亿元", "元", ("=", "5000000000", "")), ("≤1,200", "个(条)", ("<=", "1200", "")), ("三成", "%", ("=", "三成", "")),
        ("100个（条）", "个(条)", ("=", "100", "")),
    ],
)
def test_a_value_is_read_as_officials_write_it(typed: str, measure: str, wanted: tuple[str, str, str]) -> None:
    read = read_after(Changed.VALUE, typed, measure, Comparator.EQUAL)

    assert (read["comparator"], read["value"], read["upper"]) == wanted


@pytest.mark.parametrize(
    ("typed", "before", "compared"),
    [("520公里", Comparator.AT_LEAST, ">="), ("520", Comparator.RANGE, "="), ("达到520公里", Comparator.AT_LEAST, "=")],
)
def test_a_bare_number_keeps_how_the_target_is_compared(typed: str, before: Comparator, compared: str) -> None:
    assert read_after(Changed.VALUE, typed, "公里", before)["comparator"] == compared


@pytest.mark.parametrize(("typed", "kept"), [("2018年11月30日", "2018-11-30"), ("2018.11.30", "2018-11-30"), ("年底", "年底")])
def test_a_day_is_read_however_it_is_written(typed: str, kept: str) -> None:
    assert read_after(Changed.DEADLINE, typed, "", Comparator.EQUAL) == {"deadline": kept}


def test_the_list_shows_each_region_its_own_and_costs_the_same_with_more_rows() -> None:
    office = signed_in("province_office")
    place = drafted()
    assert "关于调整高速公路建设目标的通知" in words_of(office.get("/amendments/"))
    assert "还没有调整" in words_of(signed_in("city_office").get("/amendments/"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get("/amendments/").status_code == 200
        return len(queries)

    before = asked()
    drafted(line(0, "value", own("P115").id, "300公里"))
    assert asked() == before
    office.post(f"{place}submit/")
    assert "待批准" in words_of(signed_in("city_office").get("/amendments/?state=submitted"))


@pytest.mark.parametrize(("login", "status"), [("firm", 404), ("outsider", 404), ("zone_office", 404)])
def test_a_draft_is_nobody_elses(login: str, status: int) -> None:
    place = drafted()

    for path in (place, f"{place}change/", f"{place}submit/", f"{place}withdraw/", f"{place}approve/", f"{place}refuse/"):
        assert signed_in(login).get(path).status_code == status, path
    assert signed_in("firm").get("/amendments/").status_code == 404
    assert signed_in("firm").get(f"/amendments/tasks/{own('P116').indicator.task_id}/").status_code == 404


def test_who_is_no_office_drafts_nothing() -> None:
    answer = signed_in("province").get(NEW)

    assert answer.status_code in (403, 409)
    assert "本级活动办公室" in words_of(answer)
    with acting("province_office"):
        assert not AmendedItem.objects.exists()
