"""What a second look found: at an outcome by the office above, at the firm's word by a call from another county."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.writing import post_moves
from zhitong.domain.problems.models import Check, Problem
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.checks import rating_after
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, Rating
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import NotFound


@transaction.atomic
def judge_outcome(*, problem_id: UUID, actor: Actor, now: datetime, is_sound: bool, words: str) -> None:
    """Say whether an outcome holds on a second look; one that does not is told to the office that checked it.

    Raises NotFound: no such look waits for the unit. Raises NotNow: it has been taken already.
    """
    _standing, check = _taken(problem_id, CheckKind.OUTCOME, actor)
    _settle(check, CheckState.SOUND if is_sound else CheckState.WANTING, words, now)
    kind = ProblemFact.OUTCOME_HELD if is_sound else ProblemFact.OUTCOME_DOUBTED
    record(
        str(kind.value), thing_kind="problem", thing_id=problem_id, actor=actor, at=now, details={"checked": words}
    )


@transaction.atomic
def call_back(*, problem_id: UUID, actor: Actor, now: datetime, found: Rating | None, words: str) -> Rating | None:
    """Keep what the firm said when another county's office called, None when it was not reached; returns what scores now.

    Dissatisfaction replaces a satisfied word in what scores, and in nothing else: the verdict itself stays as it was
    given. No call makes a rating better.

    Raises NotFound: no such call waits for the unit. Raises NotNow: it has been made already.
    """
    standing, check = _taken(problem_id, CheckKind.CALL_BACK, actor)
    after = replace(standing, rating=rating_after(standing.rating, found))
    state = CheckState.UNREACHED if found is None else CheckState.SOUND
    if after.rating is not standing.rating:
        state = CheckState.WANTING
        Problem.objects.filter(id=problem_id).update(rating=Rating.DISSATISFIED.value)
        post_moves([(standing, after)], directory())
    _settle(check, state, words, now, found)
    record(
        str(ProblemFact.CALLED_BACK.value), thing_kind="problem", thing_id=problem_id, actor=actor, at=now,
        body={"found": found, "old": standing.rating, "new": after.rating}, details={"words": words} if words else {},
    )
    return after.rating


def _taken(problem_id: UUID, kind: CheckKind, actor: Actor) -> tuple[Standing, Check]:
    """The problem and the look that waits for the actor's unit, both locked, the problem first."""
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.DISPATCH)
    standing = standings_locked([problem_id]).get(problem_id)
    check = Check.objects.select_for_update().filter(problem_id=problem_id, kind=kind.value).first()
    if standing is None or check is None or check.unit_id != actor.unit_id:
        raise NotFound
    if check.state != CheckState.WAITING.value:
        raise NotNow(f"这次{kind.label}已经登记过结果，不再更改。")
    return standing, check


def _settle(check: Check, state: CheckState, words: str, now: datetime, found: Rating | None = None) -> None:
    check.state, check.words, check.settled_at = state.value, words, max(now, check.asked_at)
    check.found = found.value if found else ""
    check.save(update_fields=["state", "words", "settled_at", "found"])
