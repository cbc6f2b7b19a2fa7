"""The cast at work: looking as somebody, acting as somebody, and telling how a problem stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.world import NOW
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.clock import day_of


def viewer(login: str, at: datetime = NOW) -> Viewer:
    """A member of the cast as viewer."""
    tenure = Tenure.objects.get(person__login=login)
    found = viewer_for(tenure.person_id, tenure.post_id, day_of(at))
    assert found is not None, f"{login} holds no post"
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
        self.now += timedelta(minutes=10)
        with acting(login) as actor:
            return act([step(problem_id=self.problem_id, actor=actor, now=self.now, **values)])[0]
