"""The acts of the story in the order of the way, each with the step that a scene asks for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.problems.actions import (
    climbing,
    closing,
    contacting,
    deciding,
    handling,
    parts,
    receiving,
    requesting,
    resuming,
    settling,
    sorting,
)
from zhitong.domain.problems.rules.kinds import CheckedBy, DeclineReason, Outcome, PauseReason, PowerMissing, Rating
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import day_of
from zhitong.rehearsal.population.names import person
from zhitong.rehearsal.story.fates import Fate
from zhitong.rehearsal.story.texts import Texts

PLANNED_DAYS = (90, 150, 240, 330)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step is made from."""

    standing: Standing
    fate: Fate
    draw: random.Random
    texts: Texts
    here: Directory
    answered_by: UUID | None

    def say(self, occasion: str) -> str:
        """A sentence for an occasion."""
        return self.texts.one(occasion, self.draw)


def _accept(scene: Scene, **common: Any) -> receiving.Accept:
    return receiving.Accept(**common)


def _ask_more(scene: Scene, **common: Any) -> receiving.AskMore:
    return receiving.AskMore(question=scene.say("questions"), **common)


def _supply(scene: Scene, **common: Any) -> receiving.Supply:
    return receiving.Supply(text=scene.say("supplements"), **common)


def _decline(scene: Scene, **common: Any) -> receiving.Decline:
    reason = scene.fate.declined or DeclineReason.UNCLEAR
    said = scene.texts.decline(str(reason))
    return receiving.Decline(reason=reason, rule=said.text("rule"), channel=said.text("channel"), **common)


def _dispatch(scene: Scene, **common: Any) -> receiving.Dispatch:
    return receiving.Dispatch(unit_id=_chosen(scene, common["actor"].unit_id), reason=scene.say("dispatched"), **common)


def _reassign(scene: Scene, **common: Any) -> receiving.Dispatch:
    office = scene.here.office(scene.standing.level_region_id)
    assert office is not None, "every level has an office"
    others = [
        unit.id for unit in _departments(scene.here, office.region_id) if unit.id != scene.standing.accountable_unit_id
    ]
    return receiving.Dispatch(unit_id=scene.draw.choice(others), reason=scene.say("reassigned"), **common)


def _chosen(scene: Scene, office_id: UUID) -> UUID:
    """Whom an office hands a matter to: who keeps its line there, else one of its departments, else the government."""
    region_id = scene.here.units[office_id].region_id
    line_id = scene.standing.line_id
    keeper = scene.here.keeper(region_id, line_id) if line_id else None
    if keeper is not None and not keeper.is_consulted:
        return keeper.id
    departments = _departments(scene.here, region_id)
    return scene.draw.choice(departments).id if departments else office_id


def _departments(here: Directory, region_id: UUID) -> list[Any]:
    kinds = (UnitKind.DEPARTMENT, UnitKind.GOVERNMENT)
    found = [
        unit for unit in here.units.values()
        if unit.region_id == region_id and unit.kind in kinds and unit.line_ids and not unit.is_consulted
    ]
    return sorted(found, key=lambda unit: unit.code)


def _acknowledge(scene: Scene, **common: Any) -> handling.Acknowledge:
    return handling.Acknowledge(contact=scene.say("contacts"), **common)


def _send_back(scene: Scene, **common: Any) -> handling.SendBack:
    said = scene.draw.choice(scene.texts.rows("send_backs"))
    return handling.SendBack(rule=said.text("rule"), whose=said.text("whose"), **common)


def _reply(scene: Scene, **common: Any) -> handling.Reply:
    return handling.Reply(text=scene.say("replies"), **common)


def _complete(scene: Scene, **common: Any) -> handling.Complete:
    outcome = scene.fate.outcome
    is_solved = outcome is Outcome.SOLVED
    text = scene.texts.answer(scene.standing.category, scene.draw) if is_solved else scene.say(str(outcome))
    planned = day_of(common["now"]) + timedelta(days=scene.draw.choice(PLANNED_DAYS))
    return handling.Complete(
        outcome=outcome, text=text, planned_on=planned if outcome is Outcome.PLANNED else None,
        power_missing=scene.draw.choice(list(PowerMissing)) if outcome is Outcome.CANNOT else None, **common,
    )


def _propose(scene: Scene, **common: Any) -> climbing.Propose:
    tried, asked = scene.texts.climbing(scene.standing.category, scene.draw)
    missing = scene.draw.choice(list(PowerMissing))
    return climbing.Propose(tried=tried, asked_for=asked, power_missing=missing, **common)


def _keep(scene: Scene, **common: Any) -> climbing.Keep:
    return climbing.Keep(reason=scene.say("kept"), **common)


def _escalate(scene: Scene, **common: Any) -> climbing.Escalate:
    return climbing.Escalate(consent_by=person(scene.draw), consent_on=day_of(common["now"]), **common)


def _ask_lower(scene: Scene, **common: Any) -> climbing.Rule:
    return climbing.Rule(reason=scene.say("ask_lower"), **common)


def _rule_own_level(scene: Scene, **common: Any) -> climbing.Rule:
    return climbing.Rule(reason=scene.say("own_level"), **common)


def _pass_down(scene: Scene, **common: Any) -> climbing.PassDown:
    return climbing.PassDown(note=scene.say("notes"), **common)


def _confirm(scene: Scene, **common: Any) -> closing.Confirm:
    rating = scene.draw.choices((Rating.SATISFIED, Rating.BASICALLY), (78, 22))[0]
    reply_rating = scene.draw.choices((Rating.SATISFIED, Rating.BASICALLY), (84, 16))[0]
    return closing.Confirm(rating=rating, reply_rating=reply_rating, words=scene.say("pleased"), **common)


def _reject(scene: Scene, **common: Any) -> closing.Reject:
    reply_rating = scene.draw.choice(list(Rating))
    return closing.Reject(words=scene.say("displeased"), reply_rating=reply_rating, **common)


def _handle_anew(scene: Scene, **common: Any) -> closing.HandleAnew:
    assert scene.answered_by is not None, "a reviewed problem has been answered"
    return closing.HandleAnew(unit_id=scene.answered_by, reason=scene.say("review_anew"), **common)


def _uphold(scene: Scene, **common: Any) -> closing.Uphold:
    return closing.Uphold(reason=scene.say("review_upheld"), **common)


def _end(scene: Scene, **common: Any) -> closing.End:
    return closing.End(rule=scene.say("review_ended"), **common)


def _verify(scene: Scene, **common: Any) -> settling.Verify:
    return settling.Verify(checked_by=scene.draw.choice(list(CheckedBy)), checked=scene.say("verified"), **common)


def _close_off(scene: Scene, **common: Any) -> closing.CloseOff:
    return closing.CloseOff(**common)


def _ask_extension(scene: Scene, **common: Any) -> requesting.AskExtension:
    return requesting.AskExtension(workdays=scene.draw.choice((3, 5, 10)), reason=scene.say("extensions"), **common)


def _ask_pause(scene: Scene, **common: Any) -> requesting.AskPause:
    until = day_of(common["now"]) + timedelta(days=scene.draw.randint(20, 45))
    reason = scene.draw.choice((PauseReason.EXPERTISE, PauseReason.PROCEDURE, PauseReason.REPORTER))
    return requesting.AskPause(pause_reason=reason, until=until, reason=scene.say("pauses"), **common)


def _ask_park(scene: Scene, **common: Any) -> requesting.AskPark:
    until = day_of(common["now"]) + timedelta(days=scene.draw.choice(PLANNED_DAYS))
    return requesting.AskPark(until=until, reason=scene.say("parkings"), **common)


def _ask_withdrawal(scene: Scene, **common: Any) -> requesting.AskWithdrawal:
    return requesting.AskWithdrawal(reason=scene.say("withdrawals"), **common)


def _grant(scene: Scene, **common: Any) -> deciding.Grant:
    return deciding.Grant(**common)


def _resume(scene: Scene, **common: Any) -> resuming.Resume:
    return resuming.Resume(text=scene.say("resumed"), **common)


def _invite(scene: Scene, **common: Any) -> parts.Invite:
    others = [
        unit.id for unit in _departments(scene.here, scene.standing.level_region_id)
        if unit.id != scene.standing.accountable_unit_id
    ]
    office = scene.here.office(scene.standing.level_region_id)
    asked = scene.draw.choice(others) if others else office.id if office else common["actor"].unit_id
    return parts.Invite(unit_ids=(asked,), asked_for=scene.say("invited"), **common)


def _answer_part(scene: Scene, **common: Any) -> parts.AnswerPart:
    return parts.AnswerPart(text=scene.say("parts"), **common)


def _void_contact(scene: Scene, **common: Any) -> contacting.SayContact:
    return contacting.SayContact(**common)


def _contact(scene: Scene, **common: Any) -> contacting.Contact:
    return contacting.Contact(contact=scene.say("contacts"), **common)


def _object(scene: Scene, **common: Any) -> sorting.Object:
    return sorting.Object(words=scene.say("objections"), **common)


def _judge(scene: Scene, **common: Any) -> sorting.Judge:
    return sorting.Judge(reason=scene.say("objections_judged"), **common)


ACTS: dict[Act, tuple[Callable[..., list[Standing]], Callable[..., Any]]] = {
    Act.ASK_MORE: (receiving.ask_more, _ask_more),
    Act.SUPPLY: (receiving.supply, _supply),
    Act.DECLINE: (receiving.decline, _decline),
    Act.OBJECT: (sorting.object_to_decline, _object),
    Act.UPHOLD_DECLINE: (sorting.uphold_decline, _judge),
    Act.OVERRULE: (sorting.overrule, _judge),
    Act.ACCEPT: (receiving.accept, _accept),
    Act.SEND_BACK: (handling.send_back, _send_back),
    Act.DISPATCH: (receiving.dispatch, _dispatch),
    Act.REASSIGN: (receiving.reassign, _reassign),
    Act.ASK_LOWER: (climbing.ask_lower, _ask_lower),
    Act.RULE_OWN_LEVEL: (climbing.rule_own_level, _rule_own_level),
    Act.ACKNOWLEDGE: (handling.acknowledge, _acknowledge),
    Act.VOID_CONTACT: (contacting.void_contact, _void_contact),
    Act.CONTACT: (contacting.contact, _contact),
    Act.ASK_WITHDRAWAL: (requesting.ask_withdrawal, _ask_withdrawal),
    Act.GRANT_WITHDRAWAL: (deciding.grant_withdrawal, _grant),
    Act.INVITE: (parts.invite, _invite),
    Act.ANSWER_PART: (parts.answer_part, _answer_part),
    Act.ASK_EXTENSION: (requesting.ask_extension, _ask_extension),
    Act.GRANT_EXTENSION: (deciding.grant_extension, _grant),
    Act.ASK_PAUSE: (requesting.ask_pause, _ask_pause),
    Act.GRANT_PAUSE: (deciding.grant_pause, _grant),
    Act.RESUME: (resuming.resume, _resume),
    Act.ASK_PARK: (requesting.ask_park, _ask_park),
    Act.GRANT_PARK: (deciding.grant_park, _grant),
    Act.REPLY: (handling.reply, _reply),
    Act.PROPOSE: (climbing.propose, _propose),
    Act.KEEP: (climbing.keep, _keep),
    Act.ESCALATE: (climbing.escalate, _escalate),
    Act.COMPLETE: (handling.complete, _complete),
    Act.PASS_DOWN: (climbing.pass_down, _pass_down),
    Act.REJECT: (closing.reject, _reject),
    Act.UPHOLD: (closing.uphold, _uphold),
    Act.HANDLE_ANEW: (closing.handle_anew, _handle_anew),
    Act.END: (closing.end, _end),
    Act.CONFIRM: (closing.confirm, _confirm),
    Act.VERIFY: (settling.verify, _verify),
    Act.CLOSE_OFF: (closing.close_off, _close_off),
}
"""The order in which acts are played: that of the way, so that most problems go far in one pass."""
