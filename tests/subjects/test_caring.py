"""Lists are drawn as the package says, and somebody by name looks after everyone on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from tests import packages
from tests.cast import acting
from tests.subjects.conftest import unit_of
from tests.world import NOW
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.caring import CareNotAssigned, NewCare, assign_care, enlist
from zhitong.domain.subjects.actions.loading import load_lists
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, Care, Membership
from zhitong.domain.subjects.package import parse
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import NotFound


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office looks after its firms."""
    with acting("zone_office") as actor:
        yield actor


@pytest.fixture
def subject_id(clerk: Actor, firm: Callable[..., NewSubject], rules: list[TierRule]) -> UUID:
    return register([firm()], rules=rules, actor=clerk, now=NOW)[0]


def care(subject_id: UUID, official: str = "甲县长", person: str = "乙局长") -> NewCare:
    return NewCare(
        subject_id=subject_id, tier=Rank.COUNTY, unit_id=unit_of("130973-economy").id,
        lead_official=official, person_in_charge=person,
    )


def test_there_is_a_list_for_every_tier_and_stage_with_its_number(db: None) -> None:
    numbers = dict(AssistanceList.objects.values_list("code", "quota"))

    assert numbers == {
        "industry-province": 216, "industry-city": 600, "industry-county": 5747, "services-province": 106,
        "services-city": 587, "services-county": 1357, "tech_sme-province": 100, "tech_sme-city": 500,
        "tech_sme-county": 1400, "project-preparation": 1143, "project-construction": 1882, "project-completion": 525,
    }


def test_drawing_the_lists_again_changes_nothing(db: None) -> None:
    assert load_lists("hebei-2018", 2018, parse(packages.shipped("hebei-2018"))[0]) == Loaded()


def test_a_subject_stands_once_on_a_list(clerk: Actor, subject_id: UUID) -> None:
    drawn = AssistanceList.objects.get(code="industry-county")

    added = [enlist(drawn.id, [subject_id, subject_id], actor=clerk, now=NOW) for _ in range(2)]

    assert added == [1, 0]
    assert Membership.objects.get(list=drawn).since == date(2018, 4, 27)


def test_a_subject_of_another_kind_is_not_put_on_the_list(clerk: Actor, subject_id: UUID) -> None:
    services = AssistanceList.objects.get(code="project-preparation")

    with pytest.raises(NotFound, match="类别与名单不符"):
        enlist(services.id, [subject_id], actor=clerk, now=NOW)


def test_who_looks_after_a_subject_is_handed_over_with_its_day(clerk: Actor, subject_id: UUID) -> None:
    assign_care([care(subject_id)], actor=clerk, now=NOW)

    assign_care([care(subject_id, "丙县长")], actor=clerk, now=NOW + timedelta(days=3))

    rows = Care.objects.filter(subject_id=subject_id).order_by("since")
    assert [(row.lead_official, row.since.day, row.until and row.until.day) for row in rows] == [
        ("甲县长", 27, 30), ("丙县长", 30, None)
    ]


def test_nobody_is_not_a_name(clerk: Actor, subject_id: UUID) -> None:
    with pytest.raises(CareNotAssigned) as refused:
        assign_care(
            [care(subject_id), replace(care(subject_id, person=" "), tier=Rank.CITY)], actor=clerk, now=NOW
        )

    assert set(refused.value.fields) == {"1"}
    assert not Care.objects.filter(subject_id=subject_id).exists()


def test_one_level_has_one_care(clerk: Actor, subject_id: UUID) -> None:
    with pytest.raises(CareNotAssigned) as refused:
        assign_care([care(subject_id), care(subject_id, "丙县长")], actor=clerk, now=NOW)

    assert set(refused.value.fields) == {"0", "1"}


@pytest.mark.parametrize("login", ["outsider", "park_office", "firm"])
def test_nobody_outside_the_territory_says_who_looks_after_a_firm(subject_id: UUID, login: str) -> None:
    with acting(login) as stranger, pytest.raises(NotFound):
        assign_care([care(subject_id)], actor=stranger, now=NOW)


@pytest.mark.parametrize("login", ["outsider", "park_office", "firm"])
def test_the_second_wall_alone_takes_no_care_from_outside(subject_id: UUID, login: str) -> None:
    row = Care(subject_id=subject_id, tier="county", unit=unit_of("130123-office"), lead_official="甲",
               person_in_charge="乙", since=date(2018, 4, 27))

    with acting(login), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_care_ends_and_is_never_deleted(clerk: Actor, subject_id: UUID) -> None:
    assign_care([care(subject_id)], actor=clerk, now=NOW)

    assert Care.objects.filter(subject_id=subject_id).delete()[0] == 0
    assert Care.objects.filter(subject_id=subject_id).exists()
