"""Merging two rows that are one and taking them apart again: nothing points into the void, nothing counts twice (R-D1, R-D7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id, unit_of
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.actions.caring import NewCare, assign_care, enlist
from zhitong.domain.subjects.actions.changing import ChangedMeanwhile
from zhitong.domain.subjects.actions.joining import Dividing, Merging, NotJoined, divide, merge, undo_merge
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, Care, DatedFact, Mark, Membership, Subject
from zhitong.domain.subjects.queries.known import absorbed_by
from zhitong.domain.subjects.queries.lists import Filters, count_for, subjects_for
from zhitong.domain.subjects.queries.one import own_subject
from zhitong.domain.subjects.rules.cuts import CUTS, KINDS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.actions import rebuild
from zhitong.domain.tallies.queries import differences
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

Firm = Callable[..., NewSubject]
TODAY = day_of(NOW)


@dataclass
class Pair:
    """Two rows that are one firm: the older stands on the county list, the newer on the city's with care and figures."""

    kept: UUID
    merged: UUID
    county: UUID
    city: UUID


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office."""
    with acting("zone_office") as actor:
        yield actor


def paired(clerk: Actor, firm: Firm, rules: list[TierRule]) -> Pair:
    kept, merged = register(
        [firm(name="演示恒通化工有限公司"), firm(name="演示恒通化工股份有限公司", marks=frozenset({"growing"}), revenue_cny=None)],
        rules=rules, actor=clerk, now=NOW,
    )
    county, city = (AssistanceList.objects.get(campaign="hebei-2018", code=f"industry-{tier}").id for tier in ("county", "city"))
    enlist(county, [kept, merged], actor=clerk, now=NOW)
    enlist(city, [merged], actor=clerk, now=NOW)
    unit_id = unit_of("130973-economy").id
    assign_care([
        NewCare(subject_id=merged, tier=tier, unit_id=unit_id, lead_official="演示甲", person_in_charge="演示乙")
        for tier in (Rank.COUNTY, Rank.CITY)
    ] + [
        NewCare(subject_id=kept, tier=Rank.COUNTY, unit_id=unit_id, lead_official="演示丙", person_in_charge="演示丁")
    ], actor=clerk, now=NOW)
    note_facts([
        NewFact(subject_id=one, code=code, period="2016", value=Decimal(value), source=FactSource.SHEET)
        for one, code, value in ((kept, Known.REVENUE, 5), (merged, Known.REVENUE, 7), (merged, Known.TAX, 2))
    ], actor=clerk, now=NOW)
    return Pair(kept, merged, county, city)


@pytest.fixture
def pair(clerk: Actor, firm: Firm, rules: list[TierRule]) -> Pair:
    return paired(clerk, firm, rules)


def lists_of(subject_id: UUID) -> set[UUID]:
    return set(Membership.objects.filter(subject_id=subject_id, until__isnull=True).values_list("list_id", flat=True))


def cared(subject_id: UUID) -> dict[str, str]:
    return dict(Care.objects.filter(subject_id=subject_id, until__isnull=True).values_list("tier", "lead_official"))


def test_what_the_other_lacks_goes_over_and_what_it_has_stays(clerk: Actor, pair: Pair) -> None:
    merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="改制后重复登记"), actor=clerk, now=NOW)

    gone = Subject.objects.get(id=pair.merged)
    assert (gone.ended_on, gone.ended_reason, gone.merged_into_id) == (TODAY, "merged", pair.kept)
    assert (lists_of(pair.kept), lists_of(pair.merged)) == ({pair.county, pair.city}, set())
    assert (cared(pair.kept), cared(pair.merged)) == ({"county": "演示丙", "city": "演示甲"}, {})
    figures = DatedFact.objects.filter(subject_id=pair.kept, period="2016").values_list("code", "value")
    assert dict(figures) == {"revenue_cny": 5, "tax_cny": 2}
    assert list(Mark.objects.filter(subject_id=pair.kept).values_list("code", flat=True)) == ["growing"]
    assert [one.id for one in absorbed_by(pair.kept)] == [pair.merged]
    assert [facts_about(one)[-1].kind for one in (pair.kept, pair.merged)] == ["subject.merged", "subject.merged"]


def test_its_people_report_for_the_one_that_remains_and_keep_their_old_post(clerk: Actor, pair: Pair) -> None:
    old, new = (Subject.objects.get(id=one).unit_id for one in (pair.merged, pair.kept))
    post = Post.objects.get(unit_id=old)
    [person] = seat([Seat(login="hengtong", name="演示", password=None, post_id=post.id, since=TODAY)])

    merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="重复登记"), actor=clerk, now=NOW)

    held = set(Tenure.objects.filter(person_id=person, until__isnull=True).values_list("post__unit_id", flat=True))
    assert held == {old, new}
    with acting_as(viewer("firm")) as stranger:
        assert own_subject(stranger) is not None


def test_a_merged_row_is_in_no_list_but_that_of_the_ended(clerk: Actor, pair: Pair) -> None:
    merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="重复登记"), actor=clerk, now=NOW)
    who, words = viewer("zone_office"), Filters(words="演示恒通化工")

    assert [row.id for row in subjects_for(who, Lens.TERRITORY, words).rows] == [pair.kept]
    assert count_for(who, Lens.TERRITORY, Filters(words="演示恒通化工", ended=True)) == 1


def test_a_wrong_merge_is_undone_and_what_is_named_goes_back(clerk: Actor, pair: Pair) -> None:
    merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="重复登记"), actor=clerk, now=NOW)

    back = Dividing(subject_id=pair.kept, reason="不是同一户", list_ids=[pair.city], care_tiers=[Rank.CITY])
    assert undo_merge(back, merged_id=pair.merged, actor=clerk, now=NOW) == pair.merged

    row = Subject.objects.get(id=pair.merged)
    assert (row.ended_on, row.merged_into_id) == (None, None)
    assert (lists_of(pair.kept), lists_of(pair.merged)) == ({pair.county}, {pair.city})
    assert (cared(pair.kept), cared(pair.merged)) == ({"county": "演示丙"}, {"city": "演示甲"})
    with pytest.raises(NotFound):
        undo_merge(back, merged_id=pair.merged, actor=clerk, now=NOW)


def test_a_merge_whose_code_was_given_away_cannot_be_undone(clerk: Actor, pair: Pair, firm: Firm, rules: list[TierRule]) -> None:
    merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="重复登记"), actor=clerk, now=NOW)
    code = Subject.objects.get(id=pair.merged).code
    register([firm(code=code, name="演示另一户")], rules=rules, actor=clerk, now=NOW)

    with pytest.raises(Refused, match="登记在另一户"):
        undo_merge(Dividing(subject_id=pair.kept, reason="不是同一户"), merged_id=pair.merged, actor=clerk, now=NOW)


def test_a_firm_that_divides_gives_lists_and_care_to_the_new_one(clerk: Actor, pair: Pair, firm: Firm, rules: list[TierRule]) -> None:
    new = firm(name="演示恒通精细化工有限公司", alike_reason="分立新设")

    new_id = divide(
        Dividing(subject_id=pair.merged, reason="分立", list_ids=[pair.county], care_tiers=[Rank.COUNTY]), new,
        rules=rules, actor=clerk, now=NOW,
    )

    assert (lists_of(new_id), lists_of(pair.merged)) == ({pair.county}, {pair.city})
    assert (cared(new_id), cared(pair.merged)) == ({"county": "演示甲"}, {"city": "演示甲"})
    assert facts_about(pair.merged)[-1].body == {"to": str(new_id)}


def test_what_cannot_be_one_is_refused_with_the_reason(clerk: Actor, pair: Pair, firm: Firm, rules: list[TierRule]) -> None:
    project = firm(kind=SubjectKind.PROJECT, code="2018-130973-09", name="演示石化项目", revenue_cny=None)
    [other] = register([project], rules=rules, actor=clerk, now=NOW)

    for said, sentence in (
        (Merging(kept_id=pair.kept, merged_id=pair.kept, reason="同"), "同一户"),
        (Merging(kept_id=pair.kept, merged_id=other, reason="同"), "类别不同"),
        (Merging(kept_id=pair.kept, merged_id=pair.merged, reason=" "), "理由"),
    ):
        with pytest.raises(NotJoined, match=sentence):
            merge(said, actor=clerk, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="同", kept_version=9), actor=clerk, now=NOW)
    with acting("park_office") as neighbour, pytest.raises(NotFound):
        merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="同"), actor=neighbour, now=NOW)
    with acting("zone_office"):
        assert not Subject.objects.filter(id__in=[pair.kept, pair.merged], ended_on__isnull=False).exists()


def test_counts_agree_after_merging_and_taking_apart(fresh_database: str, firm: Firm, rules: list[TierRule]) -> None:
    with config.as_role("owner", name=fresh_database):
        rebuild(CUTS)
    with acting("zone_office") as clerk:
        pair = paired(clerk, firm, rules)
        merge(Merging(kept_id=pair.kept, merged_id=pair.merged, reason="重复登记"), actor=clerk, now=NOW)
    with config.as_role("owner", name=fresh_database):
        assert differences(KINDS) == []
    with acting("zone_office") as clerk:
        undo_merge(Dividing(subject_id=pair.kept, reason="不是同一户"), merged_id=pair.merged, actor=clerk, now=NOW)
    with config.as_role("owner", name=fresh_database):
        assert differences(KINDS) == []
    assert region_id("130973")
