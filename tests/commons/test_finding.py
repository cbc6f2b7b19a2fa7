"""What the system proposes: bounded, inside the territory, never what is confidential, unnamed or joined (R-F8)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, viewer
from tests.commons.acts import TEXT, does, established, ids, report_of
from tests.problems.ways import Raise
from tests.world import CAST
from zhitong.domain.commons.actions.closing import close
from zhitong.domain.commons.queries.finding import candidates_for, found_for
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
OFFICES = {"park_office", "zone_office", "city_office", "province_office"}


@pytest.mark.parametrize("login", [role.login for role in CAST])
def test_offices_of_the_territory_find_it_and_nobody_else_does(alike: list[Story], login: str) -> None:
    with acting_as(viewer(login)) as here:
        if login in OFFICES:
            [found] = found_for(here)
            assert set(found.problem_ids) == ids(alike)
            assert (found.reporters, len(found.examples), found.category) == (4, 3, "energy")
            assert "夜间限电" in "".join(found.words)
        elif login == "outsider":
            assert found_for(here) == []
        else:
            with pytest.raises(NotFound):
                found_for(here)


def test_what_is_confidential_unnamed_or_closed_is_never_compared(alike: list[Story]) -> None:
    kept = [report_of(5, confidential=True), report_of(6, unnamed=True)]

    with acting_as(viewer("park_office")) as here:
        [found] = found_for(here)

    assert ids(kept).isdisjoint(found.problem_ids)


def test_other_categories_are_other_matters(alike: list[Story]) -> None:
    report_of(7, category="land")

    with acting_as(viewer("park_office")) as here:
        assert [one.category for one in found_for(here)] == ["energy"]
        assert found_for(here, category="land") == []


def test_what_belongs_to_an_open_common_problem_is_not_proposed_again(alike: list[Story]) -> None:
    number = established(alike).number
    with acting_as(viewer("park_office")) as here:
        assert found_for(here) == []

    does("park_office", close, number, "条件变化")

    with acting_as(viewer("park_office")) as here:
        assert len(found_for(here)) == 1


def test_it_costs_the_same_however_many_there_are(alike: list[Story]) -> None:
    def cost() -> int:
        with acting_as(viewer("park_office")) as here, CaptureQueriesContext(connection) as asked:
            found_for(here)
        return len(asked)

    cost()
    before = cost()
    for place in range(8):
        report_of(40 + place, text=f"{TEXT}{place}号")

    assert cost() == before


def test_a_new_alike_problem_is_offered_to_its_office_to_be_joined(alike: list[Story], raised: Raise) -> None:
    number = established(alike).number
    new, other = report_of(8), report_of(9, text="二期项目需用地45亩，土地指标没有落实，订单等着扩产。")

    with acting_as(viewer("park_office")) as here:
        [offered] = candidates_for(here, new.standing, TEXT)
        assert (offered.number, offered.title, "夜间限电" in "".join(offered.words)) == (number, "夜间错峰限电", True)
        assert candidates_for(here, other.standing, "二期项目需用地45亩，土地指标没有落实，订单等着扩产。") == []
    for login in ("zone_office", "park", "outsider"):
        with acting_as(viewer(login)) as here:
            assert candidates_for(here, new.standing, TEXT) == []
