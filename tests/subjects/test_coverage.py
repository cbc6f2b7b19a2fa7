"""Nothing is without an owner (R-B2): counted, listed by name, shared out with reasons, handed over as a whole (R-B5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id, unit_of
from tests.world import NOW
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.subjects.actions.caring import CareNotAssigned, NewCare, arrange_care, assign_care, hand_over_care
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import Care
from zhitong.domain.subjects.queries.coverage import (
    Covered,
    GapFilters,
    count_of_gaps,
    coverage_at,
    coverage_by_kind,
    gaps_for,
    load_at,
)
from zhitong.domain.subjects.queries.proposing import suggestions_for, suggestions_for_leaving
from zhitong.domain.subjects.rules.caring import Coverage
from zhitong.domain.subjects.rules.cuts import CARE, CUTS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.suggesting import NOBODY_THERE, Carer, Need, share_out
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.queries import differences
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db: None, firm: Callable[..., NewSubject], rules: list[TierRule]) -> list[UUID]:
    """Two firms and a platform of the zone, registered by its office and looked after by nobody."""
    platform = firm(kind=SubjectKind.PLATFORM, code="2018-130973-01", sub_kind="incubator", tier=Rank.COUNTY, tier_reason="计划")
    with acting("zone_office") as actor:
        return register([firm(), firm(), platform], rules=rules, actor=actor, now=NOW)


def care(subject_id: UUID, official: str = "演示甲主任", **changes: Any) -> NewCare:
    return replace(NewCare(
        subject_id=subject_id, tier=Rank.COUNTY, unit_id=unit_of("130973-economy").id, lead_official=official,
        person_in_charge="演示乙科长",
    ), **changes)


def arrange(login: str, *cares: NewCare, days: int = 0) -> None:
    with acting_as(viewer(login)) as here:
        arrange_care(here, cares, actor=here.actor("test"), now=NOW + timedelta(days=days))


def names_of_gaps(login: str, **asked: Any) -> set[UUID]:
    with acting_as(viewer(login)) as here:
        return {one.id for one in gaps_for(here, GapFilters(**asked))}


def test_the_numbers_and_the_names_agree_and_a_platform_needs_a_task_force(three: list[UUID]) -> None:
    zone = region_id("130973")
    arrange("zone_office", care(three[0]), care(three[2]))

    with acting_as(viewer("zone_office")) as here:
        covered = coverage_at(here, [zone])[zone]
        kinds = coverage_by_kind(here, zone)
        lacking = {one.id: one.lacking for one in gaps_for(here, GapFilters())}

    assert (covered.covered, covered.no_force) == (1, 1)
    assert covered.nobody + covered.no_force == len(lacking)
    assert (lacking[three[1]], lacking[three[2]], three[0] in lacking) == (Coverage.NOBODY, Coverage.NO_FORCE, False)
    assert kinds[(SubjectKind.PLATFORM, Rank.COUNTY)] == Covered(0, 1, 0)
    assert names_of_gaps("zone_office", lacking=Coverage.NO_FORCE) == {three[2]}
    assert three[2] not in names_of_gaps("zone_office", kind=SubjectKind.INDUSTRY)


def test_the_counts_hold_whatever_is_done(three: list[UUID], django_db_setup: None) -> None:
    arrange("zone_office", care(three[0]), care(three[2]))
    arrange("zone_office", care(three[2], task_force_id=unit_of("130973-economy").id, reason="成立专班"), days=1)

    with acting("province_office"):
        assert [differences(cut) for cut in CUTS] == [[], []]
        assert CARE in CUTS


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm", "firm"])
def test_others_find_no_gap_and_no_number(three: list[UUID], login: str) -> None:
    with acting_as(viewer(login)) as here:
        assert coverage_at(here, [region_id("130973")]) == {}
        with without_first_wall():
            assert not set(three) & {one.id for one in gaps_for(here, GapFilters())}
            assert count_of_gaps(here, GapFilters(words="演示企业")) == 0


def test_only_a_campaign_office_says_who_looks_after_whom_and_a_change_has_its_reason(three: list[UUID]) -> None:
    arrange("zone_office", care(three[0]))

    with pytest.raises(NotYours):
        arrange("zone", care(three[1]))
    with pytest.raises(NotFound):
        arrange("outsider", care(three[1]))
    with pytest.raises(CareNotAssigned) as refused:
        arrange("zone_office", care(three[0], "演示丙主任"))
    assert refused.value.fields == {"0": "这一级已经落实分包，变更要写明理由。"}
    arrange("zone_office", care(three[0], "演示丙主任", reason="分工调整"))
    with acting("zone_office"):
        row = Care.objects.get(subject_id=three[0], until__isnull=True)
        assert (row.lead_official, row.reason) == ("演示丙主任", "分工调整")


def test_all_an_official_carries_is_handed_over_at_once_and_the_rest_stays(three: list[UUID]) -> None:
    arrange("zone_office", care(three[0], liaison="演示联络员"), care(three[1]), care(three[2], "演示丁主任"))

    with acting_as(viewer("zone_office")) as here:
        said: dict[str, Any] = {"unit_id": unit_of("130973-economy").id, "official": "演示甲主任", "actor": here.actor("test"), "now": NOW}
        with pytest.raises(BadInput, match="不能是原来那一位"):
            hand_over_care(here, successor="演示甲主任", reason="调离", **said)
        with pytest.raises(BadInput, match="写明交接的理由"):
            hand_over_care(here, successor="演示戊主任", reason="", **said)
        moved = hand_over_care(here, successor="演示戊主任", reason="调离", **said)
        with pytest.raises(NotFound):
            hand_over_care(here, successor="演示戊主任", reason="调离", **said)
        standing = dict(Care.objects.filter(until__isnull=True, subject_id__in=three).values_list("subject_id", "lead_official"))
        first = Care.objects.get(subject_id=three[0], until__isnull=True)

    assert moved == 2
    assert standing == {three[0]: "演示戊主任", three[1]: "演示戊主任", three[2]: "演示丁主任"}
    assert first.liaison == "演示联络员"


def test_what_each_carries_stands_beside_the_mean(three: list[UUID]) -> None:
    arrange("zone_office", care(three[0]), care(three[1]), care(three[2], "演示丁主任"))

    with acting_as(viewer("zone_office")) as here:
        loads = load_at(here, here.region_id)
        with pytest.raises(NotFound):
            load_at(here, region_id("1309"))

    assert [(one.official, one.subjects, one.beyond) for one in loads] == [("演示甲主任", 2, 0.5), ("演示丁主任", 1, -0.5)]


def test_gaps_of_a_level_are_proposed_to_its_officials_with_the_reason(three: list[UUID]) -> None:
    arrange("zone_office", care(three[0]))

    with acting_as(viewer("zone_office")) as here:
        found = {one.subject_id: one for one in suggestions_for(here, here.region_id)}
        again = {one.subject_id: one for one in suggestions_for(here, here.region_id)}
    with acting_as(viewer("outsider")) as here, pytest.raises(NotFound):
        suggestions_for(here, region_id("130973"))

    assert found == again
    assert found[three[1]].lead_official == "演示甲主任"
    assert "同一地方已分包1户" in found[three[1]].reason


def test_those_of_a_leaving_official_go_to_the_others_of_his_level(three: list[UUID]) -> None:
    arrange("zone_office", care(three[0]), care(three[1]), care(three[2], "演示丁主任"))

    with acting_as(viewer("zone_office")) as here:
        found = suggestions_for_leaving(here, unit_of("130973-economy").id, "演示甲主任")

    assert [(one.subject_id, one.lead_official) for one in found] == [(three[0], "演示丁主任"), (three[1], "演示丁主任")]


def test_who_looked_after_one_before_gets_it_again() -> None:
    heavy, light = Carer(("a", "甲"), 9), Carer(("a", "乙"), 1)

    [kept, new] = share_out([Need("1", "industry", "", "p", ("a", "甲")), Need("2", "industry", "", "p")], [heavy, light])

    assert (kept.key, new.key) == (("a", "甲"), ("a", "乙"))
    assert "此前由他分包" in kept.reason


def test_the_same_place_comes_before_the_lighter_load_but_never_beyond_an_even_share() -> None:
    near, far = Carer(("a", "甲"), 2), Carer(("a", "乙"), 0)
    near.regions["p"] = 2
    needs = [Need(str(place), "industry", "", "p") for place in range(4)]

    proposed = [one.key for one in share_out(needs, [near, far])]

    assert proposed == [("a", "甲"), ("a", "乙"), ("a", "乙"), ("a", "乙")]
    assert near.load == 2


def test_where_nobody_carries_anything_it_is_said() -> None:
    assert [(one.key, one.reason) for one in share_out([Need("1", "work", "", "p")], [])] == [(None, NOBODY_THERE)]


def test_register_without_care_is_counted_and_ended_care_opens_the_gap_again(three: list[UUID]) -> None:
    with acting_as(viewer("zone_office")) as here:
        before = coverage_at(here, [here.region_id])[here.region_id]
        assign_care([care(three[0])], actor=here.actor("test"), now=NOW)
        after = coverage_at(here, [here.region_id])[here.region_id]

    assert (after.covered - before.covered, before.nobody - after.nobody) == (1, 1)
    assert (after.all, before.all) == (before.all, before.all)
