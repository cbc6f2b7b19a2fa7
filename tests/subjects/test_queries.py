"""Who sees which of the served: itself, its territory, who looks after it; nobody else, by either wall."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id, unit_of
from tests.world import NOW
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.subjects.actions.caring import NewCare, assign_care, enlist
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, Subject
from zhitong.domain.subjects.queries.lists import Filters, count_for, lists_of, numbers_at, subjects_for
from zhitong.domain.subjects.queries.one import own_subject, subject_seen
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.refusals import NotFound


@pytest.fixture
def served(db: None, firm: Callable[..., NewSubject], rules: list[TierRule]) -> list[UUID]:
    """Three firms of 渤海新区 beside the one of 南大港; the last is in the care of 任丘's industry office."""
    with acting("zone_office") as clerk:
        ids = register([firm(), firm(), firm(revenue_cny=6_000_000_000)], rules=rules, actor=clerk, now=NOW)
        ours = [
            NewCare(
                subject_id=ids[2], tier=Rank.PROVINCE, unit_id=unit_of("130982-industry").id,
                lead_official="演示省长", person_in_charge="演示处长",
            )
        ]
        assign_care(ours, actor=clerk, now=NOW)
    return ids


ZONE = Filters(words="演示企业")
"""The firms of these tests, without those of the world."""


@pytest.mark.parametrize(
    ("login", "seen"),
    [
        ("province_office", 3), ("province", 3), ("city_office", 3), ("zone", 3), ("zone_office", 3),
        ("park_office", 0), ("outsider", 0), ("neighbour", 0),
    ],
)
def test_the_territory_lens_holds_the_viewers_own_subtree(served: list[UUID], login: str, seen: int) -> None:
    with acting_as(viewer(login)) as who:
        assert len(subjects_for(who, Lens.TERRITORY, ZONE).rows) == seen
        assert count_for(who, Lens.TERRITORY, ZONE) == seen


@pytest.mark.parametrize(("login", "seen"), [("outsider", 0), ("park_office", 0), ("city", 3), ("neighbour", 1)])
def test_the_second_wall_stands_alone(served: list[UUID], login: str, seen: int) -> None:
    with acting_as(viewer(login)) as who, without_first_wall():
        assert len(subjects_for(who, Lens.TERRITORY, ZONE).rows) == seen


def test_who_looks_after_a_firm_sees_it_from_anywhere(served: list[UUID]) -> None:
    with acting_as(viewer("neighbour")) as who:
        [row] = subjects_for(who, Lens.CARE).rows

        assert row.id == served[2]
        assert subject_seen(who, served[2]).sees_figures
        with pytest.raises(NotFound):
            subject_seen(who, served[0])


def test_a_firm_sees_itself_and_who_looks_after_it_and_nobody_else(served: list[UUID]) -> None:
    with acting("park_office") as clerk:
        own_id = Subject.objects.get(name="演示南大港石化设备有限公司").id
        care = NewCare(
            subject_id=own_id, tier=Rank.COUNTY, unit_id=unit_of("130973400-economy").id, lead_official="演示主任",
            person_in_charge="演示科长",
        )
        assign_care([care], actor=clerk, now=NOW)

    with acting_as(viewer("firm")) as who:
        own = own_subject(who)
        assert own is not None
        assert [(care.lead_official, care.person_in_charge) for care in own.care] == [("演示主任", "演示科长")]
        assert own.revenue_cny == 230_000_000
        assert [row.id for row in subjects_for(who, Lens.MINE).rows] == [own_id]
        assert Subject.objects.count() == 1
        with pytest.raises(NotFound):
            subject_seen(who, served[0])
        with pytest.raises(NotFound):
            subjects_for(who, Lens.TERRITORY)


def test_an_official_has_no_subject_of_his_own(db: None) -> None:
    with acting_as(viewer("zone")) as who:
        assert own_subject(who) is None


def test_figures_are_for_offices_and_those_who_look_after_the_firm(served: list[UUID]) -> None:
    with acting_as(viewer("zone")) as who:
        department = subject_seen(who, served[0])
    with acting_as(viewer("city_office")) as who:
        office = subject_seen(who, served[0])

    assert (department.sees_figures, department.revenue_cny) == (False, None)
    assert department.tier_words == "列为县级重点帮扶。"
    assert (office.sees_figures, office.revenue_cny) == (True, 200_000_000)
    assert office.tier_words == "主营业务收入2亿元，超过1亿元，列为县级重点帮扶。"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filters(words="演示企业", tiers=(Rank.PROVINCE,)), 1),
        (Filters(words="演示企业", kinds=(SubjectKind.PROJECT,)), 0),
        (Filters(words="演示企业", without_care=True), 2),
        (Filters(words="演示企业2"), 1),
        (Filters(words="91139999MA0000001"), 1),
    ],
)
def test_filters_narrow_the_list(served: list[UUID], asked: Filters, found: int) -> None:
    with acting_as(viewer("province_office")) as who:
        assert len(subjects_for(who, Lens.TERRITORY, asked).rows) == found


@pytest.mark.parametrize(("region", "found"), [("1309", 3), ("1301", 0), ("130973", 3), ("130973400", 0)])
def test_a_region_inside_ones_own_narrows_the_list(served: list[UUID], region: str, found: int) -> None:
    with acting_as(viewer("province_office")) as who:
        asked = Filters(words="演示企业", region_id=region_id(region))
        assert len(subjects_for(who, Lens.TERRITORY, asked).rows) == found


def test_a_region_outside_ones_own_is_not_there(served: list[UUID]) -> None:
    with acting_as(viewer("outsider")) as who, pytest.raises(NotFound):
        subjects_for(who, Lens.TERRITORY, Filters(region_id=region_id("130973")))


def test_pages_follow_each_other_without_gap_or_double(served: list[UUID]) -> None:
    with acting_as(viewer("city_office")) as who:
        first = subjects_for(who, Lens.TERRITORY, ZONE, limit=2)
        second = subjects_for(who, Lens.TERRITORY, ZONE, after=first.next_key, limit=2)

    assert [row.id for row in (*first.rows, *second.rows)] == served
    assert second.next_key is None


def test_a_page_costs_three_queries_and_one_for_words(served: list[UUID]) -> None:
    with acting_as(viewer("city_office")) as who:
        with CaptureQueriesContext(connection) as asked:
            subjects_for(who, Lens.TERRITORY, ZONE)

        data = [one for one in asked.captured_queries if "organisations_version" not in one["sql"]]
        assert len(data) == 3 + 1  # one for the words


def test_numbers_are_given_for_regions_inside_ones_own(served: list[UUID]) -> None:
    zone, other = region_id("130973"), region_id("130123")

    with acting_as(viewer("city_office")) as who:
        numbers = numbers_at(who, [zone, other], by=("tier",))
        assert numbers[(zone, "county")] == 3  # with the firm of the small world
        assert not any(key[0] == other for key in numbers)
    with acting_as(viewer("outsider")) as who:
        assert numbers_at(who, [zone]) == {}
    with acting_as(viewer("firm")) as who:
        assert numbers_at(who, [zone]) == {}


def test_lists_tell_how_many_they_should_hold_and_how_many_they_do(served: list[UUID]) -> None:
    with acting("zone_office") as clerk:
        drawn = AssistanceList.objects.get(campaign="hebei-2018", code="industry-county")
        enlist(drawn.id, served[:2], actor=clerk, now=NOW)

    with acting_as(viewer("province_office")) as who:
        sizes = {one.code: (one.quota, one.members) for one in lists_of(who, "hebei-2018")}
        listed = subjects_for(who, Lens.TERRITORY, Filters(list_id=drawn.id)).rows
        assert subject_seen(who, served[0]).lists[0].name == "县级重点帮扶规上工业企业名单"
    with acting_as(viewer("outsider")) as who:
        outside = {one.code: one.members for one in lists_of(who, "hebei-2018")}

    assert sizes["industry-county"] == (5747, 2)
    assert [row.id for row in listed] == served[:2]
    assert outside["industry-county"] == 0
