"""A firm asks on its card to be unnamed: the problem raised names it to the office of its region alone. R-F13."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.api.conftest import TEXT, Calls, Fill

pytestmark = pytest.mark.django_db
ROW = {
    "category": "energy", "text": TEXT, "known_to_head": True, "reporter_name": "演示乙", "reporter_phone": "13800000001",
}


@pytest.fixture
def raised(calls: Calls, april: UUID, fill: Fill) -> tuple[str, str]:
    """The card, and the number of the problem raised from its unnamed row."""
    sent = calls("firm").post(f"/rounds/{april}/card/submit", fill(problems=[{**ROW, "unnamed": True}]))
    assert sent.status in (200, 201), sent.body
    [problem] = sent.body["problems"]
    return sent.body["card_id"], problem["number"]


def test_the_problem_names_the_firm_to_the_office_of_its_region_alone(calls: Calls, raised: tuple[str, str]) -> None:
    named = {
        login: calls(login).get("/problems", lens="all").body["rows"][0]["subject"] for login in ("park_office", "park", "city")
    }

    assert named == {"park_office": "演示南大港石化设备有限公司", "park": "隐名企业", "city": "隐名企业"}


def test_the_card_shows_the_row_to_the_firm_alone(calls: Calls, raised: tuple[str, str]) -> None:
    rows = {login: calls(login).get(f"/cards/{raised[0]}").body["problems"] for login in ("firm", "city_office")}

    assert ([row["unnamed"] for row in rows["firm"]], rows["city_office"]) == ([True], [])
