"""A matter goes to the unit that can solve it: by rule, or by the office's hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cast import viewer
from tests.problems.ways import Raise, unit, unit_id, waiting
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.kinds import SpellKind, Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def test_a_rule_sends_it_to_the_keeper_of_its_line_and_says_why(raised: Raise) -> None:
    story = raised(category="energy")

    standing = story.standing

    assert standing.accountable_unit_id == unit_id("130973400-economy")
    assert standing.rule_code == "energy"
    assert standing.routing_words.endswith("南大港产业园区经发局承担“能源保障”条线。")
    assert standing.accepted_at == NOW
    # 4月27日 15:40 起，15 个工作日：4月28日(补班) 5月2–4日 7–11日 14–18日 21日
    assert standing.first_due_at == datetime(2018, 5, 21, 9, 30, tzinfo=UTC)
    assert [row["kind"] for row in story.rows("problems_spell")] == [SpellKind.HANDLING.value]
    assert story.parties() == {"firm": "informed", "park": "handler", "park_office": "office"}


def test_the_office_hands_it_to_a_unit_and_the_clock_starts_then_not_at_the_sign_for(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    standing = story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="涉及用电")

    assert (standing.state, standing.stage) == (State.DISPATCHED, Stage.ACKNOWLEDGE)
    assert standing.accountable_unit_id == unit_id("130973400-economy")
    assert standing.spell is not None
    assert standing.spell.started_at == story.now
    assert standing.first_due_at == datetime(2018, 5, 21, 9, 30, tzinfo=UTC)
    assert story.parties()["park"] == "handler"
    assert story.facts()[-1].words == {"why": "涉及用电"}


def test_a_unit_of_another_territory_is_refused(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    with story.unchanged(NotNow, "只能交给本辖区内的单位。需要上级解决的，请由承办单位提出提请上级协调"):
        story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973-economy"), reason="上级更合适")


def test_a_consulted_body_is_refused_and_its_contact_unit_named(raised: Raise) -> None:
    story = waiting(raised, region_id=unit("130973-office").region_id)
    story.does("zone_office", accept, Accept)

    with story.unchanged(NotNow, "国网沧州渤海新区供电公司不在属地管理序列，不能直接交办。请交给.*，由其商请"):
        story.does("zone_office", dispatch, Dispatch, unit_id=unit_id("130973-power"), reason="供电")


def test_a_firm_is_no_unit_to_hand_work_to(raised: Raise) -> None:
    story = waiting(raised)
    standing = story.does("park_office", accept, Accept)
    assert standing.reporter_unit_id is not None

    with story.unchanged(NotNow, "只能交给本辖区内的单位"):
        story.does("park_office", dispatch, Dispatch, unit_id=standing.reporter_unit_id, reason="请自己解决")


def test_it_must_be_accepted_first(raised: Raise) -> None:
    story = waiting(raised)

    with story.unchanged(NotNow, "现在是“待受理”，不能交办"):
        story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="涉及用电")


def test_the_office_of_the_neighbour_finds_nothing_to_dispatch(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    with story.unchanged(NotFound):
        story.does("neighbour", dispatch, Dispatch, unit_id=unit_id("130982-industry"), reason="归我们")


def test_a_limit_beyond_the_published_calendar_is_provisional_and_the_page_says_so(raised: Raise) -> None:
    late = datetime(2019, 12, 27, 2, tzinfo=UTC)  # the State Council has published 2018 and 2019 in this world

    story = raised(now=late)

    standing = story.standing
    assert (standing.stage, standing.due_is_provisional) == (Stage.ACKNOWLEDGE, False)
    assert standing.first_due_at == datetime(2020, 1, 17, 9, 30, tzinfo=UTC)
    with acting_as(viewer("park")) as here:
        whole = problem_page(here, story.problem_id, now=late).clocks[-1]
    assert (whole.name, whole.due_at) == ("总时限", standing.first_due_at)
    assert whole.arithmetic.endswith("（该年放假安排尚未公布，为暂定时间）")
