"""Whose rows the feed gives: a firm its own, a neighbour none, also when only the database's own wall stands. R-F13, R-H6."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import TEXT, Calls
from tests.api.test_odata import asked
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.scope import without_first_wall

pytestmark = pytest.mark.django_db

FIRM = "演示南大港石化设备有限公司"
OF_OTHERS = ("problems", "spells", "subjects", "obligations", "figures", "standings")
"""Sets whose rows are somebody's; the others are the plan, the standing order and the calendar."""


@pytest.fixture(params=["both walls", "the second wall alone"])
def walls(request: pytest.FixtureRequest) -> Iterator[None]:
    with without_first_wall() if request.param != "both walls" else nullcontext():
        yield


def rows(calls: Calls, login: str, name: str, **options: str) -> list[dict[str, Any]]:
    answer = asked(name, calls(login).secret, **options)
    assert answer.status_code == 200, answer.content.decode()
    found: list[dict[str, Any]] = json.loads(answer.content)["value"]
    return found


def test_a_neighbour_finds_nothing_of_the_firm_in_any_set(
    calls: Calls, reported: str, april: UUID, walls: None
) -> None:
    told = {name: json.dumps(rows(calls, "outsider", name), ensure_ascii=False) for name in SETS}

    assert {name: secret for name, text in told.items() for secret in (reported, FIRM, TEXT, "130973400-economy")
            if secret in text and name != "units"} == {}


def test_a_firm_reads_its_own_rows_and_no_others(calls: Calls, reported: str, april: UUID, walls: None) -> None:
    calls("other_firm").post("/problems", {"category": "energy", "text": TEXT})

    assert [row["number"] for row in rows(calls, "firm", "problems")] == [reported]
    assert {row["problem_number"] for row in rows(calls, "firm", "spells")} == {reported}
    for name in ("subjects", "obligations"):
        assert {row.get("subject_name") or row.get("name") for row in rows(calls, "firm", name)} == {FIRM}, name


@pytest.mark.parametrize("name", ["regions", "units", "targets", "figures", "standings"])
def test_how_government_stands_is_no_open_data_for_a_firm(calls: Calls, name: str) -> None:
    assert rows(calls, "firm", name) == []


def test_the_right_people_read_it_in_the_same_sets(calls: Calls, reported: str, april: UUID) -> None:
    for login in ("park_office", "zone_office", "city_office", "province_office", "park"):
        assert reported in [row["number"] for row in rows(calls, login, "problems")], login
        assert FIRM in [row["name"] for row in rows(calls, login, "subjects")], login
    assert FIRM in [row["subject_name"] for row in rows(calls, "city_office", "obligations")]


def test_a_row_seen_in_two_ways_comes_once(calls: Calls, reported: str) -> None:
    found = [row["number"] for row in rows(calls, "park_office", "problems")]

    assert found.count(reported) == 1
    assert asked("problems/$count", calls("park_office").secret).content == str(len(found)).encode()


def test_a_department_reads_its_line_and_nothing_kept_in_confidence(calls: Calls) -> None:
    firm = calls("firm")
    for confidential in (True, False):
        assert firm.post("/problems", {"category": "land", "text": TEXT, "confidential": confidential}).status == 201

    assert [row["confidential"] for row in rows(calls, "city_office", "problems")] == [True, False]
    assert {row["confidential"] for row in rows(calls, "city", "problems")} <= {False}


def test_the_number_of_rows_does_not_change_the_number_of_statements(calls: Calls, reported: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows(calls, "park_office", "problems", top="50")
        return len(seen)

    first = statements()
    for _n in range(3):
        calls("firm").post("/problems", {"category": "energy", "text": TEXT})

    assert statements() == first
