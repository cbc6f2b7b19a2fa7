"""How somebody stands before he is in: is his password his own and fresh, has he a second factor, must he have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.accounts.models import Factor, OwnPassword, Passkey, RecoveryCode
from zhitong.domain.accounts.queries.knowing import known_as, protection
from zhitong.domain.accounts.rules.passwords import expires_at, is_expired
from zhitong.domain.accounts.rules.steps import Standing
from zhitong.domain.organisations.queries import credentials_of, seats_of
from zhitong.kit.clock import day_of


@dataclass(frozen=True, slots=True)
class Locks:
    """A person's own locks as his page shows them; times are None where there is nothing."""

    has_password: bool
    password_set_at: datetime | None
    password_until: datetime | None
    factor_since: datetime | None
    codes_left: int
    must_bind: bool


def standing_of(person_id: UUID, *, is_spared: bool, now: datetime) -> Standing:
    """What lies between somebody and being in (five queries, as himself)."""
    with known_as(person_id):
        own = own_since(person_id)
        return Standing(
            is_own=own is not None,
            is_expired=own is not None and is_expired(own, protection(), now),
            has_factor=Factor.objects.filter(person_id=person_id, bound_at__isnull=False).exists(),
            must_bind=must_bind(person_id, now=now),
            is_spared=is_spared,
            has_passkey=Passkey.objects.filter(person_id=person_id).exists(),
        )


def own_since(person_id: UUID) -> datetime | None:
    """Since when the password in force is one that its person chose; None where another gave it, or there is none."""
    newest = OwnPassword.objects.filter(person_id=person_id).order_by("-set_at", "-id").values_list("encoded", "set_at").first()
    return newest[1] if newest is not None and newest[0] == credentials_of(person_id).encoded else None


def must_bind(person_id: UUID, *, now: datetime) -> bool:
    """Whether one of the posts somebody holds asks for a second factor."""
    asked = protection().second_factor
    return bool(asked) and not asked.isdisjoint(kind for kind, _region in seats_of(person_id, day_of(now)))


def locks_of(person_id: UUID, *, has_password: bool, now: datetime) -> Locks:
    """A person's own locks; whoever asks is that person (five queries)."""
    since = own_since(person_id)
    bound = Factor.objects.filter(person_id=person_id, bound_at__isnull=False).values_list("bound_at", flat=True).first()
    return Locks(
        has_password, since, expires_at(since, protection()) if since else None, bound,
        RecoveryCode.objects.filter(person_id=person_id, used_at__isnull=True).count(), must_bind(person_id, now=now),
    )
