"""谁能看到这件事: what the page tells is what the wall lets through, for everybody of the cast and for who keeps the system."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged, sent_up
from tests.world import CAST, NOW
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.actions.substituting import name_substitute
from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.queries.sight import who_sees
from zhitong.domain.problems.rules.seeing import Clause
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.sight import who_sees_subject
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
KEEPERS = {"system": "administrator", "guard": "security", "audit": "auditor"}
EVERYBODY = (*(role.login for role in CAST), *KEEPERS)
TABLE = {"problem": "problems_problem", "subject": "subjects_subject"}


@pytest.fixture(autouse=True)
def keepers() -> None:
    """The three administrators of the province, and one leader of its leading group."""
    posts = {login: Post.objects.get(unit__code="13-office", kind=kind) for login, kind in KEEPERS.items()}
    posts["leader"] = Post.objects.filter(unit__code="13-leading_group", kind="leader").order_by("title")[0]
    seat([Seat(login=login, name=f"演示{login}", password=None, post_id=post.id, since=date(2018, 1, 1))
          for login, post in posts.items()])


def let_through(login: str, kind: str, thing_id: UUID) -> bool:
    """Whether the database, with no query's own predicate before it, shows somebody the thing."""
    with acting_as(viewer(login)), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE[kind]} WHERE id = %s", [thing_id])
        return bool(cursor.fetchone()[0])


def test_the_page_tells_of_every_post_what_the_wall_answers(raised: Raise) -> None:
    plain, secret = acknowledged(sent_up(raised()), "zone"), raised(confidential=True)
    for story in (plain, secret):
        number = story.standing.number
        answered = {login: let_through(login, "problem", story.problem_id) for login in EVERYBODY}
        assert any(answered.values())
        assert not any(answered[login] for login in KEEPERS)

        for asker in ("audit", "province_office"):
            with acting_as(viewer(asker)) as here:
                _problem, told = who_sees(here, number, now=NOW)

            posts = {seat.post_id for unit in told for seat in unit.seats}
            assert {login: viewer(login).post_id in posts for login in EVERYBODY} == answered


def test_each_unit_is_told_with_the_clause_by_which_it_sees(raised: Raise) -> None:
    story = acknowledged(sent_up(raised()), "zone")

    with acting_as(viewer("audit")) as here:
        _problem, told = who_sees(here, story.standing.number, now=NOW)

    clauses = {unit.unit_id: unit.clauses for unit in told}
    assert Clause.REPORTER in clauses[viewer("firm").unit_id]
    assert Clause.PARTY in clauses[viewer("zone").unit_id]
    assert clauses[viewer("city").unit_id] == (Clause.LINE,)
    assert clauses[viewer("leader").unit_id] == (Clause.TERRITORY,)
    assert viewer("outsider").unit_id not in clauses


def test_who_audits_is_not_told_whose_an_unnamed_problem_is(raised: Raise) -> None:
    story = raised(unnamed=True)

    with acting_as(viewer("audit")) as here:
        _problem, told = who_sees(here, story.standing.number, now=NOW)

    [firm] = [unit for unit in told if Clause.REPORTER in unit.clauses]
    assert (firm.unit, firm.seats) == (UNNAMED, ())


def test_only_who_may_trace_asks_and_only_of_his_own_territory(raised: Raise) -> None:
    number = raised().standing.number
    for login in ("park", "firm", "system"):
        with acting_as(viewer(login)) as here, pytest.raises(NotYours):
            who_sees(here, number, now=NOW)

    with acting_as(viewer("outsider")) as here, pytest.raises(NotFound):
        who_sees(here, number, now=NOW)


def test_a_subject_is_told_as_the_wall_answers_too() -> None:
    with acting_as(viewer("province_office")) as here:
        subject = Subject.objects.get(unit__code="firm-nandagang")
        told = who_sees_subject(here, subject.id, now=NOW)

    posts = {seat.post_id for unit in told for seat in unit.seats}
    answered = {login: let_through(login, "subject", subject.id) for login in EVERYBODY}
    assert {login: viewer(login).post_id in posts for login in EVERYBODY} == answered
    assert answered["system"] is True
    assert answered["audit"] is answered["guard"] is answered["outsider"] is False


def test_a_substitute_is_told_beside_the_holder(raised: Raise) -> None:
    story = raised()
    park, mate = viewer("park"), viewer("park_office")
    with acting("park") as actor:
        name_substitute(
            park, post_id=park.post_id, holder_id=park.person_id, person_id=mate.person_id, since=day_of(NOW),
            until=day_of(NOW) + timedelta(days=3), reason="外出培训", actor=actor, now=NOW,
        )

    with acting_as(viewer("audit")) as here:
        _problem, told = who_sees(here, story.standing.number, now=NOW)

    sitters = [sitter for unit in told for seat in unit.seats if seat.post_id == park.post_id for sitter in seat.sitters]
    name = Tenure.objects.get(person__login="park").person.name
    assert [(one.person_id, one.for_name) for one in sitters] == [(park.person_id, ""), (mate.person_id, name)]
