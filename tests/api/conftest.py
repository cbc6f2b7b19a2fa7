"""Programs that call the API as members of the cast, on the day of the story."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import acting, viewer
from tests.files.samples import photo
from tests.telling import words_in
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Region
from zhitong.domain.subjects.models import Subject
from zhitong.kit.clock import held_at

PLACE = "/api/v1"
TEXT = "夜间限电，热处理炉不能连续生产。"
COMPLETE: dict[str, Any] = {
    "name": "演示南大港石化设备有限公司", "credit_code": "91130900MA0000001B", "legal_person": "演示甲",
    "business_address": "演示路1号", "main_activity": "石化设备", "head_name": "演示甲", "head_phone": "13800000000",
    "contact_name": "演示乙", "contact_phone": "13800000001", "total_assets": 9000, "liabilities": "3000.5",
    "revenue": 12000.25, "profit": -30, "tax_paid": 120, "employees": 86, "diagnosis": "difficult",
}


@dataclass
class Answered:
    """What a call came back with."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def sentence(self) -> str:
        """The sentence of a failure."""
        return str(self.body["sentence"])


@dataclass
class Caller:
    """A program with one key; each writing call has an idempotency key of its own unless one is named."""

    secret: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> Answered:
        """Look."""
        return answered(self.client.get(PLACE + path, query, headers=self._headers()))

    def post(self, path: str, content: Any = None, *, key: str | None = "new", raw: bytes | None = None) -> Answered:
        """Act."""
        headers = self._headers()
        if key is not None:
            headers["Idempotency-Key"] = str(uuid4()) if key == "new" else key
        sent = raw if raw is not None else json.dumps({} if content is None else content).encode()
        return answered(self.client.post(PLACE + path, sent, content_type="application/json", headers=headers))

    def upload(self, name: str = "现场.jpg", content: bytes | None = None, *, key: str = "") -> Answered:
        """Send a file."""
        file = SimpleUploadedFile(name, photo() if content is None else content)
        headers = {**self._headers(), "Idempotency-Key": key or str(uuid4())}
        return answered(self.client.post(f"{PLACE}/files", {"file": file}, headers=headers))

    def act(self, number: str, act: str, **said: Any) -> Answered:
        """Do an act on a problem."""
        return self.post(f"/problems/{number}/acts/{act}", said)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def answered(response: Any) -> Answered:
    """A response read: JSON, or the words of a file that is handed over."""
    content = response.getvalue()
    body = json.loads(content) if "json" in response.get("Content-Type", "json") else words_in(content)
    return Answered(response.status_code, body, dict(response.headers))


Calls = Callable[[str], Caller]
Fill = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with held_at(NOW):
        yield


@pytest.fixture
def calls(db: None) -> Calls:
    """A caller for a member of the cast: `calls("park_office")`."""

    def make(login: str) -> Caller:
        who = viewer(login)
        return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))

    return make


@pytest.fixture
def reported(calls: Calls) -> str:
    """The number of a problem that the firm of 南大港 has reported and a rule has sent to the park's 经发局."""
    answer = calls("firm").post("/problems", {"category": "energy", "text": TEXT})
    assert answer.status == 201, answer.body
    return str(answer.body["number"])


@pytest.fixture
def april(db: None) -> UUID:
    """A round of the shipped industry card, open in April and owed by both firms."""
    with acting("province_office") as actor:
        [opened] = open_rounds([
            RoundToOpen(
                campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id,
                period="2018-04", name="2018年4月", opens_on=date(2018, 4, 1), due_on=date(2018, 5, 10),
                locked_on=date(2018, 5, 20), actor=actor,
            )
        ], now=NOW)
    return opened.round_id


@pytest.fixture
def fill(db: None) -> Fill:
    """A complete card of the firm of 南大港, with changes: `fill(version=1, problems=[…], revenue="-5")`."""

    def complete(*, version: int = 0, problems: list[Any] | None = None, **values: Any) -> dict[str, Any]:
        with acting("firm") as actor:
            subject_id = Subject.objects.get(unit_id=actor.unit_id).id
        return {
            "subject_id": str(subject_id), "version": version, "problems": problems or [],
            "values": {**COMPLETE, **values},
        }

    return complete


def matter(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    """A problem row."""
    return {"category": "energy", "text": text, "known_to_head": True, **changes}
