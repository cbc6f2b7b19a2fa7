"""Settling the invented in the database: their own units, the registry, the lists they stand on, who cares for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.actions import Registration, draw_lists, register, take_care
from zhitong.domain.subjects.package import rules_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.population.caring import Carers
from zhitong.rehearsal.population.demand import Wanted, demand
from zhitong.rehearsal.population.inventing import Invented, invent
from zhitong.rehearsal.population.listing import lists_of
from zhitong.rehearsal.population.places import geography
from zhitong.rehearsal.stage import NOBODY, require_stage


@transaction.atomic
def populate(upper: CampaignPackage, local: CampaignPackage, wanted: Sequence[Wanted] | None = None) -> int:
    """Fill the registry with everybody the plans count (or with `wanted` alone); returns how many.

    The packages are loaded already. Raises NotAStage: the database is a real one.
    """
    require_stage()
    order = upper.standing_order()
    assert order is not None, "the upper package has a standing order"
    wanted = demand(upper, local) if wanted is None else wanted
    invented = invent(wanted, geography(order.regions), rules_of(upper.tiers), year=upper.year)
    settle(invented, upper, local)
    return len(invented)


def settle(invented: Sequence[Invented], upper: CampaignPackage, local: CampaignPackage) -> None:
    """Write the invented: units, subjects, lists, care; a fixed number of statements per two thousand."""
    here = directory()
    regions = {region.code: region.id for region in here.regions.values()}
    carers = Carers(here, upper)
    moment = datetime.combine(carers.since, time(9), SHANGHAI)
    units = _units(invented, regions)
    ids = register(
        [_registration(one, regions[one.region], unit) for one, unit in zip(invented, units, strict=True)],
        actor=NOBODY, now=moment,
    )
    draw_lists(
        lists_of(list(zip(invented, ids, strict=True)), carers, upper, local),
        since=carers.since, actor=NOBODY, now=moment,
    )
    take_care(
        [carers.care_of(one, regions[one.region], subject_id) for one, subject_id in zip(invented, ids, strict=True)],
        since=carers.since, actor=NOBODY, now=moment,
    )


def _units(invented: Sequence[Invented], regions: dict[str, UUID]) -> list[UUID | None]:
    """The own unit of each, with its reporter's post; livelihood works have none, their task force speaks for them."""
    reporting = [one for one in invented if one.kind is not SubjectKind.WORK]
    founded = iter(found_served_units(
        ServedUnit(code=f"served-{one.code}".lower(), name=one.name, region_id=regions[one.region])
        for one in reporting
    ))
    return [None if one.kind is SubjectKind.WORK else next(founded)[0] for one in invented]


def _registration(one: Invented, region_id: UUID, unit_id: UUID | None) -> Registration:
    return Registration(
        kind=one.kind, name=one.name, code=one.code, region_id=region_id, unit_id=unit_id, sub_kind=one.sub_kind,
        industry=one.industry, stage=one.stage, tier=one.tier, tier_words=one.words, revenue_cny=one.revenue_cny,
        investment_cny=one.investment_cny,
    )
