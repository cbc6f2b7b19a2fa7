"""The second factor being bound: its secret, derived from what is kept with the installation's own key."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac

from zhitong.domain.accounts.models import Factor
from zhitong.domain.accounts.rules.one_time import address_of_secret, secret_in_words
from zhitong.domain.organisations.queries import credentials_of
from zhitong.kit.refusals import NotFound

_SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class Binding:
    """What an authenticator app is told: by QR code, or typed."""

    address: str
    typed: str


def binding_of(person_id: UUID) -> Binding:
    """The second factor that somebody is about to bind; whoever asks is that person.

    Raises NotFound: none was begun, or it is bound already and its secret is shown no more.
    """
    salt = Factor.objects.filter(person_id=person_id, bound_at__isnull=True).values_list("salt", flat=True).first()
    if salt is None:
        raise NotFound
    secret = secret_of(bytes(salt))
    return Binding(address_of_secret(secret, credentials_of(person_id).login), secret_in_words(secret))


def secret_of(salt: bytes) -> bytes:
    """The secret that a salt stands for in this installation: a copy of the database alone opens nothing."""
    return salted_hmac("zhitong.accounts.factor", salt, algorithm="sha256").digest()[:_SECRET_BYTES]


def digest_of_code(person_id: UUID, plain: str) -> str:
    """What is kept of a recovery code."""
    return salted_hmac("zhitong.accounts.recovery", f"{person_id}:{plain}", algorithm="sha256").hexdigest()
