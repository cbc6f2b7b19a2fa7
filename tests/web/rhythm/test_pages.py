"""推进调度 at the screen (R-G2): prepared, called, held, decided, carried out; outsiders get nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.files.samples import upload
from tests.inspections.looking import unit_id
from tests.rhythm.meeting import JOINT, LEAD, does, held, opened, published, seen
from tests.rhythm.meeting import afternoon as afternoon
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.rhythm.actions.preparing import add_item, ask_for_item
from zhitong.domain.rhythm.models import Cycle
from zhitong.domain.rhythm.rules.kinds import CycleKind, CycleState

pytestmark = pytest.mark.django_db


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_cycle_is_prepared_in_one_go_and_called() -> None:
    office = signed_in("city_office")
    said = {
        "period": "2018-04", "meets_at": "2018-04-30T09:00", "place": "第二会议室", "chair": "分管领导", "called": [str(unit_id(LEAD))],
        "once_key": "a",
    }

    filled = office.get("/rhythm/new/monthly_meeting/")
    wrong = office.post("/rhythm/new/monthly_meeting/", {**said, "meets_at": "2028-04-30T09:00"})
    made = office.post("/rhythm/new/monthly_meeting/", said, follow=True)
    at = made.redirect_chain[-1][0]
    twice = office.post("/rhythm/new/monthly_meeting/", {**said, "once_key": "b"})
    changed = office.post(f"{at}change/", {**said, "place": "", "once_key": "c"}, follow=True)
    nowhere = office.post(f"{at}call/", {"once_key": "d"})
    office.post(f"{at}change/", {**said, "once_key": "e"})
    called = office.post(f"{at}call/", {"once_key": "f"}, follow=True)

    assert "2018年4月" in words_of(filled)
    assert (wrong.status_code, twice.status_code, nowhere.status_code) == (422, 409, 409)
    assert "第二会议室" in wrong.content.decode()
    assert "请在原来的会议上办理" in words_of(twice)
    assert "会议安排已修改" in words_of(changed)
    assert "已通知" in words_of(called)
    assert "推进会" in words_of(signed_in("city").get("/"))
    assert "推进会" in words_of(office.get("/rhythm/?state=called&side=own"))
    assert "2018年4月推进会" in words_of(office.get("/rhythm/"))
    assert "2018年4月推进会" not in words_of(office.get("/rhythm/?state=held"))


def test_an_agenda_is_put_in_order_and_cut() -> None:
    cycle = opened()
    first, second = (does("city_office", add_item, cycle, title, "", None) for title in ("甲议题", "乙议题"))
    asked = does("city", ask_for_item, cycle, "丙议题", "请会议明确资金来源。")
    office = signed_in("city_office")

    page = words_of(office.get(f"/rhythm/{cycle}/"))
    office.post(f"/rhythm/{cycle}/arrange/", {
        "item": [str(first), str(second), str(asked)], f"place-{first}": "1", f"place-{second}": "２", f"place-{asked}": "1",
        f"on-{asked}": "on", f"on-{second}": "on", "once_key": "a",
    })

    assert "（待确定）" in page
    assert [one.title for one in seen("city", cycle).agenda] == ["丙议题"]
    assert [(one.title, one.state.value) for one in seen("city_office", cycle).agenda] == [
        ("丙议题", "on"), ("甲议题", "off"), ("乙议题", "on"),
    ]
    strange = {"item": ["x"], "place-x": "1", "once_key": "b"}
    assert office.post(f"/rhythm/{cycle}/arrange/", strange).status_code == 404


def test_several_decisions_are_recorded_in_one_form_and_published() -> None:
    cycle = opened()
    does("city_office", add_item, cycle, "供电方案", "", unit_id(LEAD))
    office, at = signed_in("city_office"), f"/rhythm/{cycle}/"

    form = office.get(f"{at}record/").content.decode()
    said = {
        "rows": "4", "held_on": "2018-04-27", "attended": "各单位", "minutes": "会议听取了汇报。",
        "what_1": "一周内拿出方案", "unit_1": str(unit_id(LEAD)), "joint_1": [str(unit_id(JOINT))], "workdays_1": "5",
        "what_3": "落实资金", "unit_3": str(unit_id(JOINT)), "workdays_3": "10", "unit_4": str(unit_id(JOINT)),
    }
    more = office.post(f"{at}record/", {**said, "minutes": "", "more": "1", "once_key": "a"})
    bare = office.post(f"{at}record/", {**said, "unit_3": "", "once_key": "b"})
    wrong = office.post(f"{at}record/", {**said, "joint_3": [str(unit_id(JOINT))], "once_key": "c"})
    kept = office.post(f"{at}record/", {**said, "once_key": "d"}, follow=True)
    again = office.get(f"{at}record/").content.decode()
    office.post(f"{at}publish/", {"once_key": "e"})

    assert "供电方案" in form
    assert f'<option value="{unit_id(LEAD)}" selected' in form
    assert more.status_code == 200
    assert 'name="what_9"' in more.content.decode()
    assert "一周内拿出方案" in more.content.decode()
    assert bare.status_code == wrong.status_code == 422
    assert "请填写责任单位" in words_of(bare)
    assert 'id="id_joint_3_error"' in wrong.content.decode()
    assert "印发后 5 个工作日" in words_of(kept)
    assert "落实资金" in again
    assert [one.what for one in seen("city", cycle).decisions] == ["一周内拿出方案", "落实资金"]
    assert "会议听取了汇报" in words_of(signed_in("city").get(at))
    assert office.get(f"{at}record/").status_code == 404


def test_a_decision_is_carried_out_with_its_evidence_returned_and_closed() -> None:
    _cycle, [decision] = published()
    office, city, photo, at = signed_in("city_office"), signed_in("city"), upload(), f"/rhythm/decisions/{decision}/"

    waiting = words_of(city.get("/"))
    told = city.post(f"{at}report/", {"text": "正在办", "once_key": "a"}, follow=True)
    sent = SimpleUploadedFile(photo.name, photo.body.read())
    answered = city.post(f"{at}answer/", {"text": "方案已定", "files": sent, "once_key": "b"}, follow=True)
    no_reason = office.post(f"{at}return/", {"text": "", "once_key": "c"})
    office.post(f"{at}return/", {"text": "缺时间表", "once_key": "d"})
    city.post(f"{at}answer/", {"text": "已补", "once_key": "e"})
    closed = office.post(f"{at}close/", {"text": "看过文件", "once_key": "f"}, follow=True)

    assert "一周内拿出供电方案" in waiting
    assert "正在办" in words_of(told)
    file = re.search(r"/files/[^\"]+", answered.content.decode())[0]  # type: ignore[index]
    assert office.get(file).status_code == 200
    assert signed_in("outsider").get(file).status_code == 404
    assert no_reason.status_code == 422
    assert "已落实" in words_of(closed)
    assert "一周内拿出供电方案" in words_of(city.get("/rhythm/decisions/?own=on&state=closed"))
    assert "一周内拿出供电方案" not in words_of(city.get("/rhythm/decisions/?late=on"))
    assert b"".join(city.get("/rhythm/decisions/?export=xlsx").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_an_office_says_once_which_meetings_it_keeps() -> None:
    office = signed_in("city_office")
    said = {"is_kept": "on", "day": "5", "at": "09:00", "ahead_days": "7", "called": [str(unit_id(LEAD))], "once_key": "a"}

    office.post("/rhythm/habits/monthly_meeting/", said)
    listed = words_of(office.get("/rhythm/habits/"))
    empty = office.post("/rhythm/habits/annual/", {"is_kept": "on", "day": "", "once_key": "b"})
    far = office.post("/rhythm/habits/annual/", {**said, "day": "999", "once_key": "c"})
    office.post("/rhythm/habits/monthly_meeting/", {"once_key": "d"})

    assert "每月5日 09:00，提前 7 天筹备" in listed
    assert (empty.status_code, far.status_code) == (422, 422)
    assert "第1至400天" in words_of(far)
    assert "每月5日" not in words_of(office.get("/rhythm/habits/"))


def test_a_meeting_given_up_says_why_and_a_filed_one_is_over() -> None:
    cycle = opened()
    office = signed_in("city_office")
    office.post(f"/rhythm/{cycle}/call/", {"once_key": "a"})

    office.post(f"/rhythm/{cycle}/drop/", {"reason": "与省里会议冲突", "once_key": "b"})
    again = office.post(f"/rhythm/{cycle}/gather/", {"once_key": "c"})
    other, _decisions = published()
    filed = office.post(f"/rhythm/{other}/file/", {"once_key": "d"}, follow=True)

    assert "与省里会议冲突" in words_of(signed_in("city").get(f"/rhythm/{cycle}/"))
    assert again.status_code == 409
    assert "已归档" in words_of(filed)
    with acting("city_office"):
        assert {one.state for one in Cycle.objects.all()} == {CycleState.DROPPED.value, CycleState.FILED.value}


def paths_of(cycle: UUID, decision: UUID) -> list[str]:
    return [
        f"/rhythm/{cycle}/", f"/rhythm/{cycle}/record/", f"/rhythm/{cycle}/change/", f"/rhythm/{cycle}/call/", f"/rhythm/{cycle}/ask/",
        f"/rhythm/decisions/{decision}/", f"/rhythm/decisions/{decision}/answer/",
    ]


def test_outsiders_and_the_served_get_nothing() -> None:
    cycle, [decision] = published()

    for login in ("outsider", "park_office", "firm"):
        client = signed_in(login)
        assert {client.get(path).status_code for path in paths_of(cycle, decision)} == {404}
        assert client.post(f"/rhythm/{cycle}/arrange/", {"once_key": login}).status_code in (403, 404)
    for path in ("/rhythm/", "/rhythm/decisions/"):
        assert signed_in("firm").get(path).status_code == 404
        page = words_of(signed_in("outsider").get(path))
        assert "2018年4月推进会" not in page
        assert "供电方案" not in page
    for path in ("/rhythm/new/", "/rhythm/new/annual/", "/rhythm/habits/", "/rhythm/habits/annual/"):
        assert signed_in("city").get(path).status_code == 403
    assert signed_in("city_office").get("/rhythm/new/weekly/").status_code == 404


@pytest.mark.parametrize("path", ["/rhythm/", "/rhythm/decisions/"])
def test_lists_do_not_grow_in_queries_with_their_rows(path: str, django_assert_max_num_queries: Any) -> None:
    published()
    client = signed_in("city_office")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    most = len(few)
    for place, kind in enumerate((CycleKind.QUARTERLY, CycleKind.MID_YEAR)):
        cycle = opened(kind=kind, period=("2018Q2", "2018H1")[place], meets_at=NOW + timedelta(days=4 + place))
        client.post(f"/rhythm/{held(cycle)}/publish/", {"once_key": str(cycle)})

    with django_assert_max_num_queries(most):
        page = words_of(client.get(path))
    assert "会商会" in page
