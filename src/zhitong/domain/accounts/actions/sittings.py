"""Sittings: beginning one when somebody is in, and ending one, all others, or one's own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from zhitong.domain.accounts.models import Sitting
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.words import AccountFact, Way
from zhitong.domain.history.actions import record, record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


def begin_sitting(
    *, person_id: UUID, session_key: str, way: Way, device: str, address: str, now: datetime
) -> None:
    """Put on record that somebody is in."""
    with known_as(person_id):
        row = Sitting.objects.create(
            person_id=person_id, session_key=session_key, way=way.value, device=device[:60], address=address, since=now
        )
        record(
            AccountFact.SIGNED_IN.value, thing_kind="person", thing_id=person_id, actor=_himself(person_id), at=now,
            body={"way": way, "sitting": row.id}, details={"device": row.device, "address": address},
        )


def move_sitting(person_id: UUID, *, before: str | None, session_key: str) -> None:
    """Let a sitting go on under another key of its session."""
    with known_as(person_id):
        Sitting.objects.filter(person_id=person_id, session_key=before or "").update(session_key=session_key)


@transaction.atomic
def end_sitting(viewer: Viewer, sitting_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End one of the viewer's own sittings: its next request finds nobody there.

    Raises NotFound: it is somebody else's, or over.
    """
    row = Sitting.objects.select_for_update().filter(id=sitting_id, person_id=viewer.person_id, ended_at__isnull=True).first()
    if row is None:
        raise NotFound
    _end([row], actor, now)


@transaction.atomic
def end_sittings_of(person_id: UUID, *, but: str | None, actor: Actor, now: datetime) -> int:
    """End all sittings of a person but that of a session; returns how many. Whose business it is the caller asks."""
    rows = list(Sitting.objects.select_for_update().filter(person_id=person_id, ended_at__isnull=True).exclude(session_key=but or ""))
    _end(rows, actor, now)
    return len(rows)


def leave(person_id: UUID, *, session_key: str, now: datetime) -> None:
    """Put on record that somebody signed out; the session itself ends with its cookie."""
    with known_as(person_id):
        Sitting.objects.filter(person_id=person_id, session_key=session_key, ended_at__isnull=True).update(ended_at=now)
        record(AccountFact.LEFT.value, thing_kind="person", thing_id=person_id, actor=_himself(person_id), at=now)


def _end(rows: list[Sitting], actor: Actor, now: datetime) -> None:
    Sitting.objects.filter(id__in=[row.id for row in rows]).update(ended_at=now)
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    record_many([
        Fact(AccountFact.SITTING_ENDED.value, "person", row.person_id, actor, now, {"sitting": row.id}) for row in rows
    ])


def _himself(person_id: UUID) -> Actor:
    return Actor(person_id, None, None, "web")
