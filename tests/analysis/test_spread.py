"""What is reported where: every category with its places, from the kept counts (R-H3)."""

from __future__ import annotations

import pytest

from tests.cast import viewer
from tests.problems.ways import Raise
from zhitong.domain.analysis.queries.spread import Spread, categories_across
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def across(login: str, code: str) -> list[Spread]:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return categories_across(here, region.id)


def named(spread: Spread) -> tuple[str, int, dict[str, int]]:
    return spread.label, spread.total, {directory().regions[one].code: n for one, n in spread.by_region.items()}


def test_the_most_frequent_category_comes_first_with_its_places(raised: Raise) -> None:
    for category in ("land", "energy", "land"):
        raised(category=category)
    raised(category="land", login="other_firm")

    assert [named(one) for one in across("city_office", "1309")] == [
        ("用地需求", 3, {"130973": 2, "130982": 1}), ("能源保障", 1, {"130973": 1}),
    ]


def test_what_the_region_itself_reported_is_in_the_total_alone(raised: Raise) -> None:
    raised()

    assert [named(one) for one in across("park_office", "130973400")] == [("能源保障", 1, {})]


def test_a_code_means_the_same_for_every_kind_and_is_called_as_where_there_is_most(raised: Raise) -> None:
    raised(category="energy")
    raised(category="energy", subject_kind="services")
    raised(category="energy", subject_kind="services")

    assert [(one.label, one.total) for one in across("city_office", "1309")] == [("用电用能", 3)]


def test_confidential_problems_are_in_none(raised: Raise) -> None:
    raised(confidential=True)

    assert across("city_office", "1309") == []


@pytest.mark.parametrize(
    ("login", "code"), [("outsider", "1309"), ("neighbour", "130973"), ("firm", "130973400"), ("city", "1309")]
)
def test_who_does_not_watch_the_whole_region_gets_nothing(login: str, code: str) -> None:
    with pytest.raises(NotFound):
        across(login, code)
