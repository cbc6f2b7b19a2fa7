"""Making messages of what is due: many things for one place become one, at an hour at which it may go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.messaging.models import Item, Message
from zhitong.domain.messaging.queries.places import habits_of, in_use
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.hours import OF_UNIT, USUAL, Habit, goes_on_at
from zhitong.domain.messaging.rules.outside import Sort, Told, text_of
from zhitong.domain.messaging.rules.states import MessageState
from zhitong.domain.notices.queries import read_among
from zhitong.domain.organisations.queries import directory, seated_in
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7

AT_ONCE = 500
Place = tuple[UUID, UUID | None, str]
"""Unit, address or none, hook or empty."""


@transaction.atomic
def compose_due(now: datetime) -> int:
    """Make messages of what is due; returns how many things were looked at.

    Dropped is what was read meanwhile, and what was for somebody who no longer sits in the unit or has switched it off.
    What may not go at this hour is put off to the first at which it may. A fixed number of queries.
    """
    rows = list(Item.objects.select_for_update(skip_locked=True).filter(due_at__lte=now).order_by("due_at", "id")[:AT_ONCE])
    if not rows:
        return 0
    wanted = list(_still_wanted(rows, now))
    Item.objects.filter(id__in={row.id for row in rows} - {row.id for row in wanted}).update(due_at=None)
    habits = habits_of({row.person_id for row in wanted if row.person_id})
    groups: dict[Place, list[Item]] = defaultdict(list)
    put_off = []
    for row in wanted:
        habit = habits.get(row.person_id, USUAL) if row.person_id else OF_UNIT
        assert row.due_at is not None, "only rows that are due were taken"
        row.due_at = goes_on_for(row.unit_id, habit, row.due_at, now, is_urgent=row.is_urgent)
        if row.due_at > now:
            put_off.append(row)
        else:
            groups[(row.unit_id, row.address_id, row.hook)].append(row)
    Item.objects.bulk_update(put_off, ["due_at"])
    _write(groups, now)
    return len(rows)


def goes_on_for(unit_id: UUID, habit: Habit, due: datetime, now: datetime, *, is_urgent: bool) -> datetime:
    """When what was due goes on to a place of a unit, by the unit's own calendar."""
    calendar = calendar_of(directory().calendar_owners(unit_id) if unit_id in directory().units else ())
    return goes_on_at(due, now, habit, calendar, is_urgent=is_urgent)


def _still_wanted(rows: Sequence[Item], now: datetime) -> Iterator[Item]:
    read = read_among([row.notice_id for row in rows if row.notice_id])
    seated = set(seated_in({row.unit_id for row in rows}, day_of(now)))
    usable = in_use({row.address_id for row in rows if row.address_id})
    hooks = wires_in_force().hooks
    for row in rows:
        is_there = (row.unit_id, row.person_id) in seated and row.address_id in usable if row.person_id else row.hook in hooks
        if is_there and row.notice_id not in read:
            yield row


def _write(groups: Mapping[Place, Sequence[Item]], now: datetime) -> None:
    messages, items = [], []
    for (unit_id, address_id, hook), rows in groups.items():
        told = [Told(Sort(row.sort), row.number) for row in rows]
        text = text_of(told, address_of(rows), now)
        message = Message(
            id=uuid7(), unit_id=unit_id, person_id=rows[0].person_id, channel=rows[0].channel, address_id=address_id, hook=hook,
            title=text.title, sentence=text.sentence, url=text.url, count=len(rows), is_urgent=any(row.is_urgent for row in rows),
            state=MessageState.WAITING.value, made_at=now, next_at=now,
        )
        messages.append(message)
        for row in rows:
            row.due_at, row.message = None, message
            items.append(row)
    Message.objects.bulk_create(messages)
    Item.objects.bulk_update(items, ["due_at", "message"])


def address_of(rows: Sequence[Item]) -> str:
    """Where to look: the one notice, or the first page; empty where the installation's address is not set."""
    site = wires_in_force().site
    if site and len(rows) == 1 and rows[0].notice_id:
        return f"{site}/notices/{rows[0].notice_id}/to/"
    return f"{site}/" if site else ""
