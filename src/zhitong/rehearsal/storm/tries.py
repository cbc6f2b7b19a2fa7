"""How each act is tried: the act, its step, and what is said in it, all by chance. Pure but for the acts it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhitong.domain.problems.actions import climbing, closing, handling, prechecking, rating, receiving
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, PowerMissing, PrecheckFinding, Rating
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm import leading, settling, sharing, sorting, timing
from zhitong.rehearsal.storm.trying import Chance as Chance
from zhitong.rehearsal.storm.trying import Try, nothing, said


def _handing(chance: Chance) -> dict[str, Any]:
    return {"unit_id": chance.unit(), "reason": chance.words()}


def _declining(chance: Chance) -> dict[str, Any]:
    reason = chance.random.choice(list(DeclineReason))
    return {"reason": reason, "rule": chance.words(), "channel": chance.words()}


def _prechecking(chance: Chance) -> dict[str, Any]:
    return {"finding": chance.random.choice(list(PrecheckFinding)), "text": chance.words()}


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


def _rating(chance: Chance) -> dict[str, Any]:
    return {"rating": chance.random.choice(list(Rating)), "reply_rating": chance.maybe(Rating.SATISFIED)}


RECEIVING: Mapping[Act, Try] = {
    Act.ACCEPT: Try(receiving.accept, receiving.Accept, nothing),
    Act.PRECHECK: Try(prechecking.precheck, prechecking.Precheck, _prechecking),
    Act.ASK_MORE: Try(receiving.ask_more, receiving.AskMore, said("question")),
    Act.SUPPLY: Try(receiving.supply, receiving.Supply, said("text")),
    Act.DECLINE: Try(receiving.decline, receiving.Decline, _declining),
    Act.DISPATCH: Try(receiving.dispatch, receiving.Dispatch, _handing),
    Act.REASSIGN: Try(receiving.reassign, receiving.Dispatch, _handing),
}
HANDLING: Mapping[Act, Try] = {
    Act.ACKNOWLEDGE: Try(handling.acknowledge, handling.Acknowledge, said("contact")),
    Act.REPLY: Try(handling.reply, handling.Reply, said("text")),
    Act.SEND_BACK: Try(handling.send_back, handling.SendBack, said("rule", "whose")),
    Act.COMPLETE: Try(handling.complete, handling.Complete, _completing),
}
CLIMBING: Mapping[Act, Try] = {
    Act.PROPOSE: Try(climbing.propose, climbing.Propose, _proposing),
    Act.KEEP: Try(climbing.keep, climbing.Keep, said("reason")),
    Act.ESCALATE: Try(climbing.escalate, climbing.Escalate, _consenting),
    Act.ASK_LOWER: Try(climbing.ask_lower, climbing.Rule, said("reason")),
    Act.RULE_OWN_LEVEL: Try(climbing.rule_own_level, climbing.Rule, said("reason")),
    Act.PASS_DOWN: Try(climbing.pass_down, climbing.PassDown, said("note")),
}
CLOSING: Mapping[Act, Try] = {
    Act.CONFIRM: Try(closing.confirm, closing.Confirm, _rating),
    Act.REJECT: Try(closing.reject, closing.Reject, said("words")),
    Act.RATE: Try(rating.rate, rating.Rate, _rating),
    Act.HANDLE_ANEW: Try(closing.handle_anew, closing.HandleAnew, _handing),
    Act.UPHOLD: Try(closing.uphold, closing.Uphold, said("reason")),
    Act.END: Try(closing.end, closing.End, said("rule")),
    Act.CLOSE_OFF: Try(closing.close_off, closing.CloseOff, nothing),
}
TRIES: Mapping[Act, Try] = {
    **RECEIVING,
    **sorting.TRIES,
    **HANDLING,
    **CLIMBING,
    **leading.TRIES,
    **CLOSING,
    **settling.TRIES,
    **sharing.TRIES,
    **timing.TRIES,
}
