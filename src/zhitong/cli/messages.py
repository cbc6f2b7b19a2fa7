"""`zhitong messages`: how the ways out stand, and a trial message to see whether one works."""

from __future__ import annotations

import argparse

from zhitong.domain.messaging.carriers.choosing import carry
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.queries.outgoing import count_by_state, standings
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.outside import trial_text
from zhitong.domain.messaging.rules.states import MessageState
from zhitong.kit import clock
from zhitong.kit.ids import uuid7
from zhitong.kit.trouble import Trouble


class NotDelivered(Trouble):
    """The trial message was not taken."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """With a channel and an address a trial goes there; without, what stands is told."""
    parser.add_argument("channel", nargs="?", choices=[str(one) for one in Channel], help="渠道")
    parser.add_argument("to", nargs="?", metavar="地址", help="邮箱、手机号、账号，或群机器人的名称")


def run(arguments: argparse.Namespace) -> int:
    """Send a trial, or tell how things stand."""
    if arguments.channel:
        return _try(Channel(arguments.channel), arguments.to or "")
    for one in standings():
        state = "正常" if one.is_well else f"连续失败 {one.failures} 次：{one.error}"
        print(f"{one.label}：{state if one.is_connected else '没有接通'}")
    if not standings():
        print("没有接通任何外发渠道，设置见 docs/operations.md。")
    for word, count in count_by_state().items():
        print(f"{MessageState(word).label}：{count} 条")
    return 0


def _try(channel: Channel, to: str) -> int:
    """Send one message at once. Raises NotDelivered."""
    if not to:
        raise NotDelivered("请写明发到哪里，例如：zhitong messages email name@example.cn")
    try:
        carry(wires_in_force(), channel, Parcel(uuid7(), to, trial_text(clock.world_now())))
    except NotTaken as refused:
        raise NotDelivered(f"没有送出：{refused.sentence}") from refused
    print("对方已收下，请到那里看看是否收到。")
    return 0
