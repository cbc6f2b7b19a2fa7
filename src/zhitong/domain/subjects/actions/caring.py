"""Drawing lists, putting the served on them, and saying who looks after whom (分包帮扶)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.models import AssistanceList, Care, Membership, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lists import kinds_on_list
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound

LONGEST_NAME, LONGEST_PHONE, LONGEST_REASON = 40, 30, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCare:
    """Who looks after a subject at a level: the caring unit, its lead official and the person in charge, by name.

    The liaison does everything in the official's name; a platform or work has a task force; `reason` is that of a change.
    """

    subject_id: UUID
    tier: Rank
    unit_id: UUID
    lead_official: str
    person_in_charge: str
    person_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    task_force_id: UUID | None = None
    reason: str = ""


class CareNotAssigned(BadInput):
    """Some entries cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


@transaction.atomic
def enlist(list_id: UUID, subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> int:
    """Put subjects on a list from today; those on it stay as they are. Returns how many are new.

    One enterprise may stand on lists of several kinds of enterprise (R-D7).

    Raises NotFound: the list or a subject is not there.
    """
    drawn = AssistanceList.objects.filter(id=list_id).first()
    kinds = kinds_on_list(SubjectKind(drawn.kind)) if drawn else ()
    fitting = Subject.objects.filter(id__in=subject_ids, kind__in=[kind.value for kind in kinds], ended_on__isnull=True)
    if drawn is None or fitting.count() != len(set(subject_ids)):
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
    with counted(wanted):
        rows = _write(cares, day_of(now))
    record_many([_fact(SubjectFact.CARED_FOR, row, actor, now) for row in rows])
    return [row.id for row in rows]


@transaction.atomic
def arrange_care(viewer: Viewer, cares: Sequence[NewCare], *, actor: Actor, now: datetime) -> list[UUID]:
    """What a campaign office says at the screen or by program: as `assign_care`, and a change needs its reason.

    Raises NotYours: the post is none of a campaign office. Raises NotFound: a subject or unit is not there for it.
    Raises CareNotAssigned: see `assign_care`; a text is too long; somebody stands there already and no reason is given.
    """
    require(viewer, Permission.DISPATCH)
    units = directory().units
    if any(one not in units for care in cares for one in (care.unit_id, care.task_force_id or care.unit_id)):
        raise NotFound("帮包单位或工作专班没有找到，请从列出的单位中选择。")
    standing = set(
        Care.objects.filter(subject_id__in={care.subject_id for care in cares}, until__isnull=True)
        .values_list("subject_id", "tier")
    )
    faults: dict[str, str] = {}
    for place, care in enumerate(cares):
        said = _too_long(care)
        if not said and (care.subject_id, care.tier.value) in standing and not care.reason.strip():
            said = "这一级已经落实分包，变更要写明理由。"
        if said:
            faults[str(place)] = said
    if faults:
        raise CareNotAssigned(f"有{len(faults)}条不能保存，请按提示改正，其余的也没有保存。", faults)
    return assign_care(cares, actor=actor, now=now)


@transaction.atomic
def hand_over_care(
    viewer: Viewer, *, unit_id: UUID, official: str, successor: str, reason: str, actor: Actor, now: datetime
) -> int:
    """Hand all that an official looks after for a unit to another one, the rest as it was; returns how many subjects.

    Raises NotYours. Raises NotFound: he looks after nobody whom the viewer sees.
    Raises BadInput: no successor, the same man, or no reason. Source: R-B5.
    """
    require(viewer, Permission.DISPATCH)
    successor, reason = successor.strip(), reason.strip()
    if not successor or successor == official or len(successor) > LONGEST_NAME:
        sentence = f"请填写接任的领导，{LONGEST_NAME}字以内，不能是原来那一位。"
        raise BadInput(sentence, {"successor": sentence})
    if not reason or len(reason) > LONGEST_REASON:
        sentence = f"请写明交接的理由，{LONGEST_REASON}字以内。"
        raise BadInput(sentence, {"reason": sentence})
    rows = list(Care.objects.select_for_update().filter(unit_id=unit_id, lead_official=official, until__isnull=True))
    if not rows:
        raise NotFound("这位领导名下没有您能看到的分包对象。请刷新后再看。")
    cares = [replace(_as_new(row), lead_official=successor, reason=reason) for row in rows]
    written = _write(cares, day_of(now))
    record_many([_fact(SubjectFact.CARE_HANDED_OVER, row, actor, now) for row in written])
    return len(written)


@transaction.atomic
def pass_on_care(*, unit_id: UUID, leaving: str, successor: str, phone: str, actor: Actor, now: datetime) -> int:
    """Name the successor of a post wherever a unit's care names who leaves it; returns how many of the served.

    As lead official, person in charge or liaison, with his own telephone; the rest stays as it was. Whose business it is
    the caller asks. Source: R-B5.
    """
    named = Q(lead_official=leaving) | Q(person_in_charge=leaving) | Q(liaison=leaving)
    rows = Care.objects.select_for_update().filter(named, unit_id=unit_id, until__isnull=True)
    written = _write([_renamed(_as_new(row), leaving, successor, phone) for row in rows], day_of(now))
    record_many([_fact(SubjectFact.CARE_HANDED_OVER, row, actor, now) for row in written])
    return len(written)


def _renamed(care: NewCare, leaving: str, successor: str, phone: str) -> NewCare:
    if care.person_in_charge == leaving:
        care = replace(care, person_in_charge=successor, person_phone=phone)
    if care.liaison == leaving:
        care = replace(care, liaison=successor, liaison_phone=phone)
    lead = successor if care.lead_official == leaving else care.lead_official
    return replace(care, lead_official=lead, reason="岗位交接")


def _as_new(row: Care) -> NewCare:
    return NewCare(
        subject_id=row.subject_id, tier=Rank(row.tier), unit_id=row.unit_id, lead_official=row.lead_official,
        person_in_charge=row.person_in_charge, person_phone=row.person_phone, liaison=row.liaison,
        liaison_phone=row.liaison_phone, task_force_id=row.task_force_id,
    )


def _write(cares: Sequence[NewCare], since: date) -> list[Care]:
    """End what stands at the same levels and write the new, all from one day."""
    for tier in {care.tier for care in cares}:
        handed_over = [care.subject_id for care in cares if care.tier is tier]
        Care.objects.filter(subject_id__in=handed_over, tier=tier.value, until__isnull=True).update(until=since)
    return Care.objects.bulk_create(
        [
            Care(
                subject_id=care.subject_id, tier=care.tier.value, unit_id=care.unit_id,
                lead_official=care.lead_official.strip(), person_in_charge=care.person_in_charge.strip(),
                person_phone=care.person_phone, liaison=care.liaison, liaison_phone=care.liaison_phone,
                task_force_id=care.task_force_id, reason=care.reason, since=since,
            )
            for care in cares
        ],
        batch_size=2000,
    )


def _fact(kind: SubjectFact, row: Care, actor: Actor, now: datetime) -> Fact:
    named = {"lead_official": row.lead_official, "person_in_charge": row.person_in_charge, "liaison": row.liaison,
             "reason": row.reason}
    return Fact(
        str(kind), "subject", row.subject_id, actor, now,
        {"tier": row.tier, "unit": row.unit_id, "task_force": row.task_force_id},
        {name: said for name, said in named.items() if said},
    )


def _too_long(care: NewCare) -> str:
    for label, text, longest in (
        ("分包领导", care.lead_official, LONGEST_NAME), ("责任人", care.person_in_charge, LONGEST_NAME),
        ("联络员", care.liaison, LONGEST_NAME), ("责任人电话", care.person_phone, LONGEST_PHONE),
        ("联络员电话", care.liaison_phone, LONGEST_PHONE), ("变更理由", care.reason, LONGEST_REASON),
    ):
        if len(text) > longest:
            return f"{label}最多{longest}字，请改短。"
    return ""


def _faults_of_care(cares: Sequence[NewCare]) -> dict[str, str]:
    times = Counter((care.subject_id, care.tier) for care in cares)
    faults: dict[str, str] = {}
    for place, care in enumerate(cares):
        if not care.lead_official.strip() or not care.person_in_charge.strip():
            faults[str(place)] = "请写明分包领导和责任人的姓名。"
        elif times[(care.subject_id, care.tier)] > 1:
            faults[str(place)] = f"同一个服务对象在{care.tier.label}写了两次，请留一条。"
    return faults
