"""Registering clients and ending them; giving them keys and ending those. Acts of who administers the territory."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.system_accounts import close_account, found_account
from zhitong.domain.organisations.queries import directory, token_digest
from zhitong.domain.organisations.queries.acting_posts import StandingPost, standing_posts_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.systems.models import Client, ClientKey, Subscription
from zhitong.domain.systems.queries.clients import seen_clients
from zhitong.domain.systems.rules.clients import (
    KEY_START,
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    MOST_ADDRESSES,
    MOST_DAYS,
    MOST_KEYS,
    PREFIX_LENGTH,
    RateClass,
    SystemFact,
    may_hold,
    networks_in,
)
from zhitong.domain.systems.rules.telling import SubscriptionState
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written


class NameTaken(Refused):
    """The unit has a client of this name."""

    def __init__(self) -> None:
        super().__init__("这个单位已经登记了同名的接入系统。请换一个名称，或在原有的系统里换发密钥。")


class KeysFull(Refused):
    """The client has as many keys as one may have."""

    def __init__(self) -> None:
        super().__init__(f"一个系统最多同时有{MOST_KEYS}个有效密钥。请先停用不再使用的，再发新的。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """What is to be registered; `addresses` as they are typed, empty for every address."""

    unit_id: UUID
    post_id: UUID
    name: str
    purpose: str
    contact: str
    rights: Collection[Permission]
    addresses: str
    rate: RateClass


@transaction.atomic
def register(viewer: Viewer, new: NewClient, *, actor: Actor, now: datetime) -> UUID:
    """Register another system for a unit of the territory; returns the client's id. It has no key yet.

    Raises NotYours: the post does not administer. Raises BadInput, by field. Raises NameTaken.
    """
    require(viewer, Permission.ADMINISTER)
    here = directory()
    unit = here.units.get(new.unit_id)
    if unit is None or unit.region_id not in set(here.within(viewer.region_id)):
        raise BadInput("本辖区没有这个单位，请核对后再填。", {"unit": "本辖区没有这个单位，请核对后再填。"})
    _refuse_rights(standing_posts_of(unit.id), new)
    name = written("name", new.name, LONGEST_NAME, wanted="请写明系统的名称，例如“市督办平台”。")
    purpose = written("purpose", new.purpose, LONGEST_PURPOSE, wanted="请写明接入用来做什么。")
    contact = written("contact", new.contact, LONGEST_CONTACT, wanted="请写明联系人和电话。")
    addresses = _networks(new.addresses)
    if Client.objects.filter(unit_id=unit.id, name=name, ended_at__isnull=True).exists():
        raise NameTaken
    client = Client.objects.create(
        name=name, purpose=purpose, contact=contact, unit_id=unit.id, region_id=unit.region_id, post_id=new.post_id,
        person_id=found_account(f"{name}（系统）"), rights=sorted(str(one.value) for one in new.rights), addresses=list(addresses),
        rate=new.rate.value, registered_at=now,
    )
    record(
        str(SystemFact.REGISTERED), thing_kind="client", thing_id=client.id, actor=actor, at=now,
        body={"unit": unit.id, "post": new.post_id, "person": client.person_id, "rights": client.rights, "rate": new.rate},
        details={"name": name, "purpose": purpose, "contact": contact, "addresses": " ".join(addresses)},
    )
    return client.id


@transaction.atomic
def end_client(viewer: Viewer, client_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End a client with all its keys and subscriptions: from now on it is known no more.

    Raises NotYours. Raises NotFound: it is not there for this viewer, or has ended.
    """
    client = _standing(viewer, client_id)
    Client.objects.filter(id=client.id).update(ended_at=now)
    ClientKey.objects.filter(client_id=client.id, ended_at__isnull=True).update(ended_at=now)
    Subscription.objects.filter(client_id=client.id).update(state=SubscriptionState.ENDED.value)
    close_account(client.person_id)
    record(str(SystemFact.ENDED), thing_kind="client", thing_id=client.id, actor=actor, at=now)


@transaction.atomic
def give_key(
    viewer: Viewer, client_id: UUID, *, days: int, overlap_days: int | None, actor: Actor, now: datetime
) -> str:
    """Give a client a key for so many days; it is returned once and only its digest is kept.

    `overlap_days`: the keys that it had end after so many days at the latest (rotation); None leaves them as they are.
    Raises NotYours. Raises NotFound: no such client. Raises BadInput, at `days`. Raises KeysFull.
    """
    client = _standing(viewer, client_id)
    if not 1 <= days <= MOST_DAYS or (overlap_days is not None and not 0 <= overlap_days <= days):
        trouble = f"有效期要在1到{MOST_DAYS}天之间，旧密钥保留的天数不能超过它。"
        raise BadInput(trouble, {"days": trouble})
    held = ClientKey.objects.filter(client_id=client.id, ended_at__isnull=True, expires_at__gt=now)
    if held.count() >= MOST_KEYS:
        raise KeysFull
    if overlap_days is not None:
        until = now + timedelta(days=overlap_days)
        held.filter(expires_at__gt=until).update(expires_at=until)
    secret = KEY_START + secrets.token_urlsafe(32)
    key = ClientKey.objects.create(
        client_id=client.id, prefix=secret[:PREFIX_LENGTH], digest=token_digest(secret), made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(
        str(SystemFact.KEY_GIVEN), thing_kind="client", thing_id=client.id, actor=actor, at=now,
        body={"key": key.id, "days": days, "overlap_days": overlap_days},
    )
    return secret


@transaction.atomic
def end_client_key(viewer: Viewer, client_id: UUID, key_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End one key of a client at once.

    Raises NotYours. Raises NotFound: it is not there for this viewer, or has ended.
    """
    client = _standing(viewer, client_id)
    ended = ClientKey.objects.filter(id=key_id, client_id=client.id, ended_at__isnull=True).update(ended_at=now)
    if not ended:
        raise NotFound
    record(
        str(SystemFact.KEY_ENDED), thing_kind="client", thing_id=client.id, actor=actor, at=now, body={"key": key_id},
    )


def _standing(viewer: Viewer, client_id: UUID) -> Client:
    require(viewer, Permission.ADMINISTER)
    found = seen_clients(viewer).filter(id=client_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def _refuse_rights(posts: Sequence[StandingPost], new: NewClient) -> None:
    post = next((one for one in posts if one.id == new.post_id), None)
    if post is None:
        raise BadInput("请选择这个单位现有的岗位。", {"post": "请选择这个单位现有的岗位。"})
    if not may_hold(new.rights, post.permissions):
        trouble = "只能选这个岗位自己有的权限；评价、审签、管理、密封件和审计只由人办理。"
        raise BadInput(trouble, {"rights": trouble})


def _networks(text: str) -> tuple[str, ...]:
    try:
        found = networks_in(text)
    except ValueError as error:
        trouble = f"“{error}”不是网络地址。请写成 10.1.2.3 或 10.1.0.0/16，多个用空格分开。"
        raise BadInput(trouble, {"addresses": trouble}) from error
    if len(found) > MOST_ADDRESSES:
        trouble = f"最多写{MOST_ADDRESSES}个地址。请合并成网段。"
        raise BadInput(trouble, {"addresses": trouble})
    return found
