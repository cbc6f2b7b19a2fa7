"""Subscribing to events, changing the secret they are signed with, letting a paused subscription go on, ending it."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.systems.models import Delivery, Subscription
from zhitong.domain.systems.queries.clients import seen_clients
from zhitong.domain.systems.queries.telling import seen_subscriptions
from zhitong.domain.systems.rules.clients import SystemFact
from zhitong.domain.systems.rules.telling import (
    BOTH_SIGN_FOR,
    MOST_SUBSCRIPTIONS,
    DeliveryState,
    SubscriptionState,
    Topic,
    url_trouble,
)
from zhitong.kit.refusals import BadInput, NotFound, Refused

_SALT_BYTES = 20


class TooManySubscriptions(Refused):
    """The client has as many subscriptions as one may have."""

    def __init__(self) -> None:
        super().__init__(f"一个系统最多订阅{MOST_SUBSCRIPTIONS}处。请先取消不再使用的。")


class NotPaused(Refused):
    """The subscription is served already."""

    def __init__(self) -> None:
        super().__init__("这处订阅没有暂停，不用恢复。")


class NotDead(Refused):
    """The event is still on its way, or has arrived."""

    def __init__(self) -> None:
        super().__init__("这条通知没有停止投递，不用重发。待送达的会自动再试。")


@transaction.atomic
def subscribe(
    viewer: Viewer, client_id: UUID, *, url: str, topics: Collection[Topic], may_be_plain: bool, actor: Actor, now: datetime
) -> UUID:
    """Let a client be told at an address of what moves within its sight; returns the subscription.

    `may_be_plain`: this is a demonstration, where http will do. By the client itself or who administers it.
    Raises NotFound: no such client for this viewer. Raises BadInput, at `url` or `topics`. Raises TooManySubscriptions.
    """
    client = seen_clients(viewer).filter(id=client_id, ended_at__isnull=True).select_for_update().first()
    if client is None:
        raise NotFound
    trouble = url_trouble(url, may_be_plain=may_be_plain)
    if trouble:
        raise BadInput(trouble, {"url": trouble})
    if not topics:
        raise BadInput("请至少选一种事件。", {"topics": "请至少选一种事件。"})
    if seen_subscriptions(viewer).filter(client_id=client_id).count() >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptions
    row = Subscription.objects.create(
        client_id=client_id, url=url, topics=sorted({str(one.value) for one in topics}), salt=os.urandom(_SALT_BYTES),
        state=SubscriptionState.ACTIVE.value, made_at=now,
    )
    record(
        str(SystemFact.SUBSCRIBED), thing_kind="client", thing_id=client_id, actor=actor, at=now,
        body={"subscription": row.id, "topics": row.topics}, details={"url": url},
    )
    return row.id


@transaction.atomic
def change_secret(viewer: Viewer, subscription_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Sign with a new secret; the former one signs beside it for a day. Raises NotFound."""
    row = _standing(viewer, subscription_id)
    row.former_salt, row.former_until = row.salt, now + BOTH_SIGN_FOR
    row.salt = os.urandom(_SALT_BYTES)
    row.save(update_fields=["salt", "former_salt", "former_until"])
    _record(SystemFact.SECRET_CHANGED, row, actor, now)


@transaction.atomic
def resume(viewer: Viewer, subscription_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Serve a paused subscription again; what waited goes out at once. Raises NotFound, NotPaused."""
    row = _standing(viewer, subscription_id)
    if row.state != SubscriptionState.PAUSED.value:
        raise NotPaused
    row.state, row.failures = SubscriptionState.ACTIVE.value, 0
    row.save(update_fields=["state", "failures"])
    Delivery.objects.filter(subscription_id=row.id, state=DeliveryState.WAITING.value).update(next_at=now)
    _record(SystemFact.RESUMED, row, actor, now)


@transaction.atomic
def unsubscribe(viewer: Viewer, subscription_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End a subscription; what waited is not sent. Raises NotFound."""
    row = _standing(viewer, subscription_id)
    Subscription.objects.filter(id=row.id).update(state=SubscriptionState.ENDED.value)
    _record(SystemFact.UNSUBSCRIBED, row, actor, now)


@transaction.atomic
def resend(viewer: Viewer, subscription_id: UUID, delivery_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let a dead letter be tried anew, with all its tries. Raises NotFound: no such event. Raises NotDead."""
    row = _standing(viewer, subscription_id)
    letter = Delivery.objects.select_for_update().filter(id=delivery_id, subscription_id=row.id).first()
    if letter is None:
        raise NotFound
    if letter.state != DeliveryState.DEAD.value:
        raise NotDead
    letter.state, letter.tries, letter.next_at, letter.ended_at = DeliveryState.WAITING.value, 0, now, None
    letter.save(update_fields=["state", "tries", "next_at", "ended_at"])
    record(
        str(SystemFact.RESENT), thing_kind="client", thing_id=row.client_id, actor=actor, at=now,
        body={"subscription": row.id, "delivery": letter.id},
    )


@transaction.atomic
def resend_all(viewer: Viewer, subscription_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Let every dead letter of a subscription be tried anew, in the order in which they arose; returns how many.

    Raises NotFound. Raises NotDead: there is none.
    """
    row = _standing(viewer, subscription_id)
    letters = Delivery.objects.filter(subscription_id=row.id, state=DeliveryState.DEAD.value)
    sent = letters.update(state=DeliveryState.WAITING.value, tries=0, next_at=now, ended_at=None)
    if not sent:
        raise NotDead
    record(
        str(SystemFact.RESENT), thing_kind="client", thing_id=row.client_id, actor=actor, at=now,
        body={"subscription": row.id, "count": sent},
    )
    return sent


def _standing(viewer: Viewer, subscription_id: UUID) -> Subscription:
    row = seen_subscriptions(viewer).select_for_update(of=("self",)).filter(id=subscription_id).first()
    if row is None:
        raise NotFound
    return row


def _record(kind: SystemFact, row: Subscription, actor: Actor, now: datetime) -> None:
    record(
        str(kind), thing_kind="client", thing_id=row.client_id, actor=actor, at=now, body={"subscription": row.id},
    )
