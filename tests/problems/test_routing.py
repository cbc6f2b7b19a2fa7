"""Where a problem goes first: joint leads, direct ways, and bodies that are only consulted (R-F2, R-B8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Story, acting
from tests.problems.ways import Raise, unit, unit_id
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.models import RoutingRow
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.routing import Route, RoutingRule, route
from zhitong.kit.ids import uuid7

pytestmark = pytest.mark.django_db


def line(code: str) -> Any:
    return next(one.id for one in directory().lines.values() if one.code == code)


def routed(region: str, lead: str, joint: tuple[str, ...] = (), direct: Rank | None = None) -> Route:
    rule = RoutingRule("one", line(lead), (), {}, "试验规则", tuple(line(code) for code in joint), direct)
    return route(traits={}, region_id=unit(region).region_id, rules=[rule], directory=directory())


def test_a_line_kept_by_a_consulted_body_is_its_contact_units_matter() -> None:
    way = routed("130973-office", "power")

    assert way.unit is not None
    assert way.unit.code == "130973-economy"
    assert "国网沧州渤海新区供电公司承担“电力供应”条线，不在属地管理序列，由对口联系单位" in way.words
    assert way.words.endswith("承办并商请。")


def test_every_consulted_keeper_of_the_shipped_campaign_leads_to_a_unit_that_can_be_charged() -> None:
    here = directory()
    consulted = [one for one in here.units.values() if one.is_consulted and one.line_ids]
    assert len(consulted) > 5

    for body in consulted:
        for line_id in body.line_ids:
            rule = RoutingRule("one", line_id, (), {}, "试验规则")
            way = route(traits={}, region_id=body.region_id, rules=[rule], directory=here)
            assert way.unit is not None, body.name
            assert not way.unit.is_consulted


def test_joint_leads_take_part_and_one_is_accountable() -> None:
    way = routed("130973400-office", "energy", joint=("finance", "energy", "safety"))

    assert way.unit is not None
    assert way.unit.code == "130973400-economy"
    assert way.joint_unit_ids == (unit_id("130973400-finance"), unit_id("130973400-safety"))
    assert way.words.endswith("南大港产业园区财政局、南大港产业园区安监环保局共同牵头，南大港产业园区经发局主办。")


@pytest.mark.parametrize(("direct", "code"), [(Rank.CITY, "1309-development"), (Rank.PROVINCE, "13-development")])
def test_a_direct_way_passes_the_levels_below(direct: Rank, code: str) -> None:
    way = routed("130973400-office", "energy", direct=direct)

    assert way.unit is not None
    assert way.unit.code == code
    assert f"按规则由{direct.label}直办" in way.words


def test_a_direct_way_that_nobody_keeps_there_lies_at_the_desk() -> None:
    way = routed("130973400-office", "energy", direct=Rank.TOWNSHIP)

    assert way.unit is None
    assert "乡级没有承担“能源保障”条线的单位，转属地活动办公室" in way.words


@pytest.fixture
def rule_of_energy() -> Callable[..., None]:
    """Let the rule of energy say more, as an office's saving does."""

    def change(**more: object) -> None:
        with acting("province_office"):
            RoutingRow.objects.filter(code="energy").update(saving=str(uuid7()), **more)

    return change


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=NOW) == []


def test_a_rule_with_joint_leads_opens_their_parts_at_dispatch(raised: Raise, rule_of_energy: Callable[..., None]) -> None:
    rule_of_energy(joint=["finance"])

    story = raised()

    standing = story.standing
    assert (standing.accountable_unit_id, standing.open_parts) == (unit_id("130973400-economy"), 1)
    [part] = story.rows("problems_part")
    assert (part["kind"], part["unit_id"], part["state"]) == ("joint", unit_id("130973400-finance"), "asked")
    assert part["due_at"] is not None
    assert story.facts()[-1].body["joint"] == [str(unit_id("130973400-finance"))]
    assert sound(story)


def test_a_direct_rule_charges_the_higher_level_at_once(raised: Raise, rule_of_energy: Callable[..., None]) -> None:
    rule_of_energy(direct="city")

    story = raised()

    standing = story.standing
    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, unit_id("1309-development"))
    assert standing.level_region_id == unit("1309-office").region_id
    assert sound(story)
