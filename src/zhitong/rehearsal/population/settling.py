"""Settling the invented in the database: the registry with their own units, the lists they stand on, who cares for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.actions.caring import assign_care, enlist
from zhitong.domain.subjects.actions.marking import set_elements
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList
from zhitong.domain.subjects.package import rules_of
from zhitong.domain.subjects.rules.known import FactSource
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.population.caring import Carers, is_left_out
from zhitong.rehearsal.population.demand import Wanted, demand
from zhitong.rehearsal.population.detailing import described, earlier_figures, elements_of
from zhitong.rehearsal.population.inventing import Invented, invent
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
    settle(invented, upper)
    return len(invented)


def settle(invented: Sequence[Invented], package: CampaignPackage) -> None:
    """Write the invented through the registry's own acts, on the day of the plan's gate."""
    here = directory()
    regions = {region.code: region.id for region in here.regions.values()}
    carers = Carers(here)
    now = datetime.combine(care_gate(package), time(9), SHANGHAI)
    ids = register(
        [_entry(one, regions[one.region], now.date()) for one in invented], rules=rules_of(package.tiers), actor=NOBODY,
        now=now,
    )
    settled = list(zip(invented, ids, strict=True))
    _tell(settled, now)
    for list_id, members in _lists(settled, package.code):
        enlist(list_id, members, actor=NOBODY, now=now)
    cared = [(one, subject_id) for one, subject_id in settled if not is_left_out(one)]
    assign_care(
        [carers.care_of(one, regions[one.region], subject_id) for one, subject_id in cared], actor=NOBODY, now=now
    )


def care_gate(package: CampaignPackage) -> date:
    """The day by which the plan wants lead officials and persons in charge named."""
    assert package.plan is not None, "a shipped package has a plan"
    return next(gate.on for gate in package.plan.gates if gate.code == "care_assigned")


def _tell(settled: Sequence[tuple[Invented, UUID]], now: datetime) -> None:
    """What is known of them beyond their rows: the elements of projects, and earlier figures of some firms."""
    set_elements(
        {subject_id: elements for one, subject_id in settled if (elements := elements_of(one, now.date()))},
        actor=NOBODY, now=now,
    )
    note_facts([
        NewFact(
            subject_id=subject_id, code=figure.code, period=figure.period, value=figure.value, source=FactSource.SHEET
        )
        for one, subject_id in settled for figure in earlier_figures(one, now.year)
    ], actor=NOBODY, now=now)


def _entry(one: Invented, region_id: UUID, today: date) -> NewSubject:
    return NewSubject(
        kind=one.kind, name=one.name, code=one.code, region_id=region_id, sub_kind=one.sub_kind,
        industry=one.industry, stage=str(one.stage or ""), revenue_cny=one.revenue_cny,
        investment_cny=one.investment_cny, marks=one.marks, tier=one.rank if one.force else None,
        tier_reason=f"由计划第{one.force}项任务的{one.rank.label}工作专班推进" if one.force else "",
        alike_reason="演示数据，名称由系统编造", **described(one, today),
    )


def _lists(settled: Sequence[tuple[Invented, UUID]], campaign: str) -> list[tuple[UUID, list[UUID]]]:
    """The package's lists with who stands on each: those of a tier, and those of a project stage."""
    members: dict[str, list[UUID]] = {}
    for one, subject_id in settled:
        members.setdefault(f"{one.kind}-{one.stage or one.rank}", []).append(subject_id)
    drawn = AssistanceList.objects.filter(campaign=campaign, code__in=members).values_list("id", "code")
    return [(list_id, members[code]) for list_id, code in drawn]
