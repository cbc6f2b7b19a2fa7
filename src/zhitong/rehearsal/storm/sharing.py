"""How the acts between units are tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhitong.domain.problems.actions import parts, sharing
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm.trying import Chance, Try, said


def _designating(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "reason": chance.words(), "duties": chance.random.choice(("", "编办函复"))}


def _offering(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "reason": chance.words()}


def _inviting(chance: Chance) -> dict[str, Any]:
    units = tuple(chance.unit() for _ in range(chance.random.randint(0, 3)))
    return {"unit_ids": units, "asked_for": chance.words()}


def _consulting(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "letter": f"函〔2018〕{chance.random.randint(1, 99)}号", "asked_for": chance.words()}


def _registering(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "text": chance.words(), "letter": "", "replied_on": chance.today}


TRIES: Mapping[Act, Try] = {
    Act.DESIGNATE: Try(sharing.designate, sharing.Designate, _designating),
    Act.OFFER: Try(sharing.offer, sharing.MakeOffer, _offering),
    Act.TAKE: Try(sharing.take, sharing.Take, said("contact")),
    Act.TURN_DOWN: Try(sharing.turn_down, sharing.TurnDown, said("reason")),
    Act.INVITE: Try(parts.invite, parts.Invite, _inviting),
    Act.CONSULT: Try(parts.consult, parts.Consult, _consulting),
    Act.ANSWER_PART: Try(parts.answer_part, parts.AnswerPart, said("text")),
    Act.REGISTER_REPLY: Try(parts.register_reply, parts.RegisterReply, _registering),
}
