"""The calendar of a year, and the sum of any limit, by the calendar of everybody or of a unit (R-F5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from tests.api.conftest import Calls
from tests.cast import acting
from tests.world import NOW
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.organisations.actions.timekeeping import enter_special_day, set_office_hours
from zhitong.domain.organisations.queries import directory

pytestmark = pytest.mark.django_db

PARK = "130973400-economy"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """No test leaves its calendar to the next."""
    forget_calendar()
    yield
    forget_calendar()


@pytest.fixture
def fair(db: None) -> None:
    """The park closes for its fair on 2 May and works from nine from 3 May on."""
    region = directory().region_coded("130973400")
    assert region is not None
    with acting("park_office") as actor:
        enter_special_day(place_id=region.id, on=date(2018, 5, 2), works=False, name="庙会", actor=actor, now=NOW)
        set_office_hours(
            place_id=region.id, since=date(2018, 5, 3), sessions=((time(9), time(12)), (time(13), time(17))),
            source="园区管委会通知", actor=actor, now=NOW,
        )


def test_a_year_tells_what_is_not_as_the_week_says_and_why(calls: Calls) -> None:
    year = calls("firm").get("/calendar/2018").body

    assert (year["is_published"], year["workdays"]) == (True, 250)  # 261 weekdays, 18 off, 7 weekend days worked
    days = {day["on"]: (day["works"], day["name"], day["whose"]) for day in year["special"]}
    assert days["2018-04-28"] == (True, "劳动节", None)
    assert days["2018-06-18"] == (False, "端午", None)
    assert year["source"]
    assert year["hours"] == [{"since": "2018-01-01", "sessions": ["08:30-12:00", "13:30-17:30"]}]


def test_a_year_that_is_not_published_says_so(calls: Calls) -> None:
    year = calls("firm").get("/calendar/2031").body

    assert (year["is_published"], year["source"], year["special"]) == (False, "", [])


def test_a_units_year_has_the_days_and_hours_of_its_place(calls: Calls, fair: None) -> None:
    year = calls("firm").get("/calendar/2018", unit=PARK).body

    assert (year["workdays"], calls("firm").get("/calendar/2018").body["workdays"]) == (249, 250)
    [own] = [day for day in year["special"] if day["whose"]]
    assert (own["on"], own["works"], own["name"], own["whose"]["code"]) == ("2018-05-02", False, "庙会", "130973400")
    assert year["hours"][1] == {"since": "2018-05-03", "sessions": ["09:00-12:00", "13:00-17:00"]}


def test_a_limit_is_counted_with_its_sum(calls: Calls) -> None:
    answer = calls("firm").get("/due", start="2018-04-27T15:40", workdays=5).body

    assert (answer["due_on"], answer["due_at"][:16], answer["is_provisional"]) == ("2018-05-07", "2018-05-07T09:30", False)
    assert answer["days"] == ["2018-04-28", "2018-05-02", "2018-05-03", "2018-05-04", "2018-05-07"]
    assert answer["arithmetic"].endswith("4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30")


def test_a_limit_in_hours_and_with_a_time_zone_is_counted_too(calls: Calls) -> None:
    assert calls("firm").get("/due", start="2018-04-27T07:40:00Z", hours=16).body["due_at"][:16] == "2018-05-02T08:40"


def test_a_limit_of_a_unit_is_counted_by_its_own_calendar(calls: Calls, fair: None) -> None:
    answer = calls("firm").get("/due", start="2018-04-27T15:40", workdays=5, unit=PARK).body

    assert (answer["due_on"], answer["due_at"][:16]) == ("2018-05-08", "2018-05-08T09:00")


def test_a_limit_into_an_unpublished_year_is_provisional(calls: Calls) -> None:
    answer = calls("firm").get("/due", start="2019-12-30T10:00", workdays=5).body

    assert answer["is_provisional"] is True
    assert answer["reservation"].startswith("2020 年的放假安排尚未公布")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start": "2018-04-27"}, "workdays"), ({"start": "2018-04-27", "workdays": 1, "hours": 1}, "workdays"),
        ({"start": "2018-04-27", "workdays": 0}, "workdays"), ({"start": "2018-04-27", "hours": -1}, "hours"),
        ({"start": "2018-04-27", "hours": 10**30}, "hours"), ({"start": "2018-04-27", "workdays": 2001}, "workdays"),
        ({"start": "1999-12-31", "workdays": 1}, "start"), ({"start": "9999-12-31", "workdays": 1}, "start"),
        ({"start": "昨天", "workdays": 1}, "start"), ({"workdays": 1}, "start"),
    ],
)
def test_what_cannot_be_counted_is_told_by_its_field(calls: Calls, asked: dict[str, Any], field: str) -> None:
    answer = calls("firm").get("/due", **asked)

    assert answer.status == 422
    assert [name.rpartition(".")[2] for name in answer.body["fields"]] == [field]


@pytest.mark.parametrize("path", ["/calendar/2018", "/due?start=2018-04-27&workdays=5"])
def test_a_unit_that_is_not_there_is_a_404(calls: Calls, path: str) -> None:
    answer = calls("firm").get(f"{path}{'&' if '?' in path else '?'}unit=nobody")

    assert (answer.status, answer.body["code"]) == (404, "not_found")


@pytest.mark.parametrize("year", ["1999", "2101", "x"])
def test_a_year_beyond_all_calendars_is_refused(calls: Calls, year: str) -> None:
    assert calls("firm").get(f"/calendar/{year}").status == 422


def test_without_a_key_nobody_is_told_anything(calls: Calls) -> None:
    caller = calls("firm")
    caller.secret = ""

    assert caller.get("/calendar/2018").status == 401
    assert caller.get("/due", start="2018-04-27", workdays=5).status == 401
