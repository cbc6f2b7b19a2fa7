"""Accounts of programs: a person's row that nobody signs in with and no post seats, so that facts name the program."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password

from zhitong.domain.organisations.models import Person
from zhitong.kit.ids import uuid7


def found_account(name: str) -> UUID:
    """Make the account of a program; returns its id."""
    account_id = uuid7()
    Person.objects.create(id=account_id, login=f"client-{account_id}", name=name, password=make_password(None))
    return account_id


def close_account(account_id: UUID) -> None:
    """Let the account of a program be in force no more."""
    Person.objects.filter(id=account_id).update(is_active=False)
