"""The cast at work: looking as somebody, acting as somebody, and telling how a problem stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.world import CAST, NOW
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

WAY = (
    "problems_spell", "problems_escalation", "problems_answer", "problems_relay", "problems_verdict", "problems_request",
    "problems_offer", "problems_part", "problems_check", "problems_flagged", "problems_reply",
)


def viewer(login: str, at: datetime = NOW) -> Viewer:
    """A member of the cast as viewer."""
    tenure = Tenure.objects.get(person__login=login)
    found = viewer_for(tenure.person_id, tenure.post_id, day_of(at))
    assert found is not None, f"{login} holds no post"
    return found


def official_of(code: str) -> Viewer:
    """Somebody new who works in a unit."""
    post = Post.objects.filter(unit__code=code, kind="officer").order_by("title")[0]
    person = Person.objects.create(login=f"{code}-{uuid7()}", name="演示")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    found = viewer_for(person.id, post.id, day_of(NOW))
    assert found is not None, f"nobody can work in {code}"
    return found


@contextmanager
def acting(login: str) -> Iterator[Actor]:
    """Act as a member of the cast, with the database told."""
    with acting_as(viewer(login)) as here:
        yield here.actor("test")


class Story:
    """One problem's way, told act by act; every act happens ten minutes after the one before."""

    def __init__(self, problem_id: UUID, now: datetime = NOW) -> None:
        self.problem_id = problem_id
        self.now = now

    def does(self, login: str, act: Any, step: Any, **values: Any) -> Any:
        """Let a member of the cast do an act; returns how the problem stands then."""
        with acting(login) as actor:
            return self._step(actor, act, step, values)

    def done_by(self, code: str, act: Any, step: Any, **values: Any) -> Any:
        """Let somebody of a unit outside the cast do an act."""
        with acting_as(official_of(code)) as here:
            return self._step(here.actor("test"), act, step, values)

    def _step(self, actor: Actor, act: Any, step: Any, values: dict[str, Any]) -> Any:
        self.now += timedelta(minutes=10)
        return act([step(problem_id=self.problem_id, actor=actor, now=self.now, **values)])[0]

    @property
    def standing(self) -> Standing:
        """How the problem stands, as the office of the province sees it."""
        with acting("province_office"):
            return standings_locked([self.problem_id])[self.problem_id]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The problem's rows in a table of its way, oldest first."""
        with acting("province_office"):
            return _rows(f"SELECT * FROM {table} WHERE problem_id = %s ORDER BY id", self.problem_id)

    def facts(self) -> list[ToldFact]:
        """What is told of the problem, oldest first."""
        with acting("province_office"):
            return facts_about(self.problem_id)

    def parties(self) -> dict[str, str]:
        """In which role each member of the cast takes part, as each may see for itself."""
        found = {}
        for role in CAST:
            with acting(role.login) as actor:
                own = f"SELECT role FROM problems_party WHERE unit_id = '{actor.unit_id}' AND problem_id = %s"
                rows = _rows(own, self.problem_id)
            if rows:
                found[role.login] = rows[0]["role"]
        return found

    def way(self) -> list[Any]:
        """The rows of the problem's way, its facts, and the newest posting."""
        with acting("province_office"):
            problem = _rows("SELECT * FROM problems_problem WHERE id = %s", self.problem_id)
            posted = _rows("SELECT count(*), max(id) FROM tallies_posting WHERE %s IS NOT NULL", self.problem_id)
            rows = [_rows(f"SELECT * FROM {table} WHERE problem_id = %s ORDER BY id", self.problem_id) for table in WAY]
            return [problem, posted, *rows, facts_about(self.problem_id)]

    @contextmanager
    def unchanged(self, refused: type[Refused], sentence: str = "没有") -> Iterator[None]:
        """What happens inside is refused with a sentence and leaves everything as it was."""
        before = (self.way(), self.parties())
        with pytest.raises(refused, match=sentence):
            yield
        assert (self.way(), self.parties()) == before


def _rows(statement: str, problem_id: UUID) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [problem_id])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
