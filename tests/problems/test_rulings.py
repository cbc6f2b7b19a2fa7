"""What the level above rules: more is needed, or the level below should solve it itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cast import Story
from tests.problems.ways import Raise, acknowledged, sent_up, unit_id
from zhitong.domain.problems.actions.climbing import (
    Escalate,
    Propose,
    Rule,
    ask_lower,
    escalate,
    propose,
    rule_own_level,
)
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import PowerMissing, Stage, State

pytestmark = pytest.mark.django_db
RULINGS = [(ask_lower, "more"), (rule_own_level, "own_level")]


@pytest.mark.parametrize(("act", "ruling"), RULINGS)
def test_it_returns_to_the_unit_that_had_it_with_a_new_clock(raised: Raise, act: Callable[..., Any], ruling: str) -> None:
    story = sent_up(raised())
    before = story.standing

    standing = story.does("zone", act, Rule, reason="请先协调供电公司")

    assert (standing.state, standing.stage, standing.climbs) == (State.HANDLING, Stage.COMPLETE, 0)
    assert standing.accountable_unit_id == unit_id("130973400-economy")
    assert standing.spell is not None
    assert standing.spell.acknowledged_at == standing.spell.started_at == story.now
    assert (standing.level_region_id, standing.first_due_at) == (standing.region_id, before.first_due_at)
    [row] = story.rows("problems_escalation")
    assert (row["state"], row["ruling"], row["ruled_at"]) == (ruling, "请先协调供电公司", story.now)


@pytest.mark.parametrize(("act", "_ruling"), RULINGS)
def test_what_did_not_come_from_below_is_not_given_back(raised: Raise, act: Callable[..., Any], _ruling: str) -> None:
    story = raised()

    with story.unchanged(NotNow, "该问题不是下级提请上来的，不能退给下级"):
        story.does("park", act, Rule, reason="请先协调供电公司")


def test_more_is_asked_once(raised: Raise) -> None:
    story = sent_up(raised())
    story.does("zone", ask_lower, Rule, reason="缺负荷数据")
    sent_up_again(story)

    with story.unchanged(NotNow, "已请下级补充过一次。请办理，或写明理由认定应由本级解决"):
        story.does("zone", ask_lower, Rule, reason="还缺")
    assert story.does("zone", rule_own_level, Rule, reason="数据已全，园区可以解决").state is State.HANDLING


def test_a_unit_that_the_level_above_charged_instead_may_rule_too(raised: Raise) -> None:
    story = sent_up(raised())
    story.does("zone_office", reassign, Dispatch, unit_id=unit_id("130973-finance"), reason="涉及补贴")

    standing = story.done_by("130973-finance", rule_own_level, Rule, reason="补贴由园区发放")

    assert (standing.state, standing.accountable_unit_id) == (State.HANDLING, unit_id("130973400-economy"))


def test_after_the_sign_for_it_is_too_late(raised: Raise) -> None:
    story = acknowledged(sent_up(raised()), "zone")

    with story.unchanged(NotNow, "现在是“办理中”，不能应由本级解决"):
        story.does("zone", rule_own_level, Rule, reason="属园区权限")


def sent_up_again(story: Story) -> None:
    """From a unit that has it in hand already."""
    story.does("park", propose, Propose, tried="已补数据", power_missing=PowerMissing.AUTHORITY, asked_for="协调")
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=date(2018, 4, 28))
