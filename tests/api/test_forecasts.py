"""Forecasts through the API: the territory by pages, one target with its days ahead; nothing for who may not watch."""

from __future__ import annotations

import pytest

from tests.analysis.forecasting.stage import foretold, moment
from tests.api.conftest import Calls
from zhitong.kit import clock

pytestmark = pytest.mark.django_db


def test_the_territory_is_read_from_the_worst_by_pages(calls: Calls) -> None:
    """R-H2."""
    foretold()
    program = calls("province_office")

    first = program.get("/analysis/forecasts", limit=2, prospect="misses").body
    every = program.get("/analysis/forecasts", prospect=["misses", "in_doubt", "reaches"]).body["rows"]
    own = program.get("/analysis/forecasts", region="1309", own=True, prospect="misses").body["rows"]

    assert [one["prospect"]["code"] for one in first["rows"]] == ["misses", "misses"]
    assert first["next"] is None
    assert {one["region"]["code"] for one in every} >= {"1309", "1301", "xiongan", "130982", "130983"}
    assert [one["region"]["code"] for one in own] == ["1309"]


def test_one_target_is_read_with_its_days_ahead_its_method_and_the_regions_below(calls: Calls) -> None:
    target = foretold(made_in=(8,))["1309"]

    found = calls("city_office").get(f"/analysis/forecasts/{target.id}").body

    one = found["forecast"]
    assert [step["code"] for step in one["ahead"]] == ["next", "october", "deadline"]
    assert float(one["low"]) < float(one["value"]) < float(one["high"])
    assert one["made_by"]["sentence"].endswith("。")
    before = one["said_before"]
    assert before["held"] is (float(before["low"]) <= float(one["actual"]) <= float(before["high"]))
    assert [below["region"]["code"] for below in found["below"]] == ["130982", "130983"]
    assert [earlier["made_on"] for earlier in found["earlier"]] == ["2018-09-21", "2018-08-21"]


def test_a_day_in_the_past_is_read_as_it_stood(calls: Calls) -> None:
    target = foretold(made_in=(7,))["1309"]

    with clock.held_at(moment(9, 22)):
        then = calls("city_office").get(f"/analysis/forecasts/{target.id}", until="2018-08-01").body["forecast"]
        before = calls("city_office").get(f"/analysis/forecasts/{target.id}", until="2018-06-01")

    assert then["period"] == "2018-06"
    assert before.status == 404


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_who_may_not_watch_finds_nothing(calls: Calls, login: str) -> None:
    target = foretold(4)["1309"]
    program = calls(login)

    assert program.get(f"/analysis/forecasts/{target.id}").status == 404
    assert [one for one in program.get("/analysis/forecasts").body["rows"] if one["target_id"] == str(target.id)] == []
    assert program.get("/analysis/forecasts", until="2100-01-01").status == 200
