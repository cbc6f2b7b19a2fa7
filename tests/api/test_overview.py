"""The overview for programs: as of a moment, over a period, of a line, divided by one thing; and its saved views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.api.conftest import Calls
from tests.cast import Story
from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def test_a_period_tells_what_moved_and_what_moved_before(calls: Calls, raised: Callable[..., Story]) -> None:
    raised()
    raised(now=LATER)
    with held_at(LATER + timedelta(hours=1)):
        found = calls("city_office").get(
            "/overview", region="1309", since=(NOW + timedelta(hours=23)).isoformat(), until=LATER.isoformat(), by="kind"
        ).body

    assert (found["numbers"]["reported"], found["moved"]["reported"], found["moved_before"]["reported"]) == (2, 1, 1)
    assert [one["by"]["code"] for one in found["divisions"]] == ["kind"]
    assert [one["moved"]["reported"] for one in found["children"] if one["region"]["code"] == "130973"] == [1]
    assert found["before"]["until"] == found["period"]["since"]


def test_a_past_moment_and_a_line(calls: Calls, raised: Callable[..., Story]) -> None:
    raised(category="energy")
    raised(now=LATER)
    with held_at(LATER):
        city = calls("city_office")
        then = city.get("/overview", region="1309", at=NOW.isoformat()).body
        lines = [one["key"] for one in city.get("/overview", region="1309", by="line").body["divisions"][0]["slices"]]

    assert (then["numbers"]["reported"], then["moved"]) == (1, None)
    assert lines


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"at": (NOW + timedelta(days=1)).isoformat()}, "不能晚于现在"), ({"until": NOW.isoformat()}, "请补上期间的开始"),
        ({"since": NOW.isoformat()}, "期间的开始须早于结束"),
        ({"since": "2018-04-01T00:00:00Z", "until": "2018-04-02T00:00:00Z", "at": "2018-04-03T00:00:00Z"}, "只填一个"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(calls: Calls, asked: dict[str, str], sentence: str) -> None:
    answer = calls("city_office").get("/overview", **asked)

    assert answer.status == 422
    assert sentence in answer.sentence


def test_a_line_viewer_gets_no_division_of_another_kind(calls: Calls) -> None:
    answer = calls("city").get("/overview", by="category")

    assert (answer.status, "可以按条线、地区分" in answer.sentence) == (422, True)


def test_a_view_is_saved_shared_and_cut_to_its_reader(calls: Calls) -> None:
    city = calls("city_office")
    made = city.post("/overview/views", {"name": "本月", "period": "month", "by": "kind", "shared": "below"})
    assert (made.status, made.body["own"], made.body["by"]["code"]) == (201, True, "kind")

    below = calls("zone_office").get(f"/overview/views/{made.body['id']}").body

    assert (below["region"]["code"], below["own"], len(below["notes"])) == ("130973", False, 1)
    assert calls("zone_office").post(f"/overview/views/{made.body['id']}/delete").status == 404
    assert city.post(f"/overview/views/{made.body['id']}/rename", {"name": "每月"}).body["name"] == "每月"
    assert city.post(f"/overview/views/{made.body['id']}/share", {"shared": "post"}).body["shared"]["code"] == "post"
    assert calls("zone_office").get("/overview/views").body["rows"] == []
    assert city.post(f"/overview/views/{made.body['id']}/delete").status == 200
    assert city.get("/overview/views").body["rows"] == []


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_an_outsider_gets_no_view(calls: Calls, login: str) -> None:
    made = calls("city_office").post("/overview/views", {"name": "本月", "shared": "region"}).body["id"]

    caller = calls(login)

    assert caller.get(f"/overview/views/{made}").status == 404
    assert caller.post(f"/overview/views/{made}/rename", {"name": "乙"}).status == 404
    assert made not in str(caller.get("/overview/views").body)


def test_problems_are_listed_by_when_they_were_reported(calls: Calls, raised: Callable[..., Story]) -> None:
    raised()
    city = calls("city_office")

    def listed(**asked: str) -> int:
        return len(city.get("/problems", lens="territory", **asked).body["rows"])

    assert listed(reported_until=NOW.isoformat()) == listed(as_of=NOW.isoformat()) == 1
    assert listed(reported_after=NOW.isoformat()) == listed(closed_until=NOW.isoformat()) == 0
    assert listed(as_of=(NOW - timedelta(seconds=1)).isoformat()) == 0
