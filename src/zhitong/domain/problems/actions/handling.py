"""The handler's acts: acknowledge and contact, reply on the way, send back, complete with an honest outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.actions.spells import at_completion, at_stage, on_desk, stage_values
from zhitong.domain.problems.models import Escalation
from zhitong.domain.problems.queries.acts import send_back_trouble
from zhitong.domain.problems.queries.standings import chains, parts_of
from zhitong.domain.problems.rules.climbing import Climbed, relay_units
from zhitong.domain.problems.rules.flags import sameness
from zhitong.domain.problems.rules.kinds import (
    EscalationState,
    Outcome,
    PartyRole,
    PowerMissing,
    SpellKind,
    Stage,
    State,
)
from zhitong.domain.problems.rules.parts import PartStanding, completion_refusal
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Step):
    """Sign for a matter and tell the reporter who is on it."""

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Step):
    """A stage reply that the reporter reads."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack(Step):
    """Give a matter back to the level's office: the rule relied on, and whose it is."""

    rule: str
    whose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Step):
    """Answer a matter with its honest outcome; planned needs a date, cannot needs the power that is missing."""

    outcome: Outcome
    text: str
    planned_on: date | None = None
    power_missing: PowerMissing | None = None
    device: str = ""


def acknowledge(steps: Sequence[Acknowledge]) -> list[Standing]:
    """Sign for matters; from two officials signing in the same second one wins, the other is told."""
    return run(Act.ACKNOWLEDGE, steps, _acknowledge)


def _acknowledge(step: Acknowledge, standing: Standing, here: Desk) -> Change:
    assert standing.spell is not None, "a dispatched problem has an open spell"
    spell = replace(standing.spell, acknowledged_at=step.now)
    after = moved(
        standing, Act.ACKNOWLEDGE, step.actor, step.now, state=State.HANDLING, spell=spell,
        **at_stage(Stage.STAGE_REPLY, standing, here, step.now, since=spell.counted_from),
    )
    return Change(Act.ACKNOWLEDGE, step.actor, step.now, standing, after, words={"contact": step.contact})


def reply(steps: Sequence[Reply]) -> list[Standing]:
    """Tell the reporter how far it is; the next limit is the one of completion, unless the first contact is still owed."""
    return run(Act.REPLY, steps, _reply)


def _reply(step: Reply, standing: Standing, here: Desk) -> Change:
    assert standing.spell is not None, "a problem in handling has an open spell"
    timing = {} if standing.spell.contact_confirmed is False else at_completion(standing, here)
    after = moved(standing, Act.REPLY, step.actor, step.now, **timing)
    said = {
        "id": uuid7(), "problem_id": standing.id, "unit_id": standing.spell.unit_id, "digest": sameness(step.text),
        "at": step.now,
    }
    return Change(Act.REPLY, step.actor, step.now, standing, after, rows=(("Reply", said),), words={"text": step.text})


def send_back(steps: Sequence[SendBack]) -> list[Standing]:
    """Give matters back to the office within one working day of dispatch.

    Raises NotNow: the day is over, the office has designated this unit, or it took the matter over by consent.
    """
    return run(Act.SEND_BACK, steps, _send_back)


def _send_back(step: SendBack, standing: Standing, here: Desk) -> Change:
    trouble = send_back_trouble(standing, here.directory, here.book(standing.campaign), step.now)
    if trouble:
        raise NotNow(trouble)
    office = here.directory.office(standing.level_region_id)
    assert office is not None, "every level has an office or one above it"
    after = moved(
        standing, Act.SEND_BACK, step.actor, step.now, state=State.ACCEPTED, send_backs=standing.send_backs + 1,
        **on_desk(SpellKind.DESK, Stage.DISPATCH, office, standing, here, step.now),
    )
    return Change(
        Act.SEND_BACK, step.actor, step.now, standing, after, parties=((office.id, PartyRole.OFFICE),),
        words={"rule": step.rule, "whose": step.whose},
    )


def complete(steps: Sequence[Complete]) -> list[Standing]:
    """Answer matters: straight to the reporter, or down through every level that asked for help.

    Raises NotNow: an outcome lacks what makes it honest (a date, or the power that is missing); or units asked to take
    part still have time to answer.
    """
    return run_seeing(Act.COMPLETE, steps, _around, _complete)


@dataclass(frozen=True, slots=True)
class _Around:
    """What an answer has to reckon with: the steps up behind each problem, and the parts of other units."""

    climbed: Mapping[UUID, Sequence[Escalation]]
    parts: Mapping[UUID, Sequence[PartStanding]]


def _around(problem_ids: Sequence[UUID]) -> _Around:
    return _Around(chains(problem_ids), parts_of(problem_ids))


def _complete(step: Complete, standing: Standing, here: Desk, around: _Around) -> Change:
    if step.outcome is Outcome.PLANNED and step.planned_on is None:
        raise NotNow("“列入计划”须写明计划完成日期。")
    if step.outcome is Outcome.CANNOT and step.power_missing is None:
        raise NotNow("“无法解决”须选择缺少哪项权限或条件。")
    assert standing.spell is not None, "a problem in handling has an open spell"
    refusal = completion_refusal(around.parts.get(standing.id, ()), standing.spell.unit_id, here.directory, step.now)
    if refusal:
        raise NotNow(refusal)
    spell = replace(standing.spell, stopped_at=step.now)
    chain = [Climbed(row.id, row.from_unit_id) for row in around.climbed.get(standing.id, ())]
    down = relay_units(chain, standing.spell.unit_id, standing.region_id, here.directory)
    answer_id = uuid7()
    answer: dict[str, Any] = {
        "id": answer_id, "problem_id": standing.id, "spell_id": spell.id, "unit_id": spell.unit_id,
        "outcome": step.outcome.value, "text": step.text, "planned_on": step.planned_on,
        "power_missing": step.power_missing.value if step.power_missing else "", "answered_at": step.now,
        "shown_at": None if down else step.now, "device": step.device,
    }
    rows = [("Answer", answer)]
    settled: dict[str, Any] = {"spell": spell, "outcome": step.outcome, "answered_at": step.now, "returns_on": None}
    if down:
        clock = here.clock(Stage.ANSWER_DOWN, standing, standing.level_region_id, step.now)
        due = clock.due_at if clock else None
        rows += [
            ("Relay", {"id": uuid7(), "problem_id": standing.id, "answer_id": answer_id, "position": place,
                       "unit_id": unit_id, "due_at": due if place == 0 else None})
            for place, unit_id in enumerate(down)
        ]
        settled |= {"state": State.RETURNING, "relay_unit_id": down[0], **stage_values(Stage.ANSWER_DOWN, clock)}
    else:
        settled |= {"state": State.ANSWERED, "relay_unit_id": None, **stage_values(Stage.CONFIRM, None)}
    after = moved(standing, Act.COMPLETE, step.actor, step.now, **settled)
    answered = {"state": EscalationState.ANSWERED.value, "ruled_at": step.now}
    return Change(
        Act.COMPLETE, step.actor, step.now, standing, after, rows=tuple(rows),
        amend=tuple(("Escalation", one.escalation_id, answered) for one in chain),
        body={"outcome": step.outcome, "planned_on": step.planned_on, "power": step.power_missing, "answer": answer_id},
        words={"text": step.text},
    )
