"""What can be done with the registry: register the served, draw lists, take subjects into care. Acts take batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import AssistanceList, Care, Membership, Subject
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectFact, SubjectKind
from zhitong.kit.ids import uuid7

BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One of the served as it enters the registry; `unit_id` is its own unit, where it has one; money in yuan."""

    kind: SubjectKind
    name: str
    code: str
    region_id: UUID
    unit_id: UUID | None = None
    sub_kind: str = ""
    industry: str = ""
    stage: ProjectStage | None = None
    tier: Rank | None = None
    tier_words: str = ""
    revenue_cny: int | None = None
    investment_cny: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListToDraw:
    """A list that a unit draws (帮扶名单), with the subjects on it; `quota` is the number the plan gives it."""

    campaign: str
    code: str
    name: str
    kind: SubjectKind
    tier: Rank | None
    drawn_by: UUID
    year: int
    quota: int | None
    members: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class CareToTake:
    """A subject taken into care at a level: by which unit, under which lead official, in whose charge."""

    subject_id: UUID
    tier: Rank
    unit_id: UUID
    lead_official: str
    person_in_charge: str


@transaction.atomic
def register(registrations: Sequence[Registration], *, actor: Actor, now: datetime) -> list[UUID]:
    """Enter subjects into the registry, in order; returns their ids."""
    rows = [
        Subject(
            id=uuid7(), kind=one.kind.value, sub_kind=one.sub_kind, name=one.name, code=one.code,
            region_id=one.region_id, unit_id=one.unit_id, industry=one.industry,
            stage=one.stage.value if one.stage else "", tier=one.tier.value if one.tier else "",
            tier_words=one.tier_words, revenue_cny=one.revenue_cny, investment_cny=one.investment_cny,
        )
        for one in registrations
    ]
    Subject.objects.bulk_create(rows, batch_size=BATCH)
    record_many([
        Fact(SubjectFact.REGISTERED.value, "subject", row.id, actor, now,
             {"kind": row.kind, "region": row.region_id, "tier": row.tier})
        for row in rows
    ])
    return [row.id for row in rows]


@transaction.atomic
def draw_lists(lists: Sequence[ListToDraw], *, since: date, actor: Actor, now: datetime) -> list[UUID]:
    """Draw lists with their members from a day on; returns the ids of the lists in order."""
    rows = [
        AssistanceList(
            id=uuid7(), campaign=one.campaign, code=one.code, name=one.name, kind=one.kind.value,
            tier=one.tier.value if one.tier else "", drawn_by_id=one.drawn_by, year=one.year, quota=one.quota,
        )
        for one in lists
    ]
    AssistanceList.objects.bulk_create(rows, batch_size=BATCH)
    Membership.objects.bulk_create(
        [Membership(list_id=row.id, subject_id=subject_id, since=since)
         for row, one in zip(rows, lists, strict=True) for subject_id in one.members],
        batch_size=BATCH,
    )
    record_many([
        Fact(SubjectFact.LIST_DRAWN.value, "list", row.id, actor, now,
             {"kind": row.kind, "tier": row.tier, "drawn_by": row.drawn_by_id, "members": len(one.members)})
        for row, one in zip(rows, lists, strict=True)
    ])
    return [row.id for row in rows]


@transaction.atomic
def take_care(cares: Sequence[CareToTake], *, since: date, actor: Actor, now: datetime) -> None:
    """Name who looks after subjects from a day on (分包帮扶), one care per subject and level."""
    Care.objects.bulk_create(
        [Care(subject_id=one.subject_id, tier=one.tier.value, unit_id=one.unit_id, lead_official=one.lead_official,
              person_in_charge=one.person_in_charge, since=since) for one in cares],
        batch_size=BATCH,
    )
    record_many([
        Fact(SubjectFact.CARE_TAKEN.value, "subject", one.subject_id, actor, now,
             {"tier": one.tier, "unit": one.unit_id},
             {"lead_official": one.lead_official, "person_in_charge": one.person_in_charge})
        for one in cares
    ])
