"""Lists through the API: lenses, filters, and pages to the end with no double and no gap while rows are added."""

from __future__ import annotations

import pytest

from tests.api.conftest import TEXT, Caller, Calls

pytestmark = pytest.mark.django_db


def report(firm: Caller, count: int) -> list[str]:
    """Report so many matters; returns their numbers, the newest first."""
    answers = [firm.post("/problems", {"category": "energy", "text": f"{TEXT}第{n}次"}) for n in range(count)]
    return [str(one.body["number"]) for one in reversed(answers)]


def test_pages_go_to_the_end_with_no_double_and_no_gap_while_rows_are_added(calls: Calls) -> None:
    firm, office = calls("firm"), calls("city_office")
    numbers = report(firm, 7)
    found: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        page = office.get("/problems", lens="territory", limit=2, cursor=cursor).body
        found += [row["number"] for row in page["rows"]]
        cursor = page["next"]
        report(firm, 1)

    assert found == numbers


def test_the_most_urgent_come_first_when_asked_for_and_page_as_well(calls: Calls) -> None:
    numbers = report(calls("firm"), 5)
    park = calls("park")
    first = park.get("/problems", lens="desk", order="due", limit=3).body
    rest = park.get("/problems", lens="desk", order="due", limit=3, cursor=first["next"]).body

    assert [row["number"] for row in (*first["rows"], *rest["rows"])] == numbers[::-1]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "other", [{"lens": "unit"}, {"lens": "territory", "order": "due"}], ids=["another lens", "another order"]
)
def test_a_cursor_continues_only_the_list_it_was_given_out_for(calls: Calls, other: dict[str, str]) -> None:
    report(calls("firm"), 2)
    office = calls("park_office")
    cursor = office.get("/problems", lens="territory", limit=1).body["next"]

    answer = office.get("/problems", limit=1, cursor=cursor, **other)

    assert (answer.status, answer.body["code"]) == (422, "bad_cursor")


@pytest.mark.parametrize("cursor", ["nonsense", "AAAA", "é", "eyJhIjoxfQ=="])
def test_a_cursor_of_ones_own_making_is_refused(calls: Calls, cursor: str) -> None:
    assert calls("park").get("/problems", cursor=cursor).status == 422


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"state": ["dispatched", "handling"]}, 2), ({"state": "closed"}, 0), ({"category": "energy"}, 2),
        ({"category": "land"}, 0), ({"kind": "industry"}, 2), ({"kind": "project"}, 0), ({"region": "130973400"}, 2),
        ({"region": "130982"}, 0), ({"words": "第1次"}, 1), ({"words": "%"}, 0), ({"light": "normal"}, 2),
        ({"light": "overdue"}, 0), ({"line": "energy"}, 2), ({"line": "science"}, 0),
    ],
)
def test_filters_narrow(calls: Calls, narrowed: dict[str, object], found: int) -> None:
    report(calls("firm"), 2)

    answer = calls("city_office").get("/problems", lens="territory", **narrowed)

    assert (answer.status, len(answer.body["rows"])) == (200, found)


def test_a_lens_one_does_not_have_and_a_region_outside_are_not_there(calls: Calls, reported: str) -> None:
    assert calls("firm").get("/problems", lens="territory").status == 404
    assert calls("park_office").get("/problems", lens="territory", region="1309").status == 404
    assert calls("outsider").get("/problems", lens="territory").body["rows"] == []


def test_a_page_has_at_most_two_hundred_rows(calls: Calls) -> None:
    answer = calls("park").get("/problems", limit=201)

    assert (answer.status, answer.body["fields"]) == (422, {"limit": "不能大于200。"})


def test_subjects_page_to_the_end_and_stay_within_the_territory(calls: Calls) -> None:
    first = calls("city_office").get("/subjects", limit=1).body
    second = calls("city_office").get("/subjects", limit=1, cursor=first["next"]).body

    assert {row["name"] for row in (*first["rows"], *second["rows"])} == {
        "演示南大港石化设备有限公司", "演示任丘管道装备有限公司",
    }
    assert second["next"] is None
    assert calls("outsider").get("/subjects").body["rows"] == []


def test_a_subject_opens_with_its_figures_for_those_above_and_not_at_all_outside(calls: Calls) -> None:
    [row] = calls("park_office").get("/subjects").body["rows"]

    seen = calls("park_office").get(f"/subjects/{row['id']}").body
    assert (seen["revenue_cny"], seen["sees_figures"]) == (230_000_000, True)
    assert seen["region_path"][-1] == "南大港产业园区"
    assert calls("outsider").get(f"/subjects/{row['id']}").status == 404


def test_an_overview_adds_up_and_ends_at_ones_own_region(calls: Calls, reported: str) -> None:
    city = calls("city_office").get("/overview").body

    assert (city["region"]["code"], city["numbers"]["reported"], city["numbers"]["unsettled"]) == ("1309", 1, 1)
    assert sum(one["numbers"]["reported"] for one in city["children"]) + city["own"]["reported"] == 1
    assert calls("park_office").get("/overview", region="130973400").body["numbers"]["reported"] == 1
    assert calls("outsider").get("/overview", region="1309").status == 404
    assert calls("firm").get("/overview").status == 404
