"""Who may follow what: one's own, what one oversees, problems one may open; whatever else is asked for is left out."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.cast import acting, viewer
from tests.live.conftest import raise_one
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import end_tenure, issue_token
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock
from zhitong.live.rights import Credentials, followed
from zhitong.live.topics import read

REGIONS = ("13", "1309", "130973", "130973400", "130982", "130123")
UNITS = ("own", "13-office", "1309-office", "130973-economy", "130973400-economy", "130973400-safety", "firm-nandagang")

pytestmark = pytest.mark.django_db


def session_of(login: str) -> Credentials:
    return Credentials(session=signed_in(login).cookies["sessionid"].value)


def asked_by(credentials: Credentials, *more: str) -> set[str]:
    """What of everything somebody gets, by the names it was asked by."""
    words = [*(f"region:{code}" for code in REGIONS), *(f"unit:{code}" for code in UNITS), *more]
    with clock.held_at(NOW):
        return {name for names in followed(credentials, read(words)).values() for name in names}


@pytest.mark.parametrize(
    ("login", "topics"),
    [
        ("firm", {"unit:own", "problem"}),
        ("other_firm", {"unit:own"}),
        ("park", {"unit:own", "unit:130973400-economy", "region:130973400", "problem"}),
        ("park_office", {"unit:own", "unit:130973400-economy", "unit:130973400-safety", "region:130973400", "problem"}),
        ("zone_office", {
            "unit:own", "unit:130973-economy", "unit:130973400-economy", "unit:130973400-safety", "region:130973",
            "region:130973400", "problem",
        }),
        ("neighbour", {"unit:own", "region:130982"}),
        ("outsider", {"unit:own", "region:130123"}),
        ("province_office", {
            "unit:own", "problem", *(f"region:{code}" for code in REGIONS), *(f"unit:{code}" for code in UNITS[1:-1]),
        }),
    ],
)
def test_each_follows_what_its_post_sees(login: str, topics: set[str]) -> None:
    story = raise_one()
    with acting("province_office"):
        number = Problem.objects.get(id=story.problem_id).number

    found = asked_by(session_of(login), f"problem:{number}", "problem:冀-没有-2018-000001")

    assert found == {f"problem:{number}" if topic == "problem" else topic for topic in topics}


def test_nobody_follows_anything() -> None:
    assert asked_by(Credentials()) == asked_by(Credentials(session="x" * 32)) == asked_by(Credentials(key="zt_nothing")) == set()


def test_after_the_last_post_has_ended_nothing_is_left() -> None:
    session = session_of("outsider")
    assert asked_by(session) != set()

    end_tenure(tenure_id=Tenure.objects.get(person__login="outsider").id, on=date(2018, 4, 27))

    assert asked_by(session) == set()


def test_signing_out_ends_it() -> None:
    session = session_of("firm")
    assert asked_by(session) == {"unit:own"}

    SessionStore(session.session).flush()

    assert asked_by(session) == set()


def test_a_program_follows_by_its_key_what_its_post_sees() -> None:
    office = viewer("park_office")
    secret = issue_token(person_id=office.person_id, post_id=office.post_id, name="演示", now=NOW)

    assert "region:130973400" in asked_by(Credentials(key=secret))
