"""Two officials act on one problem in the same second: one wins, the other is told what happened; nothing is half-done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.cast import Story, acting, official_of
from tests.problems.timing import UNIT, asked_for_time, at, paused
from tests.problems.ways import Raise, acknowledged, answered, proposed, sent_up, unit_id
from tests.races import race
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import (
    Escalate,
    Keep,
    PassDown,
    escalate,
    keep,
    pass_down,
    show_overdue_answers,
)
from zhitong.domain.problems.actions.closing import Confirm, Reject, confirm, reject
from zhitong.domain.problems.actions.deciding import Grant, Refuse, grant_extension, refuse_request
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.requesting import AskExtension, ask_extension
from zhitong.domain.problems.actions.resuming import Resume, resume, resume_those_due
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sharing import Designate, MakeOffer, Take, designate, offer, take
from zhitong.domain.problems.queries.verifying import verify
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State

Owner = psycopg.Connection[Any]
LATER = NOW + timedelta(hours=1)


def one(login: str, story: Story, act: Any, step: Any, now: Any = LATER, **values: Any) -> Callable[[], Any]:
    """A member of the cast about to act."""

    def go() -> Any:
        with acting(login) as actor:
            return act([step(problem_id=story.problem_id, actor=actor, now=now, **values)])[0]

    return go


def all_is_sound(name: str) -> bool:
    with config.as_role("worker", name=name):
        return list(verify(now=LATER)) == []


def test_of_two_signing_in_the_same_second_one_wins_and_the_other_is_told(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = raised()
    colleague = official_of("130973400-economy")

    def sign_too() -> Any:
        with acting_as(colleague) as here:
            step = Acknowledge(problem_id=story.problem_id, actor=here.actor("test"), now=LATER, contact="我也联系了")
            return acknowledge([step])

    won, lost = race(owner_connection, one("park", story, acknowledge, Acknowledge, contact="已联系"), sign_too)

    assert won.state is State.HANDLING
    assert isinstance(lost, NotNow)
    assert "该问题已于4月27日 16:40由南大港产业园区经发局签收并联系，现在是“办理中”" in lost.sentence
    assert [fact.kind for fact in story.facts()].count("problem.acknowledged") == 1
    assert all_is_sound(fresh_database)


def test_signing_waits_for_the_office_that_moves_it_away(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = raised()
    move = one("park_office", story, reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")

    _, lost = race(owner_connection, move, one("park", story, acknowledge, Acknowledge, contact="已联系"))

    assert isinstance(lost, NotNow)
    assert "“签收并联系”由南大港产业园区财政局办理，不是本单位" in lost.sentence
    assert story.standing.accountable_unit_id == unit_id("130973400-finance")


def test_two_moves_follow_one_another_even_when_the_second_was_asked_for_earlier(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = raised()
    earlier = LATER - timedelta(seconds=1)
    first = one("park_office", story, reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")
    second = one("park_office", story, reassign, Dispatch, earlier, unit_id=unit_id("130973400-social"), reason="人事")

    moved, again = race(owner_connection, first, second)

    assert (moved.accountable_unit_id, again.accountable_unit_id) == (
        unit_id("130973400-finance"), unit_id("130973400-social")
    )
    assert again.last_at == LATER
    assert all_is_sound(fresh_database)


def test_an_office_sends_it_up_or_keeps_it_not_both(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = proposed(raised())
    up = one("park_office", story, escalate, Escalate, consent_by="演示主任", consent_on=NOW.date())

    sent, lost = race(owner_connection, up, one("park_office", story, keep, Keep, reason="本级可以"))

    assert sent.accountable_unit_id == unit_id("130973-economy")
    assert isinstance(lost, NotNow)
    assert [row["state"] for row in story.rows("problems_escalation")] == ["sent"]
    assert all_is_sound(fresh_database)


def test_a_firm_confirms_or_rejects_not_both(fresh_database: str, raised: Raise, owner_connection: Owner) -> None:
    story = answered(raised())

    content, lost = race(
        owner_connection, one("firm", story, confirm, Confirm, rating=Rating.SATISFIED),
        one("firm", story, reject, Reject, words="限电依旧"),
    )

    assert content.state is State.CONFIRMED
    assert isinstance(lost, NotNow)
    assert len(story.rows("problems_verdict")) == 1


def test_what_a_level_passes_down_is_not_shown_by_itself_in_the_same_moment(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = answered(sent_up(sent_up(raised()), "zone", "zone_office"), "city")
    late = story.now + timedelta(days=3)

    def show() -> Any:
        with acting("province_office"):
            return show_overdue_answers(late)

    passed, shown = race(owner_connection, one("zone", story, pass_down, PassDown, late), show)

    assert passed.relay_unit_id == unit_id("130973400-economy")
    assert shown == []
    assert [row["by_itself"] for row in story.rows("problems_relay")] == [False, False]


def test_a_request_is_granted_or_refused_not_both(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = asked_for_time(raised)

    granted, lost = race(
        owner_connection, one("park_office", story, grant_extension, Grant, words="同意"),
        one("park_office", story, refuse_request, Refuse, words="不同意"),
    )

    assert granted.extensions == 1
    assert isinstance(lost, NotNow)
    assert [row["state"] for row in story.rows("problems_request")] == ["granted"]
    assert all_is_sound(fresh_database)


def test_of_two_asking_in_the_same_second_one_request_waits(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = sent_up(raised())
    colleague = official_of("130973-economy")
    story.does("zone", acknowledge, Acknowledge, contact="已联系")

    def ask_too() -> Any:
        with acting_as(colleague) as here:
            step = AskExtension(
                problem_id=story.problem_id, actor=here.actor("test"), now=LATER, workdays=5, reason="我也申请"
            )
            return ask_extension([step])

    asked, lost = race(
        owner_connection, one("zone", story, ask_extension, AskExtension, workdays=3, reason="检测"), ask_too
    )

    assert asked.pending is not None
    assert isinstance(lost, NotNow)
    assert "已有一份延期申请待" in lost.sentence
    assert len(story.rows("problems_request")) == 1
    assert all_is_sound(fresh_database)


def test_a_pause_ends_once_by_the_unit_or_by_the_schedule(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = paused(raised)
    colleague = official_of(UNIT)
    due = at(5, 7, 9, 0)

    def go_on() -> Any:
        with acting_as(colleague) as here:
            return resume([Resume(problem_id=story.problem_id, actor=here.actor("test"), now=due, text="报告已出")])

    def by_itself() -> Any:
        with acting("province_office"):
            return resume_those_due(due)

    [resumed], nothing = race(owner_connection, go_on, by_itself)

    assert resumed.state is State.HANDLING
    assert nothing == []
    assert [fact.kind for fact in story.facts()].count("problem.resumed") == 1
    assert all_is_sound(fresh_database)


@pytest.mark.prove
def test_ten_pairs_of_offices_in_no_order_leave_all_sound(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = raised()
    for turn in range(10):
        units = [unit_id("130973400-finance"), unit_id("130973400-social")]
        moves = [
            one("park_office", story, reassign, Dispatch, LATER + timedelta(seconds=turn), unit_id=unit, reason="试")
            for unit in units
        ]
        race(owner_connection, *moves)

    assert all_is_sound(fresh_database)


def test_of_two_designations_at_once_the_second_is_told_of_the_first(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = proposed(raised())
    story.does("park_office", keep, Keep, reason="本级可办")
    finance, safety = unit_id("130973400-finance"), unit_id("130973400-safety")
    official = official_of("130973400-office")

    def designate_too() -> Any:
        with acting_as(official) as here:
            return designate([Designate(
                problem_id=story.problem_id, actor=here.actor("test"), now=LATER, unit_id=safety, reason="涉及安全"
            )])

    won, lost = race(
        owner_connection, one("park_office", story, designate, Designate, unit_id=finance, reason="涉及补贴"), designate_too
    )

    assert won.accountable_unit_id == finance
    assert isinstance(lost, NotNow)
    assert "指定由南大港产业园区财政局承办，不能重复指定" in lost.sentence
    assert all_is_sound(fresh_database)


def test_who_takes_a_matter_meets_the_answer_that_was_given_meanwhile(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story = acknowledged(raised())
    story.does("park", offer, MakeOffer, unit_id=unit_id("130973400-finance"), reason="涉及补贴")
    official = official_of("130973400-finance")

    def take_it() -> Any:
        with acting_as(official) as here:
            step = Take(problem_id=story.problem_id, actor=here.actor("test"), now=LATER, contact="已告知企业")
            return take([step])

    won, lost = race(
        owner_connection,
        one("park", story, complete, Complete, outcome=Outcome.SOLVED, text="已解决。"), take_it,
    )

    assert won.state is State.ANSWERED
    assert isinstance(lost, NotNow)
    assert [row["state"] for row in story.rows("problems_offer")] == ["lapsed"]
    assert all_is_sound(fresh_database)
