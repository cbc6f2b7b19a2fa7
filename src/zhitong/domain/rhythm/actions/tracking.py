"""Carrying decisions out: progress told, carried out, given back, checked and closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.preparing import NotNow
from zhitong.domain.rhythm.actions.recording import name_of
from zhitong.domain.rhythm.models import Decision
from zhitong.domain.rhythm.queries.sight import FILES_OF, decisions_seen, hands_on_decision
from zhitong.domain.rhythm.rules.facts import DecisionFact
from zhitong.domain.rhythm.rules.kinds import DecisionState
from zhitong.domain.rhythm.rules.way import DecisionAct, Hand, why_not
from zhitong.kit.refusals import NotFound
from zhitong.kit.texts import written

LONGEST_PROGRESS, LONGEST_WORDS = 2000, 400


@transaction.atomic
def report_progress(
    viewer: Viewer, decision_id: UUID, text: str, file_ids: Sequence[UUID] = (), *, actor: Actor, now: datetime
) -> None:
    """Tell how a decision gets on, as the unit that leads it or one that joins; its limit stays what it was.

    Raises NotFound, NotYours, NotNow. Raises BadInput: nothing said, or too much; a file that cannot be attached.
    """
    row = _permitted(viewer, decision_id, DecisionAct.REPORT)
    said = written("text", text, LONGEST_PROGRESS, wanted="请写明落实情况。")
    is_lead = Hand.LEAD in hands_on_decision(row, viewer.unit_id)
    row.progress = said if is_lead else f"{directory().name_of(viewer.unit_id)}：{said}"
    row.progress_at = now
    row.save(update_fields=["progress", "progress_at"])
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    _tell(DecisionFact.REPORTED, row, actor, now, {}, {"text": row.progress})


@transaction.atomic
def answer_decision(
    viewer: Viewer, decision_id: UUID, text: str, file_ids: Sequence[UUID] = (), *, actor: Actor, now: datetime
) -> None:
    """Report a decision as carried out, with its evidence; the office checks it.

    Raises NotFound, NotYours, NotNow. Raises BadInput: nothing said, or too much; a file that cannot be attached.
    """
    row = _permitted(viewer, decision_id, DecisionAct.ANSWER)
    row.progress = written("text", text, LONGEST_PROGRESS, wanted="请写明怎样落实的、结果如何。")
    row.state, row.progress_at, row.answered_at = DecisionState.ANSWERED.value, now, now
    row.first_answered_at = row.first_answered_at or now
    row.save()
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    _tell(DecisionFact.ANSWERED, row, actor, now, {}, {"text": row.progress})


@transaction.atomic
def return_decision(viewer: Viewer, decision_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Give an answer back, saying what is missing; the limit stays what it was.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no reason.
    """
    row = _permitted(viewer, decision_id, DecisionAct.RETURN)
    row.return_reason = written("text", reason, LONGEST_WORDS, wanted="请写明还差什么。")
    row.state, row.returns = DecisionState.RETURNED.value, row.returns + 1
    row.save()
    _tell(DecisionFact.RETURNED, row, actor, now, {"returns": row.returns}, {"reason": row.return_reason})


@transaction.atomic
def close_decision(viewer: Viewer, decision_id: UUID, opinion: str, *, actor: Actor, now: datetime) -> None:
    """Close a decision after a check.

    Raises NotFound, NotYours, NotNow. Raises BadInput: how it was checked is not said.
    """
    row = _permitted(viewer, decision_id, DecisionAct.CLOSE)
    row.opinion = written("text", opinion, LONGEST_WORDS, wanted="请写明怎样核实的。")
    row.state, row.closed_at = DecisionState.CLOSED.value, now
    row.save()
    _tell(DecisionFact.CLOSED, row, actor, now, {}, {"opinion": row.opinion})


def _permitted(viewer: Viewer, decision_id: UUID, act: DecisionAct) -> Decision:
    is_office = act in (DecisionAct.CLOSE, DecisionAct.RETURN)
    require(viewer, Permission.SUPERVISE if is_office else Permission.HANDLE)
    seen = decisions_seen(viewer)
    row = seen.filter(id=decision_id).first()
    if row is None:
        raise NotFound
    hands = hands_on_decision(row, viewer.unit_id)
    if hands:  # who has no part in it may read the row and not lock it
        row = Decision.objects.select_for_update(of=("self",)).get(id=decision_id)
    reason = why_not(act, DecisionState(row.state), hands, row.returns)
    if reason:
        raise NotNow(reason)
    return row


def _tell(
    kind: DecisionFact, row: Decision, actor: Actor, now: datetime, body: dict[str, object], words: dict[str, str]
) -> None:
    sides = {"unit": row.unit_id, "office": row.office_id, "name": name_of(row)}
    record(kind.value, thing_kind="decision", thing_id=row.id, actor=actor, at=now, body={**sides, **body}, details=words)
