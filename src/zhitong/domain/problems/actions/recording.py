"""Recording afterwards (补录): what was told by phone or at a desk becomes a problem; settled on the spot, it is answered too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.attached import FILES_OF
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A matter told afterwards: who answered it, and with what result; without one it goes the ordinary way."""

    report: Report
    answered_by: str
    result: str = ""
    file_ids: tuple[UUID, ...] = ()


@transaction.atomic
def record(entries: Sequence[Entry]) -> list[Standing]:
    """Write down what happened; where a result is given, accepted, taken by the writer's unit, signed for and answered.

    The same acts with the same rules as on any other day, at the moment of writing; when it happened stands apart. The
    firm confirms as it confirms any answer. Recorded ones are counted apart and never in a rate of being on time.
    Raises BadInput: it is said to have happened later than now. Raises NotNow: the unit is consulted and cannot take it,
    or has set that an answer must be signed off. Raises what `raise_problems` and `files.actions.attach` refuse.
    Source: R-F10.
    """
    raised = raise_problems([_report(entry) for entry in entries])
    for entry, problem in zip(entries, raised, strict=True):
        attach(entry.file_ids, FILES_OF, problem.id, actor=entry.report.actor, now=entry.report.now)
    settled = [(entry, one.id) for entry, one in zip(entries, raised, strict=True) if entry.result]
    if not settled:
        return raised
    acknowledge([
        Acknowledge(problem_id=one, actor=entry.report.actor, now=entry.report.now, contact=_contact(entry))
        for entry, one in settled
    ])
    answered = complete([
        Complete(problem_id=one, actor=entry.report.actor, now=entry.report.now, outcome=Outcome.SOLVED, text=entry.result)
        for entry, one in settled
    ])
    stands = {one.id: one for one in answered}
    return [stands.get(one.id, one) for one in raised]


def _contact(entry: Entry) -> str:
    return f"{entry.report.source.label}，{entry.answered_by}当场答复。"


def _report(entry: Entry) -> Report:
    report = replace(entry.report, recorded=True)
    if report.happened_at is not None and report.happened_at > report.now:
        sentence = "发生时间不能晚于现在，请核对。"
        raise BadInput(sentence, {"happened_at": sentence})
    if not entry.result:
        return report
    unit = directory().units.get(report.actor.unit_id) if report.actor.unit_id else None
    if unit is None or unit.is_consulted:
        raise NotNow("本单位不在属地承办序列，不能当场办结。请不填结果登记，由活动办公室交办。")
    return replace(report, taken_by_id=unit.id)
