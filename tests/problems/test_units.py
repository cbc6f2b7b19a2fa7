"""Whom an office may choose: the units from the problem's region up to its own, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Story, acting, viewer
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.units import ChargeableUnit, units_to_charge

pytestmark = pytest.mark.django_db
Raised = Callable[..., Story]


def offered(login: str, story: Story) -> list[ChargeableUnit]:
    with acting(login):
        page = problem_page(viewer(login), story.problem_id, now=NOW)
        return units_to_charge(viewer(login), page.standing)


def test_the_keeper_of_the_line_comes_first_once_it_is_free(raised: Raised) -> None:
    story = raised()

    held = offered("park_office", story)
    story.does("park", send_back, SendBack, rule="三定规定第二条", whose="安监环保局")
    free = offered("park_office", story)

    assert not any(unit.is_suggested for unit in held)
    assert "南大港产业园区经发局" not in {unit.name for unit in held}
    assert (free[0].name, free[0].is_suggested) == ("南大港产业园区经发局", True)
    assert [unit.name for unit in free].count("南大港产业园区经发局") == 1


@pytest.mark.parametrize(
    ("login", "regions"),
    [
        ("park_office", ["南大港产业园区"]),
        ("city_office", ["南大港产业园区", "沧州渤海新区", "沧州市"]),
        ("outsider", []),
    ],
)
def test_the_regions_from_the_problem_up_to_the_office_are_offered_lowest_first(
    raised: Raised, login: str, regions: list[str]
) -> None:
    story = raised()

    with acting("province_office"):
        standing = problem_page(viewer("province_office"), story.problem_id, now=NOW).standing
    with acting(login):
        units = units_to_charge(viewer(login), standing)

    assert list(dict.fromkeys(unit.region for unit in units)) == regions


def test_a_body_that_is_only_consulted_names_whom_to_go_through(raised: Raised) -> None:
    units = offered("city_office", raised())

    through = {unit.name: unit.through for unit in units if unit.through}
    consulted = {unit.name for unit in directory().units.values() if unit.is_consulted}
    assert through
    assert set(through) <= consulted
    assert not consulted & {unit.name for unit in units if not unit.through}
