"""Where somebody is signed in now: at what, from where, since when, and when he was last seen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session

from zhitong.domain.accounts.models import Sitting
from zhitong.domain.accounts.queries.knowing import protection
from zhitong.domain.accounts.rules.sittings import is_over
from zhitong.domain.accounts.rules.words import Way
from zhitong.kit import clock

BEGAN, SEEN = "began", "seen"
"""Where a session keeps when it began and when somebody was last there, in seconds of the world's time."""
MOST = 50


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """A place where somebody is signed in; `seen_at` is exact to a minute."""

    id: UUID
    way: Way
    device: str
    address: str
    since: datetime
    seen_at: datetime
    is_here: bool


def sittings_of(person_id: UUID, *, here: str | None) -> list[OpenSitting]:
    """Where a person is signed in now, the newest first, fifty at most (two queries); whoever asks is that person.

    `here` is the key of the session that asks.
    """
    rows = Sitting.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("-since", "-id")[:MOST]
    marks = _marks([row.session_key for row in rows])
    return [
        OpenSitting(
            row.id, Way(row.way), row.device, row.address, row.since, marks[row.session_key] + clock.offset(),
            row.session_key == here,
        )
        for row in rows if row.session_key in marks
    ]


def moments_in(kept: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    """When a session began and was last used; None of one that bears no marks."""
    if BEGAN not in kept or SEEN not in kept:
        return None
    began, seen = (datetime.fromtimestamp(kept[mark], UTC) for mark in (BEGAN, SEEN))
    return began, seen


def _marks(keys: list[str]) -> dict[str, datetime]:
    """When somebody was last seen in sessions that still hold."""
    now, found = clock.world_now(), {}
    for session in Session.objects.filter(session_key__in=keys, expire_date__gt=now):
        moments = moments_in(session.get_decoded())
        if moments and not is_over(*moments, now, protection()):
            found[session.session_key] = moments[1]
    return found
