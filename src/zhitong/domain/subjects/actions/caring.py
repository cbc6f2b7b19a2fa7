"""Drawing lists, putting the served on them, and saying who looks after whom (分包帮扶)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import AssistanceList, Care, Membership, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCare:
    """Who looks after a subject at a level: the caring unit, its lead official and the person in charge, by name."""

    subject_id: UUID
    tier: Rank
    unit_id: UUID
    lead_official: str
    person_in_charge: str


class CareNotAssigned(BadInput):
    """Some entries cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


@transaction.atomic
def enlist(list_id: UUID, subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> int:
    """Put subjects on a list from today; those on it stay as they are. Returns how many are new.

    Raises NotFound: the list or a subject is not there.
    """
    drawn = AssistanceList.objects.filter(id=list_id).first()
    if drawn is None or Subject.objects.filter(id__in=subject_ids, kind=drawn.kind).count() != len(set(subject_ids)):
        raise NotFound("名单或其中的服务对象没有找到，或者类别与名单不符。请刷新名单后重选。")
    standing = set(
        Membership.objects.filter(list=drawn, subject_id__in=subject_ids, until__isnull=True)
        .values_list("subject_id", flat=True)
    )
    new = [one for one in dict.fromkeys(subject_ids) if one not in standing]
    since = day_of(now)
    Membership.objects.bulk_create([Membership(list=drawn, subject_id=one, since=since) for one in new], 2000)
    record_many([
        Fact(SubjectFact.ENLISTED.value, "subject", one, actor, now, {"list": drawn.id, "since": since}) for one in new
    ])
    return len(new)


@transaction.atomic
def assign_care(cares: Sequence[NewCare], *, actor: Actor, now: datetime) -> list[UUID]:
    """Say who looks after subjects from today; who did so at the same level before ends today. Returns the new ids.

    Raises NotFound: a subject is not there for the actor's territory.
    Raises CareNotAssigned: a name is missing, or a subject comes twice for one level.
    """
    wanted = {care.subject_id for care in cares}
    if Subject.objects.filter(id__in=wanted, ended_on__isnull=True).count() != len(wanted):
        raise NotFound("其中的服务对象没有找到，或者不在您的管理范围内。请刷新名单后重选。")
    faults = _faults_of_care(cares)
    if faults:
        raise CareNotAssigned(f"有{len(faults)}条不能保存，请按提示改正，其余的也没有保存。", faults)
    since = day_of(now)
    for tier in {care.tier for care in cares}:
        handed_over = [care.subject_id for care in cares if care.tier is tier]
        Care.objects.filter(subject_id__in=handed_over, tier=tier.value, until__isnull=True).update(until=since)
    rows = Care.objects.bulk_create(
        [
            Care(
                subject_id=care.subject_id, tier=care.tier.value, unit_id=care.unit_id,
                lead_official=care.lead_official, person_in_charge=care.person_in_charge, since=since,
            )
            for care in cares
        ],
        batch_size=2000,
    )
    record_many([
        Fact(
            SubjectFact.CARED_FOR.value, "subject", row.subject_id, actor, now, {"tier": row.tier, "unit": row.unit_id},
            {"lead_official": row.lead_official, "person_in_charge": row.person_in_charge},
        )
        for row in rows
    ])
    return [row.id for row in rows]


def _faults_of_care(cares: Sequence[NewCare]) -> dict[str, str]:
    times = Counter((care.subject_id, care.tier) for care in cares)
    faults: dict[str, str] = {}
    for place, care in enumerate(cares):
        if not care.lead_official.strip() or not care.person_in_charge.strip():
            faults[str(place)] = "请写明分包领导和责任人的姓名。"
        elif times[(care.subject_id, care.tier)] > 1:
            faults[str(place)] = f"同一个服务对象在{care.tier.label}写了两次，请留一条。"
    return faults
