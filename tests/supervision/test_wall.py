"""The second wall, asked of the tables themselves by raw SQL: no query of the room stands before it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import acting, viewer
from tests.problems.ways import Raise, unit_id
from tests.supervision.ways import count, drafted, issued, item, registers, reminds
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.supervision.queries.effects import effects_by_unit
from zhitong.domain.supervision.queries.instructions import InstructionFilters, instructions_for
from zhitong.domain.supervision.queries.papers import PaperFilters, papers_for, sides_of
from zhitong.domain.supervision.queries.sight import instructions_seen, supervisions_seen, urgings_seen

pytestmark = pytest.mark.django_db
TABLES = (
    "supervision_supervision", "supervision_case", "supervision_urging", "supervision_counter",
    "supervision_instruction", "supervision_instruction_text", "supervision_instruction_case", "supervision_item",
)


@pytest.fixture
def pressing(raised: Raise) -> None:
    """A plain problem reminded of, supervised (one paper signed, one draft) and instructed on; a confidential one too."""
    plain, secret = raised(), raised(confidential=True)
    reminds("zone_office", plain)
    issued("zone_office", plain)
    drafted("zone_office", plain)
    registers("zone_office", plain, items=(item(unit_id("130973-economy")),))
    registers("city_office", secret, items=(item(unit_id("1309-development")),))


@pytest.mark.parametrize(("login", "seen"), [
    #               paper case urging counter instruction text about item
    ("zone_office", (2, 2, 3, 1, 1, 1, 1, 1)),  # its own, the draft too; not the city's instruction
    ("park", (1, 1, 2, 0, 0, 0, 0, 0)),  # is supervised and reminded; the instructions are not for it
    ("park_office", (1, 1, 2, 0, 0, 0, 0, 0)),  # the office above the unit in its own region
    ("city_office", (1, 1, 3, 0, 1, 1, 1, 1)),
    ("province_office", (1, 1, 2, 0, 0, 0, 0, 0)),
    ("zone", (0, 0, 2, 0, 1, 1, 1, 1)),  # has an item of the plain one, and sees the problem by its line
    ("city", (0, 0, 1, 0, 1, 0, 0, 1)),  # has an item on a confidential problem: its item, not the words
    ("province", (0, 0, 1, 0, 0, 0, 0, 0)),  # by its line: only that there was a reminder
    ("firm", (0, 0, 0, 0, 0, 0, 0, 0)),
    ("other_firm", (0, 0, 0, 0, 0, 0, 0, 0)),
    ("neighbour", (0, 0, 0, 0, 0, 0, 0, 0)),
    ("outsider", (0, 0, 0, 0, 0, 0, 0, 0)),
])
def test_each_sees_what_is_theirs(pressing: None, login: str, seen: tuple[int, ...]) -> None:
    assert tuple(count(login, table) for table in TABLES) == seen


@pytest.mark.parametrize("login", ["zone_office", "park", "park_office", "city_office", "province_office", "zone", "city",
                                   "province", "firm", "neighbour", "outsider"])
def test_both_walls_show_the_same(pressing: None, login: str) -> None:
    with acting_as(viewer(login)) as here:
        both = [set(seen(here).values_list("id", flat=True)) for seen in (supervisions_seen, instructions_seen)]
        urged = set(urgings_seen(here).values_list("id", flat=True))
    with acting_as(viewer(login)) as here, without_first_wall():
        second = [set(seen(here).values_list("id", flat=True)) for seen in (supervisions_seen, instructions_seen)]
        assert second == both
        assert set(urgings_seen(here).values_list("id", flat=True)) == urged


@pytest.mark.parametrize("login", ["outsider", "neighbour"])
def test_without_the_first_wall_lists_of_outsiders_stay_empty(pressing: None, login: str) -> None:
    with acting_as(viewer(login)) as here, without_first_wall():
        assert [papers_for(here, side, PaperFilters(), now=NOW) for side in sides_of(here)] == [[] for _ in sides_of(here)]
        assert instructions_for(here, InstructionFilters(), now=NOW) == []
        assert effects_by_unit(here, since=NOW.replace(year=2017), now=NOW) == []


COPY = (
    "INSERT INTO {0} SELECT (jsonb_populate_record(kept, jsonb_build_object('id', gen_random_uuid()))).* FROM {0} AS kept"
)


@pytest.mark.parametrize(("table", "login"), [
    ("supervision_supervision", "park"), ("supervision_instruction", "zone"), ("supervision_item", "zone"),
    ("supervision_urging", "park"),
])
def test_nobody_writes_in_anothers_name(pressing: None, table: str, login: str) -> None:
    with acting(login), connection.cursor() as cursor, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        cursor.execute(COPY.format(table))


@pytest.mark.parametrize("table", ["supervision_supervision", "supervision_instruction", "supervision_item"])
def test_outsiders_change_and_remove_nothing(pressing: None, table: str) -> None:
    with acting("outsider"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET by_unit_id = by_unit_id")
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM {table}")
        assert cursor.rowcount == 0
