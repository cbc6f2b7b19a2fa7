"""The office asks the firm once for what is missing; the firm supplies it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import acting
from tests.problems.ways import Raise, waiting
from zhitong.domain.problems.actions.receiving import AskMore, Supply, ask_more, supply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def test_the_matter_waits_for_the_firm_without_a_limit(raised: Raise) -> None:
    story = waiting(raised)

    standing = story.does("park_office", ask_more, AskMore, question="请补充用电容量")

    assert (standing.state, standing.asks) == (State.ASKED, 1)
    assert (standing.stage, standing.stage_due_at) == (None, None)
    assert story.facts()[-1].words == {"question": "请补充用电容量"}


def test_what_the_firm_supplies_stands_below_its_text_and_the_limit_starts_anew(raised: Raise) -> None:
    story = waiting(raised)
    before = story.standing
    story.does("park_office", ask_more, AskMore, question="请补充用电容量")
    story.now += timedelta(days=4)

    standing = story.does("firm", supply, Supply, text="容量 2000 千伏安")

    assert (standing.state, standing.stage) == (State.SUBMITTED, Stage.DISPATCH)
    assert standing.stage_due_at is not None
    assert before.stage_due_at is not None
    assert standing.stage_due_at > before.stage_due_at
    with acting("firm"):
        text = Problem.objects.values_list("text", flat=True).get(id=story.problem_id)
    assert text == "夜间限电，热处理炉不能连续生产。\n补正：容量 2000 千伏安"


def test_asking_a_second_time_is_refused(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", ask_more, AskMore, question="请补充用电容量")
    story.does("firm", supply, Supply, text="容量 2000 千伏安")

    with story.unchanged(NotNow, "已请企业补正过一次，不能再次要求补正。请受理，或写明理由不予受理"):
        story.does("park_office", ask_more, AskMore, question="还要电费单")


def test_nothing_is_supplied_that_was_not_asked_for(raised: Raise) -> None:
    story = waiting(raised)

    with story.unchanged(NotNow, "现在是“待受理”，不能补正"):
        story.does("firm", supply, Supply, text="另外还想说")


def test_another_firm_cannot_supply(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", ask_more, AskMore, question="请补充用电容量")

    with story.unchanged(NotFound):
        story.does("other_firm", supply, Supply, text="容量 2000 千伏安")
