"""Whose a subject of an identity service is, and with which services somebody is linked."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from zhitong.domain.accounts.models import Identity
from zhitong.domain.accounts.queries.knowing import named
from zhitong.domain.accounts.rules.services import SignInService
from zhitong.domain.accounts.rules.words import Linking
from zhitong.kit.refusals import NotFound

IDENTITY = "zhitong.identity"


@dataclass(frozen=True, slots=True)
class LinkedIdentity:
    """One's account at a service, under the service's present name; where it is no longer offered, its address."""

    id: UUID
    service: str
    subject: str
    how: Linking
    linked_at: datetime


def services() -> tuple[SignInService, ...]:
    """The services of this installation, in the operator's order."""
    found: tuple[SignInService, ...] = settings.SIGN_IN_SERVICES
    return found


def service_called(key: str) -> SignInService:
    """One of them. Raises NotFound."""
    for one in services():
        if one.key == key:
            return one
    raise NotFound


def person_of_subject(issuer: str, subject: str) -> UUID | None:
    """Whose a subject is; None while nobody is linked with it."""
    with shown_as(issuer, subject):
        return Identity.objects.filter(issuer=issuer, subject=subject).values_list("person_id", flat=True).first()


def identities_of(person_id: UUID) -> list[LinkedIdentity]:
    """With which services somebody is linked, the oldest first (one query); whoever asks is that person."""
    names = {one.issuer: one.name for one in services()}
    rows = Identity.objects.filter(person_id=person_id).order_by("linked_at", "id")
    return [
        LinkedIdentity(row.id, names.get(row.issuer, row.issuer), row.subject, Linking(row.how), row.linked_at) for row in rows
    ]


def unlinked_services(person_id: UUID) -> list[SignInService]:
    """The services with which somebody is not linked yet (one query, none where there are no services)."""
    if not services():
        return []
    taken = set(Identity.objects.filter(person_id=person_id).values_list("issuer", flat=True))
    return [one for one in services() if one.issuer not in taken]


def shown_as(issuer: str, subject: str) -> AbstractContextManager[None]:
    """Show the row of this subject, and no other, to the second wall."""
    return named(IDENTITY, f"{issuer}\n{subject}")
