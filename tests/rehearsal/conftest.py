"""The packages as they are shipped, read once, for what is invented without a database."""

from __future__ import annotations

import pytest

from zhitong.domain.campaigns.package import CampaignPackage, parse, shipped
from zhitong.domain.subjects.package import rules_of
from zhitong.rehearsal.population.demand import Wanted, demand
from zhitong.rehearsal.population.inventing import Invented, invent
from zhitong.rehearsal.population.places import geography

Packages = tuple[CampaignPackage, CampaignPackage]


@pytest.fixture(scope="session")
def shipped_packages() -> Packages:
    """The provincial package and the local one."""
    upper, local = (parse(folder)[0] for folder in shipped())
    assert upper is not None
    assert local is not None
    return upper, local


@pytest.fixture(scope="session")
def wanted(shipped_packages: Packages) -> list[Wanted]:
    """What the two plans count."""
    return demand(*shipped_packages)


def everybody(packages: Packages, wanted: list[Wanted]) -> list[Invented]:
    """The population invented anew."""
    upper = packages[0]
    assert upper.organisation is not None
    return invent(wanted, geography(upper.organisation.regions), rules_of(upper.tiers), year=upper.year)


@pytest.fixture(scope="session")
def population(shipped_packages: Packages, wanted: list[Wanted]) -> list[Invented]:
    """Everybody."""
    return everybody(shipped_packages, wanted)
