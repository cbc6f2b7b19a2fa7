"""Where time goes and what hurts, through the API: the same figures as the pages, and the rows behind them (R-H3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analysis.conftest import _hurting as _hurting
from tests.analysis.conftest import _told as _told
from tests.analysis.conftest import hurt as hurt
from tests.analysis.conftest import world as world
from tests.analysis.worlds import LATER, told
from tests.api.conftest import Calls
from zhitong.kit.clock import held_at


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with held_at(LATER):
        yield


def test_where_time_goes_is_told_as_on_the_page(world: object, calls: Calls) -> None:
    body = calls("city_office").get("/analysis/timing", region="1309").body

    found = told()
    assert {one["state"]["code"]: one["now"]["median"] for one in body["states"]} == {
        one.state.value: one.length.median for one in found.states
    }
    assert len(body["flows"]) == len(found.flows)
    assert body["period"] == "2018-04"


def test_passages_open_page_by_page(world: object, calls: Calls) -> None:
    office = calls("city_office")

    first = office.get("/analysis/timing/passages", limit=4).body
    second = office.get("/analysis/timing/passages", limit=200, cursor=first["next"]).body

    assert len(first["rows"]) == 4
    assert second["next"] is None
    assert len(first["rows"]) + len(second["rows"]) == told().times


def test_what_cannot_be_asked_is_refused_in_sentences(world: object, calls: Calls) -> None:
    office = calls("city_office")

    assert office.get("/analysis/timing", period="2018-13").status == 422
    assert "还没有开始" in office.get("/analysis/timing", period="2019-01").sentence
    assert office.get("/analysis/timing/passages", which="still", by="reject").status == 422
    assert calls("park").get("/analysis/timing", unit="130973400-safety").status == 404


def test_what_hurts_is_told_with_its_rows(hurt: None, calls: Calls) -> None:
    office = calls("city_office")
    body = office.get("/analysis/hurting").body
    spot = body["spots"][0]

    asked = {"region": spot["region"]["code"], "kind": spot["kind"], "category": spot["category"]["code"], "industry": spot["industry"]}
    rows = office.get("/analysis/hurting/problems", limit=200, **asked).body["rows"]

    assert len(rows) == spot["came"]
    assert [one["word"] for one in body["themes"]].count("错峰生产名单") == 1
    assert office.get("/analysis/hurting/problems", word="错峰生产名单", limit=5).body["next"]


@pytest.mark.parametrize("path", ["/analysis/timing", "/analysis/timing/passages", "/analysis/hurting", "/analysis/hurting/problems"])
@pytest.mark.parametrize("login", ["outsider", "firm"])
def test_from_outside_there_is_nothing(hurt: None, calls: Calls, path: str, login: str) -> None:
    assert calls(login).get(path, region="1309").status == 404
