"""What follows from the facts of common problems: each is told of its own problem, and of no other (R-F8)."""

from __future__ import annotations

from django.db import connection

from tests.cast import Story, viewer
from tests.commons.acts import OTHER, TEXT, does, established, page, report_of
from tests.following import follow_all
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise, unit_id
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.commons.actions.answering import ToAll, answer
from zhitong.domain.commons.actions.closing import take_out
from zhitong.domain.commons.rules.kinds import CommonState
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.rules.kinds import Outcome, Rating
from zhitong.work.reactions import FOLLOWER, react

SOLVED = ToAll(outcome=Outcome.SOLVED, text="已实行统一错峰方案。")


def followed(name: str) -> None:
    with config.as_role("worker", name=name):
        follow_all(FOLLOWER, react)


def told(login: str) -> list[tuple[str, str]]:
    """(kind, number) of what a unit was told about common problems."""
    with acting_as(viewer(login)) as here, connection.cursor() as cursor:
        cursor.execute("SELECT kind, thing_number FROM notices_notice WHERE unit_id = %s ORDER BY id", [here.unit_id])
        return [(kind, thing) for kind, thing in cursor.fetchall() if kind.startswith("common")]


def matters(raised: Raise) -> list[Story]:
    return [raised(text=TEXT), report_of(1), report_of(2)]


def test_a_reporter_and_a_handler_are_told_of_their_own_problem(fresh_database: str, raised: Raise) -> None:
    stories = matters(raised)
    number = established(stories, lead_id=unit_id(OTHER)).number

    followed(fresh_database)
    followed(fresh_database)

    assert told("firm") == [("common_joined", stories[0].standing.number)]
    assert sorted(told("park")) == sorted(("common_joined", story.standing.number) for story in stories)
    assert told("other_firm") == told("outsider") == []
    assert page("park_office", number).row.members == 3


def test_handlers_elsewhere_are_offered_the_answer_and_who_leads_is_not(fresh_database: str, raised: Raise) -> None:
    stories = matters(raised)
    stories[2].does("park_office", reassign, Dispatch, unit_id=unit_id(OTHER), reason="涉及电费补贴")
    number = established(stories, lead_id=unit_id(OTHER)).number
    does(OTHER, answer, number, SOLVED)
    does("park_office", take_out, number, stories[0].problem_id, "是设备故障")

    followed(fresh_database)

    offered = {thing for kind, thing in told("park") if kind == "common_answered"}
    assert offered == {stories[1].standing.number}
    assert ("common_taken_out", stories[0].standing.number) in told("firm")


def test_it_closes_when_the_last_member_is_closed_off(fresh_database: str, raised: Raise) -> None:
    stories = matters(raised)[:2]
    number = established(stories).number
    does("park", answer, number, SOLVED)
    does("park_office", take_out, number, stories[1].problem_id, "另有原因")
    followed(fresh_database)
    assert page("park_office", number).row.state is CommonState.ANSWERED

    stories[0].now = NOW
    stories[0].does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    stories[0].does("zone_office", close_off, CloseOff)
    followed(fresh_database)

    assert page("park_office", number).row.state is CommonState.CLOSED
