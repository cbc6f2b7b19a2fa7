"""Other systems: which are registered in the territory, with their keys by the first signs; ending a key or a client.

Keys are for people before pages: no operation here gives one out.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Empty, Labelled, Shape, labelled
from zhitong.domain.systems.actions.registering import end_client, end_client_key
from zhitong.domain.systems.queries.clients import ClientRow, client_opened, clients_for, keys_of_client

router = Router()
LISTING = "clients"


class ClientLine(Shape):
    """A client; `addresses` empty: from anywhere; `last_used_at` is exact to a minute."""

    id: UUID
    name: str
    unit: str
    post: str
    purpose: str
    contact: str
    rights: list[Labelled]
    addresses: list[str]
    rate: Labelled
    keys: int
    last_used_at: datetime | None
    registered_at: datetime
    ended_at: datetime | None


class ClientLines(Shape):
    """One page, the newest first."""

    rows: list[ClientLine]
    next: str | None


class KeyOfClient(Shape):
    """A key by its first signs."""

    id: UUID
    prefix: str
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    ended_at: datetime | None
    holds: bool


class ClientDetail(Shape):
    """A client with its keys."""

    client: ClientLine
    keys: list[KeyOfClient]


class ClientTouched(Shape):
    """Which client was changed."""

    id: UUID


@reads(router, "/clients", answer=ClientLines, summary="接入系统：本辖区登记的；接入系统自己看到的只有自己")
def clients(request: Request, with_ended: bool = False, cursor: CursorText = "", limit: Limit = 50) -> ClientLines:
    """For who administers the territory."""
    after = opened(LISTING, cursor)
    rows = clients_for(
        request.viewer, now=request.now, with_ended=with_ended, after=(after[0], after[1]) if after else None, limit=limit + 1
    )
    told = rows[:limit]
    more = (told[-1].registered_at, told[-1].id) if len(rows) > limit else None
    return ClientLines(rows=[_line(one) for one in told], next=sealed(LISTING, more))


@reads(router, "/clients/{client_id}", answer=ClientDetail, summary="一个接入系统：权限、来源地址、密钥")
def client(request: Request, client_id: UUID) -> ClientDetail:
    """With the keys that ended."""
    found = client_opened(request.viewer, client_id, now=request.now)
    return ClientDetail(client=_line(found), keys=[
        KeyOfClient(
            id=one.id, prefix=one.prefix, made_at=one.made_at, expires_at=one.expires_at, last_used_at=one.last_used_at,
            ended_at=one.ended_at, holds=one.holds,
        )
        for one in keys_of_client(request.viewer, client_id, now=request.now)
    ])  # fmt: skip


@writes(router, "/clients/{client_id}/keys/{key_id}/end", answer=ClientTouched, summary="停用接入系统的一个密钥；限系统管理员")
def end_key(request: Request, client_id: UUID, key_id: UUID, said: Empty) -> ClientTouched:
    """立即失效。"""
    end_client_key(request.viewer, client_id, key_id, actor=actor_of(request), now=request.now)
    return ClientTouched(id=client_id)


@writes(router, "/clients/{client_id}/end", answer=ClientTouched, summary="停用接入系统；限系统管理员")
def end(request: Request, client_id: UUID, said: Empty) -> ClientTouched:
    """它的密钥和订阅一并停用。"""
    end_client(request.viewer, client_id, actor=actor_of(request), now=request.now)
    return ClientTouched(id=client_id)


def _line(one: ClientRow) -> ClientLine:
    return ClientLine(
        id=one.id, name=one.name, unit=one.unit, post=one.post, purpose=one.purpose, contact=one.contact,
        rights=[labelled(right) for right in one.rights], addresses=list(one.addresses), rate=labelled(one.rate), keys=one.keys,
        last_used_at=one.last_used_at, registered_at=one.registered_at, ended_at=one.ended_at,
    )
