"""A round of April under way, and people at their screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.organisations.models import Person, Region
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    """Pages are looked at on the afternoon of the stories."""
    with clock.held_at(NOW):
        yield


@pytest.fixture
def at_screen() -> Callable[[str], Client]:
    """A browser in which a member of the cast has signed in: `at_screen("firm")`."""

    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(login=login))
        return client

    return sign_in


def open_april() -> UUID:
    """The round of April 2018: due on the 28th, locked after the 10th of May."""
    return open_round("2018-04", "2018年4月", date(2018, 4, 20), date(2018, 4, 28), date(2018, 5, 10))


def open_round(period: str, name: str, opens_on: date, due_on: date, locked_on: date) -> UUID:
    """Ask every industrial firm of the province for a card."""
    with acting("province_office") as actor:
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id,
            period=period, name=name, opens_on=opens_on, due_on=due_on, locked_on=locked_on, actor=actor,
        )], now=clock.now())
    return opened.round_id


@pytest.fixture
def april(db: None) -> UUID:
    """The round of April."""
    return open_april()


@pytest.fixture
def cared_for(db: None) -> None:
    """The park's economy bureau looks after the firm of 南大港."""
    care_for("firm", "park")


def care_for(firm: str, unit: str) -> None:
    """Name who looks after a firm."""
    with acting("province_office"):
        Care.objects.create(
            subject=Subject.objects.get(unit_id=viewer(firm).unit_id), tier="county", unit_id=viewer(unit).unit_id,
            lead_official="演示赵副主任", person_in_charge="演示钱科长", since=date(2018, 3, 1),
        )


FILLED = {
    "name": "演示南大港石化设备有限公司", "credit_code": "91130900MA0000001B", "legal_person": "演示法人",
    "business_address": "演示路1号", "main_activity": "石化设备制造", "head_name": "演示厂长", "head_phone": "13800000001",
    "contact_name": "演示会计", "contact_phone": "13800000002", "total_assets": "12,000", "liabilities": "4000",
    "revenue": "３，２００．５", "profit": "-120", "tax_paid": "85.2", "employees": "230", "diagnosis": "difficult",
}
"""Everything the card of an industrial firm must have; the revenue in full-width digits."""


def problem(place: int = 0, **changes: str) -> dict[str, str]:
    """A problem row as the form sends it."""
    typed = {"category": "energy", "text": "夜间限电，热处理炉不能连续生产。", "known_to_head": "是", **changes}
    return {f"problems.{place}.{code}": text for code, text in typed.items()}


def sent(version: int = 0, rows: int = 0, **changes: str) -> dict[str, str]:
    """The whole form as a browser sends it."""
    return {**FILLED, "act": "send", "version": str(version), "rows": str(rows), "once_key": "key-1", **changes}


def text_of(answer: object) -> str:
    """What a person reads on the page: its words without the tags, blanks narrowed."""
    page = answer.content.decode()  # type: ignore[attr-defined]
    page = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))
