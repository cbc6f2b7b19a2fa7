"""Clients as whoever administers their territory sees them, and as each sees itself: keys only by their first signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from zhitong.domain.organisations.queries import directory, post_titles, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.systems.models import Client, ClientKey
from zhitong.domain.systems.rules.clients import RateClass
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client in a line; `keys` hold today, `last_used_at` is exact to a minute."""

    id: UUID
    name: str
    unit: str
    post: str
    purpose: str
    contact: str
    rights: tuple[Permission, ...]
    addresses: tuple[str, ...]
    rate: RateClass
    keys: int
    last_used_at: datetime | None
    registered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key by its first signs; `holds` today."""

    id: UUID
    prefix: str
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    ended_at: datetime | None
    holds: bool


def seen_clients(viewer: Viewer) -> QuerySet[Client]:
    """The clients a viewer may see: itself, and those of the territory for who administers it."""
    if not first_wall_stands():
        return Client.objects.all()
    own = Q(person_id=viewer.person_id)
    below = Q(region_id__in=list(directory().within(viewer.region_id)))
    return Client.objects.filter(own | below if viewer.may(Permission.ADMINISTER) else own)


def clients_for(
    viewer: Viewer, *, now: datetime, with_ended: bool = False, after: tuple[datetime, UUID] | None = None,
    backwards: bool = False, limit: int = 50,
) -> list[ClientRow]:
    """Clients, the newest first (`backwards`: the oldest); three queries."""
    rows = _asked(viewer, with_ended=with_ended)
    if after is not None:
        at, row_id = after
        earlier = Q(registered_at__lt=at) | Q(registered_at=at, id__lt=row_id)
        later = Q(registered_at__gt=at) | Q(registered_at=at, id__gt=row_id)
        rows = rows.filter(later if backwards else earlier)
    order = ("registered_at", "id") if backwards else ("-registered_at", "-id")
    return _told(rows.order_by(*order), now, limit)


def count_of_clients(viewer: Viewer, *, with_ended: bool, most: int) -> int:
    """How many there are, counted no further than `most`; one query."""
    return int(_asked(viewer, with_ended=with_ended)[:most].count())


def client_opened(viewer: Viewer, client_id: UUID, *, now: datetime) -> ClientRow:
    """One client; three queries. Raises NotFound: it is not there for this viewer."""
    found = _told(seen_clients(viewer).filter(id=client_id), now, 1)
    if not found:
        raise NotFound
    return found[0]


def keys_of_client(viewer: Viewer, client_id: UUID, *, now: datetime) -> list[KeyRow]:
    """The keys of a client, the newest first, those that ended too; one query."""
    rows = ClientKey.objects.filter(client__in=seen_clients(viewer), client_id=client_id).order_by("-made_at", "-id")
    return [
        KeyRow(*row, holds=row[5] is None and row[3] > now)
        for row in rows.values_list("id", "prefix", "made_at", "expires_at", "last_used_at", "ended_at")
    ]


def client_of(viewer: Viewer) -> UUID | None:
    """The client that the viewer itself is; None for people."""
    return Client.objects.filter(person_id=viewer.person_id, ended_at__isnull=True).values_list("id", flat=True).first()


def _asked(viewer: Viewer, *, with_ended: bool) -> QuerySet[Client]:
    rows = seen_clients(viewer)
    return rows if with_ended else rows.filter(ended_at__isnull=True)


def _told(rows: QuerySet[Client], now: datetime, limit: int) -> list[ClientRow]:
    hold = Q(keys__ended_at__isnull=True, keys__expires_at__gt=now)
    found: Iterable[Any] = list(
        rows.annotate(held=Count("keys", filter=hold), used_at=Max("keys__last_used_at")).values(
            "id", "name", "unit_id", "post_id", "purpose", "contact", "rights", "addresses", "rate", "held", "used_at",
            "registered_at", "ended_at",
        )[:limit]
    )
    units = unit_names([row["unit_id"] for row in found])
    posts = post_titles([row["post_id"] for row in found])
    return [
        ClientRow(
            row["id"], row["name"], units.get(row["unit_id"], ""), posts.get(row["post_id"], ""), row["purpose"], row["contact"],
            tuple(one for one in Permission if str(one.value) in row["rights"]), tuple(row["addresses"]), RateClass(row["rate"]),
            row["held"], row["used_at"], row["registered_at"], row["ended_at"],
        )
        for row in found
    ]
