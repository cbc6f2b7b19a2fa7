"""Who reads which facts: an auditor those of his region's units, complaints and words excepted; nobody else any."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.audit.conftest import NUMBER, Told
from tests.cast import viewer
from tests.world import CAST, NOW
from zhitong.domain.organisations.queries.auditing import (
    AuditFilters,
    count_of_facts,
    fact_audited,
    facts_for,
    units_audited,
)
from zhitong.domain.organisations.rules.auditing import period_of
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach, permissions_of, reach_of
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

SINCE, UNTIL = period_of(None, None, today=day_of(NOW))
ALL = AuditFilters(SINCE, UNTIL, kind="problem.replied")
SEES = {
    "park_auditor": {"firm", "park", "park_auditor"}, "city_auditor": {"firm", "park", "park_auditor", "city"},
    "province_auditor": {"firm", "park", "park_auditor", "city", "province", "outsider", "clocks"},
}


def seen(login: str, told: Told, filters: AuditFilters = ALL) -> set[str]:
    names = {fact_id: name for name, fact_id in told.facts.items()} | {told.clocks: "clocks", told.sealed_complaint: "!"}
    with acting_as(viewer(login)) as here:
        rows = facts_for(here, filters, limit=200)
        assert count_of_facts(here, filters) == len(rows)
    return {names[row.id] for row in rows}


@pytest.mark.parametrize("walls", [nullcontext, without_first_wall], ids=["both walls", "the second wall alone"])
@pytest.mark.parametrize("login", SEES)
def test_an_auditor_reads_his_own_territory(login: str, walls: Any, told: Told) -> None:
    with walls():
        assert seen(login, told) == SEES[login]


@pytest.mark.parametrize("walls", [nullcontext, without_first_wall], ids=["both walls", "the second wall alone"])
def test_nobody_else_reads_any(walls: Any, told: Told) -> None:
    for role in CAST:
        with walls(), acting_as(viewer(role.login)) as here, connection.cursor() as cursor:
            assert facts_for(here, ALL) == []
            assert count_of_facts(here, ALL) == 0
            with pytest.raises(NotFound):
                fact_audited(here, told.facts["park"])
            assert units_audited(here, {here.unit_id}) == set()
            cursor.execute("SELECT (SELECT count(*) FROM history_fact), (SELECT count(*) FROM history_seal),"
                           " (SELECT count(*) FROM history_check)")
            assert cursor.fetchone() == (0, 0, 0)


def test_an_auditor_reads_no_words(told: Told) -> None:
    with acting_as(viewer("province_auditor")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_detail")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"person": "演示丙"}, {"park"}), ({"person": "park"}, {"park"}), ({"unit": "南大港产业园区经发"}, {"park"}),
        ({"thing": NUMBER}, SEES["city_auditor"]), ({"thing": "别的编号"}, set()), ({"kind": "problem.closed"}, set()),
        ({"unit": "%"}, set()), ({"unit": "_"}, set()),
    ],
)
def test_facts_are_searched_by_person_unit_and_thing(asked: dict[str, str], found: set[str], told: Told) -> None:
    assert seen("city_auditor", told, AuditFilters(SINCE, UNTIL, **{"kind": "problem.replied", **asked})) == found


def test_facts_are_searched_by_time(told: Told) -> None:
    earlier, later = AuditFilters(SINCE, NOW), AuditFilters(NOW, UNTIL, kind="problem.replied")

    assert seen("city_auditor", told, later) == SEES["city_auditor"]
    with acting_as(viewer("city_auditor")) as here:
        assert [row.id for row in facts_for(here, earlier) if row.id in told.facts.values()] == []


def test_pages_follow_one_another_in_both_directions(told: Told) -> None:
    with acting_as(viewer("city_auditor")) as here:
        whole = [row.id for row in facts_for(here, ALL)]
        pages: list[UUID] = []
        after = None
        while rows := facts_for(here, ALL, after=after, limit=2):
            pages += [row.id for row in rows]
            after = (rows[-1].at, rows[-1].id)
        back = facts_for(here, ALL, after=(NOW, whole[-1]), turned=True)

    assert pages == whole == sorted(whole, reverse=True)
    assert [row.id for row in back] == whole[:-1][::-1]


def test_one_fact_is_held_against_its_seal(told: Told) -> None:
    with acting_as(viewer("park_auditor")) as here:
        found = fact_audited(here, told.facts["park"])
        for other in (told.facts["city"], told.sealed_complaint, told.clocks):
            with pytest.raises(NotFound):
                fact_audited(here, other)

    assert (found.holds, found.row.fields, found.row.number) == (True, ("text",), NUMBER)
    assert found.under is not None


@pytest.mark.parametrize("unit", UnitKind)
def test_who_audits_may_do_nothing_else(unit: UnitKind) -> None:
    assert permissions_of(unit, PostKind.AUDITOR) == {Permission.AUDIT, Permission.TRACE}
    assert reach_of(unit, post=PostKind.AUDITOR) is Reach.OWN
    assert all(Permission.AUDIT not in permissions_of(unit, post) for post in PostKind if post is not PostKind.AUDITOR)
