"""Before the ledger: the office checks what was not simply solved, sends back what does not hold, closes what nobody rated.

Silence is not satisfaction, and an outcome other than 已解决 is believed only once it was looked at. Source: R-F7, R-F12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.problems.actions.climbing import taken_up_again
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.actions.spells import stage_values
from zhitong.domain.problems.models import Answer
from zhitong.domain.problems.rules.asking import needs_verifying
from zhitong.domain.problems.rules.kinds import CheckedBy, Outcome, PartyRole, Stage, State
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import SHANGHAI, day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify(Step):
    """What was looked at, and how the office made sure."""

    checked_by: CheckedBy
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindWanting(Step):
    """What does not hold; the unit that answered reads it."""

    checked_by: CheckedBy
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnrated(Step):
    """What the office found when it looked at an answer that the reporter left unrated."""

    checked_by: CheckedBy
    checked: str


def verify(steps: Sequence[Verify]) -> list[Standing]:
    """Find outcomes to be as they were told: ready for the ledger; what is planned stays open and returns on its day.

    Raises NotNow: there is nothing to check, or the day of a plan has come already.
    """
    return run_seeing(Act.VERIFY, steps, planned_days, _verify)


def planned_days(problem_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day that the newest plan of each problem names."""
    rows = Answer.objects.filter(problem_id__in=problem_ids, planned_on__isnull=False).order_by("answered_at", "id")
    return {problem_id: planned_on for problem_id, planned_on in rows.values_list("problem_id", "planned_on") if planned_on}


def _verify(step: Verify, standing: Standing, here: Desk, planned: Mapping[UUID, date]) -> Change:
    _ask(standing)
    if standing.outcome is Outcome.PLANNED:
        returns_on = planned[standing.id]
        if returns_on <= day_of(step.now):
            raise NotNow("计划完成日期已到，不能再挂账。请核对是否已完成，没有完成或已经完成的都退回承办单位重新答复。")
        settled: dict[str, Any] = {"state": State.PARKED, "returns_on": returns_on, **stage_values(None, None)}
    else:
        settled = {"verified": True, **stage_values(Stage.CLOSE_OFF, None)}
    after = moved(standing, Act.VERIFY, step.actor, step.now, **settled)
    return Change(
        Act.VERIFY, step.actor, step.now, standing, after,
        body={"by": step.checked_by, "returns_on": after.returns_on}, words={"checked": step.checked},
    )


def find_wanting(steps: Sequence[FindWanting]) -> list[Standing]:
    """Find outcomes not to hold: the unit that answered takes them up again with a new spell clock; counted.

    Raises NotNow: there is nothing to check.
    """

    def decide(step: FindWanting, standing: Standing, here: Desk) -> Change:
        _ask(standing)
        assert standing.spell is not None, "a confirmed problem has an open spell"
        unit = here.directory.units[standing.spell.unit_id]
        after = moved(
            standing, Act.FIND_WANTING, step.actor, step.now, state=State.HANDLING, outcome=None, answered_at=None,
            wantings=standing.wantings + 1, **taken_up_again(unit.id, unit.region_id, standing, here, step.now),
        )
        return Change(
            Act.FIND_WANTING, step.actor, step.now, standing, after, parties=((unit.id, PartyRole.HANDLER),),
            body={"by": step.checked_by, "wantings": after.wantings}, words={"reason": step.reason},
        )

    return run(Act.FIND_WANTING, steps, decide)


def close_unrated(steps: Sequence[CloseUnrated]) -> list[Standing]:
    """Close what the reporter left unrated once the limit has passed and the office has looked; it is nobody's satisfaction.

    Raises NotNow: the reporter's time has not passed; the sentence says until when.
    """

    def decide(step: CloseUnrated, standing: Standing, here: Desk) -> Change:
        if standing.closable_at is None or step.now < standing.closable_at:
            raise NotNow(_still_asked(standing))
        after = moved(
            standing, Act.CLOSE_UNRATED, step.actor, step.now, state=State.CLOSED, spell=None, ended_at=step.now,
            verified=True, **stage_values(None, None),
        )
        return Change(
            Act.CLOSE_UNRATED, step.actor, step.now, standing, after, body={"by": step.checked_by},
            words={"checked": step.checked},
        )

    return run(Act.CLOSE_UNRATED, steps, decide)


def _ask(standing: Standing) -> None:
    if not needs_verifying(standing):
        raise NotNow("已解决或已核查的问题不需要再核查，可以直接销号。")


def _still_asked(standing: Standing) -> str:
    if standing.closable_at is None:
        return "本活动没有规定未评价销号的期限，请等企业评价。"
    until = standing.closable_at.astimezone(SHANGHAI)
    return f"企业在{until.month}月{until.day}日 {until:%H:%M}前都可以评价，期满仍未评价的，核查后才可销号。"
