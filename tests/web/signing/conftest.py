"""People at their screens, one of whom signs for his unit."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.web.problems.conftest import _april as _april
from tests.web.problems.conftest import address_of as address_of
from tests.web.problems.conftest import at_desk as at_desk
from tests.web.problems.conftest import raised as raised
from zhitong.domain.organisations.models import Person, Post, Tenure


@pytest.fixture
def director() -> Client:
    """The browser of one who signs for the park's department."""
    post = Post.objects.filter(unit__code="130973400-economy", kind="leader").order_by("title")[0]
    person = Person.objects.create(login="park-director", name="演示局长")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    client = Client()
    client.force_login(person)
    return client
