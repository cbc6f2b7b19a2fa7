"""The field of a storm: the shipped campaign, firms half of them in the deepest regions, and who can be asked to act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Reach, permissions_of, reach_of
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.domain.problems.actions.raising import Report
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import Source, Urgency
from zhitong.kit import progress
from zhitong.kit.ids import uuid7
from zhitong.rehearsal.opening import TODAY, load_packages
from zhitong.rehearsal.stage import require_stage

FIRMS = 400
DAYS = 150
"""So many days pass while it storms."""
BEGINS = TODAY.replace(month=3, day=1)
SECRET, UNNAMED, URGENT = 0.1, 0.1, 0.2


@dataclass(frozen=True, slots=True)
class Field:
    """What a storm blows over: the firms with their regions, and the categories by kind of subject."""

    campaign: str
    firms: Sequence[tuple[UUID, UUID]]
    categories: Sequence[tuple[str, str]]


def prepare(seed: int) -> Field:
    """Fill an empty migrated database (as its owner): the campaign and its firms, no problems yet."""
    with progress.step("准备风暴场地") as step:
        load_packages(step)
        require_stage()
        open_months(BEGINS.date(), (BEGINS + timedelta(days=DAYS + 62)).date())
        campaign = campaign_in_force()
        assert campaign is not None, "the campaign is loaded"
        categories = [(kind, code) for kind, code in rulebook(campaign.code).categories]
        return Field(campaign.code, _firms(Random(seed)), categories)


def _firms(draw: Random) -> list[tuple[UUID, UUID]]:
    """Half of the firms where the tree is deepest, half anywhere below the cities."""
    here = directory()
    depth = {region_id: len(here.path(region_id)) for region_id in here.regions}
    deepest = sorted(region_id for region_id, levels in depth.items() if levels == max(depth.values()))
    anywhere = sorted(region_id for region_id, levels in depth.items() if levels >= 3)
    places = [draw.choice(deepest if n % 2 else anywhere) for n in range(FIRMS)]
    founded = found_served_units(
        ServedUnit(code=f"storm-firm-{n}", name=f"演示企业{n}", region_id=place) for n, place in enumerate(places)
    )
    return [(unit_id, place) for (unit_id, _post_id), place in zip(founded, places, strict=True)]


def report(field: Field, draw: Random, viewers: Viewers, now: datetime) -> Report:
    """A matter of some firm, of some category."""
    unit_id, region_id = draw.choice(field.firms)
    kind, category = draw.choice(field.categories)
    return Report(
        campaign=field.campaign, source=draw.choice(list(Source)), subject_id=None, subject_name="演示企业",
        subject_kind=kind, reporter_unit_id=unit_id, region_id=region_id, category=category,
        text=f"演示问题：{draw.randrange(10**6)} 号设备夜间限电。",
        urgency=Urgency.URGENT if draw.random() < URGENT else Urgency.ORDINARY,
        confidential=draw.random() < SECRET, unnamed=draw.random() < UNNAMED,
        actor=viewers.of(unit_id).actor("storm"), now=now,
    )


class Viewers:
    """Somebody of every unit, made up for the storm: nobody is seated, the rights are those of an officer's post."""

    def __init__(self, here: Directory, firms: Sequence[tuple[UUID, UUID]]) -> None:
        self._here = here
        self._firms: Mapping[UUID, UUID] = dict(firms)
        self._known: dict[UUID, Viewer] = {}

    def of(self, unit_id: UUID) -> Viewer:
        """The viewer of a unit, the same each time."""
        if unit_id not in self._known:
            self._known[unit_id] = self._served(unit_id) if unit_id in self._firms else self._official(unit_id)
        return self._known[unit_id]

    def _served(self, unit_id: UUID) -> Viewer:
        permissions = permissions_of(UnitKind.SERVED, PostKind.REPORTER)
        return Viewer(uuid7(), uuid7(), unit_id, UnitKind.SERVED, self._firms[unit_id], Reach.OWN, (), permissions)

    def _official(self, unit_id: UUID) -> Viewer:
        unit = self._here.units[unit_id]
        reach = reach_of(unit.kind, unit.subordination)
        permissions = permissions_of(unit.kind, PostKind.OFFICER)
        is_root = self._here.regions[unit.region_id].parent_id is None
        return Viewer(
            uuid7(), uuid7(), unit_id, unit.kind, unit.region_id, reach, tuple(unit.line_ids), permissions, is_root
        )


def ends() -> datetime:
    """The moment when all is over."""
    return BEGINS + timedelta(days=DAYS + 1)
