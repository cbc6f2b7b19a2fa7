"""Accounts: one's own sittings, passkeys and links with identity services, who waits after failures, and a lost second factor reset.

Passwords and codes are for people before pages: no operation here takes or tells one.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Empty, Labelled, Name, Said, Shape, ShortText, labelled
from zhitong.domain.accounts.actions.factors import reset_factor
from zhitong.domain.accounts.actions.lifting import lift
from zhitong.domain.accounts.actions.passkeys import remove_passkey
from zhitong.domain.accounts.actions.sittings import end_sitting, end_sittings_of
from zhitong.domain.accounts.queries.identities import identities_of
from zhitong.domain.accounts.queries.passkeys import passkeys_of
from zhitong.domain.accounts.queries.sittings import sittings_of
from zhitong.domain.accounts.queries.waits import Waiting, waits_in

router = Router()
WAITS = "sign-in-waits"


class OwnSitting(Shape):
    """A place where the person of this key is signed in; `seen_at` is exact to a minute."""

    id: UUID
    way: Labelled
    device: str
    address: str
    since: datetime
    seen_at: datetime


class OwnSittings(Shape):
    """All of them, the newest first."""

    rows: list[OwnSitting]


class OwnIdentity(Shape):
    """One's account at an identity service: `subject` is the number it has there, `how` it came to be linked."""

    id: UUID
    service: str
    subject: str
    how: Labelled
    linked_at: datetime


class OwnIdentities(Shape):
    """All of them, the oldest first."""

    rows: list[OwnIdentity]


class OwnPasskeyTold(Shape):
    """One's passkey; `used_at` is null while it was never used."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


class OwnPasskeys(Shape):
    """All of them, the oldest first."""

    rows: list[OwnPasskeyTold]


class PasskeyRemoved(Shape):
    """Which one opens nothing more."""

    id: UUID


class SittingsEnded(Shape):
    """How many ended."""

    count: int


class SignInWait(Shape):
    """Failures that count together; `name` is empty where nobody has the login, `until` null while tries are left."""

    id: UUID
    place: Labelled
    login: str
    name: str
    address: str
    failures: int
    last_at: datetime
    until: datetime | None


class SignInWaits(Shape):
    """One page, the newest first."""

    rows: list[SignInWait]
    next: str | None


class WaitLifted(Shape):
    """What is waited for no longer."""

    id: UUID


class FactorReset(Said):
    """重置动态码."""

    login: Name
    reason: ShortText


class FactorGone(Shape):
    """Whose second factor was taken away."""

    login: str


@reads(router, "/account/sittings", answer=OwnSittings, summary="本人登录着的各处")
def sittings(request: Request) -> OwnSittings:
    """Of the person behind the key."""
    return OwnSittings(rows=[
        OwnSitting(id=one.id, way=labelled(one.way), device=one.device, address=one.address, since=one.since, seen_at=one.seen_at)
        for one in sittings_of(request.viewer.person_id, here=None)
    ])  # fmt: skip


@reads(router, "/account/identities", answer=OwnIdentities, summary="本人绑定的统一身份")
def identities(request: Request) -> OwnIdentities:
    """Of the person behind the key; they are linked and let go of on pages, where the password is asked."""
    return OwnIdentities(rows=[
        OwnIdentity(id=one.id, service=one.service, subject=one.subject, how=labelled(one.how), linked_at=one.linked_at)
        for one in identities_of(request.viewer.person_id)
    ])  # fmt: skip


@reads(router, "/account/passkeys", answer=OwnPasskeys, summary="本人绑定的通行密钥")
def passkeys(request: Request) -> OwnPasskeys:
    """Of the person behind the key; they are bound in a browser alone, where the device is."""
    return OwnPasskeys(rows=[
        OwnPasskeyTold(id=one.id, name=one.name, made_at=one.made_at, used_at=one.used_at)
        for one in passkeys_of(request.viewer.person_id)
    ])  # fmt: skip


@writes(router, "/account/passkeys/{passkey_id}/remove", answer=PasskeyRemoved, summary="解除本人的一个通行密钥")
def remove_own_passkey(request: Request, passkey_id: UUID, said: Empty) -> PasskeyRemoved:
    """岗位必须有动态码或通行密钥的，最后一个不能解除。"""
    remove_passkey(person_id=request.viewer.person_id, passkey_id=passkey_id, actor=actor_of(request), now=request.now)
    return PasskeyRemoved(id=passkey_id)


@writes(router, "/account/sittings/{sitting_id}/end", answer=SittingsEnded, summary="退出本人的一处登录")
def end(request: Request, sitting_id: UUID, said: Empty) -> SittingsEnded:
    """下一次访问即要求重新登录。"""
    end_sitting(request.viewer, sitting_id, actor=actor_of(request), now=request.now)
    return SittingsEnded(count=1)


@writes(router, "/account/sittings/end", answer=SittingsEnded, summary="退出本人的全部登录")
def end_all(request: Request, said: Empty) -> SittingsEnded:
    """接口密钥不受影响。"""
    return SittingsEnded(
        count=end_sittings_of(request.viewer.person_id, but=None, actor=actor_of(request), now=request.now)
    )


@reads(router, "/sign-in-waits", answer=SignInWaits, summary="本辖区最近一天的登录失败和等待；限系统管理员")
def waits(request: Request, only_shut: bool = False, cursor: CursorText = "", limit: Limit = 50) -> SignInWaits:
    """Of the territory."""
    after = opened(WAITS, cursor)
    rows = waits_in(
        request.viewer, now=request.now, only_shut=only_shut, after=(after[0], after[1]) if after else None, limit=limit + 1
    )
    told = rows[:limit]
    return SignInWaits(
        rows=[_wait(one) for one in told],
        next=sealed(WAITS, (told[-1].last_at, told[-1].id)) if len(rows) > limit else None,
    )


@writes(router, "/sign-in-waits/{wait_id}/lift", answer=WaitLifted, summary="解除登录等待；限系统管理员")
def lift_wait(request: Request, wait_id: UUID, said: Empty) -> WaitLifted:
    """失败次数从头计起。"""
    lift(request.viewer, wait_id, actor=actor_of(request), now=request.now)
    return WaitLifted(id=wait_id)


@writes(router, "/second-factors/reset", answer=FactorGone, summary="重置一个人的动态码；限系统管理员")
def reset(request: Request, said: FactorReset) -> FactorGone:
    """动态码、通行密钥和恢复码作废，本人各处的登录退出。"""
    reset_factor(request.viewer, login=said.login, reason=said.reason, actor=actor_of(request), now=request.now)
    return FactorGone(login=said.login)


def _wait(one: Waiting) -> SignInWait:
    return SignInWait(
        id=one.id, place=labelled(one.place), login=one.login, name=one.name, address=one.address, failures=one.failures,
        last_at=one.last_at, until=one.until,
    )
