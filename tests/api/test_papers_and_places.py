"""What everybody signed in may read: plans, regions, units and lines, categories, the calendar."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.conftest import Calls

pytestmark = pytest.mark.django_db


def test_plans_lead_to_their_tasks_and_targets(calls: Calls) -> None:
    firm = calls("firm")
    provincial = firm.get("/plans").body["rows"][0]
    plan = firm.get(f"/plans/{provincial['id']}").body
    tasks = firm.get(f"/plans/{provincial['id']}/tasks").body["rows"]
    task = firm.get(f"/tasks/{tasks[0]['id']}").body

    assert (provincial["campaign"], provincial["region"]["code"]) == ("hebei-2018", "13")
    assert sum(kind["tasks"] for kind in provincial["tasks_by_kind"]) == len(tasks) >= 30
    assert len(plan["gates"]) > 0
    assert task == tasks[0]
    assert {unit["role"]["code"] for one in tasks for unit in one["units"]} >= {"lead", "support"}
    assert all(target["clause"]["end"] > target["clause"]["start"] for one in tasks for target in one["targets"])


def test_a_plan_or_task_that_is_not_there_is_a_404(calls: Calls) -> None:
    for path in (f"/plans/{uuid4()}", f"/plans/{uuid4()}/tasks", f"/tasks/{uuid4()}"):
        assert calls("firm").get(path).status == 404, path


def test_regions_form_a_tree_that_pages_to_the_end(calls: Calls) -> None:
    firm, cursor, rows = calls("firm"), "", []
    while cursor is not None:
        page = firm.get("/regions", limit=4, cursor=cursor).body
        rows += page["rows"]
        cursor = page["next"]
    codes = [row["code"] for row in rows]

    assert len(set(codes)) == len(codes) == 13
    assert all(row["parent"] in codes[:place] for place, row in enumerate(rows) if row["parent"])


def test_a_region_tells_its_path_and_what_is_shown_beside_it(calls: Calls) -> None:
    zone = calls("firm").get("/regions/130973").body

    assert [one["code"] for one in zone["path"]] == ["13", "1309", "130973"]
    assert [one["code"] for one in zone["shown"]] == ["130983"]
    assert "130983" not in {one["code"] for one in zone["children"]}
    assert zone["office"]["code"] == "130973-office"


def test_a_unit_tells_its_lines_and_who_is_above(calls: Calls) -> None:
    park = calls("firm").get("/units/130973400-economy").body

    assert park["region"]["code"] == "130973400"
    above = {line["code"]: line["counterpart"]["code"] for line in park["lines"]}
    assert above
    assert all(code.startswith("130973") for code in above.values())


def test_units_are_found_by_region_and_line(calls: Calls) -> None:
    line = calls("firm").get("/units/1309-development").body["lines"][0]["code"]
    found = calls("firm").get("/units", region="1309", line=line).body["rows"]

    assert [unit["code"] for unit in found] == ["1309-development"]
    assert line in {one["code"] for one in calls("firm").get("/lines").body["rows"]}


@pytest.mark.parametrize("path", ["/regions/nowhere", "/units/nobody", "/regions?under=nowhere", "/units?line=nothing"])
def test_what_is_not_there_is_a_404_with_the_way_on(calls: Calls, path: str) -> None:
    answer = calls("firm").get(path)

    assert (answer.status, answer.body["code"]) == (404, "not_found")
    assert "/api/v1/" in answer.sentence


def test_categories_belong_to_a_kind_of_subject(calls: Calls) -> None:
    rows = calls("firm").get("/categories", kind="industry").body["rows"]

    assert "energy" in {row["code"] for row in rows}
    assert rows[-1]["code"] == "other"


def test_the_calendar_knows_the_may_holiday_of_2018(calls: Calls) -> None:
    answer = calls("firm").get("/calendar", since="2018-04-27", until="2018-05-02").body

    assert [(day["on"][5:], day["works"], day["kind"]) for day in answer["days"]] == [
        ("04-27", True, ""), ("04-28", True, "补班"), ("04-29", False, "周末"), ("04-30", False, "放假"),
        ("05-01", False, "放假"), ("05-02", True, ""),
    ]
    assert answer["sessions"] == ["08:30-12:00", "13:30-17:30"]
    assert calls("firm").get("/calendar", since="2031-01-01", until="2031-01-01").body["days"][0]["is_published"] is False


@pytest.mark.parametrize("until", ["2018-04-26", "2019-05-01", "9999-12-31"])
def test_the_calendar_is_asked_for_at_most_a_year_forwards(calls: Calls, until: str) -> None:
    answer = calls("firm").get("/calendar", since="2018-04-27", until=until)

    assert (answer.status, list(answer.body["fields"])) == (422, ["until"])
