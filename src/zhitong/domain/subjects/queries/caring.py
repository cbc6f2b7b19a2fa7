"""Who looks after whom, as pages show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.rules.kinds import PlatformKind, ServiceSubKind
from zhitong.kit.sealing.columns import opened_value

SUB_KINDS = {word.value: word.label for words in (ServiceSubKind, PlatformKind) for word in words}
"""The Chinese word of every sub-kind."""


@dataclass(frozen=True, slots=True)
class CareView:
    """Who looks after a subject at a level."""

    tier: Rank
    unit_id: UUID
    unit: str
    lead_official: str
    person_in_charge: str
    since: date
    person_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    task_force_id: UUID | None = None
    task_force: str = ""


def care_of(subject_ids: Collection[UUID]) -> Mapping[UUID, Sequence[CareView]]:
    """Who looks after subjects today, the highest level first (two queries)."""
    rows = list(Care.objects.filter(subject_id__in=subject_ids, until__isnull=True))
    names = unit_names(unit_id for row in rows for unit_id in (row.unit_id, row.task_force_id))
    order = [rank.value for rank in Rank]
    found: dict[UUID, list[CareView]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (order.index(one.tier), one.id)):
        found[row.subject_id].append(CareView(
            Rank(row.tier), row.unit_id, names.get(row.unit_id, ""), row.lead_official, row.person_in_charge, row.since,
            row.person_phone, row.liaison, row.liaison_phone, row.task_force_id,
            names.get(row.task_force_id, "") if row.task_force_id else "",
        ))
    return found


def phone_opened(subject_id: UUID, kept: str) -> str:
    """The contact's telephone of one of the served as it was read from its column, opened."""
    return opened_value(Subject, "contact_phone", subject_id, kept)


def person_phone_opened(care_id: UUID, kept: str) -> str:
    """The telephone of who is in charge as it was read from its column, opened."""
    return opened_value(Care, "person_phone", care_id, kept)


def rank_of(word: str) -> Rank | None:
    """The rank a stored word names; none for the empty word."""
    return Rank(word) if word else None


def care_named(unit_id: UUID, name: str) -> bool:
    """Whether a unit's care of any of the served names somebody; one query. Whose business it is the caller asks."""
    named = Q(lead_official=name) | Q(person_in_charge=name) | Q(liaison=name)
    return Care.objects.filter(named, unit_id=unit_id, until__isnull=True).exists()


def names_in_care(unit_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Whom the care of these units names, each with the unit; one query. Whose business it is the caller asks."""
    rows = Care.objects.filter(unit_id__in=unit_ids, until__isnull=True)
    named = rows.values_list("unit_id", "lead_official", "person_in_charge", "liaison").distinct()
    return {(unit_id, name) for unit_id, *names in named for name in names if name}
