"""How each act is tried: the act, its step, and what is said in it, all by chance. Pure but for the acts it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from zhitong.domain.problems.actions import climbing, closing, handling, receiving
from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, PowerMissing, Rating
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act

WORDS = ("已协商", "夜间仍限电", "按规定办理", "请按意见落实", "现场已核实")


@dataclass(frozen=True, slots=True)
class Chance:
    """What a try may draw from: chance itself, units that may be named, other problems, and the day it is."""

    random: Random
    units: Sequence[UUID]
    problems: Sequence[UUID]
    today: date

    def words(self) -> str:
        """Something said."""
        return self.random.choice(WORDS)

    def unit(self) -> UUID:
        """A unit, sensible or not."""
        return self.random.choice(self.units)

    def maybe(self, value: Any) -> Any:
        """A value or nothing."""
        return value if self.random.random() < 0.5 else None


@dataclass(frozen=True, slots=True)
class Try:
    """One act as it is tried: what does it, the step it wants, and the values of the step beside problem, actor, now."""

    do: Callable[[Sequence[Any]], list[Standing]]
    step: type[Step]
    say: Callable[[Chance], dict[str, Any]]


def _nothing(_chance: Chance) -> dict[str, Any]:
    return {}


def _said(*names: str) -> Callable[[Chance], dict[str, Any]]:
    return lambda chance: {name: chance.words() for name in names}


def _handing(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "reason": chance.words()}


def _declining(chance: Chance) -> dict[str, Any]:
    reason = chance.random.choice(list(DeclineReason))
    return {"reason": reason, "rule": chance.words(), "channel": chance.words()}


def _completing(chance: Chance) -> dict[str, Any]:
    return {
        "outcome": chance.random.choice(list(Outcome)), "text": chance.words(),
        "planned_on": chance.maybe(date(chance.today.year, 12, 31)),
        "power_missing": chance.maybe(chance.random.choice(list(PowerMissing))),
    }


def _proposing(chance: Chance) -> dict[str, Any]:
    power = chance.random.choice(list(PowerMissing))
    return {"tried": chance.words(), "power_missing": power, "asked_for": chance.words()}


def _consenting(chance: Chance) -> dict[str, Any]:
    return {"consent_by": "演示主任", "consent_on": chance.today}


RECEIVING: Mapping[Act, Try] = {
    Act.ACCEPT: Try(receiving.accept, receiving.Accept, _nothing),
    Act.ASK_MORE: Try(receiving.ask_more, receiving.AskMore, _said("question")),
    Act.SUPPLY: Try(receiving.supply, receiving.Supply, _said("text")),
    Act.DECLINE: Try(receiving.decline, receiving.Decline, _declining),
    Act.DISPATCH: Try(receiving.dispatch, receiving.Dispatch, _handing),
    Act.REASSIGN: Try(receiving.reassign, receiving.Dispatch, _handing),
}
HANDLING: Mapping[Act, Try] = {
    Act.ACKNOWLEDGE: Try(handling.acknowledge, handling.Acknowledge, _said("contact")),
    Act.REPLY: Try(handling.reply, handling.Reply, _said("text")),
    Act.SEND_BACK: Try(handling.send_back, handling.SendBack, _said("rule", "whose")),
    Act.COMPLETE: Try(handling.complete, handling.Complete, _completing),
}
CLIMBING: Mapping[Act, Try] = {
    Act.PROPOSE: Try(climbing.propose, climbing.Propose, _proposing),
    Act.KEEP: Try(climbing.keep, climbing.Keep, _said("reason")),
    Act.ESCALATE: Try(climbing.escalate, climbing.Escalate, _consenting),
    Act.ASK_LOWER: Try(climbing.ask_lower, climbing.Rule, _said("reason")),
    Act.RULE_OWN_LEVEL: Try(climbing.rule_own_level, climbing.Rule, _said("reason")),
    Act.PASS_DOWN: Try(climbing.pass_down, climbing.PassDown, _said("note")),
}
CLOSING: Mapping[Act, Try] = {
    Act.CONFIRM: Try(closing.confirm, closing.Confirm, lambda chance: {"rating": chance.random.choice(list(Rating))}),
    Act.REJECT: Try(closing.reject, closing.Reject, _said("words")),
    Act.HANDLE_ANEW: Try(closing.handle_anew, closing.HandleAnew, _handing),
    Act.UPHOLD: Try(closing.uphold, closing.Uphold, _said("reason")),
    Act.END: Try(closing.end, closing.End, _said("rule")),
    Act.CLOSE_OFF: Try(closing.close_off, closing.CloseOff, _nothing),
}
TRIES: Mapping[Act, Try] = {
    **RECEIVING,
    **HANDLING,
    **CLIMBING,
    **CLOSING,
}
