"""Delivering events: kept for their subscriptions, claimed for a minute, and what came of each written down.

A sender that dies leaves its claim to lapse, and the event is sent again under the same id: at least once, never lost.
Of one thing the next event goes out only when the one before has arrived or was given up. For the worker.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.systems.models import Delivery, Subscription
from zhitong.domain.systems.queries.telling import secret_of
from zhitong.domain.systems.rules.clients import SystemFact
from zhitong.domain.systems.rules.telling import (
    GONE,
    LEASE,
    LONGEST_ANSWER,
    PAUSE_AFTER,
    DeliveryState,
    SubscriptionState,
    Topic,
    body_of,
    next_try,
)
from zhitong.kit.ids import uuid7
from zhitong.kit.texts import clean_text

KEPT = timedelta(days=30)
_WORK = Actor(None, None, None, "work")
_SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a subscription is to be told of: a fact about a thing; `version` grows with every fact."""

    subscription_id: UUID
    fact_id: UUID
    topic: Topic
    thing_id: UUID
    version: int
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """An event claimed for sending: where to, what, and the secrets that sign it, the new one first."""

    id: UUID
    to: str
    body: bytes
    secrets: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending: the status and the beginning of the answer; no status and the reason where none came."""

    letter_id: UUID
    status: int | None
    answer: str


def keep_events(events: Sequence[Event], *, now: datetime) -> int:
    """Put events on their way, in order; those kept before are not kept twice. Returns how many were named."""
    Delivery.objects.bulk_create(
        [
            Delivery(
                id=uuid7(), subscription_id=one.subscription_id, fact_id=one.fact_id, topic=one.topic.value,
                thing_id=one.thing_id, version=one.version, url=one.url, at=one.at, state=DeliveryState.WAITING.value, next_at=now,
            )
            for one in events
        ],
        ignore_conflicts=True, batch_size=1000,
    )
    return len(events)


_CLAIM = """
UPDATE systems_delivery SET next_at = %(until)s, tries = tries + 1 WHERE id IN (
    SELECT due.id FROM systems_delivery due JOIN systems_subscription one ON one.id = due.subscription_id
    WHERE due.state = 'waiting' AND due.next_at <= %(now)s AND one.state = 'active' AND NOT EXISTS (
        SELECT 1 FROM systems_delivery older WHERE older.subscription_id = due.subscription_id
          AND older.thing_id = due.thing_id AND older.state = 'waiting' AND older.id < due.id)
    ORDER BY due.next_at, due.id LIMIT %(most)s FOR UPDATE OF due SKIP LOCKED)
RETURNING id
"""


@transaction.atomic
def claim(*, most: int, now: datetime) -> list[Letter]:
    """Take events that are due, for LEASE; two workers never take the same. Three statements, none locked afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"until": now + LEASE, "now": now, "most": most})
        ids = [row[0] for row in cursor.fetchall()]
    found = []
    for row in Delivery.objects.filter(id__in=ids).select_related("subscription").order_by("id"):
        one = row.subscription
        salts = [one.salt]
        if one.former_salt is not None and one.former_until is not None and one.former_until > now:
            salts.append(one.former_salt)
        body = body_of(topic=Topic(row.topic), thing_id=row.thing_id, version=row.version, url=row.url, at=row.at)
        found.append(Letter(row.id, one.url, body, tuple(secret_of(bytes(salt)) for salt in salts)))
    return found


@transaction.atomic
def settle(outcome: Outcome, *, now: datetime) -> None:
    """Write down what came of sending: arrived, to be tried again, or given up; pause a subscription that fails on."""
    row = Delivery.objects.select_for_update().filter(id=outcome.letter_id, state=DeliveryState.WAITING.value).first()
    if row is None:
        return
    row.status, row.answer = outcome.status, clean_text(outcome.answer)[:LONGEST_ANSWER]
    if outcome.status in _SUCCESS:
        row.state, row.ended_at, row.next_at = DeliveryState.DELIVERED.value, now, None
        Subscription.objects.filter(id=row.subscription_id).exclude(failures=0).update(failures=0)
    else:
        wait = next_try(row.tries, random.random())  # noqa: S311 - spreads tries, guards nothing
        row.next_at = now + wait if wait else None
        if wait is None:
            row.state, row.ended_at = DeliveryState.DEAD.value, now
        _count_failure(row.subscription_id, is_gone=outcome.status == GONE, now=now)
    row.save(update_fields=["status", "answer", "state", "ended_at", "next_at"])


def forget_delivered(*, now: datetime) -> int:
    """Drop what arrived or was given up a month ago; returns how many."""
    return int(Delivery.objects.filter(ended_at__lt=now - KEPT).delete()[0])


def _count_failure(subscription_id: UUID, *, is_gone: bool, now: datetime) -> None:
    Subscription.objects.filter(id=subscription_id).update(failures=F("failures") + 1)
    failing = Subscription.objects.filter(id=subscription_id, state=SubscriptionState.ACTIVE.value)
    if not is_gone:
        failing = failing.filter(failures__gte=PAUSE_AFTER)
    row = failing.select_related("client").first()
    if row is None:
        return
    failing.update(state=SubscriptionState.PAUSED.value)
    record(
        str(SystemFact.PAUSED), thing_kind="client", thing_id=row.client_id, actor=_WORK, at=now,
        body={"subscription": row.id, "failures": row.failures, "unit": row.client.unit_id, "name": row.client.name},
    )
