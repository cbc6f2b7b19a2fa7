"""The bar of acts: one first, a few beside it, everything else folded under its head, greyed ones with their reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import unit_id
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, SendBack, acknowledge, complete, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.bar import AT_HAND, USUAL
from zhitong.web.problems.way import PHASES, Group

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


@pytest.fixture
def bar_for(at_desk: Desk) -> Callable[[str, Story], Any]:
    """The bar that a member of the cast sees on a problem's page."""
    return lambda login, story: at_desk(login).get(f"/problems/{story.standing.number}/").context["bar"]


def test_the_next_act_comes_first_and_few_stand_beside_it(bar_for: Any, raised: Raised) -> None:
    story = raised()

    story.does("park", acknowledge, Acknowledge, contact="已联系")
    bar = bar_for("park", story)

    assert str(bar.at_hand[0].label) == "办结"
    assert [act.primary for act in bar.at_hand] == [True] + [False] * (len(bar.at_hand) - 1)
    assert 1 < len(bar.at_hand) <= AT_HAND
    assert bar.calm


def test_what_may_not_be_done_is_greyed_with_its_reason_inside_the_fold(bar_for: Any, at_desk: Desk, raised: Raised) -> None:
    story = raised()

    bar = bar_for("park_office", story)
    folded = [act for group in bar.folded for act in group.acts]
    page = at_desk("park_office").get(f"/problems/{story.standing.number}/").content.decode()

    assert all(act.allowed for act in bar.at_hand)
    refused = [act for act in folded if not act.allowed]
    assert refused
    assert all(act.reason in page and "不是本单位" in act.reason for act in refused)


def test_every_allowed_act_is_in_the_bar_once(bar_for: Any, raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系")

    bar = bar_for("park", story)
    labels = [str(act.label) for act in (*bar.at_hand, *(act for group in bar.folded for act in group.acts))]

    assert len(labels) == len(set(labels))
    assert {"办结", "阶段性答复", "退回", "提出上报"} <= set(labels)


def test_the_served_see_yes_and_no_side_by_side_at_any_width(bar_for: Any, raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    bar = bar_for("firm", story)

    assert {"认可答复", "不满意，请再办"} <= {str(act.label) for act in bar.at_hand}
    assert not bar.calm


def test_who_may_only_look_gets_no_bar(at_desk: Desk, raised: Raised) -> None:
    story = raised()

    assert at_desk("outsider").get(f"/problems/{story.standing.number}/").status_code == 404


def test_an_act_folds_under_the_head_of_its_phase() -> None:
    heads = {act: way.folded_under for act, way in WAYS.items()}

    assert all(
        head is PHASES.get(WAYS[act].step.__module__.rpartition(".")[2], WAYS[act].group or Group.OTHER)
        for act, head in heads.items()
    )
    assert len(USUAL) == len(set(USUAL))


def test_where_a_designation_is_due_it_comes_first(bar_for: Any, raised: Raised) -> None:
    story, given = raised(), {"rule": "三定方案第二条", "whose": "财政局"}
    story.does("park", send_back, SendBack, **given)
    story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="仍属能源保障")
    story.does("park", send_back, SendBack, **given)

    bar = bar_for("park_office", story)

    assert (str(bar.at_hand[0].label), bar.at_hand[0].primary) == ("指定承办", True)
