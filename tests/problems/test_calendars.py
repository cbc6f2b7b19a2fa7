"""R-F5: limits run in the calendar of the accountable unit, say their sum in it, and are recomputed in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged, unit_id
from tests.world import NOW
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.organisations.actions.timekeeping import enter_special_day, set_office_hours
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.kit.clock import SHANGHAI

pytestmark = pytest.mark.django_db
LATE = ((time(9), time(12)), (time(14), time(18)))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What is entered here is rolled back; the process must not go on counting by it."""
    yield
    forget_calendar()


def own_calendar(code: str) -> None:
    """A unit that opens late from tomorrow on and rests on 3 May."""
    with acting("park_office") as actor:
        place = unit_id(code)
        set_office_hours(place_id=place, since=date(2018, 4, 28), sessions=LATE, source="演示通知", actor=actor, now=NOW)
        enter_special_day(place_id=place, on=date(2018, 5, 3), works=False, name="演示集市", actor=actor, now=NOW)


def test_a_limit_counts_in_the_calendar_of_the_unit_that_has_it(raised: Raise) -> None:
    before = raised().standing.spell
    own_calendar("130973400-economy")
    after = raised().standing.spell

    assert before is not None
    assert after is not None
    assert before.due_at is not None
    assert after.due_at is not None
    assert f"{before.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" == "05-21 17:30"
    assert f"{after.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" == "05-22 18:00"


def test_its_sum_and_its_check_use_the_same_calendar(raised: Raise) -> None:
    own_calendar("130973400-economy")
    story = acknowledged(raised())

    with acting_as(viewer("park")) as here:
        faces = problem_page(here, story.problem_id, now=story.now).clocks
    with acting("province_office"):
        found = findings_of([story.problem_id], now=story.now)

    assert found == []
    assert all("5月3日" not in face.arithmetic and face.arithmetic for face in faces if face.name != "总时限")
