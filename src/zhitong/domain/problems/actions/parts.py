"""Other units take part without becoming accountable: invited, consulted by letter, answering, their letters registered.

The accountable unit stays accountable throughout. Source: 冀发〔2018〕7号 四（三）; consulted bodies: R-B8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.receiving import chargeable
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.queries.standings import parts_of
from zhitong.domain.problems.rules.kinds import PartKind, PartState, PartyRole, Stage
from zhitong.domain.problems.rules.parts import (
    PartStanding,
    consultation_refusal,
    invitation_refusal,
    silent_letters,
)
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

Parts = Mapping[UUID, Sequence[PartStanding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(Step):
    """Ask units of the level's territory to do their part; each of them answers for itself."""

    unit_ids: tuple[UUID, ...]
    asked_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult(Step):
    """Ask a body outside the territory chain by letter: its number, and what is asked."""

    unit_id: UUID
    letter: str
    asked_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart(Step):
    """What an asked unit has done, or says."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReply(Step):
    """The answer of a consulted body as it came on paper: its words, its number, its day."""

    unit_id: UUID
    text: str
    letter: str = ""
    replied_on: date


def invite(steps: Sequence[Invite]) -> list[Standing]:
    """Ask other units to take part, each with a due time of its own calendar.

    Raises BadInput: no unit is named. Raises NotNow: one cannot be asked, or has an open part; the sentence says why.
    """
    return run(Act.INVITE, steps, _invite)


def _invite(step: Invite, standing: Standing, here: Desk) -> Change:
    if not step.unit_ids:
        raise BadInput("请至少选择一个协办单位。", {"unit_ids": "请至少选择一个协办单位。"})
    office = here.directory.office(standing.level_region_id)
    units = [_invited(unit_id, office, standing, here) for unit_id in dict.fromkeys(step.unit_ids)]
    rows = [part_row(PartKind.CO_HANDLE, unit, standing, here, step.now, step.asked_for) for unit in units]
    after = moved(standing, Act.INVITE, step.actor, step.now, **asked({unit.id for unit in units}, standing))
    return Change(
        Act.INVITE, step.actor, step.now, standing, after, rows=tuple(("Part", row) for row in rows),
        parties=tuple((unit.id, PartyRole.SUPPORT) for unit in units), body={"units": [unit.id for unit in units]},
        words={"units": "、".join(unit.name for unit in units), "asked_for": step.asked_for},
    )


def _invited(unit_id: UUID, office: UnitEntry | None, standing: Standing, here: Desk) -> UnitEntry:
    unit = here.directory.units.get(unit_id)
    refusal = invitation_refusal(unit, standing, here.directory) if unit else None
    if refusal:
        raise NotNow(refusal)
    return chargeable(unit_id, office.id if office else None, standing, here)


def consult(steps: Sequence[Consult]) -> list[Standing]:
    """Send letters to bodies outside the territory chain; a second one follows only when the first stayed unanswered.

    Raises NotNow: the unit is not its contact unit, the last letter still has time, or two stayed unanswered.
    """
    return run_seeing(Act.CONSULT, steps, parts_of, _consult)


def _consult(step: Consult, standing: Standing, here: Desk, parts: Parts) -> Change:
    unit = here.directory.units.get(step.unit_id)
    if unit is None:
        raise NotNow("没有这个单位，不能商请。请从列出的单位中选择。")
    letters = letters_to(unit.id, parts.get(standing.id, ()))
    refusal = consultation_refusal(unit, standing, letters, here.directory, step.now)
    if refusal:
        raise NotNow(refusal)
    silent = silent_letters(letters, step.now)
    row = part_row(PartKind.CONSULT, unit, standing, here, step.now, step.asked_for)
    row |= {"letter": step.letter, "round": len(silent) + 1}
    over = tuple(
        ("Part", one.id, {"state": PartState.UNANSWERED.value}) for one in silent if one.state is PartState.ASKED
    )
    before = replace(standing, open_parts=standing.open_parts - len(over))
    after = moved(standing, Act.CONSULT, step.actor, step.now, **asked({unit.id}, before))
    return Change(
        Act.CONSULT, step.actor, step.now, standing, after, rows=(("Part", row),), amend=over,
        parties=((unit.id, PartyRole.SUPPORT),), body={"to_unit": unit.id, "round": len(silent) + 1},
        words={"units": unit.name, "letter": step.letter, "asked_for": step.asked_for},
    )


def answer_part(steps: Sequence[AnswerPart]) -> list[Standing]:
    """Answer what this unit was asked; late answers are taken too and stay visible as late."""
    return run_seeing(Act.ANSWER_PART, steps, parts_of, _answer_part)


def _answer_part(step: AnswerPart, standing: Standing, here: Desk, parts: Parts) -> Change:
    part = next(
        one for one in parts[standing.id] if one.unit_id == step.actor.unit_id and one.state is PartState.ASKED
    )
    return _answered(Act.ANSWER_PART, step, standing, part, step.text, {})


def register_reply(steps: Sequence[RegisterReply]) -> list[Standing]:
    """Register the letters that consulted bodies sent back.

    Raises NotNow: no letter to that body waits for an answer. Raises BadInput: the day has not come yet.
    """
    return run_seeing(Act.REGISTER_REPLY, steps, parts_of, _register_reply)


def _register_reply(step: RegisterReply, standing: Standing, here: Desk, parts: Parts) -> Change:
    letters = letters_to(step.unit_id, parts.get(standing.id, ()))
    if not letters or letters[-1].state is not PartState.ASKED:
        raise NotNow("没有等待该单位答复的商请函，不能登记复函。")
    if step.replied_on > day_of(step.now):
        raise BadInput("复函日期不能晚于今天。", {"replied_on": "复函日期不能晚于今天。"})
    kept = {"reply_letter": step.letter, "replied_on": step.replied_on}
    return _answered(Act.REGISTER_REPLY, step, standing, letters[-1], step.text, kept)


def _answered(
    act: Act, step: Step, standing: Standing, part: PartStanding, text: str, kept: Mapping[str, Any]
) -> Change:
    settled = {"state": PartState.ANSWERED.value, "answer": text, "answered_at": step.now, **kept}
    after = moved(
        standing, act, step.actor, step.now, open_parts=standing.open_parts - 1,
        asked_unit_ids=standing.asked_unit_ids - {part.unit_id},
    )
    return Change(
        act, step.actor, step.now, standing, after, amend=(("Part", part.id, settled),),
        body={"part": part.id, "of_unit": part.unit_id, "late": part.is_late(step.now)},
        words={"text": text} | ({"letter": kept["reply_letter"]} if kept.get("reply_letter") else {}),
    )


def letters_to(unit_id: UUID, parts: Sequence[PartStanding]) -> list[PartStanding]:
    """The letters a body has had on a matter, oldest first."""
    return [one for one in parts if one.kind is PartKind.CONSULT and one.unit_id == unit_id]


def asked(unit_ids: set[UUID], standing: Standing) -> dict[str, Any]:
    """The columns of a matter of which more units are asked a part."""
    return {
        "open_parts": standing.open_parts + len(unit_ids), "asked_unit_ids": standing.asked_unit_ids | unit_ids
    }


def part_row(
    kind: PartKind, unit: UnitEntry, standing: Standing, here: Desk, at: datetime, asked_for: str
) -> dict[str, Any]:
    """A part asked of a unit by who is accountable, its limit counted in the asked unit's calendar."""
    assert standing.spell is not None, "only who is accountable asks others"
    stage = Stage.CONSULT if kind is PartKind.CONSULT else Stage.CO_HANDLE
    clock = here.clock(stage, standing, unit.region_id, at, unit.id)
    return {
        "id": uuid7(), "problem_id": standing.id, "kind": kind.value, "state": PartState.ASKED.value, "unit_id": unit.id,
        "asked_by_id": standing.spell.unit_id, "spell_id": standing.spell.id, "asked_for": asked_for, "asked_at": at,
        "due_at": clock.due_at if clock else None, "warn_at": clock.warn_at if clock else None,
    }
