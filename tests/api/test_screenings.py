"""问题大排查 through the API: laid out, taken, planned, approved; others find nothing (R-E6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls

pytestmark = pytest.mark.django_db

ROWS = [{"text": "夜间限电", "code": "91130900MA00000014"}, {"text": "路不通", "category": "没有这一类"}]


def test_a_list_is_laid_out_taken_planned_approved_and_taken_back_no_more(calls: Calls) -> None:
    program = calls("park")
    drive = program.post("/screenings", {"name": "二季度排查"}).body["id"]
    laid = program.post(f"/screenings/{drive}/lists", {"rows": ROWS}).body
    refused = program.post(f"/lists/{laid['id']}/take", {})
    taken = program.post(f"/lists/{laid['id']}/take", {"only_good": True})
    [line] = program.get(f"/screenings/{drive}/items").body["rows"]
    plan: dict[str, Any] = {"measure": "调整检修", "answerable": "经发局", "due_on": "2018-05-31"}
    program.post(f"/screenings/items/{line['id']}/plan", plan)
    approved = program.post(f"/screenings/{drive}/approve", {"approved_by": "演示赵", "approved_on": "2018-04-27"})

    assert (laid["good"], laid["troubles"]) == (
        1, [{"row": 2, "column": "问题类别", "sentence": "没有“没有这一类”这个问题类别。"}]
    )
    assert refused.status == 409
    assert taken.body == {"new": 1, "left_out": 1}
    assert line["state"]["code"] == "submitted"
    assert approved.body["frozen_at"] is not None
    assert program.post(f"/screenings/items/{line['id']}/plan", plan).status == 409
    assert program.post(f"/lists/{laid['id']}/undo", {}).status == 409


def test_others_find_nothing_of_a_drive(calls: Calls) -> None:
    program, outsider = calls("park"), calls("outsider")
    drive = program.post("/screenings", {"name": "二季度排查"}).body["id"]
    laid = program.post(f"/screenings/{drive}/lists", {"rows": ROWS}).body["id"]

    assert outsider.get("/screenings").body == {"rows": []}
    assert outsider.get(f"/screenings/{drive}/items").status == 404
    assert outsider.post(f"/screenings/{drive}/lists", {"rows": ROWS}).status == 404
    assert outsider.post(f"/lists/{laid}/take", {"only_good": True}).status == 404
    assert outsider.post(f"/lists/{laid}/undo", {}).status == 404
    assert outsider.post(f"/screenings/{drive}/approve", {"approved_by": "演示", "approved_on": "2018-04-27"}).status == 404
    assert calls("firm").post("/screenings", {"name": "企业排查"}).status == 403
