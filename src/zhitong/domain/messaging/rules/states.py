"""How a message stands, when it is tried again, and what is recorded. Pure."""

from __future__ import annotations

from datetime import timedelta

from zhitong.kit.choices import Word


class MessageState(Word):
    """A message on its way."""

    WAITING = "waiting", "等待发送"
    SENDING = "sending", "正在发送"
    SENT = "sent", "已送出"
    FAILED = "failed", "没有送到"
    DROPPED = "dropped", "不再发送"


class MessagingFact(Word):
    """What is recorded of messages; addresses and codes never are."""

    ADDRESS_PROVED = "message.address_proved", "验证消息接收地址"
    ADDRESS_DROPPED = "message.address_dropped", "停用消息接收地址"
    HABIT_KEPT = "message.habit_kept", "修改消息接收习惯"
    CHANNELS_ALLOWED = "message.channels_allowed", "规定可用的消息渠道"
    TRIED_AGAIN = "message.tried_again", "重新发送消息"


WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
"""After each try that failed; after the last there is none: a person decides."""
LEASE = timedelta(minutes=5)
"""A message that has been under way so long was left by a process that died: it is tried again, under the same id."""
RESTS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""So long a channel rests after failures of its own, one after another; the last holds for all that follow."""


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; None: given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest_after(failures: int) -> timedelta:
    """How long a channel rests after so many failures in a row."""
    return RESTS[min(failures, len(RESTS)) - 1]


CODE_LIVES, CODE_GAP, CODE_TRIES = timedelta(minutes=10), timedelta(seconds=60), 5
