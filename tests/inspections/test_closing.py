"""A unit is closed only where nothing is left: each thing in the way is counted, matters that who administers may not open too (R-B5)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.accounts.conftest import looking, seated
from tests.cast import official_of, viewer
from tests.inspections.looking import OBJECT, approved, found, unit_id
from tests.inspections.looking import afternoon as afternoon
from tests.world import NOW
from zhitong.domain.inspections.actions.closing import close_unit
from zhitong.domain.inspections.queries.closing import in_the_way
from zhitong.domain.inspections.rules.closing import InTheWay, Obstacle, why_not_closed
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.models import Task
from zhitong.domain.problems.actions.staffing import HasWork
from zhitong.domain.progress.models import Report
from zhitong.domain.supervision.models import Supervision

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> Viewer:
    """Of 沧州市."""
    return looking(seated("city_admin", "1309-office", "administrator"))


def owed(unit: UUID) -> None:
    """A report that is due, a paper that waits for an answer, and a finding."""
    region = Unit.objects.get(id=unit).region_id
    with acting_as(official_of(OBJECT)):
        Report.objects.create(
            task=Task.objects.order_by("id")[0], region_id=region, unit_id=unit, period="2018-04", period_end=date(2018, 4, 30),
            state="owed", due_at=NOW + timedelta(days=9), lock_at=NOW + timedelta(days=12),
        )
    with acting_as(viewer("city_office")) as office:
        Supervision.objects.create(
            by_unit_id=office.unit_id, unit_id=unit, unit_region_id=region, grade="press", state="issued", demand="请反馈。",
            workdays=3, year=2018, serial=1, number="冀演示督字〔2018〕1号", signed_on=date(2018, 4, 27), issued_at=NOW,
            due_at=NOW + timedelta(days=3), warn_at=NOW,
        )
    found(approved())


def obstacles(here: Viewer) -> dict[Obstacle, int]:
    with acting_as(here):
        return {one.obstacle: one.count for one in in_the_way(directory().units[unit_id(OBJECT)], now=NOW)}


def test_what_a_unit_still_owes_is_counted_and_keeps_it_open(administrator: Viewer) -> None:
    unit = unit_id(OBJECT)
    assert obstacles(administrator) == {Obstacle.LINES: 1, Obstacle.SEATS: 1}
    owed(unit)

    told = obstacles(administrator)

    assert told == {Obstacle.LINES: 1, Obstacle.REPORTS: 1, Obstacle.CALLS: 1, Obstacle.FINDINGS: 1, Obstacle.SEATS: 1}
    everything = r"还有1份报告没有报送.*还有1件督办、批示没有办结.*还有1条督查发现没有销号.*还有人任职"
    with acting_as(administrator), pytest.raises(HasWork, match=everything):
        close_unit(administrator, unit, actor=administrator.actor("test"), now=NOW)
    assert Unit.objects.get(id=unit).ended_on is None


def test_nothing_is_counted_for_whoever_is_no_office_above(administrator: Viewer) -> None:
    owed(unit_id(OBJECT))

    assert obstacles(looking(seated("wai", "130123-office", "administrator"))) == {Obstacle.LINES: 1, Obstacle.SEATS: 1}


def test_each_thing_is_told_with_its_way_round() -> None:
    told = why_not_closed("演示专班", [InTheWay(Obstacle.CALLS, 2), InTheWay(Obstacle.SEATS, 1)])

    assert told == "演示专班还有2件督办、批示没有办结。请先反馈、办结。演示专班还有人任职。请先调动或免职。"
    assert why_not_closed("演示专班", []) == ""
