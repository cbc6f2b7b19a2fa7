"""The two shipped plans as written, and somebody who looks at them; the world of the tests has them loaded already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import packages
from tests.cast import viewer as member
from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.package import PlanRecord, parse
from zhitong.kit.ids import uuid7


@pytest.fixture(scope="session")
def written() -> list[PlanRecord]:
    """The two shipped plans, the province's first."""
    plans = [parse(packages.shipped(code))[0] for code in ("hebei-2018", "bohai-2018")]
    return [plan for plan in plans if plan]


@pytest.fixture
def viewer(db: None) -> Viewer:
    """Somebody of the zone's leading department."""
    return member("zone")


@pytest.fixture
def from_the_province(db: None) -> Iterator[None]:
    """Load and look as the province's office, before whom the wall hides no timetable."""
    with acting_as(member("province_office")):
        yield


def region(code: str) -> Region:
    """A region of the world."""
    return Region.objects.get(code=code)


def unit(name: str) -> Unit:
    """The unit of the world that bears a name."""
    return Unit.objects.get(name=name)


def another_unit(name: str, region_code: str) -> Unit:
    """A new unit of this name in a region."""
    return Unit.objects.create(
        code=f"u-{uuid7()}", name=name, short=name, kind=UnitKind.DEPARTMENT.value, region=region(region_code)
    )
