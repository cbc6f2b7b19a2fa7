"""From facts to topics: what moves, for whom, at how many queries; of a sealed complaint nothing moves at all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cards.conftest import opened_september, seen_from_the_firm, send
from tests.cast import Story, acting
from tests.live.conftest import fact, named, raise_one
from tests.problems.ways import sent_up, unit_id
from zhitong.config import database as config
from zhitong.domain.cards.models import Card
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.problems.models import Problem
from zhitong.live.moving import may_change_rights, topics_of

PARK_AND_ABOVE = {"region:130973400", "region:130973", "region:1309", "region:13"}


def number_of(story: Story) -> str:
    with acting("province_office"):
        return Problem.objects.get(id=story.problem_id).number


def test_a_problem_moves_its_regions_everybody_who_takes_part_and_itself(fresh_database: str) -> None:
    story = raise_one()
    sent_up(story)
    number = number_of(story)

    with config.as_role("worker", name=fresh_database):
        moved = named(topics_of([fact("problem.escalated", "problem", story.problem_id)]))

    assert moved >= PARK_AND_ABOVE | {
        f"problem:{number}", "unit:firm-nandagang", "unit:130973400-economy", "unit:130973400-office", "unit:130973-economy",
    }
    assert not any(topic.startswith(("region:130982", "region:1301", "unit:firm-renqiu")) for topic in moved)


def test_a_card_moves_its_firm_its_region_and_who_collects_and_cares(fresh_database: str) -> None:
    cast = seen_from_the_firm()
    send(cast, opened_september(cast))
    with config.as_role("worker", name=fresh_database):
        card_id = Card.objects.values_list("id", flat=True).get()
        moved = named(topics_of([fact("card.submitted", "card", card_id)]))

    assert moved >= PARK_AND_ABOVE | {"unit:firm-nandagang", "unit:130973400-economy"}
    assert "region:130982" not in moved


@pytest.mark.django_db
def test_a_fact_moves_the_units_and_regions_it_names_and_the_unit_that_acted() -> None:
    zone, city = Region.objects.get(code="130973"), Region.objects.get(code="1309")
    told = fact(
        "supervision.issued", "supervision", unit_id=unit_id("13-office"), unit=str(unit_id("130973-economy")),
        units=[str(unit_id("130973400-economy")), "not an id", 7], region=str(zone.id), number="督〔2018〕1号", on=None,
    )

    assert named(topics_of([told])) == {
        "unit:13-office", "unit:130973-economy", "unit:130973400-economy", "region:130973", "region:1309", "region:13",
    }
    assert named(topics_of([fact("x", "report", region=str(city.id))])) == {"region:1309", "region:13"}


@pytest.mark.django_db
def test_a_region_shown_beside_moves_there_too() -> None:
    """黄骅 reports to 沧州 and is shown in 渤海新区."""
    shown = Region.objects.get(code="130983")

    assert named(topics_of([fact("x", "round", region=str(shown.id))])) == {
        "region:130983", "region:130973", "region:1309", "region:13",
    }


@pytest.mark.django_db
def test_of_a_sealed_complaint_nothing_moves() -> None:
    """R-F13: sealed from the office above, the search and small counts; here even from who sees that something moved."""
    holder = Unit.objects.get(code="13-office")

    assert topics_of([fact("complaint.submitted", "complaint", unit_id=holder.id, unit=str(holder.id))]) == set()


@pytest.mark.django_db
def test_a_gate_that_is_frozen_moves_every_region() -> None:
    assert named(topics_of([fact("gate.frozen", "gate")])) == {f"region:{one.code}" for one in Region.objects.all()}


@pytest.mark.django_db
def test_many_facts_cost_no_more_queries_than_one() -> None:
    def many(count: int) -> list[ReadFact]:
        kinds = ("problem", "card", "card_excuse", "report")
        return [fact("x", kind) for kind in kinds for _ in range(count)]

    topics_of(many(1))
    with CaptureQueriesContext(connection) as of_few:
        topics_of(many(1))
    with CaptureQueriesContext(connection) as of_many:
        topics_of(many(300))

    assert len(of_many) == len(of_few) <= 4


@pytest.mark.parametrize(
    ("kind", "may_change"),
    [("entry.left", True), ("handing.signed", True), ("unit.dissolved", True), ("problem.accepted", False)],
)
def test_which_facts_may_change_what_somebody_sees(kind: str, may_change: bool) -> None:
    assert may_change_rights([fact("card.submitted", "card"), fact(kind, "thing")]) is may_change
