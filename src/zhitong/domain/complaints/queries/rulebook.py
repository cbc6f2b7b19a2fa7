"""What a campaign lays down for complaints: who receives, from which level, within which time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.complaints.models import Rulebook
from zhitong.domain.complaints.rules.receiving import Accused, receiver_of
from zhitong.domain.organisations.queries import directory
from zhitong.kit.refusals import Refused


class NoChannel(Refused):
    """The campaign names nobody who receives complaints."""

    def __init__(self) -> None:
        super().__init__("本活动还没有指定受理投诉举报的机构。请向当地信访或纪检监察机关反映，或联系系统管理员。")


@dataclass(frozen=True, slots=True)
class Laid:
    """The rulebook in force: slugs of the receiving units in order, limits in working days, where they come from."""

    receivers: tuple[str, ...]
    acknowledge_workdays: int
    notify_workdays: int
    source: str


def laid_down(campaign: str) -> Laid:
    """The rulebook of a campaign (one query).

    Raises NoChannel: it has none.
    """
    row = Rulebook.objects.filter(campaign=campaign).first()
    if row is None:
        raise NoChannel
    return Laid(tuple(row.receivers), row.acknowledge_workdays, row.notify_workdays, row.source)


@dataclass(frozen=True, slots=True)
class Level:
    """A level whose people one may have something against, its units, and who would receive it."""

    region_id: UUID
    region_code: str
    region: str
    receiver: str
    units: tuple[tuple[UUID, str], ...]


def levels_for(region_id: UUID, campaign: str) -> list[Level]:
    """The levels from a region up to the root with their units and receivers, the nearest first (one query).

    Raises NoChannel: the campaign has no rulebook.
    """
    here, laid = directory(), laid_down(campaign)
    units = sorted(here.units.values(), key=lambda unit: unit.code)
    levels = []
    for region in reversed(here.path(region_id)):
        receiver = receiver_of(Accused(region.id), laid.receivers, here)
        own = tuple((unit.id, unit.name) for unit in units if unit.region_id == region.id)
        levels.append(Level(region.id, region.code, region.name, receiver.name if receiver else "", own))
    return levels
