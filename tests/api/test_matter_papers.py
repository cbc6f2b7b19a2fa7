"""The papers about a problem for a program: which there are, and the files (R-H7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import PLACE, Caller, Calls

pytestmark = pytest.mark.django_db


def asked(caller: Caller, path: str, **query: Any) -> Any:
    return caller.client.get(f"{PLACE}{path}", query, headers={"Authorization": f"Bearer {caller.secret}"})


def test_a_program_is_told_which_papers_there_are_and_takes_one(calls: Calls, reported: str) -> None:
    office = calls("park_office")

    rows = asked(office, f"/bulletins/matters/{reported}").json()["rows"]
    [order] = [row for row in rows if not row["reason"]]
    paper = asked(office, "/bulletins/papers", kind=order["kind"]["code"], about=order["about"])

    assert (order["kind"]["label"], order["about"]) == ("交办单", reported)
    assert all(row["reason"].endswith("。") for row in rows if row is not order)
    assert paper.status_code == 200
    assert paper.content.startswith(b"PK")


@pytest.mark.parametrize("login", ["firm", "outsider", "neighbour"])
def test_the_served_and_outsiders_are_told_of_none(calls: Calls, reported: str, login: str) -> None:
    caller = calls(login)

    assert asked(caller, f"/bulletins/matters/{reported}").status_code == 404
    assert asked(caller, "/bulletins/papers", kind="order", about=reported).status_code == 404
    assert asked(caller, "/bulletins/papers", kind="file", about=reported).status_code == 404
