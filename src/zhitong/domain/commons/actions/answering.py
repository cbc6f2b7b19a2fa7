"""One answer to all: what the lead unit itself has is completed in a batch, the others' handlers are offered the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.commons.actions.establishing import LONGEST_TEXT, Named, NotNow, Turn, permitted, touched
from zhitong.domain.commons.actions.telling import about, tell
from zhitong.domain.commons.models import Member
from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.commons.rules.kinds import CommonAct, CommonState, Membership
from zhitong.domain.commons.rules.way import CommonStanding, answer_trouble
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.queries.signing import steps_of
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.asking import why_not
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import BadInput

CONTACT = "已纳入共性问题统一办理。"
_NOT_NOW = frozenset({State.ANSWERED, State.RETURNING, State.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAll:
    """What is answered to every reporter: the honest outcome, the words, a date or the power that is missing."""

    outcome: Outcome
    text: str
    planned_on: date | None = None
    power_missing: PowerMissing | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it: how many were completed, how many have another unit that may adopt it, who could not be completed."""

    number: str
    completed: int
    offered: int
    left: tuple[Named, ...]


@transaction.atomic
def answer(number: str, to_all: ToAll, turn: Turn) -> Answered:
    """Answer a common problem: every member that the lead unit has is answered with the same words, in one batch.

    What waits to be signed for is acknowledged first. Members at other units keep their handlers, who may adopt the answer;
    members that are paused or proposed to go up are named. Each reporter confirms or rejects for himself. It may be answered
    again while it is open: then the words are the new ones, and what came back is completed with them.
    Raises NotFound, NotYours, NotNow. Raises BadInput: what makes the outcome honest is missing. Source: R-F8.
    """
    standing = permitted(CommonAct.ANSWER, number, turn)
    text = _checked(to_all)
    _require_signer(standing, turn)
    members = Member.objects.filter(common_id=standing.id, membership=Membership.JOINED.value)
    found = standings_locked(members.order_by("id").values_list("problem_id", flat=True))
    own = {one.id: one for one in found.values() if one.accountable_unit_id == standing.lead_id}
    ready, left = _sorted(own, standing.lead_id)
    _complete([one for one in own.values() if one.id in ready], to_all, text, turn)
    offered = [one for one in found.values() if one.id not in own and one.state in (State.DISPATCHED, State.HANDLING)]
    touched(
        standing, turn, state=CommonState.ANSWERED.value, outcome=to_all.outcome.value, answer=text,
        planned_on=to_all.planned_on, power_missing=to_all.power_missing.value if to_all.power_missing else "",
        answered_at=turn.now,
    )
    body = {"outcome": to_all.outcome, "planned_on": to_all.planned_on, "power": to_all.power_missing,
            "completed": len(ready)}
    tell([about(CommonFact.ANSWERED, standing.id, turn.actor, turn.now, body, {"text": text})])
    return Answered(standing.number, len(ready), len(offered), left)


def _checked(to_all: ToAll) -> str:
    """The words as they are kept.

    Raises BadInput: see `answer`.
    """
    text = clean_text(to_all.text)
    trouble = text_trouble(to_all.text, LONGEST_TEXT) or ("" if text else "请写明答复企业的内容。")
    wrong = {**answer_trouble(to_all.outcome, to_all.planned_on is not None, to_all.power_missing),
             **({"text": trouble} if trouble else {})}
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
    return text


def _require_signer(standing: CommonStanding, turn: Turn) -> None:
    """A unit that signs off completions does so here by the hand of who may sign."""
    if not turn.viewer.may(Permission.SIGN) and steps_of([standing.lead_id], Act.COMPLETE):
        raise NotNow("本单位规定“办结”须经审签，统一答复请由有审签权限的负责人办理。")


def _sorted(own: Mapping[UUID, Standing], lead_id: UUID) -> tuple[set[UUID], tuple[Named, ...]]:
    """Which of the lead's own can be completed now, and who cannot with the reason; what is answered already is neither."""
    here, ready, left = directory(), set(), []
    for one in own.values():
        act = Act.ACKNOWLEDGE if one.state is State.DISPATCHED else Act.COMPLETE
        if why_not(act, one, lead_id, here) is None:
            ready.add(one.id)
        elif one.state not in _NOT_NOW:
            left.append(Named(one.number, f"现在是“{one.state.label}”，没有一并办结"))
    return ready, tuple(left)


def _complete(ready: Sequence[Standing], to_all: ToAll, text: str, turn: Turn) -> None:
    """Sign for those that wait for it, then complete all: two batches of the problems' own acts."""
    unsigned = [one for one in ready if one.state is State.DISPATCHED]
    if unsigned:
        acknowledge([
            Acknowledge(problem_id=one.id, actor=turn.actor, now=turn.now, contact=CONTACT) for one in unsigned
        ])
    if ready:
        complete([
            Complete(
                problem_id=one.id, actor=turn.actor, now=turn.now, outcome=to_all.outcome, text=text,
                planned_on=to_all.planned_on, power_missing=to_all.power_missing,
            )
            for one in ready
        ])
