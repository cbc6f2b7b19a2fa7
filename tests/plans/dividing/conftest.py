"""A province's targets in the small world, and the offices that divide, accept and ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from tests.cast import viewer as member
from tests.world import NOW
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.models import Division, Indicator, Share, Target, WeightSet

CAMPAIGN = "hebei-2018"
SINCE = date(2018, 5, 1)


def region(code: str) -> Region:
    """A region of the world."""
    return Region.objects.get(code=code)


def target(code: str, region_code: str = "13") -> Target:
    """The target of a reading in a region."""
    return Target.objects.get(indicator__plan__campaign=CAMPAIGN, indicator__code=code, region__code=region_code)


def indicator(code: str) -> Indicator:
    """A reading of the provincial plan."""
    return Indicator.objects.get(plan__campaign=CAMPAIGN, code=code)


def townships() -> WeightSet:
    """The weights that ship with the campaign."""
    return WeightSet.objects.get(campaign=CAMPAIGN, code="townships")


@contextmanager
def turn_of(login: str, now: datetime = NOW) -> Iterator[Turn]:
    """A turn of a member of the cast, with the database told."""
    with acting_as(member(login)) as viewer:
        yield Turn(viewer=viewer, via="test", now=now)


def shares(division_id: UUID) -> dict[str, Share]:
    """The shares of a division by the code of their region."""
    with acting_as(member("province_office")):
        return {row.region.code: row for row in Share.objects.select_related("region").filter(division_id=division_id)}


def division(division_id: UUID) -> Division:
    """A division as it is kept."""
    with acting_as(member("province_office")):
        return Division.objects.get(id=division_id)
