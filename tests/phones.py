"""Telephones of rows in tests: their columns are sealed row by row, so they are given to rows and not set by update()."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhitong.domain.organisations.models import Person
from zhitong.kit.sealing.columns import digest_for


def give_phone(rows: Iterable[Any], phone: str, name: str = "phone") -> None:
    """Let these rows have a telephone."""
    for row in rows:
        setattr(row, name, phone)
        row.save()


def digests(*phones: str) -> list[str]:
    """The digests under which people are found by phone."""
    return [digest_for(Person, "phone", phone) for phone in phones]
