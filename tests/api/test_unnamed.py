"""Of an unnamed matter programs of handlers and offices above read no name, in any answer. R-F13."""

from __future__ import annotations

import json

import pytest

from tests.api.conftest import TEXT, Calls

pytestmark = pytest.mark.django_db
FIRM = "演示南大港石化设备有限公司"


@pytest.fixture
def unnamed(calls: Calls) -> str:
    """The number of a matter that the firm reported unnamed."""
    answer = calls("firm").post("/problems", {"category": "energy", "text": TEXT, "unnamed": True})
    assert answer.status == 201, answer.body
    return str(answer.body["number"])


@pytest.mark.parametrize(("login", "knows"), [
    ("park", False), ("zone_office", False), ("province_office", False), ("park_office", True), ("firm", True),
])
def test_the_problem_the_list_and_the_duties_name_it_to_two_alone(
    calls: Calls, unnamed: str, login: str, knows: bool
) -> None:
    caller = calls(login)
    lens = "mine" if login == "firm" else "all"

    page = caller.get(f"/problems/{unnamed}")
    listed = caller.get(f"/problems?lens={lens}")
    duties = caller.get("/duties")

    assert (page.status, listed.status, duties.status) == (200, 200, 200)
    assert (page.body["subject"], page.body["subject_id"] is not None) == (FIRM if knows else "隐名企业", knows)
    assert unnamed in json.dumps(listed.body, ensure_ascii=False)
    for answer in (page, listed, duties):
        assert knows or FIRM not in json.dumps(answer.body, ensure_ascii=False)
