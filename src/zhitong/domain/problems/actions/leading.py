"""From above: advise, coordinate, take over; the reporter's asking a level above to look in; opening anew what had ended.

Source: 冀发〔2018〕7号 四（三）“逐级提交上级牵头部门统筹协调解决”; requirements R-F4, R-F11, R-F12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.calendars.rules import LimitUnit, due_after, warn_before
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.climbing import Rule, give_back
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.actions.sorting import home_office, last_spells
from zhitong.domain.problems.actions.spells import first_limit, on_desk, with_unit
from zhitong.domain.problems.models import Escalation
from zhitong.domain.problems.queries.standings import proposals
from zhitong.domain.problems.rules.kinds import (
    EscalationState,
    PartKind,
    PartState,
    PartyRole,
    SpellKind,
    Stage,
    State,
)
from zhitong.domain.problems.rules.leading import levels_between, offices_passed, receiver_at, share_trouble
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


@dataclass(frozen=True, slots=True)
class Share:
    """What a coordination gives to a unit; `workdays` to report in, or the limit of co-handling."""

    unit_id: UUID
    text: str
    workdays: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinate(Step):
    """When a coordination was held, who chaired it, what it decided, and who does what."""

    held_on: date
    chaired_by: str
    decided: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Step):
    """Why a level above handles the matter itself."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookIn(Step):
    """What the reporter asks the level above to look at."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLookIn(Step):
    """What the level above found, as the reporter reads it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Step):
    """The new facts for which a matter is opened again; there is no other reason."""

    new_facts: str


def advise(steps: Sequence[Rule]) -> list[Standing]:
    """Give matters back to the unit that sent them up, with advice that the reporter reads too.

    Raises NotNow: it did not come from below.
    """
    return give_back(Act.ADVISE, EscalationState.ADVISED, steps)


def coordinate(steps: Sequence[Coordinate]) -> list[Standing]:
    """Register a coordination and give units beside and below their shares; the coordinating unit stays accountable.

    Raises NotNow: the matter did not come from below; a unit stands elsewhere, is only consulted, or has an open part already.
    """
    return run(Act.COORDINATE, steps, _coordinate)


def _coordinate(step: Coordinate, standing: Standing, here: Desk) -> Change:
    assert standing.spell is not None, "a problem in handling has an open spell"
    if not standing.climbs:
        raise NotNow("统筹协调用于下级提请上来或提级办理的问题。请有关单位配合的，请选“请协办”。")
    units = [share.unit_id for share in step.shares]
    trouble = share_trouble(units, standing.asked_unit_ids, standing.spell.unit_id, here.directory)
    if trouble:
        raise NotNow(trouble)
    after = moved(
        standing, Act.COORDINATE, step.actor, step.now, open_parts=standing.open_parts + len(units),
        asked_unit_ids=standing.asked_unit_ids | set(units),
    )
    shares = "；".join(f"{here.directory.units[share.unit_id].name}：{share.text}" for share in step.shares)
    return Change(
        Act.COORDINATE, step.actor, step.now, standing, after,
        parties=tuple((unit_id, PartyRole.SUPPORT) for unit_id in units),
        rows=tuple(("Part", _part(share, standing, here, step.now)) for share in step.shares),
        body={"held_on": step.held_on, "units": units},
        words={"chaired_by": f"{step.held_on}，{step.chaired_by}", "decided": step.decided, "shares": shares},
    )


def _part(share: Share, standing: Standing, here: Desk, at: datetime) -> dict[str, Any]:
    assert standing.spell is not None, "a problem in handling has an open spell"
    due_at, warn_at = _due(share, standing, here, at)
    return {
        "id": uuid7(), "problem_id": standing.id, "kind": PartKind.CO_HANDLE.value, "state": PartState.ASKED.value,
        "unit_id": share.unit_id, "asked_by_id": standing.spell.unit_id, "spell_id": standing.spell.id,
        "asked_for": share.text, "asked_at": at, "due_at": due_at, "warn_at": warn_at,
    }


def _due(share: Share, standing: Standing, here: Desk, at: datetime) -> tuple[datetime | None, datetime | None]:
    if share.workdays:
        due = due_after(at, share.workdays, LimitUnit.WORKDAYS, here.calendar)
        return due.at, warn_before(due, at, here.calendar)
    clock = here.clock(Stage.CO_HANDLE, standing, here.directory.units[share.unit_id].region_id, at, share.unit_id)
    return (clock.due_at, clock.warn_at) if clock else (None, None)


def take_over(steps: Sequence[TakeOver]) -> list[Standing]:
    """Take matters to the level of the office that acts: to the keeper of the line there, or to its own desk.

    The unit below keeps the duty to inform: the answer comes back through it.
    """
    return run_seeing(Act.TAKE_OVER, steps, proposals, _take_over)


def _take_over(step: TakeOver, standing: Standing, here: Desk, waiting: Mapping[UUID, Escalation]) -> Change:
    assert standing.spell is not None and step.actor.unit_id is not None, "an office above takes over what is open"
    office = here.directory.units[step.actor.unit_id]
    levels = levels_between(standing.level_region_id, office.region_id, here.directory)
    settled, receiver = _received(office, standing, here, step.now)
    after = moved(
        standing, Act.TAKE_OVER, step.actor, step.now, climbs=standing.climbs + levels, returns_on=None, **settled
    )
    passed = offices_passed(standing.level_region_id, office.region_id, here.directory)
    taken = {
        "state": EscalationState.TAKEN_OVER.value, "to_unit_id": receiver.id, "sent_at": step.now, "levels": levels,
        "ruling": step.reason, "ruled_at": step.now,
    }
    change = Change(
        Act.TAKE_OVER, step.actor, step.now, standing, after,
        parties=(*((one, PartyRole.INFORMED) for one in passed), (office.id, PartyRole.OFFICE),
                 (receiver.id, PartyRole.HANDLER)),
        body={"from_unit": standing.spell.unit_id, "to_unit": receiver.id, "levels": levels},
        words={"reason": step.reason},
    )
    if standing.id in waiting:
        return replace(change, amend=(("Escalation", waiting[standing.id].id, taken),))
    step_up = {
        "id": uuid7(), "problem_id": standing.id, "from_unit_id": standing.spell.unit_id,
        "from_spell_id": standing.spell.id, "proposed_at": step.now, "tried": "", "asked_for": "", **taken,
    }
    return replace(change, rows=(("Escalation", step_up),))


def _received(office: UnitEntry, standing: Standing, here: Desk, at: datetime) -> tuple[dict[str, Any], UnitEntry]:
    """The columns of a matter that comes to an office's level, and the unit that gets it."""
    keeper = receiver_at(office.region_id, standing.line_id, here.directory)
    if keeper is None:
        return {"state": State.ACCEPTED, **on_desk(SpellKind.DESK, Stage.DISPATCH, office, standing, here, at)}, office
    first = first_limit(standing, here, keeper, at)
    return {"state": State.DISPATCHED, **with_unit(keeper, standing, here, at), **first}, keeper


def look_in(steps: Sequence[LookIn]) -> list[Standing]:
    """Ask the office one level above where matters stand to look in; at the root, its own. One asking waits at a time.

    Raises NotNow: the one before has not been answered.
    """
    return run(Act.LOOK_IN, steps, _look_in)


def _look_in(step: LookIn, standing: Standing, here: Desk) -> Change:
    if standing.looker_unit_id is not None:
        waiting = here.directory.units[standing.looker_unit_id].name
        raise NotNow(f"已请{waiting}过问，正在等其答复。答复后可以再次请上级过问。")
    level_id = standing.level_region_id
    office = here.directory.office_above(level_id) or here.directory.office(level_id)
    assert office is not None, "the root region has a campaign office: the package check demands it"
    after = moved(standing, Act.LOOK_IN, step.actor, step.now, looker_unit_id=office.id)
    return Change(
        Act.LOOK_IN, step.actor, step.now, standing, after, parties=((office.id, PartyRole.INFORMED),),
        body={"looker": office.id}, words={"words": step.words},
    )


def answer_look_in(steps: Sequence[AnswerLookIn]) -> list[Standing]:
    """Tell reporters what looking in came to; the work stays where it is."""

    def decide(step: AnswerLookIn, standing: Standing, here: Desk) -> Change:
        after = moved(standing, Act.ANSWER_LOOK_IN, step.actor, step.now, looker_unit_id=None)
        return Change(Act.ANSWER_LOOK_IN, step.actor, step.now, standing, after, words={"text": step.text})

    return run(Act.ANSWER_LOOK_IN, steps, decide)


def reopen(steps: Sequence[Reopen]) -> list[Standing]:
    """Open ended or withdrawn matters again for new facts: on the desk of the home office, the first limit as it was.

    The rating stays what it was until the reporter says another.
    """
    return run_seeing(Act.REOPEN, steps, last_spells, _reopen)


def _reopen(step: Reopen, standing: Standing, here: Desk, last: Mapping[UUID, UUID]) -> Change:
    home = home_office(standing, here)
    after = moved(
        standing, Act.REOPEN, step.actor, step.now, state=State.ACCEPTED, ended_at=None, outcome=None, answered_at=None,
        verified=False, accepted_at=standing.accepted_at or step.now,
        **on_desk(SpellKind.REOPENED, Stage.DISPATCH, home, standing, here, step.now),
    )
    return Change(
        Act.REOPEN, step.actor, step.now, standing, after, parties=((home.id, PartyRole.OFFICE),),
        body={"ended_at": standing.ended_at, "rejections": standing.rejections}, words={"new_facts": step.new_facts},
        follows=last[standing.id],
    )
