"""A cycle's way (R-G2): opened, gathered, arranged, called, held, published, followed, filed; refusals change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, official_of, viewer
from tests.inspections.looking import approved, found, unit_id
from tests.live.conftest import raise_one
from tests.rhythm.meeting import CAMPAIGN, JOINT, LEAD, does, held, opened, published, seen, setting
from tests.rhythm.meeting import afternoon as afternoon
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.domain.problems.models import Problem
from zhitong.domain.rhythm.actions.opening import AlreadyOpen, open_cycle
from zhitong.domain.rhythm.actions.preparing import (
    NotNow,
    Place,
    add_item,
    arrange,
    ask_for_item,
    call,
    change_setting,
    drop,
    gather,
)
from zhitong.domain.rhythm.actions.recording import Decided, Meeting, file_away, publish, record_meeting
from zhitong.domain.rhythm.actions.tracking import answer_decision, close_decision, report_progress, return_decision
from zhitong.domain.rhythm.queries.cycles import AgendaRow, Filters, count_for, cycle_seen, cycles_for
from zhitong.domain.rhythm.queries.decisions import DecisionFilters, decision_seen, decisions_for, decisions_waiting_for
from zhitong.domain.rhythm.queries.past import decisions_then, last_cycle_then
from zhitong.domain.rhythm.queries.waiting import CycleStep, cycles_waiting_for
from zhitong.domain.rhythm.rules.kinds import (
    AgendaSource,
    AgendaState,
    CycleKind,
    CycleSide,
    CycleState,
    DecisionState,
    SnapshotFigure,
)
from zhitong.domain.rhythm.rules.way import CycleAct, DecisionAct
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)


def number_of(problem_id: UUID) -> str:
    return Problem.objects.values_list("number", flat=True).get(id=problem_id)


def test_what_is_red_gathers_itself_with_its_words_and_a_figure_beside_it() -> None:
    story = raise_one()
    finding = found(approved())
    made: UUID = does(
        "city_office", open_cycle, CAMPAIGN, CycleKind.MONTHLY_MEETING, "2018-06", setting(meets_at=LATER + timedelta(days=1)), now=LATER
    )

    told = seen("city_office", made, now=LATER)
    by_source = {one.source: one for one in told.agenda}
    with acting("city_office"):
        number = number_of(story.problem_id)
    assert by_source[AgendaSource.PROBLEM].problem_number == number
    assert "已超期" in by_source[AgendaSource.PROBLEM].words
    assert by_source[AgendaSource.FINDING].finding_id == finding
    figures = {one.figure: one.value for one in told.figures}
    assert (figures[SnapshotFigure.OVERDUE], figures[SnapshotFigure.FINDINGS_LATE]) == (1, 1)
    assert told.cut_off_at == LATER


def test_gathering_again_keeps_what_was_chosen_and_lets_go_what_is_red_no_more() -> None:
    raise_one()
    made: UUID = does(
        "city_office", open_cycle, CAMPAIGN, CycleKind.MONTHLY_MEETING, "2018-06", setting(meets_at=LATER + timedelta(days=1)), now=LATER
    )
    own = does("city_office", add_item, made, "部署下一步工作", "", unit_id(LEAD), now=LATER)
    [red] = [one for one in seen("city_office", made).agenda if one.source is AgendaSource.PROBLEM]
    does("city_office", arrange, made, {own: Place(1, True), red.id: Place(2, False)}, now=LATER)

    again = does("city_office", gather, made, now=LATER + timedelta(hours=1))
    kept = seen("city_office", made)
    does("city_office", gather, made, now=NOW + timedelta(minutes=1))  # before anything was late

    assert again == 0
    assert [(one.id, one.state) for one in kept.agenda] == [(own, AgendaState.ON), (red.id, AgendaState.OFF)]
    assert [one.id for one in seen("city_office", made).agenda] == [own]


def test_a_unit_at_the_table_asks_and_hears_what_became_of_it() -> None:
    made = opened()

    with pytest.raises(BadInput, match="需要会议决定什么"):
        does("city", ask_for_item, made, "供电线路迁改", " ")
    asked = does("city", ask_for_item, made, "供电线路迁改", "需要明确由谁出资。")
    with acting("city_office"):
        steps = {one.step for one in cycles_waiting_for(viewer("city_office"), now=NOW)}
    does("city_office", arrange, made, {asked: Place(1, True)})

    assert steps == {CycleStep.SETTLE}
    assert [(one.id, one.state) for one in seen("city_office", made).agenda] == [(asked, AgendaState.ON)]
    with acting("city_office"):
        kinds = [one.kind for one in facts_about(made)]
    assert kinds == ["cycle.opened", "agenda.asked", "cycle.arranged", "agenda.taken"]
    with pytest.raises(NotNow, match="参加单位"):
        does("city_office", ask_for_item, made, "甲", "乙")
    with pytest.raises(NotFound):
        does("outsider", ask_for_item, made, "甲", "乙")


def test_a_period_is_opened_once_and_again_after_it_was_dropped() -> None:
    made = opened()

    with pytest.raises(AlreadyOpen, match="2018年4月"):
        opened()
    with pytest.raises(BadInput, match="取消的原因"):
        does("city_office", drop, made, "")
    does("city_office", drop, made, "与省里会议冲突")
    opened()

    assert seen("city_office", made).row.state is CycleState.DROPPED
    with pytest.raises(NotFound):
        seen("city", made)


@pytest.mark.parametrize(("kind", "period", "said", "field"), [
    (CycleKind.QUARTERLY, "2018-04", {}, "period"),
    (CycleKind.MONTHLY_MEETING, "四月", {}, "period"),
    (CycleKind.MONTHLY_MEETING, "2018-04", {"meets_at": NOW + timedelta(days=900)}, "meets_at"),
    (CycleKind.MONTHLY_MEETING, "2018-04", {"place": "某" * 121}, "place"),
    (CycleKind.MONTHLY_MEETING, "2018-04", {"demands": "绝密"}, "demands"),
])
def test_a_cycle_that_cannot_be_is_refused_beside_its_field(kind: CycleKind, period: str, said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        opened(kind=kind, period=period, **said)

    assert field in refused.value.fields
    with acting("city_office"):
        assert cycles_for(viewer("city_office")) == []


def test_only_an_office_opens_and_calls_its_own_region_and_the_offices_below() -> None:
    with pytest.raises(NotYours):
        opened(by="city")
    with pytest.raises(BadInput, match="下一级活动办公室"):
        opened(called=(unit_id("130973-economy"),))
    made = opened(called=(), place="")

    for missing in ("参加单位", "会议地点"):
        with pytest.raises(NotNow, match=missing):
            does("city_office", call, made)
        does("city_office", change_setting, made, setting(place="" if missing == "参加单位" else "一楼"))
    with pytest.raises(NotNow, match="时间已过"):
        does("city_office", call, made, now=NOW + timedelta(days=4))
    does("city_office", call, made)
    with pytest.raises(BadInput, match="至少保留一个"):
        does("city_office", change_setting, made, setting(called=()))
    with acting("city"):
        assert [one.step for one in cycles_waiting_for(viewer("city"), now=NOW)] == [CycleStep.ATTEND]


def test_decisions_are_recorded_in_one_go_and_run_from_the_day_the_minutes_are_out() -> None:
    made = held(opened(), Decided("甲事", unit_id(LEAD), 5), Decided("乙事", unit_id(JOINT), 3))
    with pytest.raises(NotNow, match="已召开"):
        does("city_office", gather, made)
    does("city_office", record_meeting, made, Meeting(
        held_on=date(2018, 4, 26), attended="", minutes="改过的情况", decisions=(Decided("甲事改", unit_id(LEAD), 5, (unit_id(JOINT),)),),
    ))
    drafts = seen("city_office", made)
    before = seen("city", made)
    does("city_office", publish, made)

    assert [(one.what, one.state) for one in drafts.decisions] == [("甲事改", DecisionState.DRAFT)]
    assert (before.minutes, before.decisions) == ("", ())
    [decision] = seen("city", made).decisions
    with acting("city"):
        told = decision_seen(viewer("city"), decision.id, now=NOW)
    assert (told.row.state, told.row.number, told.row.joint) == (DecisionState.OPEN, 1, (decision.joint[0],))
    assert "印发纪要" in told.due_words
    assert seen("city", made).minutes == "改过的情况"
    with pytest.raises(NotNow, match="跟踪落实"):
        does("city_office", record_meeting, made, Meeting(held_on=date(2018, 4, 26), attended="", minutes="再改"))


def test_what_is_wrong_with_decisions_stands_beside_each() -> None:
    made = opened()
    wrong = (Decided(" ", unit_id(LEAD), 5), Decided("乙", unit_id("130123-office"), 0, (unit_id(LEAD),)))

    with pytest.raises(BadInput) as refused:
        does("city_office", record_meeting, made, Meeting(held_on=date(2018, 4, 27), attended="", minutes="甲", decisions=wrong))
    with pytest.raises(BadInput, match="不能晚于今天"):
        does("city_office", record_meeting, made, Meeting(held_on=date(2018, 4, 28), attended="", minutes="甲"))
    with pytest.raises(BadInput, match="会议情况"):
        does("city_office", record_meeting, made, Meeting(held_on=date(2018, 4, 27), attended="", minutes=""))

    assert refused.value.fields.keys() == {"what_1", "unit_2", "workdays_2"}
    told = seen("city_office", made)
    assert (told.row.state, told.decisions) == (CycleState.PREPARING, ())


def test_a_decision_is_carried_out_given_back_checked_and_closed() -> None:
    _cycle, [decision] = published()

    does(official_of(JOINT), report_progress, decision, "已报专项资金计划。")
    with pytest.raises(NotNow, match="由责任单位办理"):
        does(official_of(JOINT), answer_decision, decision, "已落实")
    does("city", answer_decision, decision, "方案已定。")
    does("city_office", return_decision, decision, "缺时间表")
    does("city", answer_decision, decision, "已补时间表。")
    with acting("city_office"):
        waiting = [one.id for one in decisions_waiting_for(viewer("city_office"), now=NOW)]
    does("city_office", close_decision, decision, "现场看过")

    with acting("city"):
        told = decision_seen(viewer("city"), decision, now=LATER)
    assert waiting == [decision]
    assert (told.row.state, told.returns, told.opinion, told.row.light.value) == (DecisionState.CLOSED, 1, "现场看过", "none")
    assert [one.kind.value for one in told.told] == [
        f"decision.{one}" for one in ("made", "reported", "answered", "returned", "answered", "closed")
    ]
    assert told.told[1].words.endswith("：已报专项资金计划。")
    with pytest.raises(NotNow, match="已落实"):
        does("city_office", return_decision, decision, "再办")


def test_what_is_not_carried_out_lights_and_stands_on_the_next_agenda() -> None:
    cycle, [decision] = published()
    does("city_office", file_away, cycle)
    following: UUID = does(
        "city_office", open_cycle, CAMPAIGN, CycleKind.MONTHLY_MEETING, "2018-06", setting(meets_at=LATER + timedelta(days=1)), now=LATER
    )

    told = seen("city_office", following, now=LATER)
    [item] = [one for one in told.agenda if one.source is AgendaSource.DECISION]
    assert (item.decision_id, "已超期" in item.words) == (decision, True)
    with acting("city"):
        assert [one.light.value for one in decisions_for(viewer("city"), DecisionFilters(late=True), now=LATER)] == ["overdue"]
        assert decision_seen(viewer("city"), decision, now=LATER).row.carried == 1
    figures = {one.figure: (one.value, one.before) for one in told.figures}
    assert figures[SnapshotFigure.DECISIONS_LATE] == (1, 0)
    assert seen("city", cycle).row.state is CycleState.FILED


def test_a_paper_of_the_past_tells_what_had_come_of_decisions_by_then() -> None:
    cycle, [decision] = published()
    hours = [NOW + timedelta(hours=n) for n in range(4)]
    does("city", report_progress, decision, "正在办。", now=hours[1])
    does("city", answer_decision, decision, "办好了。", now=hours[2])
    does("city_office", close_decision, decision, "属实", now=hours[3])

    with acting("city_office"):
        one = viewer("city_office")
        then = [decisions_then(one, cycle, at)[0] for at in hours]
        region = one.region_id
        assert decisions_then(one, cycle, NOW - timedelta(seconds=1)) == []
        assert last_cycle_then(one, region, NOW - timedelta(seconds=1)) is None
        newest = last_cycle_then(one, region, hours[1])
    assert [(each.state, each.told) for each in then] == [
        (DecisionState.OPEN, ""), (DecisionState.OPEN, "正在办。"), (DecisionState.ANSWERED, "办好了。"), (DecisionState.CLOSED, "属实"),
    ]
    assert newest is not None
    assert newest.decisions == (then[1],)


def test_each_sees_of_a_cycle_what_is_due_behind_both_walls() -> None:
    raise_one()
    made: UUID = does(
        "city_office", open_cycle, CAMPAIGN, CycleKind.MONTHLY_MEETING, "2018-06", setting(meets_at=LATER + timedelta(days=1)), now=LATER
    )
    own = does("city_office", add_item, made, "部署", "", None, now=LATER)
    [red] = [one.id for one in seen("city_office", made).agenda if one.source is AgendaSource.PROBLEM]
    everything = {own, red}

    def sees(login: str, agenda: set[UUID], decisions: int, cycles: int) -> None:
        one = viewer(login)
        for wall in (acting_as, lambda who: without_first_wall()):
            with acting_as(one), wall(one):
                assert len(cycles_for(one)) == cycles == count_for(one, Filters(words="推进会")), login
                told = cycles_for(one)
                shown = {item.id for row in told for item in seen_here(one, row.id)}
                assert (shown, len(decisions_for(one, now=LATER))) == (agenda, decisions), login

    for login, agenda, cycles in (
        ("city_office", everything, 1), ("province_office", everything, 1), ("city", set(), 1), ("zone_office", set(), 1),
        ("park_office", set(), 0), ("outsider", set(), 0), ("firm", set(), 0),
    ):
        sees(login, agenda, 0, cycles)
    does("city_office", call, made, now=LATER)
    does("city_office", record_meeting, made, Meeting(
        held_on=date(2018, 6, 26), attended="", minutes="甲", decisions=(Decided("甲", unit_id(LEAD), 5),),
    ), now=LATER)
    sees("city", {own}, 0, 1)
    does("city_office", publish, made, now=LATER)
    for login, agenda, decisions, cycles in (
        ("city_office", everything, 1, 1), ("city", {own}, 1, 1), ("zone_office", {own}, 1, 1), ("park", set(), 0, 0),
        ("outsider", set(), 0, 0),
    ):
        sees(login, agenda, decisions, cycles)


def seen_here(one: Viewer, cycle: UUID) -> tuple[AgendaRow, ...]:
    return cycle_seen(one, cycle, now=LATER).agenda


def test_how_others_got_on_is_read_by_who_has_a_part_and_who_oversees() -> None:
    _cycle, [decision] = published(Decided("甲", unit_id(LEAD), 5))
    does("city", report_progress, decision, "正在办。")

    told = {}
    for who in (viewer("city"), official_of(JOINT), viewer("zone_office"), viewer("province_office")):
        with acting_as(who) as here:
            told[who.unit_id] = decision_seen(here, decision, now=NOW)
    assert [one.row.progress for one in told.values()] == ["正在办。", "", "正在办。", "正在办。"]
    assert [bool(one.told) for one in told.values()] == [True, False, True, True]
    assert told[viewer("city").unit_id].acts.keys() == {DecisionAct.ANSWER, DecisionAct.REPORT}


def test_lists_are_narrowed_by_side_kind_and_state() -> None:
    made = opened()
    opened(kind=CycleKind.QUARTERLY, period="2018Q2", meets_at=NOW + timedelta(days=9))
    below = opened(by="zone_office", called=())

    def ids(login: str, **asked: Any) -> list[UUID]:
        with acting(login):
            return [one.id for one in cycles_for(viewer(login), replace(Filters(), **asked))]

    assert len(ids("city_office")) == 3
    assert ids("city_office")[-1] in {made, below}
    assert ids("city_office", side=CycleSide.BELOW) == [below]
    assert ids("city_office", side=CycleSide.OWN, kind=CycleKind.MONTHLY_MEETING) == [made]
    assert set(ids("zone_office", side=CycleSide.CALLED)) == set(ids("city_office", side=CycleSide.OWN))
    assert ids("city_office", state=CycleState.HELD) == []
    assert seen("city_office", made).acts.keys() >= {CycleAct.CALL, CycleAct.ARRANGE, CycleAct.DROP}
    assert seen("city", made).acts.keys() == {CycleAct.ASK}
