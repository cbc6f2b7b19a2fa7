"""What follows from facts: who is told, once, in the order in which things happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from tests.cast import Story, acting, official_of, viewer
from tests.following import follow_all
from tests.problems.timing import PAUSE, at
from tests.problems.ways import unit_id
from tests.visits.conftest import planned, visited
from tests.web.portal.conftest import care_for
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import Escalate, Propose, escalate, propose
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.contacting import Contact, SayContact, contact, void_contact
from zhitong.domain.problems.actions.deciding import Grant, Refuse, grant_pause, grant_withdrawal, refuse_request
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.parts import AnswerPart, Invite, answer_part, invite
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.actions.requesting import AskWithdrawal, ask_pause, ask_withdrawal
from zhitong.domain.problems.actions.settling import FindWanting, find_wanting
from zhitong.domain.problems.actions.sharing import MakeOffer, TurnDown, offer, turn_down
from zhitong.domain.problems.rules.kinds import CheckedBy, Outcome, PowerMissing, Rating, Source, State
from zhitong.domain.subjects.models import Subject
from zhitong.domain.visits.actions.confirming import confirm_visit
from zhitong.domain.visits.actions.planning import join_visit
from zhitong.kit import clock
from zhitong.work.flagging import FOLLOWER as FLAGS
from zhitong.work.flagging import look
from zhitong.work.reactions import FOLLOWER, react
from zhitong.work.schedule import SCHEDULE


def raise_one() -> Story:
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [standing] = raise_problems([Report(
            campaign="hebei-2018", source=Source.REPORT, subject_id=subject.id, subject_name=subject.name,
            subject_kind=subject.kind, reporter_unit_id=actor.unit_id, region_id=subject.region_id, category="energy",
            text="夜间限电。", actor=actor, now=NOW,
        )])
    return Story(standing.id)


def told(login: str) -> list[NoticeKind]:
    with acting_as(viewer(login)) as here:
        return [notice.kind for notice in unread_for(here)]


def react_to_all(name: str) -> None:
    with config.as_role("worker", name=name):
        follow_all(FOLLOWER, react)


def test_the_office_above_is_told_of_what_comes_up(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.AUTHORITY, asked_for="协调")
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=date(2018, 4, 27))

    react_to_all(fresh_database)

    assert told("zone_office") == [NoticeKind.CAME_FROM_BELOW]
    assert told("outsider") == []


def test_the_firm_is_told_of_its_answer_once(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    react_to_all(fresh_database)
    with config.as_role("worker", name=fresh_database), connection.cursor() as cursor:
        cursor.execute("UPDATE history_follower SET xid = 0")
    react_to_all(fresh_database)

    assert told("firm") == [NoticeKind.ANSWERED]


def test_opening_the_thing_marks_its_notices_read(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    react_to_all(fresh_database)

    with acting_as(viewer("firm")) as here:
        read = mark_read(here, story.problem_id, now=NOW)

    assert read == 1
    assert told("firm") == []


def test_everything_on_the_schedule_runs_as_the_worker(
    fresh_database: str, settings: Any, tmp_path: Path
) -> None:
    settings.SEAL_FOLDER = tmp_path
    raise_one()

    with config.as_role("worker", name=fresh_database):
        done = {task.name: task.do() for task in SCHEDULE}

    assert done["合并计数"] > 0
    assert done["事实之后的反应"] > 0
    assert done["每晚核验封存"] > 0


def test_who_decides_is_told_of_a_request_and_who_asked_of_the_decision(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", ask_pause, **PAUSE)
    react_to_all(fresh_database)

    assert told("zone_office") == [NoticeKind.TO_DECIDE]

    story.does("zone_office", grant_pause, Grant)
    react_to_all(fresh_database)
    assert told("park") == [NoticeKind.DECIDED]
    assert told("firm") == [NoticeKind.STOOD_STILL]


def test_a_refused_withdrawal_is_told_to_the_firm_and_a_granted_one_to_who_had_it(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    for act, step in ((refuse_request, Refuse), (grant_withdrawal, Grant)):
        story.does("firm", ask_withdrawal, AskWithdrawal, reason="已自行解决")
        story.does("zone_office", act, step, words="已电话核实")
        react_to_all(fresh_database)

    assert told("firm") == [NoticeKind.DECIDED, NoticeKind.DECIDED]
    assert told("park") == [NoticeKind.WITHDRAWN]


def test_the_clock_brings_a_pause_to_its_end(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", ask_pause, **PAUSE)
    story.does("zone_office", grant_pause, Grant)
    [task] = [task for task in SCHEDULE if task.name == "到期的暂停和挂账"]

    with config.as_role("worker", name=fresh_database):
        with clock.held_at(at(5, 6)):
            assert task.do() == 0
        with clock.held_at(at(5, 7)):
            assert (task.do(), task.do()) == (1, 0)

    assert story.standing.state is State.HANDLING
def test_who_was_not_in_touch_and_whose_answer_does_not_hold_are_told(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("firm", void_contact, SayContact)
    story.does("park", contact, Contact, contact="已上门")
    story.does("park", complete, Complete, outcome=Outcome.EXPLAINED, text="已解释。")
    story.does("firm", confirm, Confirm, rating=Rating.BASICALLY)
    story.does("zone_office", find_wanting, FindWanting, checked_by=CheckedBy.PHONE, reason="企业说没有解释")

    react_to_all(fresh_database)

    assert set(told("park")) == {NoticeKind.CONTACT_VOIDED, NoticeKind.FOUND_WANTING}
    assert NoticeKind.CONTACTED in told("firm")
    assert told("outsider") == []


def test_the_worker_flags_what_it_follows(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    with config.as_role("worker", name=fresh_database):
        follow_all(FLAGS, look)

    assert [row["flag"] for row in story.rows("problems_flagged")] == ["same_day"]


def test_who_is_asked_by_another_unit_is_told_and_hears_what_became_of_it(fresh_database: str) -> None:
    story = raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    finance, safety = unit_id("130973400-finance"), unit_id("130973400-safety")
    story.does("park", invite, Invite, unit_ids=(finance, safety), asked_for="核对补贴")
    story.done_by("130973400-safety", answer_part, AnswerPart, text="现场无隐患")
    story.does("park", offer, MakeOffer, unit_id=finance, reason="主要是补贴")
    story.done_by("130973400-finance", turn_down, TurnDown, reason="不涉及补贴")

    react_to_all(fresh_database)

    assert told("park") == [NoticeKind.TURNED_DOWN, NoticeKind.PART_ANSWERED]
    with acting_as(official_of("130973400-finance")) as here:
        assert [notice.kind for notice in unread_for(here)] == [NoticeKind.OFFERED, NoticeKind.PART_ASKED]
    assert told("outsider") == []


def test_the_firm_is_told_of_a_visit_to_confirm_and_who_goes_together_of_each_other(fresh_database: str) -> None:
    care_for("firm", "park")
    with acting("province_office"):
        subject_id = Subject.objects.get(unit_id=viewer("firm").unit_id).id
    plan = planned(subject_id, "park_office")
    with acting_as(viewer("zone_office")) as here:
        join_visit(here, plan, "演示戊", actor=here.actor("test"), now=NOW)
    visit = visited(subject_id)
    react_to_all(fresh_database)
    assert told("firm") == [NoticeKind.VISITED]
    assert NoticeKind.JOINT_VISIT in told("park")
    assert NoticeKind.JOINT_VISIT in told("park_office")
    assert NoticeKind.JOINT_VISIT not in told("zone_office")

    with acting_as(viewer("firm")) as here:
        confirm_visit(here, visit, came=False, actor=here.actor("test"), now=NOW)
    react_to_all(fresh_database)

    assert NoticeKind.VISIT_DENIED in told("park")
    assert told("outsider") == told("other_firm") == []
