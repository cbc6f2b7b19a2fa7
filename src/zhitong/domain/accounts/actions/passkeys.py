"""Passkeys: bound by who has proved himself, shown to come in or as the second factor, let go of. Each challenge serves once."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhitong.domain.accounts.actions.factors import MustKeep, has_app, new_codes
from zhitong.domain.accounts.actions.identities import Stopped
from zhitong.domain.accounts.actions.knocking import NOBODY, forget_code_tries
from zhitong.domain.accounts.models import Passkey, RecoveryCode
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.passkeys import person_of_passkey, site
from zhitong.domain.accounts.queries.standing import must_bind
from zhitong.domain.accounts.rules.passkeys import LONGEST_NAME, MOST_PASSKEYS, handle_of, has_counted_back
from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import credentials_of, person_of_login, seats_of
from zhitong.kit.clock import day_of
from zhitong.kit.passkeys import Claim, NotGenuine, claim_in, made_key, shown_count
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

_log = logging.getLogger(__name__)


class NotProved(BadInput):
    """What the device answered proves nothing: all reasons are told alike."""

    def __init__(self) -> None:
        super().__init__("通行密钥没有通过核验，没有任何内容被改动。请重新开始；仍不行的，请用密码或手机验证码登录。")


class TooManyPasskeys(Refused):
    """One person has no more passkeys than this."""

    def __init__(self) -> None:
        super().__init__(f"最多绑定{MOST_PASSKEYS}个通行密钥。请先解除不用的，再绑定新的。")


def bind_passkey(
    *, person_id: UUID, name: str, answer: str, challenge: bytes, actor: Actor, now: datetime
) -> list[str]:
    """Bind the key that a browser made for somebody who has proved himself.

    Returns recovery codes, told once, where it is the first second factor of who must have one; else none.
    Raises BadInput, at `name`. Raises NotProved: the answer is not genuine, or the key is somebody's. Raises TooManyPasskeys.
    Raises NotFound: the installation offers no passkeys.
    """
    called = written("name", name, LONGEST_NAME, wanted="请给这个通行密钥起个名字，例如“办公室电脑”。")
    with known_as(person_id):
        if Passkey.objects.filter(person_id=person_id).count() >= MOST_PASSKEYS:
            raise TooManyPasskeys
        row = _kept(person_id, called, answer, challenge, now)
        forget_code_tries(person_id)
        record(
            AccountFact.PASSKEY_BOUND.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
            body={"passkey": row.id}, details={"name": called},
        )
        has_codes = RecoveryCode.objects.filter(person_id=person_id, used_at__isnull=True).exists()
        return new_codes(person_id) if must_bind(person_id, now=now) and not has_codes else []


def recognise_passkey(*, answer: str, challenge: bytes, now: datetime) -> UUID:
    """Who shows a passkey, having named nobody. The caller has counted the try.

    Raises NotProved: it is nobody's, or the answer is not genuine; nothing is opened by that. Raises Stopped.
    """
    claim = _claim(answer)
    person_id = person_of_passkey(claim.credential)
    if person_id is None or claim.handle != handle_of(person_id):
        raise NotProved
    _show(person_id, claim.credential, answer, challenge, now)
    if person_of_login(credentials_of(person_id).login) is None:  # finds who is active
        raise Stopped
    return person_id


def prove_passkey(*, person_id: UUID, answer: str, challenge: bytes, now: datetime) -> None:
    """Take one of somebody's passkeys as proof beside what he has proved. The caller has counted the try.

    Raises NotProved: it is not his, or the answer is not genuine.
    """
    claim = _claim(answer)
    if claim.handle not in (None, handle_of(person_id)):
        raise NotProved
    _show(person_id, claim.credential, answer, challenge, now)
    forget_code_tries(person_id)


@transaction.atomic
def remove_passkey(*, person_id: UUID, passkey_id: UUID, actor: Actor, now: datetime) -> None:
    """Let go of one's own passkey. Raises NotFound: it is somebody else's, or was let go of.

    Raises MustKeep: it is the last second factor of who must have one.
    """
    rows = {row.id: row for row in Passkey.objects.select_for_update().filter(person_id=person_id)}
    row = rows.pop(passkey_id, None)
    if row is None:
        raise NotFound
    is_last = not rows and not has_app(person_id)
    if is_last and must_bind(person_id, now=now):
        raise MustKeep
    _let_go(row, actor, now)
    if is_last:
        RecoveryCode.objects.filter(person_id=person_id).delete()


@transaction.atomic
def drop_passkeys_of_who_left(person_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Let go of the passkeys of somebody who has handed over and holds no post any more; returns how many.

    Whose business it is the caller asks.
    """
    if seats_of(person_id, day_of(now)):
        return 0
    rows = list(Passkey.objects.select_for_update().filter(person_id=person_id).order_by("made_at", "id"))
    for row in rows:
        _let_go(row, actor, now)
    if rows and not has_app(person_id):
        RecoveryCode.objects.filter(person_id=person_id).delete()
    return len(rows)


def _kept(person_id: UUID, name: str, answer: str, challenge: bytes, now: datetime) -> Passkey:
    """Keep a key that is genuine; the database holds that it is nobody's yet."""
    try:
        made = made_key(answer, site(), challenge)
        row = Passkey(
            person_id=person_id, credential=made.credential, public_key=made.public_key, count=made.count, name=name, made_at=now
        )
        with transaction.atomic():
            row.save(force_insert=True)
    except (NotGenuine, IntegrityError) as error:
        _log.warning("a passkey was not bound: %s", error)
        raise NotProved from error
    return row


def _claim(answer: str) -> Claim:
    try:
        return claim_in(answer)
    except NotGenuine as error:
        _log.warning("what was shown is no passkey: %s", error)
        raise NotProved from error


def _show(person_id: UUID, credential: bytes, answer: str, challenge: bytes, now: datetime) -> None:
    """Hold an answer against the key of a person, and count on. Raises NotProved; a count that goes back is put on record."""
    with known_as(person_id):
        row = Passkey.objects.select_for_update().filter(person_id=person_id, credential=credential).first()
        is_shown = row is not None and _is_shown(row, answer, challenge, now)
    if not is_shown:
        raise NotProved


def _is_shown(row: Passkey, answer: str, challenge: bytes, now: datetime) -> bool:
    try:
        count = shown_count(answer, site(), challenge, public_key=bytes(row.public_key))
    except NotGenuine as error:
        _log.warning("a passkey was not shown: %s", error)
        return False
    if has_counted_back(row.count, count):
        record(
            AccountFact.PASSKEY_DOUBTED.value, thing_kind="person", thing_id=row.person_id,
            actor=NOBODY, at=now, body={"passkey": row.id, "kept": row.count, "said": count},
            details={"name": row.name},
        )
        return False
    Passkey.objects.filter(id=row.id).update(count=count, used_at=now)
    return True


def _let_go(row: Passkey, actor: Actor, now: datetime) -> None:
    passkey_id, person_id, name = row.id, row.person_id, row.name
    row.delete()
    record(
        AccountFact.PASSKEY_REMOVED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
        body={"passkey": passkey_id}, details={"name": name},
    )
