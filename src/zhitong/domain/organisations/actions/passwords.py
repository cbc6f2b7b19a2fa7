"""Keeping the password of a person; whose business it is, and what a password must be like, the caller asks."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password

from zhitong.domain.organisations.models import Person


def keep_password(person_id: UUID, password: str) -> str:
    """Let somebody sign in with a password from now on; returns what is kept of it. His sessions elsewhere hold no more."""
    encoded = make_password(password)
    Person.objects.filter(id=person_id).update(password=encoded)
    return encoded
