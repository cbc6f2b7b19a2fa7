"""A case up five levels and back: a village's township, the park, the zone, the city, the province. R-A1, R-F4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import PROPOSAL, Raise, acknowledged, proposed, unit, unit_id
from tests.world import packages
from zhitong.config import database as config
from zhitong.domain.organisations.actions.loading import load
from zhitong.domain.organisations.package.rows import OrganisationPackage
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import Escalate, PassDown, escalate, pass_down, propose
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State

DEEP, TOWNSHIP = "130973400901", "130973400901-government"
CONSENT = {"consent_by": "演示主任", "consent_on": date(2018, 4, 27)}


@pytest.fixture
def deep(fresh_database: str, raised: Raise) -> Story:
    """A matter raised in an invented township under the park, which the rule gives to its government."""
    [order] = [package.organisation for package in packages() if package.organisation is not None]
    with config.as_role("owner", name=fresh_database):
        load(_with_township(order), on=date(2018, 1, 1))
    region = directory().region_coded(DEEP)
    assert region is not None
    return raised(region_id=region.id)


def _with_township(order: OrganisationPackage) -> OrganisationPackage:
    region = next(row for row in order.regions if row.code == "130973206")
    office = next(row for row in order.units if row.region == region.code)
    deep = replace(
        region, code=DEEP, name="演示乡", short="演示乡", statistics_code="", parent="130973400", reporting_parent="130973400",
        statistical_parent="130973400",
    )
    government = replace(office, code=TOWNSHIP, region=DEEP, name="演示乡人民政府", short="演示乡政府", aliases=())
    return replace(order, regions=(*order.regions, deep), units=(*order.units, government))


def at_the_top(story: Story) -> Story:
    """Signed for, proposed and sent up at each level; signed for by the province."""
    story.done_by(TOWNSHIP, acknowledge, Acknowledge, contact="已到企业")
    step = {name: value for name, value in PROPOSAL.items() if name != "step"}
    story.done_by(TOWNSHIP, propose, PROPOSAL["step"], **step)
    story.does("park_office", escalate, Escalate, **CONSENT)
    for login, office in (("park", "park_office"), ("zone", "zone_office"), ("city", "city_office")):
        proposed(story, login).does(office, escalate, Escalate, **CONSENT)
    return acknowledged(story, "province")


def test_it_climbs_level_by_level_and_the_answer_comes_back_through_each(deep: Story) -> None:
    at_the_top(deep)

    handled = [row["unit_id"] for row in deep.rows("problems_spell") if row["kind"] == "handling"]
    assert len(directory().path(unit(TOWNSHIP).region_id)) == len(handled) == 5
    assert handled == [
        unit_id(code) for code in (TOWNSHIP, "130973400-economy", "130973-economy", "1309-development", "13-development")
    ]
    assert (deep.standing.state, deep.standing.climbs) == (State.HANDLING, 4)
    assert_sound(deep)

    deep.does("province", complete, Complete, outcome=Outcome.SOLVED, text="已纳入省级统筹。")
    relays = []
    for login in ("city", "zone", "park"):
        relays.append(deep.standing.relay_unit_id)
        deep.does(login, pass_down, PassDown)
    relays.append(deep.standing.relay_unit_id)
    before = seen_by_the_firm(deep)
    deep.done_by(TOWNSHIP, pass_down, PassDown)

    assert relays == [unit_id(code) for code in ("1309-development", "130973-economy", "130973400-economy", TOWNSHIP)]
    assert (before, seen_by_the_firm(deep)) == ([], ["已纳入省级统筹。"])
    deep.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    assert deep.does("park_office", close_off, CloseOff).state is State.CLOSED
    assert_sound(deep)


def seen_by_the_firm(story: Story) -> list[str]:
    with acting_as(viewer("firm")) as here:
        return [answer.text for answer in problem_page(here, story.problem_id, now=story.now).answers]


def assert_sound(story: Story) -> None:
    with acting("province_office"):
        assert findings_of([story.problem_id], now=story.now) == []
        assert findings_of_counts(cuts.CUTS) == []
