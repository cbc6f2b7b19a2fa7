"""Bringing messages out: claimed, carried, and noted how it went; at least once, under an id that never changes.

A message is claimed in a transaction of its own before it is carried, so a process that dies in between leaves it claimed;
after a while it is tried again under the same id. Whether the other side then drops it, the carriers say one by one.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.messaging.actions.composing import goes_on_for
from zhitong.domain.messaging.carriers.choosing import carry
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.models import ChannelStanding, Message
from zhitong.domain.messaging.queries.outgoing import message_seen
from zhitong.domain.messaging.queries.places import habits_of, in_use
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.hours import OF_UNIT, USUAL, Pace
from zhitong.domain.messaging.rules.outside import Text
from zhitong.domain.messaging.rules.states import LEASE, MessageState, MessagingFact, rest_after, wait_after
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import metering
from zhitong.kit.refusals import Refused

BUDGET_SECONDS = 1.0
"""So long one turn of the worker sends; what is left waits for the next, after everything else had its turn."""
_log = logging.getLogger(__name__)


class NotFailed(Refused):
    """The message is on its way or has arrived: there is nothing to try again."""


def send_due(now: datetime) -> int:
    """Send what is due for about a second; returns how many were tried. Never inside a transaction of the caller's."""
    tried, until = 0, time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < until and (message := _claim(now)) is not None:
        _send(message, now)
        tried += 1
    return tried


@transaction.atomic
def try_again(viewer: Viewer, message_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Have a message that was given up sent once more, with all its tries.

    Raises NotFound: it is not there for this viewer. Raises NotFailed.
    """
    row = message_seen(viewer, message_id)
    if row.state != MessageState.FAILED.value:
        raise NotFailed("这条消息正在发送或者已经送出，不用再发。")
    Message.objects.filter(id=row.id).update(state=MessageState.WAITING.value, next_at=now, attempts=0, error="")
    record(str(MessagingFact.TRIED_AGAIN), thing_kind="message", thing_id=row.id, actor=actor, at=now, body={"channel": row.channel})


@transaction.atomic
def _claim(now: datetime) -> Message | None:
    """The next message that is due, of a channel that does not rest; marked as under way before anything is sent."""
    resting = ChannelStanding.objects.filter(rests_until__gt=now).values("name")
    due = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_at__lte=now)
    free = due.exclude(Q(hook="", channel__in=resting) | Q(hook__in=resting)).select_related("address")
    message = free.order_by("-is_urgent", "next_at", "id").first()
    if message is None:
        return None
    message.attempts += 1
    Message.objects.filter(id=message.id).update(
        state=MessageState.SENDING.value, attempts=message.attempts, tried_at=now, next_at=now + LEASE
    )
    return message


def _send(message: Message, now: datetime) -> None:
    if message.address is not None and message.address_id not in in_use([message.address.id]):
        _note(message, state=MessageState.DROPPED.value, next_at=None, error="收件人已停用这个地址。")
        return
    to = message.address.address if message.address else message.hook
    parcel = Parcel(message.id, to, Text(message.title, message.sentence, message.url), message.count)
    try:
        remote = carry(wires_in_force(), Channel(message.channel), parcel)
    except NotTaken as refused:
        _note_refusal(message, refused, now)
    else:
        metering.MESSAGES_SENT.labels(message.channel).inc()
        with transaction.atomic():
            _note(message, state=MessageState.SENT.value, next_at=None, sent_at=now, error="", remote_id=remote[:120])
            _stands(message, succeeded_at=now, failures=0, rests_until=None, error="")


@transaction.atomic
def _note_refusal(message: Message, refused: NotTaken, now: datetime) -> None:
    metering.MESSAGES_FAILED.labels(message.channel).inc()
    _log.warning("%s没有收下消息 %s：%s", Channel(message.channel).label, message.id, refused.sentence)
    wait = None if refused.is_lasting else wait_after(message.attempts)
    error = refused.sentence[:200]
    if wait is None:
        _note(message, state=MessageState.FAILED.value, next_at=None, error=error)
    else:
        habit = habits_of([message.person_id]).get(message.person_id, USUAL) if message.person_id else OF_UNIT
        soon = replace(habit, pace=Pace.AT_ONCE)  # a digest that did not get through does not wait for the next
        again = goes_on_for(message.unit_id, soon, now + wait, now + wait, is_urgent=message.is_urgent)
        _note(message, state=MessageState.WAITING.value, next_at=again, error=error)
    if refused.rests:
        kept = _stands(message, failed_at=now, error=error)
        failures = kept.failures + 1
        _stands(message, failures=failures, rests_until=now + rest_after(failures))


def _note(message: Message, **values: object) -> None:
    """Note how a try went; a message that another process has claimed since keeps what that one notes."""
    Message.objects.filter(id=message.id, attempts=message.attempts).update(**values)


def _stands(message: Message, **values: object) -> ChannelStanding:
    row, _is_new = ChannelStanding.objects.update_or_create(name=message.hook or message.channel, defaults=values)
    return row
