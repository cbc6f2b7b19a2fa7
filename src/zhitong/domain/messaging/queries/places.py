"""Where units are reached now: the proved addresses of who sits there, and the units' hooks. For the worker's login."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhitong.domain.messaging.models import Address
from zhitong.domain.messaging.models import Habit as HabitRow
from zhitong.domain.messaging.queries.mine import habit_in
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.hours import Habit
from zhitong.domain.messaging.rules.wires import Hook
from zhitong.domain.organisations.queries import seated_in, unit_places
from zhitong.kit.clock import day_of


@dataclass(frozen=True, slots=True)
class Places:
    """By unit: its region, the addresses of its people, its hooks."""

    region_of: Mapping[UUID, UUID]
    addresses: Mapping[UUID, list[Address]]
    hooks: Mapping[UUID, list[Hook]]


def places_of(unit_ids: Collection[UUID], now: datetime) -> Places:
    """Where these units are reached today; three queries."""
    units = unit_places(unit_ids)
    seated = seated_in(unit_ids, day_of(now))
    people = {person_id for _unit, person_id in seated}
    by_person: dict[UUID, list[Address]] = defaultdict(list)
    for address in Address.objects.filter(_IN_USE, person_id__in=people).order_by("channel"):
        by_person[address.person_id].append(address)
    addresses: dict[UUID, list[Address]] = defaultdict(list)
    for unit_id, person_id in seated:
        addresses[unit_id] += by_person[person_id]
    hooks: dict[UUID, list[Hook]] = defaultdict(list)
    of_code = {code: unit_id for unit_id, (code, _region) in units.items()}
    for hook in wires_in_force().hooks.values():
        if hook.unit in of_code:
            hooks[of_code[hook.unit]].append(hook)
    return Places({unit_id: region_id for unit_id, (_code, region_id) in units.items()}, addresses, hooks)


def habits_of(person_ids: Collection[UUID]) -> dict[UUID, Habit]:
    """How these people want to be told, those who have said so; one query."""
    return {row.person_id: habit_in(row) for row in HabitRow.objects.filter(person_id__in=person_ids)}


def in_use(address_ids: Collection[UUID]) -> set[UUID]:
    """Those of these addresses that are proved and switched on; one query."""
    return set(Address.objects.filter(_IN_USE, id__in=address_ids).values_list("id", flat=True))


_IN_USE = Q(proved_at__isnull=False, is_on=True)
