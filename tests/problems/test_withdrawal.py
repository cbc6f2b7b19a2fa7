"""The reporter takes a matter back: of his own will, which the office makes sure of (R-F3)."""

from __future__ import annotations

import pytest

from tests.problems.timing import handled, is_sound, parked, paused
from tests.problems.ways import Raise, answered, proposed, sent_up, unit_id, waiting
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.deciding import Grant, Refuse, grant_withdrawal, refuse_request
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.requesting import AskWithdrawal, ask_withdrawal
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import RequestKind, State

pytestmark = pytest.mark.django_db
ASK = {"step": AskWithdrawal, "reason": "企业已自行解决"}


def test_it_comes_to_the_office_of_its_region_wherever_it_stands(raised: Raise) -> None:
    story = sent_up(sent_up(raised()), "zone", "zone_office")

    standing = story.does("firm", ask_withdrawal, **ASK, urged="有人打电话要求撤回")

    assert (standing.pending, standing.decider_unit_id) == (RequestKind.WITHDRAWAL, unit_id("130973400-office"))
    assert story.facts()[-1].words["urged"] == "有人打电话要求撤回"


@pytest.mark.parametrize("way", [waiting, paused, parked])
def test_granted_nobody_is_accountable_any_more(raised: Raise, way: object) -> None:
    story = way(raised)  # type: ignore[operator]
    story.does("firm", ask_withdrawal, **ASK)

    standing = story.does("park_office", grant_withdrawal, Grant, words="已电话核实")

    assert (standing.state, standing.spell, standing.ended_at) == (State.WITHDRAWN, None, story.now)
    assert (standing.stage, standing.pending, standing.returns_on) == (None, None, None)
    assert is_sound(story)


def test_a_proposal_to_go_up_ends_with_it(raised: Raise) -> None:
    story = proposed(raised())
    story.does("firm", ask_withdrawal, **ASK)

    story.does("zone_office", grant_withdrawal, Grant)

    [proposal] = story.rows("problems_escalation")
    assert (proposal["state"], proposal["ruling"]) == ("refused", "已同意撤回，不再审核。")
    assert is_sound(story)


def test_refused_it_goes_on(raised: Raise) -> None:
    story = handled(raised)
    before = story.standing
    story.does("firm", ask_withdrawal, **ASK)

    standing = story.does("park_office", refuse_request, Refuse, words="企业表示系被要求撤回")

    assert (standing.state, standing.spell, standing.pending) == (before.state, before.spell, None)
    assert is_sound(story)


def test_it_waits_on_when_another_unit_gets_the_matter_and_no_office_decides_about_its_host(raised: Raise) -> None:
    """R-F13: the host department of the office gets the matter, so the office above decides from then on."""
    story = handled(raised)
    story.does("firm", ask_withdrawal, **ASK)

    standing = story.does(
        "park_office", reassign, Dispatch, unit_id=unit_id("130973400-economy"), reason="涉及用电"
    )

    assert (standing.pending, standing.decider_unit_id) == (RequestKind.WITHDRAWAL, unit_id("130973-office"))
    assert is_sound(story)
    standing = story.does("zone_office", grant_withdrawal, Grant)
    assert standing.state is State.WITHDRAWN


def test_only_the_reporter_takes_it_back(raised: Raise) -> None:
    story = handled(raised)

    with story.unchanged(NotYours, "现在的岗位没有"):
        story.does("park_office", ask_withdrawal, **ASK)


def test_what_is_answered_is_confirmed_or_not_but_not_taken_back(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "不能申请撤回"):
        story.does("firm", ask_withdrawal, **ASK)
