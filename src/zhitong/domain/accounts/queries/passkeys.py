"""Somebody's passkeys, and whose a passkey is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from zhitong.domain.accounts.models import Passkey
from zhitong.domain.accounts.queries.knowing import named
from zhitong.domain.accounts.rules.one_time import ISSUER
from zhitong.domain.accounts.rules.passkeys import handle_of
from zhitong.domain.organisations.queries import credentials_of
from zhitong.kit.passkeys import Holder, Site
from zhitong.kit.refusals import NotFound

PASSKEY = "zhitong.passkey"


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    """One's passkey, as one called it; `used_at` is None while it was never used."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


def offers_passkeys() -> bool:
    """Whether this installation has an address that keys can be bound to."""
    return bool(settings.ORIGIN)


def site() -> Site:
    """Where passkeys hold. Raises NotFound: the installation has no address of its own."""
    if not offers_passkeys():
        raise NotFound
    return Site(ISSUER, settings.ORIGIN)


def passkeys_of(person_id: UUID) -> list[OwnPasskey]:
    """Somebody's passkeys, the oldest first (one query); whoever asks is that person."""
    rows = Passkey.objects.filter(person_id=person_id).order_by("made_at", "id")
    return [OwnPasskey(*row) for row in rows.values_list("id", "name", "made_at", "used_at")]


def credentials_bound(person_id: UUID) -> list[bytes]:
    """Which passkeys a browser may be asked for, in their own names; whoever asks is that person, or was named for him."""
    rows = Passkey.objects.filter(person_id=person_id).order_by("made_at", "id")
    return [bytes(credential) for credential in rows.values_list("credential", flat=True)]


def holder_of(person_id: UUID) -> Holder:
    """Whom a device is told that it makes a key for."""
    known = credentials_of(person_id)
    return Holder(handle_of(person_id), known.login, known.name)


def person_of_passkey(credential: bytes) -> UUID | None:
    """Whose a passkey is; None while it is nobody's."""
    with shown_by(credential):
        return Passkey.objects.filter(credential=credential).values_list("person_id", flat=True).first()


def shown_by(credential: bytes) -> AbstractContextManager[None]:
    """Show the row of this passkey, and no other, to the second wall."""
    return named(PASSKEY, credential.hex())
