"""Subscriptions and deliveries: as their client and its administrators see them, and as the worker serves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.systems.models import Delivery, Subscription
from zhitong.domain.systems.queries.clients import seen_clients
from zhitong.domain.systems.rules.telling import DeliveryState, SubscriptionState, Topic, secret_in_words
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A subscription with how many of its events wait and how many could not be delivered."""

    id: UUID
    client_id: UUID
    client: str
    url: str
    topics: tuple[Topic, ...]
    state: SubscriptionState
    failures: int
    made_at: datetime
    former_until: datetime | None
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """An event on its way; `status` and `answer` are of the last try, None and empty where nobody answered."""

    id: UUID
    subscription_id: UUID
    topic: Topic
    thing_id: UUID
    version: int
    url: str
    at: datetime
    state: DeliveryState
    tries: int
    next_at: datetime | None
    ended_at: datetime | None
    status: int | None
    answer: str


def secret_of(salt: bytes) -> bytes:
    """The secret that a salt stands for in this installation: a copy of the database alone signs nothing."""
    return salted_hmac("zhitong.systems.subscription", salt, algorithm="sha256").digest()


def seen_subscriptions(viewer: Viewer) -> QuerySet[Subscription]:
    """The subscriptions of the clients that a viewer sees, those that ended left out."""
    return Subscription.objects.filter(client__in=seen_clients(viewer)).exclude(state=SubscriptionState.ENDED.value)


def subscriptions_of(viewer: Viewer, client_id: UUID | None = None) -> list[SubscriptionRow]:
    """Subscriptions of one client, or of all that the viewer sees, the newest first; one query."""
    rows = seen_subscriptions(viewer).order_by("-made_at", "-id")
    return _told(rows if client_id is None else rows.filter(client_id=client_id))


def subscription_opened(viewer: Viewer, subscription_id: UUID) -> SubscriptionRow:
    """One subscription. Raises NotFound: it is not there for this viewer."""
    found = _told(seen_subscriptions(viewer).filter(id=subscription_id))
    if not found:
        raise NotFound
    return found[0]


def secret_told(viewer: Viewer, subscription_id: UUID) -> str:
    """The secret with which a subscription is signed, as receivers write it down. Raises NotFound."""
    salt = seen_subscriptions(viewer).filter(id=subscription_id).values_list("salt", flat=True).first()
    if salt is None:
        raise NotFound
    return secret_in_words(secret_of(bytes(salt)))


def deliveries_of(
    viewer: Viewer, subscription_id: UUID, *, state: DeliveryState | None = None, after: UUID | None = None, limit: int = 50
) -> list[DeliveryRow]:
    """Events of a subscription, the newest first; one query. Raises NotFound: no such subscription."""
    if not seen_subscriptions(viewer).filter(id=subscription_id).exists():
        raise NotFound
    rows: QuerySet[Delivery] = Delivery.objects.filter(subscription_id=subscription_id).order_by("-id")
    if state is not None:
        rows = rows.filter(state=state.value)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [
        DeliveryRow(
            row["id"], row["subscription_id"], Topic(row["topic"]), row["thing_id"], row["version"], row["url"], row["at"],
            DeliveryState(row["state"]), row["tries"], row["next_at"], row["ended_at"], row["status"], row["answer"],
        )
        for row in rows.values()[:limit]
    ]


def count_dead(viewer: Viewer, *, most: int) -> int:
    """How many events could not be delivered to any client that the viewer sees, counted no further than `most`; one query."""
    dead = Delivery.objects.filter(subscription__in=seen_subscriptions(viewer), state=DeliveryState.DEAD.value)
    return int(dead[:most].count())


def _told(rows: QuerySet[Subscription]) -> list[SubscriptionRow]:
    counted = rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state="waiting")), dead=Count("deliveries", filter=Q(deliveries__state="dead")),
    )
    return [
        SubscriptionRow(
            row["id"], row["client_id"], row["client__name"], row["url"], tuple(Topic(one) for one in row["topics"]),
            SubscriptionState(row["state"]), row["failures"], row["made_at"], row["former_until"], row["waiting"], row["dead"],
        )
        for row in counted.values(
            "id", "client_id", "client__name", "url", "topics", "state", "failures", "made_at", "former_until", "waiting", "dead",
        )
    ]


@dataclass(frozen=True, slots=True)
class Listener:
    """A subscription that is told of a topic, with the post and account as whom its client sees."""

    subscription_id: UUID
    client_id: UUID
    post_id: UUID
    person_id: UUID


def listeners_to(topics: Sequence[str]) -> dict[str, list[Listener]]:
    """Who is to be told of which topic, one query; paused ones too, whose events wait. For the worker."""
    rows = Subscription.objects.filter(
        topics__overlap=list(topics), client__ended_at__isnull=True
    ).exclude(state=SubscriptionState.ENDED.value).order_by("id")
    found: dict[str, list[Listener]] = {}
    for row in rows.values_list("id", "client_id", "client__post_id", "client__person_id", "topics"):
        for topic in set(row[4]) & set(topics):
            found.setdefault(topic, []).append(Listener(*row[:4]))
    return found
