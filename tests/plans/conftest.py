"""Three regions one above the other, and every unit that the two plans name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests import packages
from zhitong.domain.organisations.models import Region, RegionWithin, Unit, UnitAlias
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.package import PlanRecord, parse
from zhitong.kit.ids import uuid7


@dataclass(frozen=True)
class Ground:
    """Where the plans stand: regions by code, units by name."""

    regions: dict[str, Region]
    units: dict[str, Unit]


@pytest.fixture(scope="session")
def written() -> list[PlanRecord]:
    """The two shipped plans, the province's first."""
    plans = [parse(packages.shipped(code))[0] for code in ("hebei-2018", "bohai-2018")]
    return [plan for plan in plans if plan]


@pytest.fixture
def ground(db: None, written: list[PlanRecord]) -> Ground:
    """省、市、区 with the units of the plans, each in the region of its paper; 省交通厅 is an alias."""
    names = {"13": "河北省", "1309": "沧州市", "130973": "渤海新区"}
    ranks = {"13": "province", "1309": "city", "130973": "county"}
    regions = {
        code: Region.objects.create(
            code=code, name=name, short=name, rank=ranks[code], kind="division", position=place, pinyin=""
        )
        for place, (code, name) in enumerate(names.items())
    }
    path = list(regions.values())
    for depth_of, region in enumerate(path):
        for above, ancestor in enumerate(path[: depth_of + 1]):
            RegionWithin.objects.create(region=region, ancestor=ancestor, depth=depth_of - above)
    units: dict[str, Unit] = {}
    for plan in written:
        for unit in (unit for task in plan.tasks for unit in task.units if not unit.is_collective):
            if unit.name not in units:
                units[unit.name] = _unit(unit.name, regions[plan.region])
    UnitAlias.objects.create(unit=units["省交通运输厅"], name="省交通厅")
    return Ground(regions, units)


def _unit(name: str, region: Region) -> Unit:
    code = f"u-{uuid7()}"
    return Unit.objects.create(code=code, name=name, short=name, kind=UnitKind.DEPARTMENT.value, region=region)


@pytest.fixture
def viewer(ground: Ground) -> Viewer:
    """Somebody of the county's leading department."""
    unit = ground.units["渤海新区经发局"]
    return Viewer(uuid7(), uuid7(), unit.id, UnitKind.DEPARTMENT, unit.region_id, Reach.LINE, (), frozenset())


def twin(ground: Ground, name: str, code: str) -> UUID:
    """Another unit of the same name in a region."""
    return _unit(name, ground.regions[code]).id
