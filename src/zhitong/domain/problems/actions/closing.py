"""The end of the way: the reporter's word, review after dissatisfaction, and close-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.receiving import hand_to
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, desk, run, run_seeing
from zhitong.domain.problems.actions.spells import on_desk, stage_values
from zhitong.domain.problems.models import Answer
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.asking import needs_verifying, unverified, why_not
from zhitong.domain.problems.rules.kinds import PartyRole, Rating, SpellKind, Stage, State
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.ids import uuid7

REJECTIONS_BEFORE_END = 2
NAMED_MOST = 5
"""So many of what was not ready are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Step):
    """The reporter takes the answer: satisfied or basically so; `reply_rating` is of attitude and speed.

    `device` is a salted digest of the device it was said from, never the device itself.
    """

    rating: Rating
    reply_rating: Rating | None = None
    words: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Step):
    """The reporter is not satisfied with the solution, and says why."""

    words: str
    reply_rating: Rating | None = None
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleAnew(Step):
    """The review hands the matter out again, to the same unit or another."""

    unit_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uphold(Step):
    """The review stands by the answer and explains it to the reporter."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """The review ends the matter by the rule it cites; it stays counted as dissatisfied."""

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOff(Step):
    """Strike the matter off the ledger."""


def confirm(steps: Sequence[Confirm]) -> list[Standing]:
    """Take the reporters' word on the answers. Silence is not satisfaction: only this act is.

    Raises NotNow: dissatisfaction has an act of its own.
    """

    def decide(step: Confirm, standing: Standing, here: Desk, newest: Mapping[UUID, UUID]) -> Change:
        if step.rating is Rating.DISSATISFIED:
            raise NotNow("不满意请写明原因后选择“不满意”，由活动办公室复核。")
        after = moved(
            standing, Act.CONFIRM, step.actor, step.now, state=State.CONFIRMED, rating=step.rating,
            **settling_stage(standing, here, step.now),
        )
        return _said(Act.CONFIRM, step, standing, after, newest[standing.id], step.rating)

    return run_seeing(Act.CONFIRM, steps, newest_answers, decide)


def settling_stage(standing: Standing, here: Desk, at: datetime) -> dict[str, Any]:
    """What is left once the reporter has spoken: the ledger, or first the office's check with its limit."""
    if not needs_verifying(standing):
        return stage_values(Stage.CLOSE_OFF, None)
    return stage_values(Stage.VERIFY, here.clock(Stage.VERIFY, standing, standing.region_id, at))


def reject(steps: Sequence[Reject]) -> list[Standing]:
    """Take the reporters' dissatisfaction: first to the office of the level that answered, then to the one above.

    An office does not judge its own host department: the office above does.
    """

    def decide(step: Reject, standing: Standing, here: Desk, newest: Mapping[UUID, UUID]) -> Change:
        office = _reviewer(standing, here)
        after = moved(
            standing, Act.REJECT, step.actor, step.now, state=State.REVIEW, rating=Rating.DISSATISFIED,
            rejections=standing.rejections + 1,
            **on_desk(SpellKind.REVIEW, Stage.REVIEW, office, standing, here, step.now),
        )
        change = _said(Act.REJECT, step, standing, after, newest[standing.id], Rating.DISSATISFIED)
        return replace(change, parties=((office.id, PartyRole.OFFICE),))

    return run_seeing(Act.REJECT, steps, newest_answers, decide)


def newest_answers(problem_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The newest answer of each problem."""
    rows = Answer.objects.filter(problem_id__in=problem_ids).order_by("answered_at", "id")
    return dict(rows.values_list("problem_id", "id"))


def _said(act: Act, step: Confirm | Reject, standing: Standing, after: Standing, answer_id: UUID, rating: Rating) -> Change:
    verdict = {
        "id": uuid7(), "problem_id": standing.id, "answer_id": answer_id, "rating": rating.value,
        "reply_rating": step.reply_rating.value if step.reply_rating else "", "words": step.words, "device": step.device,
        "at": step.now,
    }
    words = {"words": step.words} if step.words else {}
    return Change(
        act, step.actor, step.now, standing, after, rows=(("Verdict", verdict),),
        body={"rating": rating, "reply_rating": step.reply_rating}, words=words,
    )


def _reviewer(standing: Standing, here: Desk) -> UnitEntry:
    office = here.directory.office(standing.level_region_id)
    assert office is not None, "every level has an office or one above it"
    above = here.directory.office_above(office.region_id)
    judges_its_host = office.host_id is not None and office.host_id == standing.accountable_unit_id
    if above is not None and (standing.rejections or judges_its_host):
        return above
    return office


def handle_anew(steps: Sequence[HandleAnew]) -> list[Standing]:
    """Hand reviewed matters out again; the spell clock starts anew, the first end-to-end limit stays."""

    def decide(step: HandleAnew, standing: Standing, here: Desk) -> Change:
        after, unit = hand_to(
            Act.HANDLE_ANEW, step, standing, here, step.unit_id, outcome=None, answered_at=None
        )
        return Change(
            Act.HANDLE_ANEW, step.actor, step.now, standing, after, parties=((unit.id, PartyRole.HANDLER),),
            words={"reason": step.reason},
        )

    return run(Act.HANDLE_ANEW, steps, decide)


def uphold(steps: Sequence[Uphold]) -> list[Standing]:
    """Stand by answers and explain them; the reporter may be dissatisfied once more, one level up."""

    def decide(step: Uphold, standing: Standing, here: Desk) -> Change:
        assert standing.spell is not None and standing.outcome is not None, "a reviewed problem has been answered"
        spell = replace(standing.spell, stopped_at=step.now)
        answer: dict[str, Any] = {
            "id": uuid7(), "problem_id": standing.id, "spell_id": spell.id, "unit_id": spell.unit_id,
            "outcome": "explained", "text": step.reason, "answered_at": step.now, "shown_at": step.now,
        }
        after = moved(
            standing, Act.UPHOLD, step.actor, step.now, state=State.ANSWERED, spell=spell,
            **stage_values(Stage.CONFIRM, None),
        )
        return Change(
            Act.UPHOLD, step.actor, step.now, standing, after, rows=(("Answer", answer),), words={"reason": step.reason}
        )

    return run(Act.UPHOLD, steps, decide)


def end(steps: Sequence[End]) -> list[Standing]:
    """End matters after the second review, citing the rule; they stay counted as dissatisfied.

    Raises NotNow: there has been only one review.
    """

    def decide(step: End, standing: Standing, here: Desk) -> Change:
        if standing.rejections < REJECTIONS_BEFORE_END:
            raise NotNow("第一次不满意须复核：重新办理，或维持并说明理由。第二次不满意经上级复核后才可终结。")
        after = moved(
            standing, Act.END, step.actor, step.now, state=State.ENDED, spell=None, ended_at=step.now,
            **stage_values(None, None),
        )
        return Change(Act.END, step.actor, step.now, standing, after, words={"rule": step.rule})

    return run(Act.END, steps, decide)


class NotReady(NotNow):
    """Some of what was to be closed off together cannot be yet; the sentence names which and why."""


@transaction.atomic
def close_off_together(steps: Sequence[CloseOff]) -> list[Standing]:
    """Strike several matters off the ledger: all of them, or none with those that were not ready by number.

    Raises NotFound: one is not there for this viewer. Raises NotReady: some are not confirmed, or not the office's.
    """
    here, standings = desk(), standings_locked([step.problem_id for step in steps])
    unready = [
        f"{one.number}（{trouble}）" for step in steps
        if (one := standings.get(step.problem_id)) and (trouble := _unready(one, step, here))
    ]
    if unready:
        more = f"等 {len(unready)} 件" if len(unready) > NAMED_MOST else ""
        raise NotReady(f"还不能销号：{'、'.join(unready[:NAMED_MOST])}{more}。请去掉这些的勾再办。")
    return close_off(steps)


def _unready(standing: Standing, step: CloseOff, here: Desk) -> str:
    """In few words why a matter cannot be closed off now; empty when it can."""
    if standing.state not in MOVES[Act.CLOSE_OFF].since:
        return standing.state.label
    if why_not(Act.CLOSE_OFF, standing, step.actor.unit_id, here.directory):
        return "不由本办销号"
    return "须先核查" if needs_verifying(standing) else ""


def close_off(steps: Sequence[CloseOff]) -> list[Standing]:
    """Strike confirmed matters off the ledger; nobody is accountable any more.

    Raises NotNow: the outcome is another than solved and nobody has checked it.
    """

    def decide(step: CloseOff, standing: Standing, here: Desk) -> Change:
        if needs_verifying(standing):
            raise NotNow(unverified(standing))
        after = moved(
            standing, Act.CLOSE_OFF, step.actor, step.now, state=State.CLOSED, spell=None, ended_at=step.now,
            **stage_values(None, None),
        )
        return Change(Act.CLOSE_OFF, step.actor, step.now, standing, after)

    return run(Act.CLOSE_OFF, steps, decide)
