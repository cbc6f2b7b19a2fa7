"""The township's page of an entry that it looks at first: the duty at home, the form, and nothing for other townships. R-F9."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, official_of
from tests.prechecking import OTHER_TOWNSHIP, TOWNSHIP, ask_townships, township
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.rules.kinds import State

pytestmark = pytest.mark.django_db
Raised = Callable[..., Story]
Address = Callable[..., str]


@pytest.fixture
def there(raised: Raised, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    ask_townships(tmp_path, monkeypatch)
    return raised(**township())


def official(code: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=official_of(code).person_id))
    return client


def told(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_the_township_finds_it_at_home_and_says_what_it_found(there: Story, address_of: Address) -> None:
    client, address = official(TOWNSHIP), address_of(there, "precheck")
    assert "本辖区企业反映，等本乡镇初核" in told(client.get("/"))
    form = client.get(address)

    answer = client.post(
        address, {"finding": "upward", "text": "已到现场核实", "once_key": form.context["once_key"]}, follow=True
    )

    assert "乡镇初核" in told(answer)
    assert "已到现场核实" in told(answer)
    assert there.standing.state is State.DISPATCHED


def test_what_was_typed_stays_where_the_finding_is_missing(there: Story, address_of: Address) -> None:
    client, address = official(TOWNSHIP), address_of(there, "precheck")
    form = client.get(address)

    answer = client.post(address, {"text": "已到现场核实", "once_key": form.context["once_key"]})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["finding"])
    assert "已到现场核实" in told(answer)
    assert there.standing.state is State.SUBMITTED


def test_another_township_finds_nothing(there: Story, address_of: Address) -> None:
    client = official(OTHER_TOWNSHIP)

    assert client.get(address_of(there)).status_code == 404
    assert client.get(address_of(there, "precheck")).status_code == 404
