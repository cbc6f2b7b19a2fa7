"""Events told to other systems: subscribing, the secret that signs them, what is on its way, what could not be delivered."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Empty, Labelled, OneOf, Said, Shape, labelled
from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.systems.actions.subscribing import change_secret, resend, resume, subscribe, unsubscribe
from zhitong.domain.systems.queries.clients import client_of
from zhitong.domain.systems.queries.telling import (
    SubscriptionRow,
    deliveries_of,
    secret_told,
    subscription_opened,
    subscriptions_of,
)
from zhitong.domain.systems.rules.telling import LONGEST_URL, DeliveryState, Topic
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "deliveries"
DeliveryWord = OneOf[DeliveryState]
TopicWord = OneOf[Topic]


class SubscriptionLine(Shape):
    """A subscription; until `former_until` two secrets sign."""

    id: UUID
    client_id: UUID
    client: str
    url: str
    topics: list[Labelled]
    state: Labelled
    failures: int
    made_at: datetime
    former_until: datetime | None
    waiting: int
    dead: int


class SubscriptionLines(Shape):
    """All of them, the newest first."""

    rows: list[SubscriptionLine]


class SigningSecret(Shape):
    """The secret with which receivers verify."""

    secret: str


class EventLine(Shape):
    """An event on its way; `id` is the header webhook-id."""

    id: UUID
    topic: Labelled
    thing_id: UUID
    version: int
    url: str
    at: datetime
    state: Labelled
    tries: int
    next_at: datetime | None
    ended_at: datetime | None
    status: int | None
    answer: str


class EventLines(Shape):
    """One page, the newest first."""

    rows: list[EventLine]
    next: str | None


class Subscribing(Said):
    """订阅：通知发到哪里、哪些事件。"""

    url: Annotated[str, Field(min_length=1, max_length=LONGEST_URL)]
    topics: Annotated[list[TopicWord], Field(min_length=1, max_length=len(Topic))]  # type: ignore[valid-type]


class SubscriptionTouched(Shape):
    """Which subscription was made or changed."""

    id: UUID


@reads(router, "/subscriptions", answer=SubscriptionLines, summary="事件订阅：本系统的；系统管理员看本辖区的")
def subscriptions(request: Request) -> SubscriptionLines:
    """Those that ended are left out."""
    return SubscriptionLines(rows=[_line(one) for one in subscriptions_of(request.viewer)])


@writes(
    router, "/subscriptions", answer=SubscriptionTouched, summary="订阅事件通知；限接入系统自己", status=HTTPStatus.CREATED,
)
def make(request: Request, said: Subscribing) -> SubscriptionTouched:
    """只通知本系统看得到的事项。"""
    own = client_of(request.viewer)
    if own is None:
        raise NotFound("只有登记的接入系统可以在接口里订阅。请用接入系统的密钥调用，或由系统管理员在“接入系统”页面办理。")
    made = subscribe(
        request.viewer, own, url=said.url, topics=said.topics, may_be_plain=is_demonstration(), actor=actor_of(request),
        now=request.now,
    )
    return SubscriptionTouched(id=made)


@reads(router, "/subscriptions/{subscription_id}", answer=SubscriptionLine, summary="一处事件订阅")
def subscription(request: Request, subscription_id: UUID) -> SubscriptionLine:
    """How it stands."""
    return _line(subscription_opened(request.viewer, subscription_id))


@reads(router, "/subscriptions/{subscription_id}/secret", answer=SigningSecret, summary="核对通知签名用的密钥")
def secret(request: Request, subscription_id: UUID) -> SigningSecret:
    """The one that signs now."""
    return SigningSecret(secret=secret_told(request.viewer, subscription_id))


@writes(router, "/subscriptions/{subscription_id}/secret/change", answer=SubscriptionTouched, summary="更换签名密钥；旧的再用一天")
def renew(request: Request, subscription_id: UUID, said: Empty) -> SubscriptionTouched:
    """一天内通知带新旧两个签名。"""
    change_secret(request.viewer, subscription_id, actor=actor_of(request), now=request.now)
    return SubscriptionTouched(id=subscription_id)


@writes(router, "/subscriptions/{subscription_id}/resume", answer=SubscriptionTouched, summary="恢复自动暂停的事件通知")
def go_on(request: Request, subscription_id: UUID, said: Empty) -> SubscriptionTouched:
    """暂停期间的通知随即补发。"""
    resume(request.viewer, subscription_id, actor=actor_of(request), now=request.now)
    return SubscriptionTouched(id=subscription_id)


@writes(router, "/subscriptions/{subscription_id}/end", answer=SubscriptionTouched, summary="取消事件订阅")
def end(request: Request, subscription_id: UUID, said: Empty) -> SubscriptionTouched:
    """没有送达的不再送。"""
    unsubscribe(request.viewer, subscription_id, actor=actor_of(request), now=request.now)
    return SubscriptionTouched(id=subscription_id)


@reads(router, "/subscriptions/{subscription_id}/deliveries", answer=EventLines, summary="一处订阅的通知：待送达、已送达、未能送达")
def deliveries(
    request: Request, subscription_id: UUID, state: DeliveryWord | None = None,  # type: ignore[valid-type]
    cursor: CursorText = "", limit: Limit = 50,
) -> EventLines:
    """Kept for thirty days after their end."""
    after = opened(LISTING, cursor)
    rows = deliveries_of(request.viewer, subscription_id, state=state, after=after[0] if after else None, limit=limit + 1)
    told = rows[:limit]
    return EventLines(
        rows=[
            EventLine(
                id=one.id, topic=labelled(one.topic), thing_id=one.thing_id, version=one.version, url=one.url, at=one.at,
                state=labelled(one.state), tries=one.tries, next_at=one.next_at, ended_at=one.ended_at, status=one.status,
                answer=one.answer,
            )
            for one in told
        ],
        next=sealed(LISTING, (told[-1].id,) if len(rows) > limit else None),
    )


@writes(
    router, "/subscriptions/{subscription_id}/deliveries/{delivery_id}/resend", answer=SubscriptionTouched,
    summary="重发未能送达的通知",
)
def again(request: Request, subscription_id: UUID, delivery_id: UUID, said: Empty) -> SubscriptionTouched:
    """编号不变，接收方据此去重。"""
    resend(request.viewer, subscription_id, delivery_id, actor=actor_of(request), now=request.now)
    return SubscriptionTouched(id=subscription_id)


def _line(one: SubscriptionRow) -> SubscriptionLine:
    return SubscriptionLine(
        id=one.id, client_id=one.client_id, client=one.client, url=one.url, topics=[labelled(topic) for topic in one.topics],
        state=labelled(one.state), failures=one.failures, made_at=one.made_at, former_until=one.former_until,
        waiting=one.waiting, dead=one.dead,
    )
