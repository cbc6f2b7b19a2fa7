"""The office accepts a matter that no rule has sent."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, unit_id, waiting
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.receiving import Accept, accept
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import SpellKind, Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def test_a_matter_without_a_rule_waits_at_the_desk_of_its_office(raised: Raise) -> None:
    standing = waiting(raised).standing

    assert standing.state is State.SUBMITTED
    assert standing.accountable_unit_id == unit_id("130973400-office")
    assert standing.routing_words == "没有适用的分发规则，转属地活动办公室人工交办。"
    assert standing.accepted_at is None


def test_it_becomes_the_offices_to_dispatch_and_the_clock_of_acceptance_starts(raised: Raise) -> None:
    story = waiting(raised)

    standing = story.does("park_office", accept, Accept)

    assert (standing.state, standing.stage) == (State.ACCEPTED, Stage.DISPATCH)
    assert standing.accepted_at == story.now
    assert standing.first_due_at is None
    assert [row["kind"] for row in story.rows("problems_spell")] == [SpellKind.INTAKE.value, SpellKind.DESK.value]
    assert [fact.kind for fact in story.facts()] == ["problem.submitted", "problem.accepted"]


def test_what_a_rule_sends_is_accepted_in_the_moment_it_is_submitted(raised: Raise) -> None:
    standing = raised().standing

    assert standing.accepted_at == standing.submitted_at == NOW
    assert standing.state is State.DISPATCHED


def test_it_is_refused_the_second_time_with_who_was_first(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    with story.unchanged(NotNow, "已于4月27日 15:50由南大港产业园区.*受理，现在是“待交办”，不能受理"):
        story.does("park_office", accept, Accept)


@pytest.mark.parametrize(
    ("login", "refused", "sentence"),
    [
        ("zone_office", NotNow, "“受理”由南大港产业园区.*办理，不是本单位"),
        ("firm", NotYours, "没有“受理、交办"),
        ("park", NotFound, "没有找到"),
        ("outsider", NotFound, "没有找到"),
    ],
)
def test_it_is_the_office_alone_that_accepts(
    raised: Raise, login: str, refused: type[NotNow], sentence: str
) -> None:
    story = waiting(raised)

    with story.unchanged(refused, sentence):
        story.does(login, accept, Accept)
