"""Naming somebody who is not in yet to the second wall: for the length of a block his own rows are his."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from zhitong.domain.accounts.rules.protection import Protection

_SET = "SELECT set_config(%s, %s, true)"
PERSON, KNOCK = "zhitong.person", "zhitong.knock"


@contextmanager
def known_as(person_id: UUID | None) -> Iterator[None]:
    """Let the database know for whom a step is taken, as one transaction; afterwards whoever was named before."""
    with named(PERSON, str(person_id) if person_id else ""):
        yield


@contextmanager
def named(setting: str, value: str) -> Iterator[None]:
    """Hold a setting of the second wall for the length of a block, as one transaction."""
    with transaction.atomic():
        before = _swap(setting, value)
        yield
        _swap(setting, before)


def protection() -> Protection:
    """How strictly this installation keeps accounts."""
    asked: Protection = settings.PROTECTION
    return asked


def _swap(setting: str, value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [setting])
        before = str(cursor.fetchone()[0])
        cursor.execute(_SET, [setting, value])
    return before
