"""The township looks first (乡镇初核): true, to be done above, settled there, or to be completed; silence passes it on.

Before acceptance the campaign office is accountable all the while; the township only looks. What follows from its word is
done by the acts that would do it on any other day. Source: R-F9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.raising import sent_by_rule
from zhitong.domain.problems.actions.receiving import accepted_at_desk
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, desk, run, settle
from zhitong.domain.problems.actions.sorting import subjects_of, way_of
from zhitong.domain.problems.actions.spells import at_stage, stage_values
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.kinds import UNDECIDED, Outcome, PrecheckFinding, Stage, State
from zhitong.domain.problems.rules.routing import Route
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act

AT_ONCE = 500
"""The schedule passes this many on at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precheck(Step):
    """What the township found, in words that the firm reads too."""

    finding: PrecheckFinding
    text: str


@transaction.atomic
def precheck(steps: Sequence[Precheck]) -> list[Standing]:
    """Say what was found, and have done what follows from it at once.

    True: dispatched as a rule says. To be done above: likewise, but past the township. Settled: answered by the township,
    for the firm to confirm. To be completed: the firm is asked, once. What no rule sends goes to the office's desk.
    Raises NotNow: not this unit's to check, checked already, asked for more before, or undecided what it is about and
    said to be settled; or the unit has set that an answer must be signed off.
    """
    checked = run(Act.PRECHECK, steps, _precheck)
    here, subjects = desk(), subjects_of([one.id for one in checked])
    afterwards = {
        step.problem_id: _AFTER[step.finding](step, standing, here, subjects[standing.id])
        for step, standing in zip(steps, checked, strict=True)
    }
    return [afterwards[step.problem_id] for step in steps]


def _precheck(step: Precheck, standing: Standing, here: Desk) -> Change:
    if step.finding is PrecheckFinding.MORE and standing.asks:
        raise NotNow("已请企业补正过一次，不能再次要求补正。请选择其他初核结论。")
    if step.finding is PrecheckFinding.SETTLED and standing.category == UNDECIDED:
        raise NotNow("这件问题类别待定，不能就地答复。请选“属实，按规则交办”，由活动办公室确定类别。")
    return _looked(step.actor, step.now, standing, here, {"finding": step.finding}, {
        "finding": step.finding.label, "text": step.text,
    })


def _looked(
    actor: Actor, at: datetime, standing: Standing, here: Desk, body: Mapping[str, Any], words: Mapping[str, str]
) -> Change:
    """The township has looked, or its time is over: the office's own limit to dispatch begins now."""
    after = moved(
        standing, Act.PRECHECK, actor, at, prechecker_unit_id=None, **at_stage(Stage.DISPATCH, standing, here, at)
    )
    return Change(Act.PRECHECK, actor, at, standing, after, body=body, words=words)


@transaction.atomic
def pass_on_unchecked(now: datetime) -> list[Standing]:
    """Pass on what townships have not looked at in time, the ordinary way; for the schedule, by a partial index."""
    late = Problem.objects.filter(prechecker_unit__isnull=False, stage_due_at__lt=now).order_by("stage_due_at", "id")
    here = desk()
    standings = standings_locked(list(late.values_list("id", flat=True)[:AT_ONCE]))
    by_itself = Actor(None, None, None, "schedule")
    silent = [one for one in standings.values() if one.prechecker_unit_id and one.stage_due_at and one.stage_due_at < now]
    passed = settle([
        _looked(by_itself, max(now, one.last_at), one, here, {"silent": True}, {"text": "乡镇逾期未初核，自动转办。"})
        for one in silent
    ], here)
    subjects = subjects_of([one.id for one in passed])
    return [_dispatched(one, way_of(one, subjects[one.id], here), here, one.last_at) for one in passed]


def _as_ruled(step: Precheck, standing: Standing, here: Desk, subject: Mapping[str, Any]) -> Standing:
    return _dispatched(standing, way_of(standing, subject, here), here, standing.last_at)


def _past_the_township(step: Precheck, standing: Standing, here: Desk, subject: Mapping[str, Any]) -> Standing:
    above_id = here.directory.regions[standing.region_id].parent_id
    return _dispatched(standing, way_of(standing, subject, here, region_id=above_id), here, standing.last_at)


def _settled_there(step: Precheck, standing: Standing, here: Desk, subject: Mapping[str, Any]) -> Standing:
    unit = here.directory.units[step.actor.unit_id]  # type: ignore[index]
    way = Route(unit, standing.line_id, (), "", f"{unit.name}初核时已就地解决。")
    _dispatched(standing, way, here, standing.last_at)
    acting: dict[str, Any] = {"problem_id": standing.id, "actor": step.actor, "now": step.now}
    acknowledge([Acknowledge(**acting, contact="乡镇初核时已与企业核实。")])
    return complete([Complete(**acting, outcome=Outcome.SOLVED, text=step.text, signed=step.signed)])[0]


def _asked_for_more(step: Precheck, standing: Standing, here: Desk, subject: Mapping[str, Any]) -> Standing:
    after = moved(
        standing, Act.ASK_MORE, step.actor, standing.last_at, state=State.ASKED, asks=1, **stage_values(None, None)
    )
    [asked] = settle([Change(
        Act.ASK_MORE, step.actor, standing.last_at, standing, after, words={"question": step.text},
    )], here)
    return asked


_AFTER = {
    PrecheckFinding.TRUE: _as_ruled, PrecheckFinding.UPWARD: _past_the_township, PrecheckFinding.SETTLED: _settled_there,
    PrecheckFinding.MORE: _asked_for_more,
}
"""What follows from each finding."""


def _dispatched(standing: Standing, way: Route, here: Desk, at: datetime) -> Standing:
    """Accepted and dispatched as a rule says; left on the office's desk where none does or nobody has sorted it."""
    if way.unit is None or standing.category == UNDECIDED:
        return standing
    known = replace(standing, line_id=way.line_id, rule_code=way.rule_code, routing_words=way.words)
    by_rule = Actor(None, None, standing.accountable_unit_id, "rule")
    [accepted] = settle([accepted_at_desk(by_rule, at, known, here)], here)
    [sent] = settle([sent_by_rule(accepted, way, by_rule, here, at)], here)
    return sent
