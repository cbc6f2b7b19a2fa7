"""A unit gives a matter back to its office: within one working day, twice at most."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story
from tests.problems.ways import Raise, acknowledged, unit_id
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch, reassign
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sharing import Designate, designate
from zhitong.domain.problems.rules.kinds import SpellKind, Stage, State

pytestmark = pytest.mark.django_db
RULE = {"rule": "三定方案第二条", "whose": "财政局"}


def dispatched_again(story: Story) -> Story:
    story.does("park", send_back, SendBack, **RULE)
    story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="仍属能源保障")
    return story


def test_it_lies_at_the_desk_of_the_office(raised: Raise) -> None:
    story = raised()

    standing = story.does("park", send_back, SendBack, **RULE)

    assert (standing.state, standing.send_backs, standing.stage) == (State.ACCEPTED, 1, Stage.DISPATCH)
    assert standing.accountable_unit_id == unit_id("130973400-office")
    assert [row["kind"] for row in story.rows("problems_spell")] == [SpellKind.HANDLING.value, SpellKind.DESK.value]
    assert story.facts()[-1].words == RULE


def test_after_the_sign_for_it_may_still_be_sent_back(raised: Raise) -> None:
    story = acknowledged(raised())

    assert story.does("park", send_back, SendBack, **RULE).state is State.ACCEPTED


def test_after_one_working_day_it_is_refused(raised: Raise) -> None:
    story = acknowledged(raised())
    story.now += timedelta(days=1, hours=2)  # 4月28日 17:50：补班日已下班

    with story.unchanged(NotNow, "退回须在交办后规定时限内提出，已于4月28日 17:30截止。.*可提出提请上级协调"):
        story.does("park", send_back, SendBack, **RULE)


def test_after_two_sendings_back_nobody_sends_it_back_again(raised: Raise) -> None:
    story = dispatched_again(raised())
    story.does("park", send_back, SendBack, **RULE)
    finance = unit_id("130973400-finance")
    story.does("park_office", designate, Designate, unit_id=finance, reason="以补贴为主")
    story.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-economy"), reason="重新核定职责")

    with story.unchanged(NotNow, "该问题已退回过两次，不能再退"):
        story.does("park", send_back, SendBack, **RULE)


def test_the_first_limit_stays_however_often_it_is_handed_out(raised: Raise) -> None:
    story = raised()
    first = story.standing.first_due_at

    assert dispatched_again(story).standing.first_due_at == first


def test_another_unit_cannot_send_it_back(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "“退回”由南大港产业园区经发局办理"):
        story.does("zone", send_back, SendBack, **RULE)
