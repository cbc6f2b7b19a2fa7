"""Up through the levels and back: propose, keep or send up, what the level above rules, and the answer's way down.

Climbing is an act of the level: the department proposes, its campaign office reviews and registers the leader's
consent, the office above is informed. Source: 冀发〔2018〕7号 四（三）“逐级提交上级牵头部门统筹协调解决”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, desk, run, run_seeing, settle
from zhitong.domain.problems.actions.spells import at_stage, on_desk, stage_values, with_unit
from zhitong.domain.problems.models import Escalation, Relay
from zhitong.domain.problems.queries.standings import chains, proposals, standings_locked
from zhitong.domain.problems.rules.climbing import receiver_above
from zhitong.domain.problems.rules.kinds import EscalationState, PartyRole, PowerMissing, SpellKind, Stage, State
from zhitong.domain.problems.rules.standing import Change, SpellStanding, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


class NoUnitAbove(NotNow):
    """Nobody stands above the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose(Step):
    """What was tried, which power is missing, what is asked of the level above."""

    tried: str
    power_missing: PowerMissing
    asked_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Step):
    """The office does not send it up, and says why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Step):
    """The office sends it up with the consent of its leader, registered by name and day."""

    consent_by: str
    consent_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Step):
    """What the level above says in giving a matter back: what is missing, or why the level below should solve it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassDown(Step):
    """A level passes the answer on to the next one below."""

    note: str = ""


def propose(steps: Sequence[Propose]) -> list[Standing]:
    """Propose to the level's office that matters go up; the handling clock runs on meanwhile.

    Raises NoUnitAbove: the unit is at the root.
    """
    return run(Act.PROPOSE, steps, _propose)


def _propose(step: Propose, standing: Standing, here: Desk) -> Change:
    assert standing.spell is not None, "a problem in handling has an open spell"
    unit_id = standing.spell.unit_id
    if receiver_above(unit_id, standing.line_id, here.directory) is None:
        raise NoUnitAbove("本级已是最高层级，没有上级可以提请。请办理，或如实答复无法解决的原因。")
    office = here.directory.office(standing.level_region_id)
    assert office is not None, "every level has an office or one above it"
    proposal = {
        "id": uuid7(), "problem_id": standing.id, "from_unit_id": unit_id, "from_spell_id": standing.spell.id,
        "state": EscalationState.PROPOSED.value, "power_missing": step.power_missing.value, "tried": step.tried,
        "asked_for": step.asked_for, "proposed_at": step.now,
    }
    after = moved(standing, Act.PROPOSE, step.actor, step.now, state=State.PROPOSED)
    return Change(
        Act.PROPOSE, step.actor, step.now, standing, after, parties=((office.id, PartyRole.OFFICE),),
        rows=(("Escalation", proposal),), body={"power": step.power_missing},
        words={"tried": step.tried, "asked_for": step.asked_for},
    )


def keep(steps: Sequence[Keep]) -> list[Standing]:
    """Decline to send matters up; the unit goes on handling them."""
    return run_seeing(Act.KEEP, steps, proposals, _keep)


def _keep(step: Keep, standing: Standing, here: Desk, waiting: Mapping[UUID, Escalation]) -> Change:
    after = moved(standing, Act.KEEP, step.actor, step.now, state=State.HANDLING)
    ruled = {"state": EscalationState.REFUSED.value, "ruling": step.reason, "ruled_at": step.now}
    return Change(
        Act.KEEP, step.actor, step.now, standing, after, words={"reason": step.reason},
        amend=(("Escalation", waiting[standing.id].id, ruled),),
    )


def escalate(steps: Sequence[Escalate]) -> list[Standing]:
    """Send matters up to the counterpart in the parent region; its office is informed, the spell clock starts anew.

    Raises NoUnitAbove: nobody stands above the level.
    """
    return run_seeing(Act.ESCALATE, steps, proposals, _escalate)


def _escalate(step: Escalate, standing: Standing, here: Desk, waiting: Mapping[UUID, Escalation]) -> Change:
    directory, proposal = here.directory, waiting[standing.id]
    receiver = receiver_above(proposal.from_unit_id, standing.line_id, directory)
    if receiver is None:
        raise NoUnitAbove("本级已是最高层级，没有上级可以提请。")
    informed = directory.office(receiver.region_id)
    if receiver.kind is UnitKind.CAMPAIGN_OFFICE:
        state, settled = State.ACCEPTED, on_desk(SpellKind.DESK, Stage.DISPATCH, receiver, standing, here, step.now)
    else:
        state, settled = State.DISPATCHED, with_unit(receiver, standing, here, step.now)
    after = moved(standing, Act.ESCALATE, step.actor, step.now, state=state, climbs=standing.climbs + 1, **settled)
    joined = [(receiver.id, PartyRole.HANDLER)]
    if informed is not None and informed.id != receiver.id:
        joined.append((informed.id, PartyRole.INFORMED))
    sent = {
        "state": EscalationState.SENT.value, "to_unit_id": receiver.id, "sent_at": step.now,
        "consent_by": step.consent_by, "consent_on": step.consent_on,
    }
    return Change(
        Act.ESCALATE, step.actor, step.now, standing, after, parties=tuple(joined),
        amend=(("Escalation", proposal.id, sent),),
        body={"from_unit": proposal.from_unit_id, "to_unit": receiver.id, "consent_on": step.consent_on},
        words={"consent_by": step.consent_by},
    )


def ask_lower(steps: Sequence[Rule]) -> list[Standing]:
    """Give matters back for more, once; the level below completes them and may send them up again.

    Raises NotNow: it did not come from below, or more was asked before.
    """
    return give_back(Act.ASK_LOWER, EscalationState.MORE, steps)


def rule_own_level(steps: Sequence[Rule]) -> list[Standing]:
    """Rule that the level below should solve matters itself, with the reason.

    Raises NotNow: it did not come from below.
    """
    return give_back(Act.RULE_OWN_LEVEL, EscalationState.OWN_LEVEL, steps)


@dataclass(frozen=True, slots=True)
class _Climbed:
    """What the level above sees of how matters came to it: the steps up in force, and whom it has asked for more."""

    chains: Mapping[UUID, Sequence[Escalation]]
    asked: frozenset[tuple[UUID, UUID | None]]

    def last_step_to(self, region_id: UUID, problem_id: UUID) -> Escalation | None:
        """The newest step that brought a problem to a level, to whichever of its units."""
        steps = reversed(self.chains.get(problem_id, ()))
        return next((row for row in steps if row.to_unit is not None and row.to_unit.region_id == region_id), None)


def _climbed(problem_ids: Sequence[UUID]) -> _Climbed:
    more = Escalation.objects.filter(problem_id__in=problem_ids, state=EscalationState.MORE.value)
    return _Climbed(chains(problem_ids), frozenset(more.values_list("problem_id", "to_unit__region_id")))


def give_back(act: Act, ruling: EscalationState, steps: Sequence[Rule]) -> list[Standing]:
    """Give matters back to the units that sent them up, with what the level above says; a new spell clock starts there.

    Raises NotNow: it did not come from below, or was taken over and not sent up, or more was asked before.
    """

    def decide(step: Rule, standing: Standing, here: Desk, climbed: _Climbed) -> Change:
        last = climbed.last_step_to(standing.level_region_id, standing.id)
        if last is None:
            raise NotNow("该问题不是下级提请上来的，不能退给下级。")
        if act is not Act.ADVISE and last.state == EscalationState.TAKEN_OVER.value:
            raise NotNow("该问题是上级提级办理的，不是下级提请上来的。请办理；要交回下级的，签收后提出意见返回下级。")
        if act is Act.ASK_LOWER and (standing.id, standing.level_region_id) in climbed.asked:
            raise NotNow("已请下级补充过一次。请办理，或写明理由认定应由本级解决。")
        below = here.directory.standing(last.from_unit_id)
        if below is None:
            raise NotNow("提请单位已撤销且没有承接单位，不能退回。请联系下级活动办公室改派。")
        settled = taken_up_again(below.id, below.region_id, standing, here, step.now)
        after = moved(
            standing, act, step.actor, step.now, state=State.HANDLING, climbs=standing.climbs - last.levels, **settled
        )
        ruled = {"state": ruling.value, "ruling": step.reason, "ruled_at": step.now}
        return Change(
            act, step.actor, step.now, standing, after, words={"reason": step.reason},
            amend=(("Escalation", last.id, ruled),),
        )

    return run_seeing(act, steps, _climbed, decide)


def taken_up_again(unit_id: UUID, region_id: UUID, standing: Standing, here: Desk, at: datetime) -> dict[str, Any]:
    """The columns of a matter that returns to a unit which had it before: no new sign-for, a new spell clock."""
    there = replace(standing, level_region_id=region_id)
    clock = here.clock(Stage.COMPLETE, there, region_id, at, unit_id)
    due = clock.due_at if clock else None
    spell = SpellStanding(uuid7(), SpellKind.HANDLING, unit_id, region_id, at, acknowledged_at=at,
                          first_due_at=due, due_at=due)
    return {"spell": spell, "level_region_id": region_id, **stage_values(Stage.COMPLETE, clock)}


def pass_down(steps: Sequence[PassDown]) -> list[Standing]:
    """Pass answers on to the next level; from the lowest they reach the reporter."""

    def decide(step: PassDown, standing: Standing, here: Desk, waiting: Mapping[UUID, Sequence[Relay]]) -> Change:
        ahead = waiting[standing.id]
        return _pass(step.actor, step.now, standing, here, ahead[0], ahead[1:2], note=step.note)

    return run_seeing(Act.PASS_DOWN, steps, _relays, decide)


@transaction.atomic
def show_overdue_answers(now: datetime) -> list[Standing]:
    """Let reporters see the answers that a level has not passed on in time; the levels passed over are marked.

    For the schedule: reads the index of open relays, never all problems. Returns the problems concerned.
    """
    overdue = Relay.objects.filter(passed_at__isnull=True, due_at__lt=now)
    ids = list(overdue.order_by("due_at", "problem_id").values_list("problem_id", flat=True)[:500])
    if not ids:
        return []
    here, standings, waiting = desk(), standings_locked(ids), _relays(ids)
    by_itself = Actor(None, None, None, "schedule")
    changes = [
        _pass(by_itself, now, standing, here, waiting[standing.id][0], [], passed_over=waiting[standing.id][1:])
        for standing in standings.values() if standing.state is State.RETURNING and _is_overdue(standing, now)
    ]
    return settle(changes, here)


def _is_overdue(standing: Standing, now: datetime) -> bool:
    """Asked again once the problem is locked: a level may just have passed the answer on."""
    return standing.stage_due_at is not None and standing.stage_due_at < now


def _relays(problem_ids: Sequence[UUID]) -> dict[UUID, list[Relay]]:
    found: dict[UUID, list[Relay]] = {}
    rows = Relay.objects.filter(problem_id__in=problem_ids, passed_at__isnull=True).order_by("position")
    for row in rows:
        found.setdefault(row.problem_id, []).append(row)
    return found


def _pass(
    actor: Actor, now: datetime, standing: Standing, here: Desk, relay: Relay, following: Sequence[Relay],
    *, note: str = "", passed_over: Sequence[Relay] = (),
) -> Change:
    alone = actor.unit_id is None
    amend: list[tuple[str, UUID, dict[str, Any]]] = [
        ("Relay", one.id, {"passed_at": now, "by_itself": alone}) for one in (relay, *passed_over)
    ]
    if following:
        timing = at_stage(Stage.ANSWER_DOWN, standing, here, now)
        after = moved(standing, Act.PASS_DOWN, actor, now, relay_unit_id=following[0].unit_id, **timing)
        amend.append(("Relay", following[0].id, {"due_at": timing["stage_due_at"]}))
    else:
        after = moved(
            standing, Act.PASS_DOWN, actor, now, state=State.ANSWERED, relay_unit_id=None,
            **stage_values(Stage.CONFIRM, None),
        )
        amend.append(("Answer", relay.answer_id, {"shown_at": now}))
    words = {"note": note} if note else {}
    return Change(Act.PASS_DOWN, actor, now, standing, after, amend=tuple(amend), body={"by_itself": alone}, words=words)
