"""Policy papers through the API (R-C6, R-C7): the same acts as at the screen, the reading in the contract's own form."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Answered, Caller, Calls, answered
from tests.reader.papers import DOUBT, TEXT, place, plan
from tests.reader.papers import laid_down as laid_down
from zhitong.policy.shapes import as_json

pytestmark = pytest.mark.django_db


def sent(caller: Caller, key: str = "", **said: str) -> Answered:
    """The paper sent in."""
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": key or str(uuid4())}
    file = SimpleUploadedFile("方案.txt", TEXT.encode())
    return answered(caller.client.post(f"{PLACE}/papers", {"file": file, **said}, headers=headers))


def test_a_paper_goes_its_way_from_reading_to_plan(calls: Calls) -> None:
    office = calls("park_office")
    first, again = sent(office, key="same"), sent(office, key="same")
    at = f"/papers/{first.body['paper']['id']}"

    read = office.get(f"{at}/plan").body
    doubt = first.body["doubts"][0]["key"]
    judged = office.post(f"{at}/doubts/{doubt}", {"judgement": "dismissed", "reason": "统筹"})
    start, end = place("每月通报进度")
    task = {"title": "按月通报", "start": start, "end": end, "responsible": [{"name": "经发局", "role": "lead"}]}
    added = office.post(f"{at}/corrections", {"kind": "task_added", "thing": "3", "after": task})
    office.post(f"{at}/corrections", {"kind": "indicator_changed", "thing": "I3", "after": {"value": 90}, "reason": "见原件"})
    office.post(f"{at}/corrections/1/restoring")
    early = office.post(f"{at}/publication", {"title": "方案", "issued_on": "2018-04-20"})
    named = office.post(f"{at}/names", {"names": [{"name": "演示供热站", "unit": "130973400-economy"}]})
    done = office.post(f"{at}/publication", {"title": "方案", "issued_on": "2018-04-20"})

    assert (first.status, again.body) == (201, first.body)
    assert (read["text"], read["plan"]) == (TEXT, as_json(plan()))
    assert first.body["doubts"][0]["message"] == DOUBT
    assert judged.body["doubts"][0]["judgement"]["code"] == "dismissed"
    assert (added.status, added.body, named.status) == (201, {"thing": "3"}, 200)
    assert (early.status, done.status, done.body["version"]) == (409, 200, 1)
    assert [one["restored_at"] is None for one in office.get(f"{at}/corrections").body["rows"]] == [True, False]
    around = calls("zone_office")
    assert [one["id"] for one in around.get("/papers", state="published").body["rows"]] == [first.body["paper"]["id"]]
    assert around.get(f"{at}/corrections").status == 404
    assert office.post(f"{at}/withdrawal").status == 409


def _held(_upper: Any, _lower: Any) -> dict[str, Any]:
    return {"tasks": [{"upper": "1", "lower": [], "relation": "missing", "differences": []}], "findings": []}


def test_two_papers_are_compared_and_the_answer_is_the_contract(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.papers.actions.comparing.held_against", _held)
    office = calls("park_office")
    own, upper = (sent(office, kind=kind).body["paper"]["id"] for kind in ("own", "upper"))

    found = office.post("/comparisons", {"upper": upper, "lower": own})

    assert (found.status, found.body["covered"], found.body["total"], found.body["found"]) == (201, 0, 1, _held(None, None))
    at = f"/comparisons/{found.body['comparison']['id']}"
    assert office.get(at).body == found.body
    assert [one["id"] for one in office.get(f"/papers/{own}/comparisons").body["rows"]] == [found.body["comparison"]["id"]]
    assert office.post("/comparisons", {"upper": own, "lower": own}).status == 422
    assert calls("zone_office").get(at).status == 404


def test_outsiders_find_nothing_and_do_nothing(calls: Calls) -> None:
    at = f"/papers/{sent(calls('park_office')).body['paper']['id']}"

    for login in ("outsider", "firm", "park", "zone_office"):
        caller = calls(login)
        assert caller.get("/papers").body["rows"] == []
        assert [caller.get(path).status for path in (at, f"{at}/plan", f"{at}/corrections")] == [404] * 3
        assert caller.get(f"{at}/comparisons").body["rows"] == []
        said = {"kind": "task_struck", "thing": "1"}
        assert caller.post(f"{at}/corrections", said).status in (403, 404)
    assert sent(calls("park")).status == 403
    assert sent(calls("firm")).status == 403
