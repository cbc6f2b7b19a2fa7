"""走访 at the screen and on the firm's phone (R-B4): planned, prepared, written down, confirmed; outsiders get nothing."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.visits.conftest import FIRM, planned, visited
from tests.visits.conftest import afternoon as afternoon
from tests.visits.conftest import firm_id as firm_id
from tests.web.stories import signed_in
from zhitong.domain.problems.models import Problem
from zhitong.domain.visits.actions.recording import NewPromise
from zhitong.domain.visits.models import Plan, Promise, Quiet, Visit

pytestmark = pytest.mark.django_db

SAID = {
    "words": "订单饱满。夜间限电。想招焊工。", "lead_official": "演示赵副主任", "kind": "visit", "happened_on": "2018-04-27",
    "promise_0_what": "协调错峰供电", "promise_0_due": "2018-05-10", "matters": "夜间限电\n门前道路不通\n", "once_key": "visit",
}


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_visit_is_written_down_with_its_promise_and_its_problems_and_the_firm_confirms_with_one_tap(firm_id: UUID) -> None:
    park, firm = signed_in("park"), signed_in("firm")
    form = park.get(f"/visits/record/{firm_id}/")
    assert 'value="演示赵副主任"' in form.content.decode()

    page = park.post(f"/visits/record/{firm_id}/", SAID, follow=True)
    again = park.post(f"/visits/record/{firm_id}/", SAID, follow=True)

    assert page.redirect_chain == again.redirect_chain
    assert "协调错峰供电" in words_of(page)
    assert "门前道路不通" in words_of(page)
    assert "待企业确认" in words_of(page)
    assert "确认走访" in words_of(firm.get("/portal/"))
    [visit] = re.findall(r"/visits/mine/([0-9a-f-]{36})/", firm.get("/visits/mine/").content.decode())
    said = firm.post(f"/visits/mine/{visit}/", {"came": "1", "once_key": "tap"}, follow=True)
    assert "已确认" in words_of(said)
    assert "企业已确认" in words_of(park.get("/visits/all/"))
    with acting("province_office"):
        assert (Visit.objects.count(), Problem.objects.count()) == (1, 2)


def test_a_firm_says_that_nobody_came_and_it_is_seen_apart(firm_id: UUID) -> None:
    visit = visited(firm_id)

    signed_in("firm").post(f"/visits/mine/{visit}/", {"not_came": "1", "once_key": "tap"})

    office = signed_in("zone_office")
    assert FIRM in words_of(office.get("/visits/all/?lens=territory&confirmation=denied"))
    assert FIRM not in words_of(office.get("/visits/all/?lens=territory&confirmation=confirmed"))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(firm_id: UUID) -> None:
    wrong = {**SAID, "happened_on": "2018-04-28", "promise_0_due": "", "words": "订单饱满"}

    answer = signed_in("park").post(f"/visits/record/{firm_id}/", wrong)
    later = signed_in("park").post(f"/visits/record/{firm_id}/", {**wrong, "promise_0_due": "2018-05-10"})

    assert answer.status_code == later.status_code == 422
    assert "请写明什么时候办好" in words_of(answer)
    assert "走访日期不能晚于今天" in words_of(later)
    assert "订单饱满" in answer.content.decode()
    with acting("province_office"):
        assert not Visit.objects.exists()


def test_a_third_visit_in_the_month_is_proposed_together_and_a_firm_in_peace_needs_a_reason(firm_id: UUID) -> None:
    visited(firm_id, happened_on=date(2018, 4, 10))
    plan = planned(firm_id, "park_office")
    zone = signed_in("zone_office")

    before = words_of(zone.get(f"/visits/plans/new/{firm_id}/"))
    joined = zone.post(f"/visits/plans/{plan}/join/", {"who": "演示戊主任", "once_key": "join"}, follow=True)
    signed_in("firm").post(f"/visits/quiet/{firm_id}/", {"words": "赶订单", "once_key": "quiet"})
    asked = {"planned_on": "2018-04-30", "who": "演示甲", "once_key": "plan"}
    refused = signed_in("park").post(f"/visits/plans/new/{firm_id}/", asked)
    taken = signed_in("park").post(f"/visits/plans/new/{firm_id}/", {**asked, "despite_quiet": "安全检查", "once_key": "why"})

    assert "4月已走访1次，另有1次计划。" in before
    assert "一起去，一次说完" in before
    assert "演示戊主任" in words_of(joined)
    assert (refused.status_code, taken.status_code) == (409, 302)
    assert "无事不扰" in words_of(refused)
    with acting("province_office"):
        assert Plan.objects.count() == 3
        assert len(set(Plan.objects.values_list("together", flat=True))) == 2
        assert Quiet.objects.count() == 1


def test_the_one_page_paper_tells_promises_and_problems_before_one_goes(firm_id: UUID) -> None:
    visited(firm_id, promises=[NewPromise("协调错峰供电", date(2018, 5, 10))])
    client = signed_in("park")
    client.post(f"/visits/record/{firm_id}/", {**SAID, "promise_0_what": "", "promise_0_due": "", "once_key": "two"})

    said = words_of(client.get(f"/visits/paper/{firm_id}/"))

    for told in ("4月已走访2次", "协调错峰供电", "还没办结的问题", "演示赵副主任", "91130900MA00000014"):
        assert told in said


def test_a_promise_is_settled_on_its_page(firm_id: UUID) -> None:
    visited(firm_id, promises=[NewPromise("协调错峰供电", date(2018, 5, 10))])
    with acting("park"):
        promise = Promise.objects.get().id

    refused = signed_in("park").post(f"/visits/promises/{promise}/", {"state": "broken", "once_key": "a"})
    page = signed_in("park").post(f"/visits/promises/{promise}/", {"state": "broken", "note": "排到六月", "once_key": "b"}, follow=True)

    assert "写明原因" in words_of(refused)
    assert "没有兑现" in words_of(page)
    assert "排到六月" in words_of(signed_in("firm").get("/visits/mine/"))


def test_whom_we_must_visit_this_quarter_and_whom_we_have(firm_id: UUID) -> None:
    client = signed_in("park")
    due = words_of(client.get("/visits/?state=due"))

    visited(firm_id)

    assert FIRM in due
    assert "应走访1户，已走访1户" in words_of(client.get("/visits/"))
    assert FIRM not in words_of(client.get("/visits/?state=due"))
    assert FIRM in words_of(client.get("/visits/?state=due&quarter=2018Q1"))
    assert FIRM in words_of(client.get("/visits/record/?firm=南大港石化"))
    exported = b"".join(client.get("/visits/?export=xlsx").streaming_content)
    assert any(FIRM in row for row in CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_index(0).to_python())


def test_an_outsider_gets_nothing_at_any_address(firm_id: UUID) -> None:
    visit = visited(firm_id, promises=[NewPromise("协调", date(2018, 5, 10))])
    plan = planned(firm_id)
    with acting("park"):
        promise = Promise.objects.get().id

    outsider, other = signed_in("outsider"), signed_in("other_firm")
    for path in (f"/visits/{visit}/", f"/visits/paper/{firm_id}/", f"/visits/record/{firm_id}/", f"/visits/plans/new/{firm_id}/"):
        assert outsider.get(path).status_code == other.get(path).status_code == 404, path
    for path, sent in (
        (f"/visits/plans/{plan}/join/", {"who": "演示"}), (f"/visits/plans/{plan}/call-off/", {"reason": "不去"}),
        (f"/visits/promises/{promise}/", {"state": "kept"}), (f"/visits/mine/{visit}/", {"came": "1"}),
        (f"/visits/quiet/{firm_id}/", {"words": "别来"}),
    ):
        assert outsider.post(path, {**sent, "once_key": path[-60:]}).status_code == 404, path
        assert other.post(path, {**sent, "once_key": path[-60:]}).status_code == 404, path
    for path in ("/visits/", "/visits/all/?lens=territory", "/visits/plans/", "/visits/record/?firm=南大港"):
        assert FIRM not in words_of(outsider.get(path)), path
        assert other.get(path).status_code == 404, path
    assert FIRM not in words_of(other.get("/visits/mine/"))
