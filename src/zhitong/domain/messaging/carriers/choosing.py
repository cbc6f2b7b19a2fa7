"""Which carrier takes a parcel, by its channel."""

from __future__ import annotations

from collections.abc import Callable

from zhitong.domain.messaging.carriers import dingtalk, mail, sms, webhook, wecom
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.wires import Hook, Wires

_OF_HOOKS: dict[Channel, Callable[[Hook, Parcel], str]] = {
    Channel.WECOM_ROBOT: wecom.carry_to_robot, Channel.DINGTALK_ROBOT: dingtalk.carry_to_robot, Channel.WEBHOOK: webhook.carry,
}


def carry(wires: Wires, channel: Channel, parcel: Parcel) -> str:
    """Hand a parcel to the other side; to a unit's hook by the hook's name. Returns what the other side calls it.

    Raises NotTaken: the channel is not connected, or the other side does not take it.
    """
    if channel in _OF_HOOKS and parcel.to in wires.hooks:
        return _OF_HOOKS[channel](wires.hooks[parcel.to], parcel)
    if channel is Channel.EMAIL and wires.mail:
        return mail.carry(wires.mail, parcel)
    if channel is Channel.SMS and wires.sms:
        return sms.carry(wires.sms, parcel)
    if channel is Channel.WECOM and wires.wecom:
        return wecom.carry(wires.wecom, parcel)
    if channel is Channel.DINGTALK and wires.dingtalk:
        return dingtalk.carry(wires.dingtalk, parcel)
    raise NotTaken(f"本系统没有接通{channel.label}，请联系系统管理员。", is_lasting=True)
