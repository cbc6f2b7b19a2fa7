"""Proving where one is reached: a code goes there by the channel itself, and comes back by hand."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.messaging.carriers.choosing import carry
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.models import Address
from zhitong.domain.messaging.queries.allowing import open_to
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel, address_trouble, written_right
from zhitong.domain.messaging.rules.outside import code_text
from zhitong.domain.messaging.rules.states import CODE_GAP, CODE_LIVES, CODE_TRIES, MessagingFact
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

Carry = Callable[[Channel, Parcel], None]


class NotOpen(Refused):
    """The channel is not connected, or not allowed here."""


class NoCodeNow(Refused):
    """No code can go there now."""


def over_the_wire(channel: Channel, parcel: Parcel) -> None:
    """Bring a parcel out by the wire in force. Raises NotTaken."""
    carry(wires_in_force(), channel, parcel)


@transaction.atomic
def ask_for_code(
    viewer: Viewer, channel: Channel, written: str, *, carry_it: Carry = over_the_wire, now: datetime
) -> None:
    """Note an address, not proved yet, and send a code there; what was proved before under this channel holds no longer.

    Raises NotOpen: the channel is not open here. Raises BadInput, at `address`: it cannot be one. Raises NoCodeNow: a code
    went out within the last minute, or the other side does not take it.
    """
    if channel not in open_to(viewer.region_id):
        raise NotOpen(f"这里没有开通{channel.label}，请换一个渠道，或者请系统管理员接通。")
    address = written_right(channel, written)
    if trouble := address_trouble(channel, address):
        raise BadInput(trouble, {"address": trouble})
    row = Address.objects.select_for_update().filter(person_id=viewer.person_id, channel=channel.value).first()
    if row is not None and row.code_sent_at is not None and now - row.code_sent_at < CODE_GAP:
        raise NoCodeNow("验证码刚刚发出，请稍等一分钟再试。")
    row = row or Address(person_id=viewer.person_id, channel=channel.value)
    code = f"{secrets.randbelow(1_000_000):06}"
    row.address, row.proved_at, row.tries, row.code_sent_at = address, None, 0, now
    row.code_digest = _digest(row, code)
    row.save()
    try:
        carry_it(channel, Parcel(uuid7(), address, code_text(code, int(CODE_LIVES.total_seconds() // 60))))
    except NotTaken as refused:
        raise NoCodeNow(f"验证码没有发出去：{refused.sentence}") from refused


def count_try_at(viewer: Viewer, channel: Channel) -> None:
    """Count one try at a code before it is made; what is refused afterwards must not undo it."""
    row = Address.objects.select_for_update().filter(person_id=viewer.person_id, channel=channel.value).first()
    if row is not None:
        Address.objects.filter(id=row.id).update(tries=row.tries + 1)


def prove_address(viewer: Viewer, channel: Channel, code: str, *, actor: Actor, now: datetime) -> str:
    """Take the code that came; returns why it does not hold, empty when it does and messages go there from now on.

    A wrong code is counted, so this refuses by an answer: an exception would undo the count with the request.
    """
    with transaction.atomic():
        count_try_at(viewer, channel)
        row = Address.objects.select_for_update().filter(person_id=viewer.person_id, channel=channel.value).first()
        if row is None or not row.code_digest or row.code_sent_at is None or now - row.code_sent_at > CODE_LIVES:
            return "验证码已经用过或者过期，请重新获取。"
        if row.tries > CODE_TRIES:
            return "填错的次数太多，请重新获取验证码。"
        if not secrets.compare_digest(row.code_digest, _digest(row, code.strip())):
            return "验证码不对，请核对后再填。"
        Address.objects.filter(id=row.id).update(proved_at=now, code_digest="", tries=0, is_on=True)
        _record(MessagingFact.ADDRESS_PROVED, viewer, channel, actor, now)
        return ""


@transaction.atomic
def drop_address(viewer: Viewer, channel: Channel, *, actor: Actor, now: datetime) -> None:
    """Forget where one is reached by a channel. Raises NotFound: there is no such address."""
    gone, _tables = Address.objects.filter(person_id=viewer.person_id, channel=channel.value).delete()
    if not gone:
        raise NotFound
    _record(MessagingFact.ADDRESS_DROPPED, viewer, channel, actor, now)


def _record(fact: MessagingFact, viewer: Viewer, channel: Channel, actor: Actor, now: datetime) -> None:
    record(str(fact), thing_kind="person", thing_id=viewer.person_id, actor=actor, at=now, body={"channel": channel})


def _digest(row: Address, code: str) -> str:
    return hashlib.sha256(f"{row.id}:{row.address}:{code}".encode()).hexdigest()
