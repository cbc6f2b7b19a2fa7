"""Codes to a phone: sent through the messenger that the installation has, tried a few times, used once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.entry.models import PhoneCode
from zhitong.domain.entry.rules.inviting import CODE_LIVES, CODE_TRIES, may_send_code
from zhitong.domain.entry.rules.phones import phone_trouble, phone_written_right
from zhitong.domain.organisations.queries import person_of_phone
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, Refused

Messenger = Callable[[str, str], None]
"""Takes a phone and a sentence, and brings it there; raises what its line raises."""


class CodeNotSent(Refused):
    """No code may go to this phone now."""


@transaction.atomic
def send_code(written: str, *, messenger: Messenger, now: datetime) -> str:
    """Send a code to a phone; returns the number as it was read. The code itself goes to the phone alone.

    Raises BadInput: it is no mobile number. Raises CodeNotSent: too soon, or too many today.
    """
    phone = phone_written_right(written)
    if trouble := phone_trouble(phone):
        raise BadInput(trouble, {"phone": trouble})
    _show(phone)
    newest = PhoneCode.objects.filter(phone=phone, sent_at__gt=now - timedelta(days=1)).values_list("sent_at", flat=True)
    if why := may_send_code(list(newest), now):
        raise CodeNotSent(why)
    code, row_id = f"{secrets.randbelow(1_000_000):06}", uuid7()
    PhoneCode.objects.create(id=row_id, phone=phone, digest=_digest(str(row_id), code), sent_at=now)
    messenger(phone, f"验证码{code}，{int(CODE_LIVES.total_seconds() // 60)}分钟内有效。请勿告诉他人。")
    return phone


def use_code(phone: str, written: str, *, now: datetime) -> None:
    """Use up the newest code of a phone.

    A wrong try is counted on a row of its own transaction's fate: the caller's door counts tries by `try_code`.
    Raises BadInput: it is wrong, used, tried too often, or too old.
    """
    _show(phone)
    row = PhoneCode.objects.select_for_update().filter(phone=phone).order_by("-sent_at").first()
    if row is None or row.used_at is not None or now - row.sent_at > CODE_LIVES or row.tries > CODE_TRIES:
        raise BadInput(_OVER, {"code": _OVER})
    if not secrets.compare_digest(row.digest, _digest(str(row.id), written.strip())):
        raise BadInput(_WRONG, {"code": _WRONG})
    PhoneCode.objects.filter(id=row.id).update(used_at=now)


@transaction.atomic
def count_try(written: str) -> None:
    """Count one try at the newest code of a phone, before it is tried: what is refused afterwards does not undo it."""
    phone = phone_written_right(written)
    _show(phone)
    newest = PhoneCode.objects.select_for_update().filter(phone=phone).order_by("-sent_at").first()
    if newest is not None:
        PhoneCode.objects.filter(id=newest.id).update(tries=newest.tries + 1)


@transaction.atomic
def person_by_code(written: str, code: str, *, now: datetime) -> UUID:
    """The person who signs in with a phone and the code sent to it; the id.

    Raises BadInput: the code is wrong or over, or nobody has this phone; the two are told apart only to the phone's owner.
    """
    phone = phone_written_right(written)
    use_code(phone, code, now=now)
    person_id = person_of_phone(phone)
    if person_id is None:
        raise BadInput(_NOBODY, {"phone": _NOBODY})
    return person_id


def _digest(row: str, code: str) -> str:
    return hashlib.sha256(f"{row}:{code}".encode()).hexdigest()


def _show(phone: str) -> None:
    """Name the phone to the second wall for the length of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.phone', %s, true)", [phone])


_OVER = "验证码已经用过或者过期，请重新获取。"
_WRONG = "验证码不对，请核对短信后再填。"
_NOBODY = "这个手机号码还没有开通。请用邀请单上的二维码开通，或联系本级活动办公室。"
