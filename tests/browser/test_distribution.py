"""Distribution as people live it: a call in thirty seconds, two acts, every level and back; a quarrel stands among the moments."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.browser.acting import acts
from tests.browser.conftest import Site, Visitor
from tests.cast import Story, acting
from tests.world import CAST, NOW
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source, State
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.browser
THIRTY_SECONDS = 30
LEVELS = (("park", "park_office"), ("zone", "zone_office"), ("city", "city_office"))


def reported(text: str = "夜间限电，热处理炉不能连续生产。（演示内容）", *, days_ago: int = 0) -> Story:
    """A matter that a rule has sent to the park's department, some days ago."""
    at = NOW - timedelta(days=days_ago)
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [standing] = raise_problems([Report(
            campaign="hebei-2018", source=Source.REPORT, subject_id=subject.id, subject_name=subject.name,
            subject_kind=subject.kind, tier=subject.tier, reporter_unit_id=actor.unit_id, region_id=subject.region_id,
            category="energy", text=text, actor=actor, now=at,
        )])
    return Story(standing.id, at)


@pytest.mark.prove
def test_a_call_is_recorded_and_closed_in_thirty_seconds_on_one_page(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    park = visit(site(), "park")
    park.open("/")
    began = time.monotonic()

    park.open("/intake/record/")
    page = park.page
    page.locator("[name=firm]").fill("91130900MA00000014")
    page.locator("[name=text]").fill("配电房检修要停多久？")
    page.locator("[name=result]").fill("半天，已与供电所协调在周日检修。")
    with page.expect_navigation():
        page.locator("form.zt-form .btn-primary[type=submit]").click()

    assert time.monotonic() - began < THIRTY_SECONDS
    assert "已登记并办结" in page.inner_text("body")


def test_an_ordinary_case_takes_its_handler_two_acts(site: Site, visit: Callable[..., Visitor]) -> None:
    story, park = reported(), visit(site(), "park")
    number = story.standing.number

    acts(park, number, "acknowledge", contact="已电话联系企业负责人。")
    acts(park, number, "complete", outcome="solved", text="已调整错峰方案。")

    assert story.standing.state is State.ANSWERED


@pytest.mark.prove
def test_up_through_every_level_and_back(site: Site, visit: Callable[..., Visitor]) -> None:
    story, address = reported(), site()
    number = story.standing.number
    seats = {role.login: visit(address, role.login) for role in CAST if role.login in
             {"park", "park_office", "zone", "zone_office", "city", "city_office", "province", "firm"}}

    for department, office in LEVELS:
        acts(seats[department], number, "acknowledge", contact="已联系企业。")
        acts(seats[department], number, "propose", tried="已协商两次。", power_missing="authority", asked_for="请协调错峰方案。")
        acts(seats[office], number, "escalate", consent_by="演示主任", consent_on="2018-04-27")
    acts(seats["province"], number, "acknowledge", contact="已联系企业和供电公司。")
    acts(seats["province"], number, "complete", outcome="solved", text="错峰方案已调整。")
    for department in ("city", "zone", "park"):
        acts(seats[department], number, "pass_down", note="请当面告知企业。")
    acts(seats["firm"], number, "confirm", rating="satisfied", reply_rating="satisfied")

    assert story.standing.state is State.CONFIRMED
