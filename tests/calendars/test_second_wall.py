"""The database's own wall around calendars: everybody reads them, only their keepers write (R-F5)."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.calendars.keeping import MAY_DAY, NINE, TOMORROW, place, stored
from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.calendars import actions as calendars
from zhitong.domain.organisations.scope import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("login", "owner", "may"),
    [
        ("park_office", "130973400", True), ("park_office", "130973400-economy", True), ("park", "130973400-economy", True),
        ("zone_office", "130973206", True), ("zone_office", "130973400", False), ("city_office", "130973", False),
        ("outsider", "130973400", False), ("firm", "130973400", False), ("park", "130973400", False),
        ("neighbour", "130982", False),
    ],
)
def test_the_databases_own_wall_lets_only_keepers_write(login: str, owner: str, may: bool) -> None:
    with acting_as(viewer(login)), connection.cursor() as cursor:
        cursor.execute("SELECT organisations_keeps_calendar_of(%s)", [place(owner)])
        assert cursor.fetchone() == (may,)


@pytest.mark.parametrize("login", ["outsider", "firm", "city_office", "zone"])
def test_the_databases_own_wall_stands_alone(login: str) -> None:
    """Past the first wall: the acts of the room below ask nobody's right."""
    owner, before = place("130973400"), stored()
    day_given = {"owner_id": owner, "on": TOMORROW, "works": False, "name": "x", "now": NOW}
    year_given = {"year": 2019, "dates": [MAY_DAY], "source": "x", "now": NOW}
    hours_given = {"owner_id": owner, "since": TOMORROW, "sessions": NINE, "source": "x", "now": NOW}

    for act, given in (
        (calendars.enter_special_day, day_given), (calendars.set_office_hours, hours_given), (calendars.enter_year, year_given)
    ):
        with acting(login) as actor, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            act(actor=actor, **given)

    assert stored() == before


@pytest.mark.parametrize(("login", "may"), [("province_office", True), ("city_office", False), ("province", False), ("firm", False)])
def test_the_databases_own_wall_lets_only_the_highest_office_write_the_year(login: str, may: bool) -> None:
    with acting_as(viewer(login)), connection.cursor() as cursor:
        cursor.execute("SELECT organisations_keeps_the_year()")
        assert cursor.fetchone() == (may,)
        cursor.execute("UPDATE calendars_published_year SET source = source WHERE year = 2018")
        assert cursor.rowcount == int(may)
