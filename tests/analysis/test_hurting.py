"""What hurts: hot spots against expectation, rising themes with examples, tasks that name them; nothing confidential, nothing
from outside (R-H3, R-F8, R-F13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.analysis.worlds import APRIL, LATER
from tests.cast import viewer
from zhitong.domain.analysis.queries.hurting.coming import EVERYTHING, Narrowed
from zhitong.domain.analysis.queries.hurting.hurting import Hurting, hurting
from zhitong.domain.analysis.queries.hurting.rows import Asked, came_for, count_of_came
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.usefixtures("hurt")


def told(login: str = "city_office", code: str = "1309", **more: Any) -> Hurting:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return hurting(here, region.id, more.pop("period", APRIL), LATER, **more)


def listed(login: str = "city_office", code: str = "1309", *, word: str = "", narrowed: Narrowed = EVERYTHING, **more: Any) -> list[Any]:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return came_for(here, Asked(region.id, APRIL, narrowed, word), LATER, **more)


def test_what_lies_beyond_expectation_is_a_hot_spot() -> None:
    found = told()

    assert [(one.region.code, one.category_label, one.spot.cell.came) for one in found.spots] == [
        ("130982", "能源保障", 20), ("130973", "用地需求", 24),
    ]
    assert (found.came, found.last) == (48, 12)


def test_confidential_matters_are_in_no_figure_and_no_text() -> None:
    found = told()

    assert found.came == 48
    assert all("秘密" not in one.theme.word for one in found.themes)
    assert not listed(word="秘密")


def test_a_hot_spot_leads_to_the_task_that_names_it() -> None:
    tasks = told().spots[0].named.tasks

    assert tasks
    assert all(one.campaign == "hebei-2018" for one in tasks)


def test_a_theme_rises_against_the_month_before_and_shows_examples() -> None:
    found = told()

    words = {one.theme.word: one for one in found.themes}
    theme = words["错峰生产名单"]
    assert (theme.theme.firms, theme.theme.is_new, len(theme.examples)) == (13, True, 3)
    assert all("错峰生产名单" in one.excerpt for one in theme.examples)
    assert not any("变电站" in word for word in words)


def test_every_figure_opens_to_as_many_rows_as_it_says() -> None:
    found = told()
    cell = found.spots[0].spot.cell

    assert len(listed()) == found.came
    narrowed = Narrowed(cell.kind, cell.category, cell.industry)
    assert len(listed(code=found.spots[0].region.code, narrowed=narrowed)) == cell.came
    for one in found.themes:
        assert len(listed(word=one.theme.word)) == one.theme.came


def test_pages_join_without_gap() -> None:
    whole = listed()
    first = listed(limit=7)
    rest = listed(after=(first[-1].submitted_at, first[-1].id))
    back = listed(turned=True, after=(rest[0].submitted_at, rest[0].id))

    assert [one.id for one in first + rest] == [one.id for one in whole]
    assert [one.id for one in back] == [one.id for one in reversed(first)]
    region = directory().region_coded("1309")
    assert region is not None
    with acting_as(viewer("city_office")) as here:
        assert count_of_came(here, Asked(region.id, APRIL), LATER, most=1000) == len(whole)


def test_narrowing_keeps_what_is_asked_for() -> None:
    assert told(narrowed=Narrowed(category="energy")).came == 22


def test_a_place_without_anything_below_it_is_held_against_the_mix() -> None:
    found = told("park_office", "130973400")

    assert (found.came, found.spots) == (26, ())


def test_a_department_reads_its_own_lines() -> None:
    office, department = told(), told("city", "1309")

    assert 0 < department.came < office.came


@pytest.mark.parametrize(("login", "code"), [("outsider", "1309"), ("neighbour", "130973"), ("firm", "130973400")])
def test_it_is_not_found_from_outside(login: str, code: str) -> None:
    with pytest.raises(NotFound):
        told(login, code)
    with pytest.raises(NotFound):
        listed(login, code)


@pytest.mark.parametrize("login", ["outsider", "firm"])
def test_the_second_wall_alone_gives_an_outsider_nothing(login: str) -> None:
    here = viewer(login)
    region = directory().region_coded("1309")
    assert region is not None

    with without_first_wall(), acting_as(here):
        found = came_for(here, Asked(region.id, APRIL), LATER)

    assert found == []


def test_a_period_that_has_not_begun_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="还没有开始"):
        told(period=period_of("2018-06"))


def test_it_costs_the_same_whatever_the_region() -> None:
    costs = []
    for login, code in (("province_office", "13"), ("city_office", "1309")):
        region = directory().region_coded(code)
        assert region is not None
        with acting_as(viewer(login)) as here, CaptureQueriesContext(connection) as asked:
            hurting(here, region.id, APRIL, LATER + timedelta(hours=1))
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 22
