"""The timetable of a task in a region (R-C3): written, begun, done with evidence, put off, dropped, handed down; two walls."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, official_of, viewer
from tests.files.samples import upload
from tests.plans.timetables import JUNE, MAY, TODAY, does, planned, region, task
from tests.world import NOW
from zhitong.domain.files.actions import store
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.plans.actions import advancing, scheduling
from zhitong.domain.plans.actions.advancing import EvidenceMissing, PutOffAbove, StillWaiting
from zhitong.domain.plans.actions.handing_down import (
    HEADS,
    NothingToHandDown,
    RowsInTrouble,
    hand_down,
    write_timetable,
)
from zhitong.domain.plans.actions.scheduling import MilestoneOver, NewMilestone, NotYoursToSchedule, WaitsInCircle
from zhitong.domain.plans.models import Milestone, MilestoneLink
from zhitong.domain.plans.queries.steps import steps_at
from zhitong.domain.plans.queries.timetables import (
    due_of_unit,
    milestone_seen,
    milestones_in,
    milestones_of,
)
from zhitong.domain.plans.rules.timetable import MilestoneState, weighed_by
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.workbook import Head, write_sheet

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def seen(login: str, where: str = "1309") -> list[Any]:
    with acting_as(viewer(login)) as here:
        return milestones_of(here, task(), region(where), today=TODAY)


def opened(login: str, milestone: UUID) -> Any:
    with acting_as(viewer(login)) as here:
        return milestone_seen(here, milestone, today=TODAY)


def test_the_printed_timetable_stands_with_its_words() -> None:
    with acting_as(viewer("province_office")) as here:
        rows = milestones_of(here, task("12"), region("13"), today=TODAY)
        whole = milestone_seen(here, next(one.id for one in rows if one.needs_evidence), today=TODAY)

    assert [(one.due_on, one.printed) for one in rows][-3:] == [
        (date(2018, 6, 30), "到6月底"), (date(2018, 6, 30), "年中"), (date(2018, 12, 31), "12月份")
    ]
    assert whole.view.name == "完成2017—2018年度农村危房改造"
    assert whole.document == "hebei-2018-7"
    assert [one.name for one in whole.view.waits] == ["工作专班与市县对口衔接"]


def test_who_leads_and_the_office_write_a_timetable_and_those_below_and_above_read_it() -> None:
    tender = planned()
    start = planned("开工", begin_on=MAY, due_on=JUNE, waits=[(tender, 10)])

    assert [one.id for one in seen("city_office")] == [tender, start]
    assert [(one.name, one.lag_days) for one in seen("province_office")[1].waits] == [("完成招标", 10)]
    assert seen("park") == seen("city_office")
    for login in ("outsider", "firm"):
        assert seen(login) == []
        with acting_as(viewer(login)), without_first_wall():
            assert not Milestone.objects.filter(id=tender).exists()
            assert not MilestoneLink.objects.filter(after_id=start).exists()
        with acting_as(viewer(login)) as here, pytest.raises(NotFound):
            milestone_seen(here, tender, today=TODAY)


@pytest.mark.parametrize(
    ("said", "refused", "sentence"),
    [
        ({"name": " "}, BadInput, "请写明节点名称"), ({"name": "机密工程"}, BadInput, "非涉密"),
        ({"begin_on": JUNE}, BadInput, "开始日不能晚于完成日"), ({"weight": Decimal(0)}, BadInput, "大于0"),
        ({"unit_id": UUID(int=5)}, BadInput, "责任单位没有找到"), ({"waits": [(UUID(int=5), 0)]}, BadInput, "前置节点"),
        ({"login": "park"}, NotYoursToSchedule, "牵头单位和本级活动办公室"), ({"login": "firm"}, NotYours, "权限"),
        ({"login": "outsider"}, NotYoursToSchedule, "牵头单位"),
    ],
)
def test_what_cannot_be_planned_leaves_no_milestone(said: dict[str, Any], refused: type[Exception], sentence: str) -> None:
    before = len(seen("city_office"))

    with pytest.raises(refused, match=sentence):
        planned(**said)

    assert len(seen("city_office")) == before


def test_a_circle_is_refused_by_its_names() -> None:
    tender = planned()
    start = planned("开工", waits=[(tender, 0)])
    again = NewMilestone(name="完成招标", due_on=MAY, waits=[(start, 0)])

    with pytest.raises(WaitsInCircle, match=r"绕成了一圈：“(完成招标|开工)”→"):
        does("city_office", scheduling.change_milestone, tender, new=again)

    assert opened("city_office", tender).view.waits == ()


def test_an_earlier_day_may_be_promised_but_a_later_one_needs_its_reason() -> None:
    tender = planned()

    with pytest.raises(BadInput, match="请用“顺延”"):
        does("city_office", scheduling.change_milestone, tender, new=NewMilestone(name="招标", due_on=JUNE))
    does("city_office", scheduling.change_milestone, tender, new=NewMilestone(name="招标", due_on=date(2018, 5, 20)))

    found = opened("city_office", tender).view
    assert (found.name, found.due_on, found.first_due_on, found.version) == ("招标", date(2018, 5, 20), MAY, 2)


def test_what_waits_begins_and_ends_after_what_it_waits_for() -> None:
    tender = planned()
    start = planned("开工", waits=[(tender, 0)])

    with pytest.raises(StillWaiting, match="“完成招标”还没有完成"):
        does("city_office", advancing.begin_milestone, start, begun_on=TODAY)
    does("city_office", advancing.complete_milestone, tender, done_on=TODAY, words="中标通知书已发")
    with pytest.raises(StillWaiting, match="日期不能更早"):
        does("city_office", advancing.begin_milestone, start, begun_on=YESTERDAY)
    does("city_office", advancing.begin_milestone, start, begun_on=TODAY)

    assert [one.state for one in seen("city_office")] == [MilestoneState.DONE, MilestoneState.UNDER_WAY]
    with pytest.raises(MilestoneOver, match="已经完成"):
        does("city_office", advancing.complete_milestone, tender, done_on=TODAY)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY + timedelta(days=400)])
def test_nothing_is_done_tomorrow(day: date) -> None:
    tender = planned()

    with pytest.raises(BadInput, match="完成日不能晚于今天"):
        does("city_office", advancing.complete_milestone, tender, done_on=day)
    with pytest.raises(BadInput, match="开始日不能晚于今天"):
        does("city_office", advancing.begin_milestone, tender, begun_on=day)


def test_evidence_that_is_asked_for_stands_beside_and_is_opened_by_those_who_see_the_milestone() -> None:
    roof = planned("封顶", needs_evidence=True)
    with acting_as(viewer("city_office")) as here:
        [file] = store([upload()], actor=here.actor("test"), now=NOW)

    with pytest.raises(EvidenceMissing, match="附佐证材料"):
        does("city_office", advancing.complete_milestone, roof, done_on=TODAY)
    does("city_office", advancing.complete_milestone, roof, done_on=TODAY, file_ids=[file.id])

    assert [one.id for one in opened("province_office", roof).files] == [file.id]
    with acting_as(viewer("park")) as here:
        assert open_file_for(here, file.id)[0].id == file.id
    with acting_as(viewer("outsider")) as here, pytest.raises(NotFound):
        open_file_for(here, file.id)


def test_a_promise_is_put_off_by_its_keeper_before_the_day_and_by_the_level_above_after_it() -> None:
    coming, past = planned(due_on=date(2018, 4, 28)), planned("开工", due_on=YESTERDAY)

    does("city_office", advancing.postpone_milestone, coming, to_on=MAY, reason="阴雨")
    does("city_office", advancing.postpone_milestone, coming, to_on=JUNE, reason="设备晚到")
    with pytest.raises(PutOffAbove, match=r"4月26日已过.*上级办公室"):
        does("city_office", advancing.postpone_milestone, past, to_on=MAY, reason="阴雨")
    with pytest.raises(BadInput, match="请写明顺延的理由"):
        does("province_office", advancing.postpone_milestone, past, to_on=MAY, reason=" ")
    with pytest.raises(BadInput, match="晚于原定日和今天"):
        does("province_office", advancing.postpone_milestone, past, to_on=TODAY, reason="阴雨")
    with pytest.raises(NotYoursToSchedule):
        does("park", advancing.postpone_milestone, coming, to_on=date(2018, 7, 31), reason="阴雨")
    does("province_office", advancing.postpone_milestone, past, to_on=MAY, reason="同意一次")

    found = opened("city_office", coming)
    assert (found.view.first_due_on, found.view.due_on, found.view.postponed) == (date(2018, 4, 28), JUNE, 2)
    assert [(one.from_on, one.to_on, one.reason) for one in found.put_off] == [
        (date(2018, 4, 28), MAY, "阴雨"), (MAY, JUNE, "设备晚到"),
    ]
    assert opened("city_office", past).view.due_on == MAY


def test_what_is_dropped_stays_readable_with_its_reason_and_holds_nobody_up() -> None:
    tender = planned()
    start = planned("开工", waits=[(tender, 0)])

    with pytest.raises(BadInput, match="取消的理由"):
        does("city_office", scheduling.drop_milestone, tender, reason="")
    does("city_office", scheduling.drop_milestone, tender, reason="并入全市统一招标")
    does("city_office", advancing.begin_milestone, start, begun_on=TODAY)

    assert seen("city_office")[0].state is MilestoneState.DROPPED
    assert opened("city_office", tender).view.dropped_reason == "并入全市统一招标"


def test_a_timetable_goes_down_to_all_regions_that_have_none_in_one_act() -> None:
    tender = planned()
    planned("开工", due_on=JUNE, begin_on=MAY, waits=[(tender, 10)])
    planned("自己的节点", "zone_office", "130973")

    with acting("city_office") as actor:
        done = hand_down(viewer("city_office"), task(), region("1309"), actor=actor, now=NOW)
        again = hand_down(viewer("city_office"), task(), region("1309"), actor=actor, now=NOW)

    assert done.left == ("沧州渤海新区",)
    assert (done.milestones, again.regions) == (2 * done.regions, 0)
    assert done.regions > 0
    rows = seen("neighbour", "130982")
    assert [(one.name, one.due_on, one.first_due_on) for one in rows] == [("完成招标", MAY, MAY), ("开工", JUNE, JUNE)]
    assert [(one.name, one.lag_days) for one in rows[1].waits] == [("完成招标", 10)]


def test_nothing_is_handed_down_where_nothing_is_or_by_whom_it_is_not() -> None:
    with acting("city_office") as actor, pytest.raises(NothingToHandDown):
        hand_down(viewer("city_office"), task(), region("1309"), actor=actor, now=NOW)
    with acting("outsider") as actor, pytest.raises(NotYoursToSchedule):
        hand_down(viewer("outsider"), task(), region("1309"), actor=actor, now=NOW)


def sheet(*rows: tuple[str, ...]) -> bytes:
    into = io.BytesIO()
    write_sheet(into, title="时间表", notes=(), heads=[Head(one) for one in HEADS], rows=rows, zone=SHANGHAI)
    return into.getvalue()


def from_sheet(content: bytes) -> int:
    with acting("city_office") as actor:
        return write_timetable(viewer("city_office"), task(), region("1309"), content, actor=actor, now=NOW)


def test_a_timetable_comes_from_a_sheet_whole_or_not_at_all() -> None:
    good = sheet(
        ("招标", "2018-05-01", "2018-05-31", "", "", "", "", "1"), ("开工", "2018-06-01", "2018-06-30", "", "招标", "5", "是", "2"),
    )
    bad = sheet(("招标", "", "五月底", "", "", "", "", ""), ("开工", "", "2018-06-30", "没有这个局", "", "", "", ""))

    with pytest.raises(RowsInTrouble, match=r"五月底.*没有这个局") as trouble:
        from_sheet(bad)
    with pytest.raises(RowsInTrouble, match="前置节点“批地”没有找到"), acting("city_office"):
        from_sheet(sheet(("开工", "", "2018-06-30", "", "批地", "", "", "")))
    assert (len(trouble.value.rows), seen("city_office")) == (2, [])
    assert from_sheet(good) == 2

    rows = seen("city_office")
    assert [(one.name, one.needs_evidence, one.weight) for one in rows] == [("招标", False, 1), ("开工", True, 2)]
    assert [(one.name, one.lag_days) for one in rows[1].waits] == [("招标", 5)]


def test_the_share_done_and_the_units_own_milestones_are_told() -> None:
    unit = viewer("city").unit_id
    soon = planned(due_on=date(2018, 5, 2), unit_id=unit)
    planned("开工", due_on=JUNE, unit_id=unit)
    late = planned("测算", due_on=YESTERDAY, unit_id=unit, weight=Decimal(2))

    with acting_as(viewer("city")) as here:
        assert [one.id for one in due_of_unit(here, today=TODAY)] == [late, soon]
    with acting_as(official_of("1309-finance")) as here:
        assert due_of_unit(here, today=TODAY) == []
    does("city", advancing.complete_milestone, late, done_on=TODAY)

    with acting("city_office"):
        city, county = (task(), region("1309")), (task(), region("130982"))
        steps = steps_at([city, county])
        assert weighed_by(steps[city], TODAY).share_done == Decimal("0.5")
        assert weighed_by(steps[city], YESTERDAY).share_done == 0
        assert county not in steps


def test_a_list_costs_the_same_whatever_its_length(django_assert_num_queries: Any) -> None:
    for place in range(6):
        planned(f"节点{place}")
    city, province = region("1309"), region("13")

    with acting_as(viewer("province_office")) as here, django_assert_num_queries(3):
        assert len(milestones_in(here, city, today=TODAY)) == 6
    with acting_as(viewer("province_office")) as here, django_assert_num_queries(3):
        assert len(milestones_in(here, province, today=TODAY)) > 200
