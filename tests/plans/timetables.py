"""A timetable in the small world, told short: the zone's local task 1 and who keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.actions.scheduling import NewMilestone, plan_milestone
from zhitong.domain.plans.models import Task

TODAY = date(2018, 4, 27)
MAY, JUNE = date(2018, 5, 31), date(2018, 6, 30)


def task(number: str = "7", campaign: str = "hebei-2018") -> UUID:
    """A task of a plan of the world."""
    return Task.objects.get(plan__campaign=campaign, number=number).id


def region(code: str) -> UUID:
    """A region of the world."""
    return Region.objects.get(code=code).id


def planned(name: str = "完成招标", login: str = "city_office", where: str = "1309", **said: Any) -> UUID:
    """A milestone written by a member of the cast on the timetable of task 7 in the city."""
    with acting_as(viewer(login)) as here:
        new = NewMilestone(**{"name": name, "due_on": MAY, **said})
        return plan_milestone(here, task(), region(where), new, actor=here.actor("test"), now=NOW)


def does(login: str, act: Any, milestone: UUID, **said: Any) -> Any:
    """An act of a member of the cast on a milestone."""
    with acting(login) as actor:
        return act(viewer(login), milestone, actor=actor, now=NOW, **said)
