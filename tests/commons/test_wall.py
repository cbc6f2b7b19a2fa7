"""Who finds what: offices and the lead, members' reporters and handlers, and everybody else nothing (R-F8, R-F13)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Story, viewer
from tests.commons.acts import OTHER, TABLES, column, does, established, ids, page, report_of, who
from tests.problems.ways import Raise, unit_id
from tests.world import CAST, NOW
from zhitong.domain.commons.actions.closing import measure
from zhitong.domain.commons.queries.ledger import Filters, commons_for, count_for
from zhitong.domain.commons.queries.page import common_page
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

INNER = {"park_office", "park", "zone_office", "city_office", "province_office"}
"""The office, its lead unit, the offices above."""
SEES_A_MEMBER = {"firm", "zone", "city", "province"}
"""Its reporter, and the departments of the line above: they see the problem, so they see what it is part of."""


@pytest.fixture
def number(alike: list[Story]) -> str:
    number = established(alike).number
    does("park", measure, number, "供电企业每周五公布错峰计划。")
    return number


@pytest.mark.parametrize("login", [role.login for role in CAST])
def test_tables_show_each_viewer_what_is_theirs(alike: list[Story], number: str, login: str) -> None:
    with acting_as(viewer(login)):
        found = {table: column(f"SELECT count(*) FROM {table}")[0] for table in TABLES}
        members = set(column("SELECT problem_id FROM commons_member"))
        problems = set(column("SELECT id FROM problems_problem"))

    is_inner, sees = login in INNER, login in INNER | SEES_A_MEMBER
    assert found["commons_common"] == (1 if sees else 0)
    assert found["commons_brief"] == (1 if is_inner else 0)
    assert members == problems & ids(alike)
    assert members == (ids(alike[:1]) if login == "firm" else ids(alike) if sees else set())


@pytest.mark.parametrize("login", [role.login for role in CAST])
def test_the_ledger_and_the_page_are_for_offices_and_the_lead(number: str, login: str) -> None:
    with acting_as(viewer(login)) as here:
        if login in INNER:
            assert [row.number for row in commons_for(here, Filters(), now=NOW)] == [number]
            assert common_page(here, number, now=NOW).row.members == 4
            return
        with pytest.raises(NotFound):
            common_page(here, number, now=NOW)
        if login in ("firm", "other_firm"):
            with pytest.raises(NotFound):
                commons_for(here, Filters(), now=NOW)
        else:
            assert (commons_for(here, Filters(), now=NOW), count_for(here, Filters(), most=10)) == ([], 0)


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm"])
def test_without_the_first_wall_an_outsider_still_finds_nothing(number: str, login: str) -> None:
    with acting_as(viewer(login)) as here, without_first_wall():
        assert commons_for(here, Filters(), now=NOW) == []
        with pytest.raises(NotFound):
            common_page(here, number, now=NOW)


@pytest.mark.parametrize("login", ["firm", "zone", "zone_office", "outsider"])
@pytest.mark.parametrize("statement", [
    "UPDATE commons_common SET title = 'x'", "UPDATE commons_member SET reason = 'x'",
    "UPDATE commons_brief SET measures = 'x'", "DELETE FROM commons_member", "DELETE FROM commons_brief",
])
def test_who_neither_leads_nor_keeps_it_changes_no_row(number: str, login: str, statement: str) -> None:
    with acting_as(viewer(login)), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0


def test_nobody_joins_a_problem_in_the_name_of_another_office(alike: list[Story], number: str) -> None:
    other = report_of(11)
    with acting_as(viewer("zone_office")), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(
            "INSERT INTO commons_member (id, common_id, problem_id, office_id, membership, since, reason)"
            " SELECT gen_random_uuid(), common_id, %s, office_id, 'joined', since, '' FROM commons_member LIMIT 1",
            [other.problem_id],
        )


def test_a_confidential_member_is_counted_apart_and_hidden_from_the_lead(alike: list[Story], raised: Raise) -> None:
    secret = report_of(12, confidential=True)
    unnamed = report_of(13, unnamed=True)
    number = established([*alike, secret, unnamed], lead_id=unit_id(OTHER)).number

    office, lead = page("park_office", number), page(OTHER, number)

    assert (office.row.members, office.confidential) == (6, 1)
    assert (lead.row.members, lead.confidential) == (4, 0)
    assert {secret.standing.number, unnamed.standing.number}.isdisjoint({one.number for one in lead.members})
    assert [line.numbers for line in lead.timeline if line.numbers] == [tuple(story.standing.number for story in alike)]


def test_the_lead_is_shown_the_members_before_it_answers(alike: list[Story]) -> None:
    established(alike, lead_id=unit_id(OTHER))

    with acting_as(who(OTHER)):
        assert set(column("SELECT id FROM problems_problem")) == ids(alike)
