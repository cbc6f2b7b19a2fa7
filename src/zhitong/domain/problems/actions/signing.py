"""Drafting, checking and signing within a unit: an act that a unit signs off happens when it is signed, not before.

The draft stays inside its unit, the problem's clock runs on. Signed on paper is registered as just that. Source: R-B9.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import present, require
from zhitong.domain.problems.actions import climbing, closing, handling, receiving
from zhitong.domain.problems.actions.running import NotNow, Step
from zhitong.domain.problems.models import Draft, Signing
from zhitong.domain.problems.queries.attached import FILES_OF
from zhitong.domain.problems.queries.signing import steps_of
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.asking import why_not
from zhitong.domain.problems.rules.signing import (
    OPEN,
    SIGNABLE,
    DraftState,
    SigningFact,
    Steps,
    first_state,
    told_of,
    trouble_with,
    values_for,
)
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound

DOING: Mapping[Act, tuple[type[Step], Callable[[Sequence[Any]], list[Standing]]]] = {
    Act.COMPLETE: (handling.Complete, handling.complete),
    Act.REPLY: (handling.Reply, handling.reply),
    Act.SEND_BACK: (handling.SendBack, handling.send_back),
    Act.PROPOSE: (climbing.Propose, climbing.propose),
    Act.ESCALATE: (climbing.Escalate, climbing.escalate),
    Act.DECLINE: (receiving.Decline, receiving.decline),
    Act.DISPATCH: (receiving.Dispatch, receiving.dispatch),
    Act.UPHOLD: (closing.Uphold, closing.uphold),
    Act.END: (closing.End, closing.end),
}


@dataclass(frozen=True, slots=True)
class Drafting:
    """An act as it is drafted: `values` are those of its step beside problem, actor and moment."""

    problem_id: UUID
    act: Act
    values: Mapping[str, Any]
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A signature that stands on paper: whose (name and office), of which day, and the files that show it."""

    signer: str
    signed_on: date
    file_ids: tuple[UUID, ...] = ()


def set_signing(act: Act, steps: Steps, *, actor: Actor, now: datetime) -> None:
    """Set how many hands an act of the actor's unit goes through.

    Raises NotYours: only who signs for the unit may set it. Raises BadInput: the act is never signed off.
    """
    _require_signer()
    unit_id = _unit(actor)
    if act not in SIGNABLE:
        raise BadInput(f"“{act.label}”不需要审签。", {"act": "不需要审签。"})
    row, _made = Signing.objects.update_or_create(unit_id=unit_id, act=act.value, defaults={"steps": steps.value})
    record_many([Fact(SigningFact.SET.value, "signing", row.id, actor, now, {"act": act, "steps": steps})])


@transaction.atomic
def draft(drafting: Drafting) -> UUID:
    """Put an act before those who sign in the unit; returns the draft's id. Given back before, it is drafted anew.

    Raises NotNow: the act is not this unit's now, or the unit does not sign it off. Raises NotFound: no such problem.
    """
    act, actor, now = drafting.act, drafting.actor, drafting.now
    unit_id = _unit(actor)
    _ask(drafting)
    steps = steps_of([unit_id], act).get(unit_id)
    if steps is None:
        raise NotNow(f"本单位没有规定“{act.label}”须经审签，请直接办理。")
    open_one = Draft.objects.filter(problem_id=drafting.problem_id, unit_id=unit_id, state__in=_words(OPEN)).first()
    if open_one is not None and open_one.state != DraftState.RETURNED.value:
        raise NotNow("该问题已有一份拟办件在审签。需要修改的，请先请审签人退回。")
    row = open_one or Draft(problem_id=drafting.problem_id, unit_id=unit_id)
    row.act, row.state, row.said, row.words = act.value, first_state(steps).value, told_of(drafting.values), ""
    row.drafted_by, row.drafted_at, row.checked_by, row.checked_at = actor.person_id, now, None, None
    row.save(force_insert=open_one is None)
    _tell(SigningFact.DRAFTED, row, actor, now)
    return row.id


@transaction.atomic
def check(draft_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Check a draft: it then waits for its signature.

    Raises NotNow: it does not wait for a check, or this person drafted it. Raises NotYours: the post may not sign.
    """
    row = _waiting(draft_id, actor)
    if row.state != DraftState.DRAFTED.value:
        raise NotNow("这份拟办件已经审核，等待审签。")
    row.state, row.checked_by, row.checked_at = DraftState.CHECKED.value, actor.person_id, now
    row.save()
    _tell(SigningFact.CHECKED, row, actor, now)


@transaction.atomic
def give_back(draft_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Give a draft back to be mended, with the reason.

    Raises NotNow, NotYours: as `check`.
    """
    row = _waiting(draft_id, actor)
    row.state, row.words = DraftState.RETURNED.value, words
    row.save()
    _tell(SigningFact.RETURNED, row, actor, now, {"words": words})


@transaction.atomic
def withdraw_draft(draft_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take one's unit's draft back; nothing of it has happened.

    Raises NotNow: it is signed or withdrawn already.
    """
    row = _own(draft_id, actor)
    if row.state not in _words(OPEN):
        raise NotNow(f"这份拟办件现在是“{DraftState(row.state).label}”，不能撤回。")
    row.state = DraftState.WITHDRAWN.value
    row.save()
    _tell(SigningFact.WITHDRAWN, row, actor, now)


@transaction.atomic
def sign(draft_id: UUID, *, actor: Actor, now: datetime) -> Standing:
    """Sign a draft: the act happens now, in the signer's name, and its fact says who drafted, checked and signed.

    Raises NotNow: it waits for its check first, this person had a hand in it, or the act is no longer possible.
    """
    row = _waiting(draft_id, actor)
    if row.state == DraftState.DRAFTED.value:
        raise NotNow("这份拟办件还没有审核，请先审核，再由另一位负责人审签。")
    row.state, row.signed_by, row.signed_at = DraftState.SIGNED.value, actor.person_id, now
    row.save()
    _tell(SigningFact.SIGNED, row, actor, now)
    return _perform(Act(row.act), row.problem_id, row.said, actor, now, _hands(row))


@transaction.atomic
def sign_on_paper(drafting: Drafting, paper: OnPaper) -> Standing:
    """Register that an act was signed on paper; it happens now, and its fact says just that.

    Raises BadInput: the signature lies in the future. Raises what the act refuses.
    """
    if paper.signed_on > drafting.now.astimezone(SHANGHAI).date():
        raise BadInput("审签日期不能晚于今天。", {"signed_on": "不能晚于今天。"})
    _ask(drafting)
    words = f"已线下审签：{paper.signer}，{paper.signed_on.month}月{paper.signed_on.day}日"
    standing = _perform(drafting.act, drafting.problem_id, told_of(drafting.values), drafting.actor, drafting.now, words)
    attach(paper.file_ids, FILES_OF, standing.id, actor=drafting.actor, now=drafting.now, caption="线下审签")
    return standing


def _ask(drafting: Drafting) -> None:
    """Whether the act could happen now: nobody signs what cannot be."""
    if drafting.act not in DOING:
        raise BadInput(f"“{drafting.act.label}”不需要审签。", {"act": "不需要审签。"})
    standing = standings_locked([drafting.problem_id]).get(drafting.problem_id)
    if standing is None:
        raise NotFound
    reason = why_not(drafting.act, standing, drafting.actor.unit_id, directory())
    if reason:
        raise NotNow(reason)


def _perform(
    act: Act, problem_id: UUID, said: Mapping[str, Any], actor: Actor, now: datetime, signed: str
) -> Standing:
    step, do = DOING[act]
    known = {field.name for field in fields(step)}
    values = {name: value for name, value in values_for(step, said).items() if name in known}
    [standing] = do([step(problem_id=problem_id, actor=actor, now=now, signed=signed, **values)])
    return standing


def _hands(row: Draft) -> str:
    names = person_names(one for one in (row.drafted_by, row.checked_by, row.signed_by) if one)
    hands = (
        ("拟办", row.drafted_by, row.drafted_at), ("审核", row.checked_by, row.checked_at),
        ("审签", row.signed_by, row.signed_at),
    )
    return "；".join(f"{label}：{names.get(who, '')} {_moment(at)}" for label, who, at in hands if who and at)


def _moment(at: datetime) -> str:
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日 {here:%H:%M}"


def _waiting(draft_id: UUID, actor: Actor) -> Draft:
    _require_signer()
    row = _own(draft_id, actor)
    trouble = trouble_with(DraftState(row.state), row.drafted_by, row.checked_by, actor.person_id)
    if trouble:
        raise NotNow(trouble)
    return row


def _own(draft_id: UUID, actor: Actor) -> Draft:
    row = Draft.objects.select_for_update().filter(id=draft_id, unit_id=_unit(actor)).first()
    if row is None:
        raise NotFound
    return row


def _unit(actor: Actor) -> UUID:
    if actor.unit_id is None:
        raise NotFound
    return actor.unit_id


def _require_signer() -> None:
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.SIGN)


def _words(states: Sequence[DraftState]) -> list[str]:
    return [str(state.value) for state in states]


def _tell(kind: SigningFact, row: Draft, actor: Actor, now: datetime, words: Mapping[str, str] | None = None) -> None:
    body = {"problem": row.problem_id, "act": row.act}
    record_many([Fact(kind.value, "draft", row.id, actor, now, body, words or {})])
