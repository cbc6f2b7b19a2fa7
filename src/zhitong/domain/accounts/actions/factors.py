"""The second factor: bind an authenticator app, prove it, spend recovery codes, let go of it, reset somebody's with his passkeys."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhitong.domain.accounts.actions.knocking import forget_code_tries
from zhitong.domain.accounts.actions.sittings import end_sittings_of
from zhitong.domain.accounts.models import Factor, Passkey, RecoveryCode
from zhitong.domain.accounts.queries.administered import administered
from zhitong.domain.accounts.queries.factors import digest_of_code, secret_of
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.standing import must_bind
from zhitong.domain.accounts.rules.one_time import (
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    RECOVERY_SIGNS,
    plain_code,
    recovery_code,
    step_matching,
)
from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written

LONGEST_REASON = 200
_SALT_BYTES = 20


class AlreadyBound(Refused):
    """Somebody has a second factor: it must be let go of before another is bound."""

    def __init__(self) -> None:
        super().__init__("已经绑定了动态码。换手机的，请先解绑，再用新手机绑定。")


class MustKeep(Refused):
    """A post that the person holds asks for a second factor."""

    def __init__(self) -> None:
        super().__init__(
            "您的岗位登录时必须有动态码或通行密钥，这是最后一个，不能解除。要换的，请先绑定另一个；丢失的，请联系上一级系统管理员重置。"
        )


def begin_binding(person_id: UUID, *, now: datetime) -> None:
    """Make ready what an authenticator app is told; begun before and not yet bound, it stays as it was.

    Raises AlreadyBound.
    """
    with known_as(person_id):
        row, _is_new = Factor.objects.get_or_create(
            person_id=person_id, defaults={"salt": os.urandom(_SALT_BYTES), "made_at": now}
        )
        if row.bound_at is not None:
            raise AlreadyBound


def bind(*, person_id: UUID, written_code: str, world: datetime, actor: Actor, now: datetime) -> list[str]:
    """Bind the authenticator app whose code was written; returns the recovery codes, told once.

    `world` is the world's time, in which phones count. Raises BadInput, at `code`. Raises AlreadyBound.
    """
    with known_as(person_id):
        row = Factor.objects.select_for_update().filter(person_id=person_id).first()
        if row is not None and row.bound_at is not None:
            raise AlreadyBound
        step = _step(row, written_code, world) if row else None
        if row is None or step is None:
            raise BadInput(_WRONG, {"code": _WRONG})
        Factor.objects.filter(person_id=person_id).update(bound_at=now, last_step=step)
        forget_code_tries(person_id)
        record(AccountFact.FACTOR_BOUND.value, thing_kind="person", thing_id=person_id, actor=actor, at=now)
        return new_codes(person_id)


def prove(*, person_id: UUID, written_code: str, world: datetime, actor: Actor, now: datetime) -> None:
    """Take a code of the app, or a recovery code, as proof; neither is taken a second time. The caller has counted the try.

    Raises BadInput, at `code`: it is wrong, or was used.
    """
    with known_as(person_id):
        row = Factor.objects.select_for_update().filter(person_id=person_id, bound_at__isnull=False).first()
        step = _step(row, written_code, world) if row else None
        if step is not None:
            Factor.objects.filter(person_id=person_id).update(last_step=step)
        elif not _spend(person_id, written_code, actor, now):
            raise BadInput(_WRONG, {"code": _WRONG})
        forget_code_tries(person_id)


def renew_codes(*, person_id: UUID, written_code: str, world: datetime, actor: Actor, now: datetime) -> list[str]:
    """Make recovery codes anew, told once; the old ones open nothing more. Raises BadInput, at `code`: see `prove`."""
    with known_as(person_id):
        prove(person_id=person_id, written_code=written_code, world=world, actor=actor, now=now)
        record(AccountFact.CODES_RENEWED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now)
        return new_codes(person_id)


def let_go(*, person_id: UUID, written_code: str, world: datetime, actor: Actor, now: datetime) -> None:
    """Let go of one's own authenticator app. Raises BadInput, at `code`: see `prove`.

    Raises MustKeep: one's post asks for a second factor, and no passkey is there in its place.
    """
    with known_as(person_id):
        if must_bind(person_id, now=now) and not _passkeys(person_id).exists():
            raise MustKeep
        prove(person_id=person_id, written_code=written_code, world=world, actor=actor, now=now)
        _drop(person_id)
        record(AccountFact.FACTOR_DROPPED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now)


@transaction.atomic
def reset_factor(viewer: Viewer, *, login: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take the second factors of somebody of the territory away, passkeys too, who has lost them; his sittings end with it.

    Raises BadInput, at `login` or `reason`. Raises NotYours, NotYourself, NotWholly: see `administered`.
    """
    said = written("reason", reason, LONGEST_REASON, wanted="请写明为什么重置，例如“手机遗失，已当面核实”。")
    person_id = administered(viewer, login, now=now)
    passkeys = _passkeys(person_id).delete()[0]
    if not _drop(person_id) and not passkeys:
        raise BadInput(_UNBOUND, {"login": _UNBOUND})
    end_sittings_of(person_id, but=None, actor=actor, now=now)
    forget_code_tries(person_id)
    record(
        AccountFact.FACTOR_RESET.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
        body={"passkeys": passkeys}, details={"reason": said},
    )


def has_app(person_id: UUID) -> bool:
    """Whether somebody has an authenticator app bound; whoever asks is that person, or was named for him."""
    return Factor.objects.filter(person_id=person_id, bound_at__isnull=False).exists()


def new_codes(person_id: UUID) -> list[str]:
    """Make somebody's recovery codes anew and return them, to be told once; the old ones open nothing more."""
    drawn = ["".join(secrets.choice(RECOVERY_SIGNS) for _sign in range(RECOVERY_LENGTH)) for _code in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(person_id=person_id).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(person_id=person_id, digest=digest_of_code(person_id, one)) for one in drawn])
    return [recovery_code(one) for one in drawn]


def _step(row: Factor, written_code: str, world: datetime) -> int | None:
    return step_matching(secret_of(bytes(row.salt)), plain_code(written_code), world, after=row.last_step)


def _spend(person_id: UUID, written_code: str, actor: Actor, now: datetime) -> bool:
    digest = digest_of_code(person_id, plain_code(written_code))
    spent = RecoveryCode.objects.filter(person_id=person_id, digest=digest, used_at__isnull=True).update(used_at=now)
    if spent:
        record(AccountFact.CODE_SPENT.value, thing_kind="person", thing_id=person_id, actor=actor, at=now)
    return bool(spent)


def _passkeys(person_id: UUID) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person_id=person_id)


def _drop(person_id: UUID) -> int:
    """Drop the app, and the recovery codes where no passkey is left for them to stand in for."""
    if not _passkeys(person_id).exists():
        RecoveryCode.objects.filter(person_id=person_id).delete()
    return int(Factor.objects.filter(person_id=person_id, bound_at__isnull=False).delete()[0])


_WRONG = "动态码不对，或者已经用过。请等手机上出现下一个，再填一次；恢复码每个只能用一次。"
_UNBOUND = "这个人没有绑定动态码和通行密钥，不用重置。"
