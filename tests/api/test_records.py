"""补录 through the API: once for its key, settled in the call, nothing for who stands elsewhere (R-F10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db


def told(**said: Any) -> dict[str, Any]:
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
    return {
        "subject": str(subject.id), "text": "配电房检修要停多久？", "how": "call", "answered_by": "演示丙", "result": "半天。", **said
    }


def test_a_call_is_settled_and_sent_twice_is_one(calls: Calls) -> None:
    program, content = calls("park"), told()

    first = program.post("/records", content, key="call-1")
    second = program.post("/records", content, key="call-1")

    assert (first.status, first.body["state"]["code"]) == (201, "answered")
    assert (second.body, second.headers["Idempotent-Replay"]) == (first.body, "true")
    with acting("province_office"):
        assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "said", "status"),
    [
        ("outsider", {}, 404), ("neighbour", {}, 404), ("firm", {}, 403),
        ("park", {"how": "card"}, 422), ("park", {"happened_at": "2030-01-01T00:00:00Z"}, 422),
        ("park", {"subject": None}, 422), ("park", {"category": "no-such"}, 409), ("park", {"text": "机密"}, 422),
        ("park", {"subject": None, "firm": "演示厂", "region": "130123"}, 404),
    ],
)
def test_what_cannot_be_taken_changes_nothing(calls: Calls, login: str, said: dict[str, Any], status: int) -> None:
    answer = calls(login).post("/records", told(**said))

    assert answer.status == status, answer.body
    with acting("province_office"):
        assert Problem.objects.count() == 0


def test_a_matter_of_no_category_waits_for_the_office(calls: Calls) -> None:
    answer = calls("firm").post("/problems", {"text": "不知道该找谁。"})

    assert (answer.status, answer.body["state"]["code"]) == (201, "submitted")
    seen = calls("park_office").get(f"/problems/{answer.body['number']}").body
    assert seen["category"] == {"code": "undecided", "label": "类别待定"}
