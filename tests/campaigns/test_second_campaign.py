"""Another campaign of another year with four levels is a package of text files and nothing else (R-C1, R-C5)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from zhitong.cli import cascade
from zhitong.config import database as config
from zhitong.domain.calendars.actions import load_published
from zhitong.domain.campaigns.actions import load
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.models import Person, Post, Region, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.actions.dividing.answering import accept
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.models import Target, WeightSet
from zhitong.domain.plans.queries import plan_of, tasks_of
from zhitong.domain.plans.queries.dividing.incoming import incoming_shares
from zhitong.domain.plans.queries.dividing.verifying import checked_lines
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.progress.models import Duty
from zhitong.kit.clock import held_at
from zhitong.launch import database, migrating

pytestmark = pytest.mark.prove
PACKAGE = Path(__file__).parent / "packages" / "sanchuang-2020"
CAMPAIGN, NOW = "sanchuang-2020", datetime(2020, 3, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def second_campaign(running_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which this campaign stands beside nothing else."""
    name = "zhitong_second_campaign"
    database.drop(name)
    database.create(name)
    try:
        with django_db_blocker.unblock():
            with config.as_role("owner", name=name):
                migrating.apply()
                load_published(2020, 2020)
                open_months(date(2020, 1, 1), date(2020, 12, 31))
                load(PACKAGE, now=datetime(2020, 3, 1, tzinfo=UTC))
            with config.as_role("web", name=name):
                yield
    finally:
        database.drop(name)


def officer(unit: str) -> Viewer:
    """Somebody who works in an office."""
    post = Post.objects.filter(unit__code=unit, kind="officer").order_by("title")[0]
    person, is_new = Person.objects.get_or_create(login=unit, defaults={"name": "演示"})
    if is_new:
        Tenure.objects.create(post=post, person=person, since=date(2020, 1, 1))
    found = viewer_for(person.id, post.id, NOW.date())
    assert found is not None
    return found


def turn_of(unit: str) -> Turn:
    """A turn of an office."""
    return Turn(viewer=officer(unit), via="test", now=NOW)


def divided(region: str) -> int:
    """Let the office of a region divide all that it has; how many targets that were."""
    turn = turn_of(f"{region}-office")
    with acting_as(turn.viewer):
        mine = list(Target.objects.filter(region__code=region, is_cancelled=False).values_list("id", flat=True))
        weights = WeightSet.objects.get(campaign=CAMPAIGN, code="households")
        return len(divide_at_once(mine, turn, method=DivisionMethod.WEIGHT, since=NOW.date(), weights_id=weights.id))


def test_four_levels_are_walked_without_a_line_of_code(second_campaign: None, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = campaign_in_force()
    assert campaign is not None
    assert (campaign.code, campaign.year) == (CAMPAIGN, 2020)
    city = officer("90-office")
    with acting_as(city):
        plan = plan_of(city, CAMPAIGN, Region.objects.get(code="90").id)
        assert plan is not None
        assert [task.number for task in tasks_of(city, plan.id)] == ["1", "2"]

    for region in ("90", "9001", "9002", "900101", "900102", "900201"):
        assert divided(region)

    with held_at(NOW), acting_as(city):
        lines = checked_lines(CAMPAIGN, NOW.date())
        assert {line.region for line in lines} == {"演示市", "演示东县", "演示西县", "演示河口镇", "演示青石镇", "演示西关镇"}
        assert all(line.is_exact for line in lines)
        assert cascade.run(argparse.Namespace(campaign=None, json=False)) == 0
    assert "逐级相符" in capsys.readouterr().out
    villages = Target.objects.filter(indicator__code="S003", region__name__endswith="村", is_cancelled=False)
    assert sum((row.value for row in villages), Decimal(0)) == Decimal("120.5")
    assert {row.value for row in Target.objects.filter(indicator__code="S002")} == {Decimal("1.5")}

    town = turn_of("900101-office")
    with acting_as(town.viewer):
        came = incoming_shares(town.viewer, CAMPAIGN, town.viewer.region_id)
        assert accept([one.id for one in came], town) == len(came) == 4
    with acting_as(city):
        assign_duties(CAMPAIGN, on=NOW.date())
        assert Duty.objects.filter(region__code="90010101", unit__code="90010101-government").exists()
