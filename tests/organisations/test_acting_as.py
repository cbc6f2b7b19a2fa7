"""The database knows who is looking for exactly as long as somebody is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests.cast import viewer
from tests.world import NOW
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import acting_as, first_wall_stands, present, without_first_wall
from zhitong.kit.clock import day_of

pytestmark = pytest.mark.django_db


def named() -> str:
    """The unit that the database has in mind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(organisations_viewer_unit()::text, '')")
        return str(cursor.fetchone()[0])


def test_nobody_is_looking_before_and_after() -> None:
    assert (named(), present()) == ("", None)

    with acting_as(viewer("park")) as here:
        assert (named(), present()) == (str(here.unit_id), here)

    assert (named(), present()) == ("", None)


def test_who_looks_inside_another_hands_back() -> None:
    with acting_as(viewer("park")) as outer:
        with acting_as(viewer("city")) as inner:
            assert named() == str(inner.unit_id)

        assert (named(), present()) == (str(outer.unit_id), outer)


def test_after_a_failure_the_outer_one_looks_again() -> None:
    with acting_as(viewer("park")) as outer:
        with pytest.raises(ZeroDivisionError), acting_as(viewer("city")):
            raise ZeroDivisionError

        assert (named(), present()) == (str(outer.unit_id), outer)


def test_a_post_no_longer_held_is_nobodys_view() -> None:
    held = Tenure.objects.get(person__login="park")
    Tenure.objects.filter(id=held.id).update(until=date(2018, 4, 26))

    assert viewer_for(held.person_id, held.post_id, day_of(NOW)) is None
    assert viewer_for(held.person_id, held.post_id, date(2018, 4, 26)) is not None


def test_the_first_wall_falls_for_a_test_and_stands_again() -> None:
    with without_first_wall():
        assert not first_wall_stands()

    assert first_wall_stands()
