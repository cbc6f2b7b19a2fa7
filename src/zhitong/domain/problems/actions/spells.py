"""Opening a spell: the problem comes to a unit, its clocks start, and the unit takes part from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.running import Desk
from zhitong.domain.problems.rules.kinds import OF_A_LEVEL, SpellKind, Stage, State
from zhitong.domain.problems.rules.limits import Clock
from zhitong.domain.problems.rules.standing import SpellStanding, Standing
from zhitong.domain.problems.rules.timing import clock_moved_to
from zhitong.kit.ids import uuid7


def stage_values(stage: Stage | None, clock: Clock | None) -> dict[str, Any]:
    """The columns of the stage now running; a stage without a limit has no due time."""
    return {
        "stage": stage,
        "stage_since": clock.since if clock else None,
        "stage_due_at": clock.due_at if clock else None,
        "warn_at": clock.warn_at if clock else None,
        "due_is_provisional": clock.is_provisional if clock else False,
    }


def at_stage(stage: Stage, standing: Standing, here: Desk, at: datetime, since: datetime | None = None) -> dict[str, Any]:
    """The columns of a stage at the level where the problem stands, its limit running since `since` or now."""
    unit_id = None if stage in OF_A_LEVEL else standing.accountable_unit_id
    return stage_values(stage, here.clock(stage, standing, standing.level_region_id, since or at, unit_id))


def at_completion(standing: Standing, here: Desk) -> dict[str, Any]:
    """The columns of the stage of completion: its limit is the spell's, wherever granted requests have moved it."""
    spell = standing.spell
    assert spell is not None, "a problem in handling has an open spell"
    clock = here.clock(Stage.COMPLETE, standing, spell.region_id, spell.counted_from, spell.unit_id)
    if clock is not None and spell.due_at is not None and clock.due_at != spell.due_at:
        clock = clock_moved_to(clock, spell.due_at, here.calendar)
    return stage_values(Stage.COMPLETE, clock)


def on_desk(kind: SpellKind, stage: Stage, office: UnitEntry, standing: Standing, here: Desk, at: datetime) -> dict[str, Any]:
    """The columns of a problem that comes to an office's desk."""
    clock = here.clock(stage, standing, office.region_id, at, office.id)
    due = clock.due_at if clock else None
    spell = SpellStanding(uuid7(), kind, office.id, office.region_id, at, first_due_at=due, due_at=due)
    return {"spell": spell, "level_region_id": office.region_id, **stage_values(stage, clock)}


def with_unit(
    unit: UnitEntry, standing: Standing, here: Desk, at: datetime, *, designated: bool = False
) -> dict[str, Any]:
    """The columns of a problem dispatched to a unit: the spell clock starts now, not at the sign-for."""
    complete = here.clock(Stage.COMPLETE, standing, unit.region_id, at, unit.id)
    due = complete.due_at if complete else None
    spell = SpellStanding(uuid7(), SpellKind.HANDLING, unit.id, unit.region_id, at, first_due_at=due, due_at=due,
                          designated=designated)
    clock = here.clock(Stage.ACKNOWLEDGE, standing, unit.region_id, at, unit.id)
    return {"spell": spell, "level_region_id": unit.region_id, **stage_values(Stage.ACKNOWLEDGE, clock)}


def first_limit(standing: Standing, here: Desk, unit: UnitEntry, at: datetime) -> dict[str, Any]:
    """The end-to-end clock: set at the first dispatch and never moved afterwards."""
    if standing.first_due_at is not None:
        return {}
    clock = here.clock(Stage.COMPLETE, standing, unit.region_id, at, unit.id)
    return {"first_due_at": clock.due_at, "due_at": clock.due_at} if clock else {}


def taken_over(unit: UnitEntry, standing: Standing, here: Desk, at: datetime) -> dict[str, Any]:
    """The columns of a matter that another unit takes over by consent: signed for, its clock counting on as it was.

    What the reporter has voided of the first contact stays to be done anew.
    """
    before = standing.spell
    assert before is not None, "a matter that is offered has a unit"
    spell = SpellStanding(
        uuid7(), SpellKind.HANDLING, unit.id, unit.region_id, at, acknowledged_at=at, first_due_at=before.first_due_at,
        due_at=before.due_at, clock_from=before.counted_from,
        contact_confirmed=False if before.contact_confirmed is False else None,
    )
    taken = {"spell": spell, "level_region_id": unit.region_id}
    if standing.state is State.HANDLING:
        return taken
    there = replace(standing, level_region_id=unit.region_id)
    return taken | at_stage(Stage.STAGE_REPLY, there, here, at, since=spell.counted_from)
