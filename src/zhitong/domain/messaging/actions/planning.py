"""From what a unit is told to what is to go out: to whom of the unit, by which ways, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.messaging.models import Address, Item
from zhitong.domain.messaging.queries.allowing import allowed_in
from zhitong.domain.messaging.queries.places import Places, places_of
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.hours import GATHERED_FOR
from zhitong.domain.messaging.rules.outside import URGENT, Matter, Told, told_of
from zhitong.domain.notices.actions import hand_out

AT_ONCE = 200
OLD = timedelta(days=3)
"""What happened so long ago is in the system; outside it would only alarm."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A unit is to be told outside of one fact; `told` is all that leaves. With a notice, reading that makes it needless."""

    unit_id: UUID
    told: Told
    fact_id: UUID
    at: datetime
    is_urgent: bool = False
    notice_id: UUID | None = None


def plan_outgoing(now: datetime) -> int:
    """Take the notices that are to be told outside, and note for each place what it is to be told; returns how many."""
    with transaction.atomic():
        notices = hand_out(limit=AT_ONCE)
        fresh = [one for one in notices if now - one.at < OLD] if wires_in_force().leads_out else []
        announce([
            Announcement(
                one.unit_id, told_of(Matter(one.kind, one.thing_kind, one.thing_number)), one.fact_id, one.at,
                one.kind in URGENT, one.id,
            ) for one in fresh
        ], now=now)
    return len(notices)


def announce(announcements: Sequence[Announcement], *, now: datetime) -> None:
    """Note what every place is to be told; the same announced again adds nothing. Four queries, however many there are.

    A place is an address of somebody who sits in the unit today, proved and switched on, or a hook of the unit.
    """
    if not announcements:
        return
    places = places_of({one.unit_id for one in announcements}, now)
    allowed = allowed_in(places.region_of.values())
    by_unit: dict[UUID, list[Announcement]] = defaultdict(list)
    for one in announcements:
        by_unit[one.unit_id].append(one)
    Item.objects.bulk_create(
        [item for unit_id, told in by_unit.items() if unit_id in places.region_of
         for item in _items(unit_id, told, places, allowed[places.region_of[unit_id]], now)],
        ignore_conflicts=True,
    )


def _items(
    unit_id: UUID, told: Sequence[Announcement], places: Places, allowed: frozenset[Channel], now: datetime
) -> Iterator[Item]:
    for one in told:
        due_at = now if one.is_urgent else now + GATHERED_FOR
        for address in places.addresses[unit_id]:
            if Channel(address.channel) in allowed:
                yield _item(one, due_at, Channel(address.channel), address=address)
        for hook in places.hooks[unit_id]:
            if hook.channel in allowed:
                yield _item(one, due_at, hook.channel, hook=hook.name)


def _item(
    one: Announcement, due_at: datetime, channel: Channel, *, address: Address | None = None, hook: str = ""
) -> Item:
    return Item(
        unit_id=one.unit_id, person_id=address.person_id if address else None, address=address, channel=channel.value, hook=hook,
        fact_id=one.fact_id, notice_id=one.notice_id, sort=one.told.sort.value, number=one.told.number,
        is_urgent=one.is_urgent, at=one.at, due_at=due_at,
    )
