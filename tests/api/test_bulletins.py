"""The office's papers for a program: the same files as at the desk (R-H7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from tests.api.conftest import PLACE, Caller, Calls
from tests.bulletins.ledgers.reading import rows_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def asked(caller: Caller, **query: Any) -> Any:
    return caller.client.get(f"{PLACE}/bulletins/papers", query, headers={"Authorization": f"Bearer {caller.secret}"})


def test_a_program_takes_the_ledger_of_a_region(calls: Calls, reported: str) -> None:
    answer = asked(calls("city_office"), kind="ledger", region="130973")

    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "沧州渤海新区问题台账-201804271540.xlsx" in unquote(answer["Content-Disposition"])
    assert any("演示南大港石化设备有限公司" in row for row in rows_of(answer.content))


@pytest.mark.parametrize(
    ("login", "query", "status"),
    [
        ("firm", {"kind": "ledger"}, 404), ("outsider", {"kind": "ledger", "region": "1309"}, 404),
        ("city", {"kind": "collection"}, 404), ("city_office", {"kind": "ledger", "format": "docx"}, 422),
        ("city_office", {"kind": "ledger", "at": (NOW + timedelta(days=1)).isoformat()}, 422),
        ("city_office", {"kind": "collection"}, 409),
    ],
)
def test_what_cannot_be_had_is_refused(calls: Calls, login: str, query: dict[str, str], status: int) -> None:
    answer = asked(calls(login), **query)

    assert answer.status_code == status
    assert answer.json()["sentence"]
