"""Who is told of meetings and decisions, and what the clock opens by itself (R-G2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.cast import acting_as, official_of, viewer
from tests.following import follow_all
from tests.inspections.looking import unit_id
from tests.rhythm.meeting import CAMPAIGN, JOINT, LEAD, does, held, opened
from tests.rhythm.meeting import afternoon as afternoon
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.rhythm.actions.keeping import Keeping, keep
from zhitong.domain.rhythm.actions.opening import open_due
from zhitong.domain.rhythm.actions.preparing import Place, arrange, ask_for_item, drop
from zhitong.domain.rhythm.actions.recording import publish
from zhitong.domain.rhythm.actions.tracking import answer_decision
from zhitong.domain.rhythm.queries.cycles import cycles_for
from zhitong.domain.rhythm.queries.decisions import decisions_for
from zhitong.domain.rhythm.queries.habits import habits_for
from zhitong.domain.rhythm.rules.kinds import CycleKind, CycleState
from zhitong.kit.refusals import BadInput
from zhitong.web.notices.leading import address_of
from zhitong.work.reactions import FOLLOWER, react

KEEPING = Keeping(day=30, at=time(9), ahead_days=5, place="第二会议室")


def told(who: Viewer) -> dict[NoticeKind, str]:
    with acting_as(who) as here:
        return {notice.kind: address_of(notice) for notice in unread_for(here)}


def test_each_side_is_told_of_a_meeting_and_of_its_decisions(fresh_database: str) -> None:
    cycle = opened()
    asked = does("city", ask_for_item, cycle, "供电", "请会议明确。")
    does("city_office", arrange, cycle, {asked: Place(1, True)})
    held(cycle)
    does("city_office", publish, cycle)
    with acting_as(viewer("city_office")) as here:
        [decision] = [one.id for one in decisions_for(here, now=NOW)]
    does("city", answer_decision, decision, "已落实")

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    meeting, given = f"/rhythm/{cycle}/", f"/rhythm/decisions/{decision}/"
    assert told(viewer("city")) == {
        NoticeKind.ITEM_TAKEN: meeting, NoticeKind.MEETING_CALLED: meeting, NoticeKind.MINUTES_PUBLISHED: meeting,
        NoticeKind.DECISION_GIVEN: given,
    }
    assert told(official_of(JOINT)).keys() == {NoticeKind.MEETING_CALLED, NoticeKind.MINUTES_PUBLISHED, NoticeKind.DECISION_SHARED}
    assert told(viewer("city_office")).keys() == {NoticeKind.ITEM_ASKED, NoticeKind.DECISION_CARRIED_OUT}
    assert told(viewer("outsider")) == {}


@pytest.mark.django_db
def test_a_habit_is_kept_changed_and_given_up() -> None:
    does("city_office", keep, CycleKind.MONTHLY_MEETING, KEEPING)
    does("city_office", keep, CycleKind.MONTHLY_MEETING, replace(KEEPING, day=8, called=(unit_id(LEAD),)))

    with acting_as(viewer("city_office")) as here:
        first, *others = habits_for(here, today=date(2018, 4, 27))
        below = habits_for(viewer("zone_office"), today=date(2018, 4, 27))
    assert (first.day, first.called, first.next_on) == (8, (unit_id(LEAD),), date(2018, 5, 8))
    assert not any(one.is_kept for one in [*others, *below])
    for wrong, field in (
        (replace(KEEPING, day=32), "day"), (replace(KEEPING, ahead_days=0), "ahead_days"),
        (replace(KEEPING, called=(unit_id("130123-office"),)), "called"),
    ):
        with pytest.raises(BadInput) as refused:
            does("city_office", keep, CycleKind.MONTHLY_MEETING, wrong)
        assert field in refused.value.fields
    with pytest.raises(NotYours):
        does("city", keep, CycleKind.MONTHLY_MEETING, KEEPING)
    does("city_office", keep, CycleKind.MONTHLY_MEETING, None)
    with acting_as(viewer("city_office")) as here:
        assert not any(one.is_kept for one in habits_for(here, today=date(2018, 4, 27)))


def test_the_clock_opens_what_an_office_keeps_once_and_tells_it(fresh_database: str) -> None:
    does("city_office", keep, CycleKind.MONTHLY_MEETING, replace(KEEPING, called=(unit_id(LEAD),)))

    with config.as_role("worker", name=fresh_database):
        early, opened_then, again = (open_due(CAMPAIGN, at) for at in (NOW - timedelta(days=9), NOW, NOW))
        follow_all(FOLLOWER, react)
    with acting_as(viewer("city_office")) as here:
        [row] = cycles_for(here)
    does("city_office", drop, row.id, "这次不开")
    with config.as_role("worker", name=fresh_database):
        after = open_due(CAMPAIGN, NOW)

    assert (early, opened_then, again, after) == (0, 1, 0, 0)
    assert (row.state, row.period, row.place) == (CycleState.PREPARING, "2018-04", "第二会议室")
    assert told(viewer("city_office")).keys() == {NoticeKind.MEETING_TO_PREPARE}
