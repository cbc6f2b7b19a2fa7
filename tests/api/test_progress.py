"""Progress through the API: the plan's lights, a task, a region, two regions, the rows; nothing for who may not watch."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from tests.progress import watched as made
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.models import Plan
from zhitong.domain.plans.rules import Light

pytestmark = pytest.mark.django_db

THREE = (Light.GREEN, Light.RED, Light.AMBER)


def test_the_plan_is_read_with_its_lights(calls: Calls) -> None:
    """R-G1."""
    targets = made.lit(["1309"], THREE)
    plan = Plan.objects.get(campaign="hebei-2018")

    tree = calls("city_office").get(f"/plans/{plan.id}/progress").body

    assert tree["region"]["code"] == "1309"
    assert {one["light"]["code"]: one["targets"] for one in tree["lights"]} == {"green": 1, "red": 1, "amber": 1}
    told = {one["code"]: one["now"]["light"]["code"] for task in tree["tasks"] for one in task["targets"]}
    assert told == {target.indicator.code: light.value for target, light in zip(targets, THREE, strict=True)}


def test_a_day_in_the_past_is_read_as_it_stood(calls: Calls) -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.stands(target, Light.GREEN, "2018-02", is_newest=False)
    plan = Plan.objects.get(campaign="hebei-2018")

    tree = calls("city_office").get(f"/plans/{plan.id}/progress", until="2018-03-01").body

    assert [one["now"]["period"] for task in tree["tasks"] for one in task["targets"]] == ["2018-02"]


def test_a_task_is_read_over_its_regions_with_the_words_of_its_reports(calls: Calls) -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.lit(["130982"], [Light.AMBER])
    made.reported(target, Unit.objects.get(code="1309-development").id)
    made.overridden(target, Light.AMBER, Unit.objects.get(code="13-office").id)

    found = calls("city_office").get(f"/tasks/{target.indicator.task_id}/progress").body

    [own], [below], [report] = found["targets"], found["below"], found["reports"]
    assert (own["now"]["share"], own["set_from_above"]["by"]["code"]) == ("0.100000", "13-office")
    assert (below["region"]["code"], below["now"]["light"]["code"]) == ("130982", "amber")
    assert report["trouble"] == "演示：资金没有到位。"


def test_a_region_is_read_with_those_below_and_its_own_place(calls: Calls) -> None:
    """R-H9."""
    for code, lights in (("1309", [Light.GREEN, Light.RED]), ("1301", [Light.DONE, Light.GREEN]), ("xiongan", [Light.RED] * 2)):
        made.lit([code], lights)
    made.lit(["130982"], [Light.GREEN])

    found = calls("city_office").get("/regions/1309/progress").body

    assert found["place"] == {"place": 2, "among": 3, "on_course": "0.5000", "average": "0.5000"}
    assert [(one["region"]["code"], one["on_course"]) for one in found["below"]] == [("130982", "1")]
    assert len(found["targets"]) == 2


def test_two_regions_are_read_beside_each_other(calls: Calls) -> None:
    made.lit(["130982"], [Light.GREEN, Light.RED])
    made.lit(["130983"], [Light.RED])

    found = calls("city_office").get("/regions/130982/progress/beside/130983").body

    assert [(one["left"] is not None, one["right"] is not None) for one in found["pairs"]] == [(True, True), (True, False)]


def test_the_rows_come_by_pages_and_narrowed(calls: Calls) -> None:
    made.lit(["1309", "130982"], THREE)
    program = calls("city_office")

    first = program.get("/progress", limit=4).body
    rest = program.get("/progress", limit=4, cursor=first["next"]).body
    red = program.get("/progress", light="red", region="130982").body

    lights = [one["light"]["code"] for one in (*first["rows"], *rest["rows"])]
    assert lights == ["red"] * 2 + ["amber"] * 2 + ["green"] * 2
    assert rest["next"] is None
    assert [(one["region"]["code"], one["light"]["code"]) for one in red["rows"]] == [("130982", "red")]


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_who_may_not_watch_finds_nothing(calls: Calls, login: str) -> None:
    [target] = made.lit(["1309"], [Light.RED])
    plan = Plan.objects.get(campaign="hebei-2018")
    program = calls(login)

    paths = [
        f"/plans/{plan.id}/progress?region=1309", f"/tasks/{target.indicator.task_id}/progress?region=1309",
        "/regions/1309/progress", "/regions/1309/progress/beside/130982",
    ]

    assert [program.get(path).status for path in paths] == [404] * 4
    assert program.get("/progress").body["rows"] == []
