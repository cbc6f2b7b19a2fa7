"""Another campaign of another year with four levels is a package of text files and nothing else (R-C1, R-C5)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.campaigns.second import (
    CAMPAIGN,
    CITY,
    COUNTIES,
    LEVELS,
    NOW,
    REPORTING,
    SLOW,
    TOWNS,
    acting,
    build,
    divided,
    officer,
    region_id,
    reported,
    turn_of,
)
from tests.files.samples import upload
from zhitong.cli import cascade
from zhitong.config import database as config
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.extras.actions.carrying import complete_item, rate_item
from zhitong.domain.extras.actions.deciding import publish_list, put_on_the_list, weigh
from zhitong.domain.extras.actions.proposing import NewProposal, propose
from zhitong.domain.extras.queries.proposals import proposal_seen
from zhitong.domain.extras.rules.kinds import ExtraKind, ProposalState, WishSource
from zhitong.domain.extras.rules.weighing import Points
from zhitong.domain.files.actions import store
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.actions.advancing import complete_milestone
from zhitong.domain.plans.actions.amending.deciding import approve_amendment
from zhitong.domain.plans.actions.amending.drafting import AmendmentAsked, draft_amendment, submit_amendment
from zhitong.domain.plans.actions.dividing.answering import accept
from zhitong.domain.plans.models import Plan, Target, TargetTerm
from zhitong.domain.plans.queries import plan_of, tasks_of
from zhitong.domain.plans.queries.dividing.incoming import incoming_shares
from zhitong.domain.plans.queries.dividing.verifying import checked_lines
from zhitong.domain.plans.rules import Changed
from zhitong.domain.plans.rules.amending import ItemAsked
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.opening import open_period
from zhitong.domain.progress.models import Duty, GateReading, Report, Standing
from zhitong.domain.progress.queries.verifying import verify
from zhitong.kit.clock import held_at
from zhitong.launch import database

pytestmark = pytest.mark.prove
ORIGIN = "zhitong_second_campaign"


@pytest.fixture(scope="module")
def origin(running_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The campaign loaded into an empty database, once."""
    with django_db_blocker.unblock():
        build(ORIGIN)
    yield ORIGIN
    database.drop(ORIGIN)


@pytest.fixture
def second_campaign(origin: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of it for a test alone."""
    with databases.copy_of(origin) as name, django_db_blocker.unblock(), config.as_role("web", name=name):
        yield


def test_four_levels_are_walked_without_a_line_of_code(second_campaign: None, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = campaign_in_force()
    assert campaign is not None
    assert (campaign.code, campaign.year) == (CAMPAIGN, 2020)
    city = officer("90-office")
    with acting_as(city):
        plan = plan_of(city, CAMPAIGN, Region.objects.get(code="90").id)
        assert plan is not None
        assert [task.number for task in tasks_of(city, plan.id)] == ["1", "2"]

    for region in (CITY, *COUNTIES, *TOWNS):
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


def test_reports_of_four_levels_light_up_and_the_gate_of_the_package_is_read(second_campaign: None) -> None:
    for region in (CITY, *COUNTIES, *TOWNS):
        divided(region)
    with acting("90-office"):
        assign_duties(CAMPAIGN, on=NOW.date())
        assert open_period(CAMPAIGN, period_of("2020-08"), now=REPORTING) == 2 * sum(map(len, LEVELS))

    said = reported("2020-08")

    with acting("90-office"):
        assert set(Report.objects.values_list("state", flat=True)) == {"accepted"}
        assert said["S003", "90"] == sum(value for (code, one), value in said.items() if code == "S003" and len(one) == 8)
        roads = dict(Standing.objects.filter(indicator__code="S003").values_list("region__code", "light"))
        assert (roads[SLOW], roads["90010101"], roads["90"]) == ("red", "green", "green")
        october = datetime(2020, 10, 1, 1, 0, tzinfo=UTC)
        assert freeze_gates(october) == 4 * sum(map(len, LEVELS))
        gate = dict(GateReading.objects.filter(indicator__code="S003").values_list("region__code", "result"))
        assert (gate[SLOW], gate["90010101"]) == ("short", "reached")
        assert set(GateReading.objects.values_list("gate__code", flat=True)) == {"autumn"}
        found = verify(now=october)
    assert (found.findings, found.standings, found.gates) == ([], 44, 44)


def test_the_city_amends_its_plan_and_what_was_in_force_before_stays_readable(second_campaign: None) -> None:
    with acting("90-office") as city:
        plan = Plan.objects.get(campaign=CAMPAIGN)
        target = Target.objects.get(indicator__code="S002", region__code="90")
        more = ItemAsked(Changed.VALUE, target.id, {"comparator": ">=", "value": "1.6", "upper": ""})
        asked = AmendmentAsked("关于调整研发投入强度目标的通知（演示）", "按市政府常务会议要求调整。（演示）", "", date(2020, 6, 1), [more])
        amendment = draft_amendment(city, plan.id, asked, actor=city.actor("test"), now=NOW)
        submit_amendment(city, amendment, version=1, actor=city.actor("test"), now=NOW)

        approve_amendment(city, amendment, decision="同意。", document_number="演示〔2020〕9号", actor=city.actor("test"), now=NOW)

        terms = TargetTerm.objects.filter(target=target).order_by("since").values_list("value", "source")
        assert list(terms) == [(Decimal("1.5"), "plan"), (Decimal("1.6"), "amendment")]


def test_a_town_puts_a_wish_of_its_villages_on_its_own_list_and_carries_it_through(second_campaign: None) -> None:
    with acting("900101-government") as town:
        actor = town.actor("test")
        proposal = propose(town, NewProposal(
            campaign=CAMPAIGN, kind=ExtraKind.MICRO_ITEM, title="修桥护栏（演示）", place="演示前街村东头", what="加装护栏80米。",
            reasons="村民代表会议提出。", source=WishSource.RESIDENTS, cost_cny=Decimal(60_000), funding="镇自筹", beneficiaries=400,
            by_when=date(2020, 8, 31),
        ), actor=actor, now=NOW)
        lead = town.unit_id
    points = [Points("wished", Decimal(5), "户户赞成"), Points("readiness", Decimal(4), "资金已落实")]
    with acting("900101-office") as office:
        actor = office.actor("test")
        weigh(office, proposal, points, actor=actor, now=NOW)
        put_on_the_list(office, proposal, lead_unit_id=lead, steps=[("装好", date(2020, 6, 30))], actor=actor, now=NOW)
        assert publish_list(office, CAMPAIGN, office.region_id, actor=actor, now=NOW) == 1
        step = proposal_seen(office, proposal, now=NOW).steps[0]

    done = NOW + timedelta(days=60)
    with acting("900101-government") as town:
        [photo] = store([upload()], actor=town.actor("test"), now=done)
        complete_milestone(town, step.id, done_on=date(2020, 5, 8), actor=town.actor("test"), now=done)
        complete_item(
            town, proposal, done_on=date(2020, 5, 8), words="已装好", file_ids=[photo.id], actor=town.actor("test"), now=done
        )
    with acting("900101-office") as office:
        rate_item(office, proposal, asked=30, satisfied=29, actor=office.actor("test"), now=done)

    with acting("9001-office") as county:
        assert county.region_id == region_id("9001")
        found = proposal_seen(county, proposal, now=done)
    assert (found.row.state, found.row.satisfied, found.row.score) == (ProposalState.DONE, 29, Decimal("92.00"))
