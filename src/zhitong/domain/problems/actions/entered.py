"""Problems that a unit entered for others and takes back before anybody has worked on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.running import NotNow, desk
from zhitong.domain.problems.actions.spells import stage_values
from zhitong.domain.problems.actions.writing import write
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.standing import Change, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound


def problems_touched(problem_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Those of the problems on which an act was done after they were entered, with their numbers."""
    rows = Problem.objects.filter(id__in=problem_ids).exclude(last_at=F("submitted_at"))
    return dict(rows.values_list("id", "number"))


@transaction.atomic
def take_back(problem_ids: Sequence[UUID], reason: str, *, actor: Actor, now: datetime) -> None:
    """End as withdrawn what the actor's unit has entered by mistake; all of them or none.

    Raises NotFound: a problem is not there for this viewer. Raises NotNow: somebody has worked on one meanwhile.
    """
    here = desk()
    standings = standings_locked(problem_ids)
    if len(standings) < len(set(problem_ids)):
        raise NotFound
    if any(one.last_at != one.submitted_at for one in standings.values()):
        raise NotNow("有问题刚刚已经办理，不能撤销。请刷新页面查看。")
    ended = {"state": State.WITHDRAWN, "spell": None, "ended_at": now, **stage_values(None, None)}
    write([
        Change(Act.GRANT_WITHDRAWAL, actor, now, one, moved(one, Act.GRANT_WITHDRAWAL, actor, now, **ended),
               words={"reason": reason})
        for one in standings.values()
    ], here.directory)
