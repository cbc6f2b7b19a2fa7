"""Who failed to sign in lately and who waits, as the system administrator of the territory sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.accounts.models import Knock
from zhitong.domain.accounts.rules.opening import opens_locks
from zhitong.domain.accounts.rules.waiting import FORGOTTEN
from zhitong.domain.accounts.rules.words import Place
from zhitong.domain.organisations.queries import person_names
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Waiting:
    """Failures that count together; `name` is empty where nobody has this login, `until` None while tries are left."""

    id: UUID
    place: Place
    login: str
    name: str
    address: str
    failures: int
    last_at: datetime
    until: datetime | None


def waits_in(
    viewer: Viewer, *, now: datetime, only_shut: bool = False, after: tuple[datetime, UUID] | None = None,
    backwards: bool = False, limit: int = 50,
) -> list[Waiting]:
    """Failures of the last day in the viewer's territory, the newest first (`backwards`: the oldest); two queries.

    Those of unknown logins and of whole addresses belong to no territory: they stand with the root alone.
    Raises NotFound: the post does not administer.
    """
    rows = _asked(viewer, now, only_shut=only_shut).order_by(*(["last_at", "id"] if backwards else ["-last_at", "-id"]))
    if after is not None:
        at, row_id = after
        beyond = Q(last_at__gt=at) | Q(last_at=at, id__gt=row_id) if backwards else Q(last_at__lt=at) | Q(last_at=at, id__lt=row_id)
        rows = rows.filter(beyond)
    return _told(rows[:limit], now)


def count_of_waits(viewer: Viewer, *, now: datetime, only_shut: bool, most: int) -> int:
    """How many there are, counted no further than `most`; one query. Raises NotFound: see `waits_in`."""
    return int(_asked(viewer, now, only_shut=only_shut)[:most].count())


def wait_opened(viewer: Viewer, knock_id: UUID, *, now: datetime) -> Waiting:
    """One of them. Raises NotFound: it is not there for this viewer."""
    rows = _told(_asked(viewer, now, only_shut=False).filter(id=knock_id), now)
    if not rows:
        raise NotFound
    return rows[0]


def _asked(viewer: Viewer, now: datetime, *, only_shut: bool) -> QuerySet[Knock]:
    if not opens_locks(viewer):
        raise NotFound
    rows = Knock.objects.filter(last_at__gt=now - FORGOTTEN, failures__gt=0)
    if first_wall_stands():
        known = Q(id__in=Knock.objects.filter(
            person__tenures__until__isnull=True, person__tenures__post__unit__region__within__ancestor_id=viewer.region_id,
        ).values("id"))
        rows = rows.filter(known | Q(person__isnull=True) if viewer.is_root else known)
    return rows.filter(until__gt=now) if only_shut else rows


def _told(rows: Iterable[Knock], now: datetime) -> list[Waiting]:
    found = list(rows)
    names = person_names(row.person_id for row in found)
    return [
        Waiting(
            row.id, Place(row.place), row.login, names.get(row.person_id, "") if row.person_id else "", row.address,
            row.failures, row.last_at, row.until if row.until and row.until > now else None,
        )
        for row in found
    ]
