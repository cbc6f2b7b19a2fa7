"""Noting that somebody of a unit was here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection


def note_presence(person_id: UUID, *, today: date) -> None:
    """Count this month for every unit in which a person holds a post; asked at every sign-in, once a month it writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_note_presence(%s, %s)", [person_id, today])
