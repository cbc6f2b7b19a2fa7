"""Writing urgings, and noting what the pressed unit did: never a clock, never who is accountable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.models import Urging
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.domain.supervision.rules.pressing import effect_due_at
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound, Refused


class NotPressed(Refused):
    """The urging is not possible as the problem stands, or not from this unit."""


def standings_of(problem_ids: Sequence[UUID]) -> list[Standing]:
    """The standings in the order asked for, locked until the transaction ends.

    Raises NotFound: one is not there for this viewer. Raises NotPressed: one was named twice.
    """
    if len(set(problem_ids)) < len(problem_ids):
        raise NotPressed("同一个问题在一批里只能选一次。请去掉重复的再提交。")
    found = standings_locked(problem_ids)
    if len(found) < len(problem_ids):
        raise NotFound
    return [found[one] for one in problem_ids]


def press(kind: UrgingKind, standings: Sequence[Standing], actor: Actor, at: datetime, **more: Any) -> list[Urging]:
    """Write one urging for each open problem to the unit accountable now; its window begins at `at`."""
    until = effect_due_at(at, calendar())
    assert actor.unit_id is not None, "who presses acts for a unit"
    rows = [
        Urging(id=uuid7(), kind=kind.value, problem_id=one.id, by_unit_id=actor.unit_id, unit_id=one.spell.unit_id,
               at=at, effect_due_at=until, **more)
        for one in standings if one.spell is not None
    ]
    Urging.objects.bulk_create(rows)
    return rows


def note_effect(*, problem_id: UUID, unit_id: UUID, fact_kind: str, at: datetime) -> int:
    """Note an act of a unit on a problem as the effect of what pressed it for the last two working days.

    Only the first act counts; noting it again changes nothing. One indexed statement; returns how many urgings it met.
    """
    waiting = Urging.objects.filter(
        problem_id=problem_id, unit_id=unit_id, effect_at__isnull=True, at__lt=at, effect_due_at__gte=at
    )
    return waiting.update(effect=fact_kind, effect_at=at)
