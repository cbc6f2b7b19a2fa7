"""What was settled last: the newest first, within a month, nobody's name and no narrower place than asked (R-H1)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, official_of, viewer
from tests.problems.ways import SAFETY, Raise, unit
from tests.web.wall.stories import YESTERDAY, closed
from tests.world import NOW
from zhitong.domain.analysis.queries.newest import LOOKED_BACK, Settled, newest_settled
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def newest(login: str, code: str, at: datetime = NOW, limit: int = 8) -> list[Settled]:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return newest_settled(here, region.id, at, limit=limit)


def test_what_was_closed_is_told_by_category_place_and_time(raised: Raise) -> None:
    story = closed(raised)

    [one] = newest("zone_office", "130973")

    assert (one.category, one.region.code, one.outcome) == ("能源保障", "130973400", Outcome.SOLVED)
    assert (one.submitted_at, one.ended_at) == (YESTERDAY, story.now)


def test_no_narrower_place_is_told_than_the_one_directly_below(raised: Raise) -> None:
    closed(raised)

    assert [newest("province_office", code)[0].region.code for code in ("13", "1309", "130973400")] == [
        "1309", "130973", "130973400",
    ]


def test_the_newest_come_first_and_no_more_than_asked(raised: Raise) -> None:
    for category in ("energy", "energy", "energy"):
        closed(raised, category=category)

    found = newest("city_office", "1309", limit=2)

    assert len(found) == 2
    assert found[0].ended_at >= found[1].ended_at


def test_what_is_confidential_open_or_written_down_afterwards_is_not_told(raised: Raise) -> None:
    raised()
    secret, late = closed(raised, confidential=True), closed(raised)
    with acting("province_office"):
        Problem.objects.filter(id=late.problem_id).update(recorded=True)
        assert Problem.objects.filter(id=secret.problem_id, state="closed").exists()

    assert newest("province_office", "13") == []


def test_what_was_settled_longer_ago_is_no_news(raised: Raise) -> None:
    story = closed(raised)

    assert newest("city_office", "1309", story.now + LOOKED_BACK - timedelta(minutes=1)) != []
    assert newest("city_office", "1309", story.now + LOOKED_BACK) == []
    assert newest("city_office", "1309", story.now - timedelta(minutes=1)) == []


def test_a_department_is_told_of_its_own_lines(raised: Raise) -> None:
    story = closed(raised)
    with acting("province_office"):
        [line] = Problem.objects.filter(id=story.problem_id).values_list("line_id", flat=True)

    assert len(newest("city", "1309")) == int(line in unit("1309-development").line_ids)
    assert line not in unit(SAFETY).line_ids
    with acting_as(official_of(SAFETY)) as here:
        assert newest_settled(here, here.region_id, NOW) == []


@pytest.mark.parametrize(("login", "code"), [("outsider", "1309"), ("neighbour", "130973"), ("firm", "130973400")])
def test_outside_ones_own_region_there_is_nothing(login: str, code: str) -> None:
    with pytest.raises(NotFound):
        newest(login, code)


@pytest.mark.parametrize(
    ("login", "code", "index"),
    [("province_office", "13", "problems_closed_on"), ("city_office", "1309", "problems_closed_by_region")],
)
def test_it_is_read_by_the_indexes_of_closings(raised: Raise, login: str, code: str, index: str) -> None:
    """The plan that a large table gets: the newest closings first, of the whole or of each region, no further than the limit."""
    closed(raised)

    with acting(login), CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        newest(login, code)
        [statement] = [one["sql"] for one in asked if "problems_problem" in one["sql"]]
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert f"Index Scan Backward using {index}" in plan
    assert "Sort" not in plan.partition(index)[2]
