"""Version 1 only grows: what was released stays as it was, and what is to go says so a year before (9.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.api.released import breaches, kept, released_in
from zhitong.api import leaving
from zhitong.api.kinds import kinds
from zhitong.api.leaving import Leaving
from zhitong.api.v1 import api

WRITTEN = api.get_openapi_schema(path_prefix="/api/v1/")


def test_what_was_released_is_there_and_asks_for_nothing_more() -> None:
    released = kept()

    assert len(released.needs) > 400
    assert breaches(released, released_in(WRITTEN)) == []


def test_a_breach_is_named() -> None:
    released, changed = released_in(WRITTEN), released_in(WRITTEN)
    del changed.needs["GET /api/v1/me"], changed.answers["GET /api/v1/me"]
    changed.needs["POST /api/v1/problems"].append("body colour")
    changed.shapes["Named"].remove("code: string")
    changed.answers["GET /api/v1/regions"].clear()

    assert breaches(released, changed) == [
        "GET /api/v1/me: gone", "GET /api/v1/regions: answers no 200 application/json Regions", "Named: no code: string",
        "POST /api/v1/problems: now needs body colour",
    ]
    assert breaches(changed, released) == []


@pytest.mark.django_db
def test_an_operation_on_its_way_out_says_so(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    going = Leaving(date(2026, 1, 1), date(2027, 1, 1), "/api/v1/units")
    plain = calls("park").get("/me").headers
    monkeypatch.setattr(leaving, "LEAVING", {"me_me": going})

    told = calls("park").get("/me").headers

    assert {"Deprecation", "Sunset", "Link"} & plain.keys() == set()
    assert (told["Deprecation"], told["Sunset"]) == ("@1767225600", "Fri, 01 Jan 2027 00:00:00 GMT")
    assert told["Link"] == '</api/v1/units>; rel="successor-version"'
    assert api.get_openapi_schema(path_prefix="/api/v1/")["paths"]["/api/v1/me"]["get"]["deprecated"] is True
    assert "deprecated" not in WRITTEN["paths"]["/api/v1/me"]["get"]


OLDER = {"/notices", "/screenings/{screening_id}/items", "/uploads", "/uploads/{upload_id}/rows", "/blanks", "/reports", "/invitations"}
"""Lists that take `after`, an id or a place, instead of a cursor: they were released so, and stay. None is added."""
WHOLE = {"/cards/to-review"}
"""Answers in the shape of a page, and is always whole."""


def test_lists_that_go_in_pages_do_so_alike() -> None:
    """A list takes `cursor` and `limit` (1 to 200), and answers `rows` and `next`."""
    schemas, paged, older = WRITTEN["components"]["schemas"], 0, set()
    for path, methods in WRITTEN["paths"].items():
        operation, name = methods.get("get"), path.removeprefix("/api/v1")
        if operation is None or name in WHOLE:
            continue
        asked = {one["name"]: one["schema"] for one in operation["parameters"]}
        content = {str(status): one for status, one in operation["responses"].items()}.get("200", {}).get("content", {})
        shape = schemas.get(content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2], {})
        if "next" not in shape.get("properties", {}):
            assert "cursor" not in asked, path
        elif "after" in asked:
            older.add(name)
        else:
            paged += 1
            assert "rows" in shape["properties"], path
            assert "cursor" in asked, path
            assert (asked["limit"]["minimum"], asked["limit"]["maximum"]) == (1, 200), path

    assert older == OLDER
    assert paged > 30


def test_every_kind_of_failure_is_told_once_and_to_everybody(client: Any) -> None:
    told = client.get("/api/failures")

    assert told.status_code == 200
    assert {one.code for one in kinds()} == told.json().keys()
    assert {"not_found", "bad_input", "not_yours", "key_used", "no_key", "too_many_calls", "unexpected"} <= told.json().keys()
    assert all(one.meanings and all(one.meanings) and one.title for one in kinds())
    assert (told.json()["too_many_calls"]["status"], told.json()["card_moved"]["status"]) == (429, 409)
