"""稿件 through the API (R-H5): the same acts, once for a key; outsiders get nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.practices.writing import TEXT, TITLE, adopted, closed_problem
from tests.practices.writing import afternoon as afternoon

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"kind": "policy_result", "title": TITLE, "text": TEXT, "subject_kind": "industry", "category": "energy"}


def test_a_piece_goes_its_way_and_each_act_happens_once(calls: Calls) -> None:
    _story, number = closed_problem()
    park, office = calls("park"), calls("park_office")
    first, again = (park.post("/pieces", {**SAID, "problems": [number]}, key="piece") for _ in range(2))
    at = f"/pieces/{first.body['piece']['id']}"

    double = park.post("/pieces", SAID)
    returned = office.post(f"{at}/return", {"words": "补充文号"})
    own = park.post(f"{at}/adoption", {})
    revised = park.post(f"{at}/revision", {"title": TITLE, "text": f"{TEXT}文号见附件。"})
    edited = office.post(f"{at}/edit", {"version": 2, "title": "供电会商办法", "text": TEXT})
    office.post(f"{at}/adoption", {"words": "采用"})
    early = office.post(f"{at}/publication", {})
    published = office.post(f"{at}/publication", {"document_number": "南管字〔2018〕12号", "issued_on": "2018-04-20"})
    used = office.post(f"{at}/uses", {"place": "local_brief", "on": "2018-04-27", "words": "第12期"})
    above = office.post(f"{at}/sending-up", {})

    assert (first.status, again.body, first.body["problems"]) == (201, first.body, [number])
    assert (double.status, own.status, early.status, above.status) == (422, 409, 422, 201)
    assert [returned.body["piece"]["state"]["code"], revised.body["piece"]["state"]["code"]] == ["returned", "submitted"]
    assert [one["title"] for one in edited.body["wordings"]] == [TITLE, TITLE, "供电会商办法"]
    assert published.body["piece"]["state"]["code"] == "published"
    assert used.body["uses"][0]["words"] == "第12期"
    assert above.body["origin"] == first.body["piece"]["id"]
    rows = calls("zone").get("/good-practices", category="energy", subject_kind="industry").body["rows"]
    assert (rows, calls("park").get("/good-practices", in_force=True).body["rows"][0]["title"]) == ([], "供电会商办法")
    assert office.post(f"{at}/taking-down", {"words": "换新"}).body["piece"]["state"]["code"] == "adopted"
    assert office.post(f"{at}/parting", {"problem": number}).body["problems"] == []
    assert office.post(f"{at}/problems", {"problems": [number]}).body["problems"] == [number]
    assert [len(office.get("/pieces", problem=number, state=state).body["rows"]) for state in ("adopted", "returned")] == [1, 0]
    assert calls("outsider").get("/pieces", problem=number).status == 404
    [unit, *_] = office.get("/piece-counts").body["rows"]
    assert (unit["code"], unit["submitted"], unit["adopted"], unit["used"]) == ("130973400-economy", 1, 1, {"local_brief": 1})


def test_what_is_not_adopted_says_why_and_what_is_taken_back_is_over(calls: Calls) -> None:
    park, office = calls("park"), calls("park_office")
    at, other = (
        f"/pieces/{park.post('/pieces', {**SAID, 'title': title, 'text': text}).body['piece']['id']}"
        for title, text in ((TITLE, TEXT), ("并联审批提速", "六个部门同步审查。"))
    )

    assert office.post(f"{at}/passing-over", {"why": "double"}).status == 422
    assert office.post(f"{at}/passing-over", {"why": "thin"}).body["passed_over"]["label"] == "内容不具体"
    assert park.post(f"{other}/withdrawal", {"words": ""}).status == 422
    assert park.post(f"{other}/withdrawal", {"words": "写错了"}).body["acts"] == []


def test_outsiders_and_the_served_find_nothing(calls: Calls) -> None:
    made = adopted()

    for login in ("outsider", "zone"):
        caller = calls(login)
        assert caller.get(f"/pieces/{made}").status == caller.post(f"/pieces/{made}/adoption", {}).status == 404
        for path in ("/pieces", "/good-practices", "/piece-counts"):
            assert caller.get(path).body["rows"] == []
    for path in ("/pieces", f"/pieces/{made}", "/good-practices", "/piece-counts"):
        assert calls("firm").get(path).status == 404
