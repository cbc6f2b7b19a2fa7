"""Qualifications with their evidence, and the elements of a project with state, day and unit (R-D1, R-D3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.cast import acting
from tests.subjects.conftest import unit_of
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.subjects.actions.marking import (
    ElementsNotSet,
    NewElement,
    NewMark,
    NotMarked,
    set_elements,
    set_marks,
)
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.queries.known import elements_of, marks_of
from zhitong.domain.subjects.rules.kinds import Element, ElementState, SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.clock import day_of

Firm = Callable[..., NewSubject]
TODAY = day_of(NOW)
LAND = NewElement(element=Element.LAND, name="建设用地批准书", state=ElementState.UNDER_WAY)
APPROVAL = NewElement(element=Element.APPROVAL, name="项目备案", state=ElementState.DONE, done_on=date(2018, 3, 1))


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office."""
    with acting("zone_office") as actor:
        yield actor


@pytest.fixture
def firm_id(clerk: Actor, firm: Firm, rules: list[TierRule]) -> UUID:
    return register([firm(marks=frozenset({"growing"}))], rules=rules, actor=clerk, now=NOW)[0]


@pytest.fixture
def project_id(clerk: Actor, firm: Firm, rules: list[TierRule]) -> UUID:
    project = firm(kind=SubjectKind.PROJECT, stage="preparation", code="2018-130973-01", revenue_cny=None)
    return register([project], rules=rules, actor=clerk, now=NOW)[0]


def test_a_qualification_is_borne_until_it_is_no_longer_said(clerk: Actor, firm_id: UUID) -> None:
    high_tech = NewMark(code="high_tech", since=date(2016, 11, 2), evidence="GR201613000123")

    set_marks({firm_id: [high_tech]}, actor=clerk, now=NOW)
    set_marks({firm_id: [high_tech]}, actor=clerk, now=NOW)

    assert [(one.code, one.since, one.until, one.evidence) for one in marks_of(firm_id)] == [
        ("high_tech", date(2016, 11, 2), None, "GR201613000123"), ("growing", TODAY, TODAY, ""),
    ]
    told = [fact.body for fact in facts_about(firm_id) if fact.kind == "subject.marked"]
    assert told == [{"new": ["high_tech"], "gone": ["growing"]}]


def test_a_wrong_qualification_is_refused(clerk: Actor, firm_id: UUID) -> None:
    later = NewMark(code="listed", since=TODAY + timedelta(days=1))

    with pytest.raises(NotMarked) as refused:
        set_marks({firm_id: [later, NewMark(code=" ", since=TODAY)]}, actor=clerk, now=NOW)

    assert set(refused.value.fields) == {"listed", " "}
    assert [one.code for one in marks_of(firm_id)] == ["growing"]


def test_elements_stand_as_they_were_said_last(clerk: Actor, project_id: UUID) -> None:
    park = unit_of("130973-economy")

    assert set_elements({project_id: [LAND, APPROVAL]}, actor=clerk, now=NOW) == 2
    assert set_elements({project_id: [LAND, APPROVAL]}, actor=clerk, now=NOW) == 0
    assert set_elements({project_id: [replace(LAND, unit_id=park.id, note="待土地调规")]}, actor=clerk, now=NOW) == 2

    [row] = elements_of(project_id)
    assert (row.element, row.name, row.state, row.unit, row.note) == (
        Element.LAND, "建设用地批准书", ElementState.UNDER_WAY, park.name, "待土地调规"
    )
    told = [fact for fact in facts_about(project_id) if fact.kind == "subject.elements"]
    assert (len(told), told[-1].body["gone"], told[-1].words["names"]) == (2, 1, "建设用地批准书、去掉项目备案")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(APPROVAL, done_on=None), "须写明办结日期"), (replace(LAND, done_on=date(2018, 3, 1)), "不填办结日期"),
        (replace(APPROVAL, done_on=TODAY + timedelta(days=1)), "不能晚于今天"), (replace(LAND, name=" "), "要件名称"),
        (replace(LAND, unit_id=UUID(int=1)), "没有找到办理单位"), (replace(LAND, note="长" * 201), "最多200个字"),
    ],
)
def test_a_wrong_element_stops_them_all(clerk: Actor, project_id: UUID, wrong: NewElement, says: str) -> None:
    with pytest.raises(ElementsNotSet) as refused:
        set_elements({project_id: [replace(LAND, name="环评批复"), wrong]}, actor=clerk, now=NOW)

    assert set(refused.value.fields) == {"1"}
    assert says in refused.value.fields["1"]
    assert elements_of(project_id) == []


def test_a_double_element_and_a_firms_elements_are_refused(clerk: Actor, project_id: UUID, firm_id: UUID) -> None:
    with pytest.raises(ElementsNotSet, match="2个"):
        set_elements({project_id: [LAND, LAND]}, actor=clerk, now=NOW)
    with pytest.raises(ElementsNotSet) as refused:
        set_elements({firm_id: [LAND]}, actor=clerk, now=NOW)

    assert "只有项目" in refused.value.fields["0"]
