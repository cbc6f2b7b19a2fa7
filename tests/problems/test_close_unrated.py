"""Silence is closed only when its limit has passed and the office has looked, and it satisfies nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, answered, of_safety, sent_up, unit_id
from zhitong.domain.problems.actions.climbing import show_overdue_answers
from zhitong.domain.problems.actions.closing import Confirm, Reject, Uphold, confirm, reject, uphold
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.settling import CloseUnrated, close_unrated
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.rules.kinds import CheckedBy, Outcome, Rating, State
from zhitong.domain.problems.rules.way import Act

pytestmark = pytest.mark.django_db
LOOKED = {"step": CloseUnrated, "checked_by": CheckedBy.PHONE, "checked": "三次电话未接，现场已恢复用电"}
LATER = timedelta(days=20)


def test_before_the_limit_it_is_refused_with_the_date(raised: Raise) -> None:
    story = of_safety(raised)

    with story.unchanged(NotNow, "企业在5月14日 17:30前都可以评价"):
        story.does("park_office", close_unrated, **LOOKED)


def test_after_the_limit_it_is_closed_and_rated_by_nobody(raised: Raise) -> None:
    story = of_safety(raised)
    story.now += LATER

    standing = story.does("park_office", close_unrated, **LOOKED)

    assert (standing.state, standing.rating, standing.closable_at) == (State.CLOSED, None, None)
    assert story.facts()[-1].words == {"checked": "三次电话未接，现场已恢复用电"}


def test_the_hosts_answer_is_closed_by_the_office_above(raised: Raise) -> None:
    story = answered(raised())
    story.now += LATER

    with story.unchanged(NotNow, "由渤海新区.*办理，不是本单位"):
        story.does("park_office", close_unrated, **LOOKED)
    assert story.does("zone_office", close_unrated, **LOOKED).state is State.CLOSED


def test_who_has_spoken_is_not_silent(raised: Raise) -> None:
    story = of_safety(raised)
    story.does("firm", confirm, Confirm, rating=Rating.BASICALLY)
    story.now += LATER

    with story.unchanged(NotNow, "现在是“待销号”"):
        story.does("park_office", close_unrated, **LOOKED)


def test_an_upheld_answer_gives_the_time_anew_and_the_first_word_stays(raised: Raise) -> None:
    story = of_safety(raised)
    before = story.standing.closable_at
    story.now += timedelta(days=5)
    story.does("firm", reject, Reject, words="没有解决")
    story.does("park_office", uphold, Uphold, reason="已按规定办理")

    after = story.standing.closable_at

    assert before is not None
    assert after is not None
    assert after > before
    story.now += LATER
    assert story.does("park_office", close_unrated, **LOOKED).rating is Rating.DISSATISFIED


def test_the_time_runs_from_when_the_firm_saw_the_answer(raised: Raise) -> None:
    story = sent_up(raised())
    story.does("zone", acknowledge, Acknowledge, contact="已联系")
    returning = story.does("zone", complete, Complete, outcome=Outcome.SOLVED, text="已解决")
    assert returning.closable_at is None
    story.now += timedelta(days=8)

    with acting("province_office"):
        [shown] = show_overdue_answers(story.now)

    assert shown.state is State.ANSWERED
    assert shown.closable_at is not None
    assert shown.closable_at > story.now + timedelta(days=10)


def test_it_comes_to_the_offices_desk_when_it_may_be_closed(raised: Raise) -> None:
    story = of_safety(raised)

    def desk() -> list[Act]:
        with acting("park_office"):
            return [duty.act for duty in duties_for(viewer("park_office"), now=story.now)]

    assert desk() == []
    story.now += LATER
    assert desk() == [Act.CLOSE_UNRATED]
    assert story.standing.accountable_unit_id == unit_id("130973400-safety")
