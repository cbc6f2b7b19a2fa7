"""One's own settings: where one is reached, and how one wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.messaging.models import Address
from zhitong.domain.messaging.models import Habit as HabitRow
from zhitong.domain.messaging.queries.allowing import open_to
from zhitong.domain.messaging.rules.channels import Channel, masked
from zhitong.domain.messaging.rules.hours import USUAL, Habit, Pace
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """How one is reached by a channel: `shown` has its middle hidden, and is empty where there is none; `waits` for a code."""

    channel: Channel
    shown: str
    proved_at: datetime | None
    is_on: bool
    waits: bool


def addresses_of(viewer: Viewer) -> list[OwnAddress]:
    """One row for each channel that is connected and allowed here, and for what was proved before; two queries."""
    rows = {Channel(row.channel): row for row in Address.objects.filter(person_id=viewer.person_id)}
    offered = open_to(viewer.region_id)
    return [_own(channel, rows.get(channel)) for channel in Channel if channel in offered or channel in rows]


def habit_of(person_id: UUID) -> Habit:
    """How a person wants to be told; one query."""
    row = HabitRow.objects.filter(person_id=person_id).first()
    return habit_in(row) if row else USUAL


def habit_in(row: HabitRow) -> Habit:
    """A row as the rules ask it."""
    return Habit(Pace(row.pace), tuple(row.times), row.quiet_from, row.quiet_until, row.on_workdays, row.urgent_at_any_hour)


def _own(channel: Channel, row: Address | None) -> OwnAddress:
    if row is None:
        return OwnAddress(channel, "", None, False, False)
    waits = row.proved_at is None and bool(row.code_digest)
    return OwnAddress(channel, masked(channel, row.address), row.proved_at, row.is_on, waits)
