"""Signed-in members of the cast, for the tests of pages."""

from __future__ import annotations

from django.test import Client

from zhitong.domain.organisations.models import Person


def signed_in(login: str) -> Client:
    """A browser in which a member of the cast has signed in."""
    client = Client()
    client.force_login(Person.objects.get(login=login))
    return client
