"""Forms of upper levels through the API: sent, pointed, filled, fetched, handed back; nothing for others (R-H8)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Answered, Caller, Calls, answered
from tests.blanks.forms import bytes_of, ledger, opened
from tests.world import NOW

pytestmark = pytest.mark.django_db


def sent(caller: Caller, content: bytes, path: str = "/blanks") -> Answered:
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": str(uuid4())}
    return answered(caller.client.post(f"{PLACE}{path}", {"file": SimpleUploadedFile("附表1.xlsx", content)}, headers=headers))


def fetched(caller: Caller, filling: str) -> Any:
    return caller.client.get(f"{PLACE}/blank-fillings/{filling}/file", headers={"Authorization": f"Bearer {caller.secret}"})


def test_a_form_is_sent_pointed_filled_and_handed_back(calls: Calls) -> None:
    office = calls("park_office")

    first = sent(office, bytes_of(ledger()))
    path = f"/blanks/{first.body['blank']['id']}"
    columns = {**first.body["blank"]["tables"][0]["columns"], "备注": "state"}
    pointed = office.post(f"{path}/pointing", {"tables": [{"grain": "problem", "columns": columns}], "gaps": {}})
    filling = office.post(f"{path}/fillings", {"at": NOW.isoformat()})
    file = fetched(office, filling.body["id"])
    back = sent(office, file.content, f"{path}/written")

    assert (first.status, first.body["known"]) == (201, False)
    assert pointed.body["tables"][0]["columns"]["备注"] == "state"
    assert (filling.status, filling.body["region"]["code"], filling.body["rows"]) == (201, "130973400", 0)
    assert opened(file.content)["附表1"]["A9"].value == "合计"
    assert back.body == {"cells": 0}
    assert [one["id"] for one in office.get("/blanks").body["rows"]] == [first.body["blank"]["id"]]
    assert [one["id"] for one in office.get(f"{path}/fillings").body["rows"]] == [filling.body["id"]]
    assert sent(office, bytes_of(ledger())).body["known"] is True
    assert office.post(f"{path}/drop").status == 200
    assert office.get("/blanks").body["rows"] == []


def test_bad_forms_fields_and_cut_offs_are_refused(calls: Calls) -> None:
    office = calls("park_office")
    path = f"/blanks/{sent(office, bytes_of(ledger())).body['blank']['id']}"

    assert sent(office, b"PK\x03\x04").status == 422
    assert office.post(f"{path}/pointing", {"tables": [{"grain": "unknown", "columns": {}}]}).status == 422
    assert office.post(f"{path}/fillings", {"at": "2018-12-31T00:00:00+08:00"}).status == 422
    assert office.post(f"{path}/fillings", {"region": "130982"}).status == 404


def test_others_find_nothing(calls: Calls) -> None:
    office = calls("park_office")
    path = f"/blanks/{sent(office, bytes_of(ledger())).body['blank']['id']}"
    filling = office.post(f"{path}/fillings", {}).body["id"]

    for login in ("outsider", "zone_office", "firm"):
        other = calls(login)
        assert other.get(path).status == 404
        assert other.post(f"{path}/fillings", {}).status == 404
        assert other.post(f"{path}/drop").status == 404
        assert fetched(other, filling).status_code == 404
    assert calls("outsider").get("/blanks").body["rows"] == []
    assert calls("firm").get("/blanks").status == 404
