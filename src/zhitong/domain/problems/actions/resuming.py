"""The clock goes on: after a pause from where it stopped, after parking with a limit of its own; by hand or on the day.

A pause shifts every due time by the working days it lasted. What was parked comes back to the same unit as a new spell
with the whole limit of completion: a matter that rested for months cannot be done in the days it had left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.running import Desk, Step, desk, run_seeing, settle
from zhitong.domain.problems.actions.spells import stage_values
from zhitong.domain.problems.models import Problem, Request
from zhitong.domain.problems.queries.standings import standings_locked, stops_running
from zhitong.domain.problems.rules.kinds import Outcome, RequestKind, RequestState, SpellKind, Stage, State
from zhitong.domain.problems.rules.limits import Clock
from zhitong.domain.problems.rules.standing import Change, SpellStanding, Standing, moved
from zhitong.domain.problems.rules.timing import (
    STANDING_STILL,
    clock_counted_on,
    counted_on,
    stood_in_words,
    stood_still,
)
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7

AT_ONCE = 500
"""The schedule resumes this many at a time."""

Stops = Mapping[UUID, Request]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Step):
    """Go on before the day has come, and say what has changed."""

    text: str


def resume(steps: Sequence[Resume]) -> list[Standing]:
    """Go on with matters that stood still; the due times are counted on by the working days they stood."""

    def decide(step: Resume, standing: Standing, here: Desk, stops: Stops) -> Change:
        return _resumed(step.actor, step.now, standing, here, stops.get(standing.id), {"text": step.text})

    return run_seeing(Act.RESUME, steps, stops_running, decide)


@transaction.atomic
def resume_those_due(now: datetime) -> list[Standing]:
    """Resume every pause whose expected day has come and every parked matter whose day of return has.

    For the schedule: reads two partial indexes, never all problems. A planned date that passes unfulfilled is counted
    (`broken_dates`). Returns the problems concerned.
    """
    today = day_of(now)
    ids = [*_paused_until(today), *_parked_until(today)]
    if not ids:
        return []
    here, standings, stops = desk(), standings_locked(ids), stops_running(ids)
    by_itself = Actor(None, None, None, "schedule")
    changes = [
        _resumed(by_itself, max(now, standing.last_at), standing, here, stops.get(standing.id), {})
        for standing in standings.values() if _has_come(standing, stops.get(standing.id), today)
    ]
    return settle(changes, here)


def _paused_until(today: date) -> list[UUID]:
    running = Request.objects.filter(
        kind=RequestKind.PAUSE.value, state=RequestState.GRANTED.value, resumed_at__isnull=True, until__lte=today
    )
    return list(running.order_by("until", "id").values_list("problem_id", flat=True)[:AT_ONCE])


def _parked_until(today: date) -> list[UUID]:
    parked = Problem.objects.filter(returns_on__isnull=False, returns_on__lte=today)
    return list(parked.order_by("returns_on", "id").values_list("id", flat=True)[:AT_ONCE])


def _has_come(standing: Standing, stop: Request | None, today: date) -> bool:
    """Asked again once the problem is locked: the unit may just have gone on by itself."""
    until = standing.returns_on if standing.state is State.PARKED else stop.until if stop else None
    return standing.state in STANDING_STILL and until is not None and until <= today


def _resumed(
    actor: Actor, now: datetime, standing: Standing, here: Desk, stop: Request | None, words: Mapping[str, str]
) -> Change:
    on = _from_parking if standing.state is State.PARKED else _from_pause
    columns, kept = on(standing, here, stop, now)
    after = moved(standing, Act.RESUME, actor, now, state=State.HANDLING, **columns)
    told = {**words, "arithmetic": str(kept.get("arithmetic", ""))}
    return Change(
        Act.RESUME, actor, now, standing, after,
        amend=(("Request", stop.id, kept),) if stop else (),
        body={"by_itself": actor.unit_id is None, "broken": after.broken_dates > standing.broken_dates},
        words={key: text for key, text in told.items() if text},
    )


def _from_pause(standing: Standing, here: Desk, stop: Request | None, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a matter that goes on where it stopped, and what its request keeps of the stop."""
    assert stop is not None and stop.decided_at is not None, "a pause is a granted request"
    assert standing.spell is not None, "a paused problem has an open spell"
    stood = stood_still(stop.decided_at, now, here.calendar)
    before = standing.spell.due_at
    after = counted_on(before, stood, here.calendar) if before else None
    total = counted_on(standing.due_at, stood, here.calendar) if standing.due_at else None
    sum_in_words = stood_in_words(stop.decided_at, now, stood, before, after, here.calendar)
    columns = {
        "spell": replace(standing.spell, stopped_at=None, due_at=after), "due_at": total,
        **_interrupted_stage(stop, stood, here),
    }
    return columns, _kept(now, stood, after, total, sum_in_words)


def _interrupted_stage(stop: Request, stood: int, here: Desk) -> dict[str, Any]:
    stage = Stage(stop.stage) if stop.stage else None
    if stage is None or stop.stage_due_at is None or stop.stage_warn_at is None:
        return stage_values(stage, None)
    is_provisional = not here.calendar.is_published(day_of(stop.stage_due_at))
    clock = Clock(stage, stop.stage_since or stop.asked_at, stop.stage_due_at, stop.stage_warn_at, is_provisional)
    return stage_values(stage, clock_counted_on(clock, stood, here.calendar))


def _from_parking(standing: Standing, here: Desk, stop: Request | None, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a matter that comes back: a new spell of the same unit with the whole limit of completion.

    One that was planned is open again, so its answer no longer stands; on its day the promise is counted as broken.
    """
    assert standing.spell is not None, "a parked problem has an open spell"
    clock = here.clock(Stage.COMPLETE, standing, standing.spell.region_id, now, standing.spell.unit_id)
    due_at = clock.due_at if clock else None
    spell = SpellStanding(
        uuid7(), SpellKind.HANDLING, standing.spell.unit_id, standing.spell.region_id, now, acknowledged_at=now,
        first_due_at=due_at, due_at=due_at, contact_confirmed=standing.spell.contact_confirmed,
        designated=standing.spell.designated,
    )
    columns: dict[str, Any] = {"spell": spell, **stage_values(Stage.COMPLETE, clock)}
    if standing.outcome is not None:
        columns |= {"outcome": None, "answered_at": None, "verified": False}
    if standing.outcome is Outcome.PLANNED and standing.returns_on is not None and standing.returns_on <= day_of(now):
        columns["broken_dates"] = standing.broken_dates + 1
    if stop is None or stop.decided_at is None:
        return columns, {}
    stood = stood_still(stop.decided_at, now, here.calendar)
    total = standing.due_at and max(counted_on(standing.due_at, stood, here.calendar), due_at or standing.due_at)
    sum_in_words = stood_in_words(stop.decided_at, now, stood, None, None, here.calendar)
    columns["due_at"] = total
    return columns, _kept(now, stood, None, total, sum_in_words)


def _kept(now: datetime, stood: int, due_after: datetime | None, total: datetime | None, words: str) -> dict[str, Any]:
    return {
        "resumed_at": now, "workdays": stood, "due_after": due_after, "total_after": total, "arithmetic": words,
    }
