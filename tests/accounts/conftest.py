"""Somebody whose locks are tried, who administers his county, and hashes that cost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.test import override_settings

from tests.cast import NOW
from zhitong.domain.accounts.actions.passwords import note_own_passwords
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of

PASSWORD = "Right-horse-9"


@pytest.fixture(autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashing is tried by Django; here it would only take time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def seated(login: str, unit: str, kind: str) -> UUID:
    """Somebody new in a post, with a password of his own."""
    person = Person(login=login, name="演示寅")
    person.set_password(PASSWORD)
    person.save()
    post = Post.objects.filter(unit__code=unit, kind=kind).order_by("title")[0]
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    note_own_passwords([person.id], now=NOW)
    return person.id


def looking(person_id: UUID) -> Viewer:
    """A person as viewer from his one post."""
    tenure = Tenure.objects.get(person_id=person_id)
    found = viewer_for(person_id, tenure.post_id, day_of(NOW))
    assert found is not None
    return found


@pytest.fixture
def official(db: None) -> UUID:
    """Who works in 任丘市."""
    return seated("wang", "130982-industry", "officer")


@pytest.fixture
def administrator(db: None) -> Viewer:
    """Who administers 任丘市."""
    return looking(seated("guan", "130982-office", "administrator"))


@pytest.fixture
def elsewhere(db: None) -> Viewer:
    """Who administers another county."""
    return looking(seated("wai", "130123-office", "administrator"))
