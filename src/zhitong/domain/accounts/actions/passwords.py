"""Choosing one's own password, and giving somebody a first one anew."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from zhitong.domain.accounts.actions.knocking import forget_code_tries
from zhitong.domain.accounts.actions.sittings import end_sittings_of
from zhitong.domain.accounts.models import OwnPassword
from zhitong.domain.accounts.queries.administered import administered
from zhitong.domain.accounts.queries.knowing import known_as, protection
from zhitong.domain.accounts.rules.passwords import initial_password, password_trouble
from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.passwords import keep_password
from zhitong.domain.organisations.queries import credentials_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written

LONGEST_REASON = 200
_DRAWN = 12


@transaction.atomic
def change_password(*, person_id: UUID, old: str, new: str, here: str | None, actor: Actor, now: datetime) -> None:
    """Change one's own password; every sitting but that of the session `here` ends.

    The caller has counted the try of the old one before. Raises BadInput, at `old` or `new`: what to mend, by its rule.
    """
    if not check_password(old, credentials_of(person_id).encoded):
        raise BadInput(_WRONG, {"old": _WRONG})
    choose_password(person_id=person_id, new=new, actor=actor, now=now)
    forget_code_tries(person_id)
    end_sittings_of(person_id, but=here, actor=actor, now=now)


def choose_password(*, person_id: UUID, new: str, actor: Actor, now: datetime) -> None:
    """Take a password that its person chooses, who has proved to be himself.

    Raises BadInput, at `new`: which rule it breaks.
    """
    with known_as(person_id):
        known = credentials_of(person_id)
        if trouble := fault_of(new, login=known.login, name=known.name) or _used_before(person_id, known.encoded, new):
            raise BadInput(trouble, {"new": trouble})
        _keep_as_own(person_id, keep_password(person_id, new), now)
        record(AccountFact.PASSWORD_CHANGED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now)


def confirm(*, person_id: UUID, password: str) -> None:
    """Let somebody who is in prove anew that it is he. The caller has counted the try. Raises BadInput, at `password`."""
    if not check_password(password, credentials_of(person_id).encoded):
        raise BadInput(_WRONG, {"password": _WRONG})
    forget_code_tries(person_id)


def fault_of(password: str, *, login: str, name: str) -> str:
    """Which rule a password breaks, as a sentence; empty when none. Those used before are not asked here."""
    if trouble := password_trouble(password, protection(), login=login, name=name):
        return trouble
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return "这个密码太常见，容易被猜到，请换一个。"
    return ""


def note_own_passwords(person_ids: Iterable[UUID], *, now: datetime) -> None:
    """Take the passwords that people have at present for their own choice: they will not be asked to change them."""
    for person_id in person_ids:
        with known_as(person_id):
            _keep_as_own(person_id, credentials_of(person_id).encoded, now)


@transaction.atomic
def give_password(viewer: Viewer, *, login: str, reason: str, actor: Actor, now: datetime) -> str:
    """Give somebody of the territory a first password anew; returned once, to be told him and changed at his next sign-in.

    Raises BadInput, at `login` or `reason`. Raises NotYours, NotYourself, NotWholly: see `administered`.
    """
    said = written("reason", reason, LONGEST_REASON, wanted="请写明为什么重设，例如“本人忘记密码，已电话核实”。")
    person_id = administered(viewer, login, now=now)
    password = initial_password(secrets.token_bytes(_DRAWN))
    keep_password(person_id, password)
    end_sittings_of(person_id, but=None, actor=actor, now=now)
    record(
        AccountFact.PASSWORD_GIVEN.value, thing_kind="person", thing_id=person_id, actor=actor, at=now, details={"reason": said}
    )
    return password


def _used_before(person_id: UUID, present: str, new: str) -> str:
    """Whether a password is the present one, or one of those chosen lately; each comparison takes as long as a sign-in."""
    history = protection().password_history
    lately = OwnPassword.objects.filter(person_id=person_id).order_by("-set_at", "-id").values_list("encoded", flat=True)
    if any(check_password(new, encoded) for encoded in dict.fromkeys([present, *lately[:history]])):
        return f"这个密码是现在的，或者最近{history}次里用过，请换一个新的。" if history else "这是现在的密码，请换一个新的。"
    return ""


def _keep_as_own(person_id: UUID, encoded: str, now: datetime) -> None:
    OwnPassword.objects.create(person_id=person_id, encoded=encoded, set_at=now)
    kept = max(1, protection().password_history)
    newest = OwnPassword.objects.filter(person_id=person_id).order_by("-set_at", "-id").values("id")[:kept]
    OwnPassword.objects.filter(person_id=person_id).exclude(id__in=newest).delete()


_WRONG = "现在的密码不对，请核对后再填。"
