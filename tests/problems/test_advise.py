"""The level above gives a matter back with advice; the level below goes on with it, and the firm reads the advice. R-F4."""

from __future__ import annotations

import pytest

from tests.cast import viewer
from tests.problems.ways import Raise, acknowledged, sent_up, unit_id
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import Rule
from zhitong.domain.problems.actions.leading import advise
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import EscalationState, State

pytestmark = pytest.mark.django_db


def test_the_unit_that_sent_it_up_has_it_again_with_a_new_clock(raised: Raise) -> None:
    story = acknowledged(sent_up(raised()), "zone")

    standing = story.does("zone", advise, Rule, reason="按错峰细则第五条执行")

    assert (standing.state, standing.climbs) == (State.HANDLING, 0)
    assert standing.accountable_unit_id == unit_id("130973400-economy")
    assert standing.spell is not None
    assert standing.spell.started_at == story.now
    [step] = story.rows("problems_escalation")
    assert (step["state"], step["ruling"]) == (EscalationState.ADVISED.value, "按错峰细则第五条执行")


def test_the_firm_reads_the_advice(raised: Raise) -> None:
    story = acknowledged(sent_up(raised()), "zone")
    story.does("zone", advise, Rule, reason="按错峰细则第五条执行")

    with acting_as(viewer("firm")) as here:
        told = problem_page(here, story.problem_id, now=story.now).timeline[-1]

    assert (told.kind, told.words) == (ProblemFact.ADVISED, (("说明", "按错峰细则第五条执行"),))


def test_what_did_not_come_from_below_is_not_given_back(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "不是下级提请上来的，不能退给下级"):
        story.does("park", advise, Rule, reason="按细则执行")


def test_before_it_is_signed_for_there_is_no_advice(raised: Raise) -> None:
    story = sent_up(raised())

    with story.unchanged(NotNow, "不能提出意见返回下级"):
        story.does("zone", advise, Rule, reason="按细则执行")
