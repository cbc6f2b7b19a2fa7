"""A department proposes that a matter go up; its office sends it up, or keeps it here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.cast import acting
from tests.problems.ways import Raise, acknowledged, proposed, sent_up, unit_id
from zhitong.domain.organisations.models import Line
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.climbing import (
    Escalate,
    Keep,
    NoUnitAbove,
    Propose,
    Rule,
    escalate,
    keep,
    propose,
    rule_own_level,
)
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Stage, State

pytestmark = pytest.mark.django_db
WORDS = {"tried": "已协商两次", "power_missing": PowerMissing.AUTHORITY, "asked_for": "协调错峰方案"}
CONSENT = {"consent_by": "演示主任", "consent_on": date(2018, 4, 27)}


def test_a_proposal_waits_for_the_office_while_the_handling_clock_runs_on(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    standing = story.does("park", propose, Propose, **WORDS)

    assert standing.state is State.PROPOSED
    assert (standing.spell, standing.stage_due_at) == (before.spell, before.stage_due_at)
    [row] = story.rows("problems_escalation")
    assert (row["state"], row["tried"], row["asked_for"]) == ("proposed", "已协商两次", "协调错峰方案")


def test_the_root_has_nobody_above(raised: Raise) -> None:
    story = sent_up(sent_up(sent_up(raised()), "zone", "zone_office"), "city", "city_office")
    acknowledged(story, "province")

    with story.unchanged(NoUnitAbove, "本级已是最高层级，没有上级可以提请。请办理，或如实答复无法解决的原因"):
        story.does("province", propose, Propose, **WORDS)


def test_it_is_proposed_after_the_sign_for(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "现在是“待签收”，不能提出上报"):
        story.does("park", propose, Propose, **WORDS)


def test_what_is_proposed_is_not_answered_meanwhile(raised: Raise) -> None:
    story = proposed(raised())

    with story.unchanged(NotNow, "现在是“拟提请上级”，不能办结"):
        story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")


def test_the_office_keeps_it_with_a_reason_and_the_unit_goes_on(raised: Raise) -> None:
    story = proposed(raised())

    standing = story.does("park_office", keep, Keep, reason="本级可以协调")

    assert (standing.state, standing.accountable_unit_id) == (State.HANDLING, unit_id("130973400-economy"))
    [row] = story.rows("problems_escalation")
    assert (row["state"], row["ruling"], row["ruled_at"]) == ("refused", "本级可以协调", story.now)


def test_after_keeping_it_may_be_proposed_again(raised: Raise) -> None:
    story = proposed(raised())
    story.does("park_office", keep, Keep, reason="本级可以协调")

    assert story.does("park", propose, Propose, **WORDS).state is State.PROPOSED
    assert [row["state"] for row in story.rows("problems_escalation")] == ["refused", "proposed"]


def test_a_department_does_not_decide_on_its_own_proposal(raised: Raise) -> None:
    story = proposed(raised())

    with story.unchanged(NotYours):
        story.does("park", keep, Keep, reason="算了")
    with story.unchanged(NotYours):
        story.does("park", escalate, Escalate, **CONSENT)


def test_it_goes_up_to_the_counterpart_and_the_office_above_is_informed(raised: Raise) -> None:
    story = proposed(raised())
    first = story.standing.first_due_at

    standing = story.does("park_office", escalate, Escalate, **CONSENT)

    assert (standing.state, standing.stage, standing.climbs) == (State.DISPATCHED, Stage.ACKNOWLEDGE, 1)
    assert standing.accountable_unit_id == unit_id("130973-economy")
    assert standing.spell is not None
    assert standing.spell.started_at == story.now
    assert standing.first_due_at == first
    assert (story.parties()["zone"], story.parties()["zone_office"]) == ("handler", "informed")
    [row] = story.rows("problems_escalation")
    assert (row["state"], row["consent_by"], row["consent_on"]) == ("sent", "演示主任", date(2018, 4, 27))


def test_nothing_goes_up_that_was_not_proposed(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "现在是“办理中”，不能提请上级协调"):
        story.does("park_office", escalate, Escalate, **CONSENT)


def test_the_office_of_another_level_does_not_send_it_up(raised: Raise) -> None:
    story = proposed(raised())

    with story.unchanged(NotNow, "“提请上级协调”由南大港产业园区.*办理，不是本单位"):
        story.does("zone_office", escalate, Escalate, **CONSENT)


def test_where_the_level_above_keeps_no_such_line_its_office_receives_and_rules(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", propose, Propose, **WORDS)
    _put_on_line(story.problem_id, "power")  # above, only a consulted body keeps it

    standing = story.does("park_office", escalate, Escalate, **CONSENT)

    assert (standing.state, standing.stage) == (State.ACCEPTED, Stage.DISPATCH)
    assert standing.accountable_unit_id == unit_id("130973-office")
    ruled = story.does("zone_office", rule_own_level, Rule, reason="属园区权限")
    assert (ruled.state, ruled.accountable_unit_id) == (State.HANDLING, unit_id("130973400-economy"))


def _put_on_line(problem_id: UUID, code: str) -> None:
    with acting("province_office"):
        Problem.objects.filter(id=problem_id).update(line_id=Line.objects.get(code=code).id)
