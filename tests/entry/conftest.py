"""A messenger that keeps what it was given, and somebody who administers a county."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.cast import NOW
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of


class Box:
    """What was sent to phones; `code(phone)` is the newest code."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def __call__(self, phone: str, text: str) -> None:
        """Take a message."""
        self.sent.append((phone, text))

    def code(self, phone: str) -> str:
        """The newest code that went to a phone."""
        text = [said for to, said in self.sent if to == phone][-1]
        found = re.search(r"\d{6}", text)
        assert found is not None, text
        return found.group()


@pytest.fixture
def box() -> Box:
    """Messages that would have gone out."""
    return Box()


@pytest.fixture
def administrator(db: None) -> Viewer:
    """Who administers 任丘市."""
    post = Post.objects.get(unit__code="130982-office", kind="administrator")
    person = Person.objects.create(login="administrator", name="演示寅")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    found = viewer_for(person.id, post.id, day_of(NOW))
    assert found is not None
    return found
