"""The firm's word on a visit, one tap; and whether what was promised there was done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.visits.actions.planning import LONGEST_WORDS, written
from zhitong.domain.visits.models import Promise, Visit
from zhitong.domain.visits.rules.facts import VisitFact
from zhitong.domain.visits.rules.kinds import ConfirmationState, PromiseState
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

LONGEST_NOTE = 300


class ConfirmedAlready(Refused):
    """The firm has said its word on this visit."""


class SettledAlready(Refused):
    """It is registered whether the promise was kept."""


@transaction.atomic
def confirm_visit(
    viewer: Viewer, visit_id: UUID, *, came: bool, words: str = "", actor: Actor, now: datetime
) -> None:
    """The firm says that the visit was made as recorded, or that nobody came (没有来过). Once.

    Raises NotFound: the visit is not to the viewer's firm. Raises ConfirmedAlready. Raises BadInput.
    """
    row = Visit.objects.select_for_update().filter(id=visit_id, subject_unit_id=viewer.unit_id).first()
    if row is None:
        raise NotFound
    require(viewer, Permission.REPORT)
    if row.confirmation != ConfirmationState.AWAITED.value:
        raise ConfirmedAlready("这次走访已经确认过。有出入的，请在“我要反映问题”里说明。")
    said = ConfirmationState.CONFIRMED if came else ConfirmationState.DENIED
    row.confirmation, row.confirmed_at = said.value, now
    row.said = written("words", words, LONGEST_WORDS)
    row.save(update_fields=["confirmation", "confirmed_at", "said"])
    kind = VisitFact.CONFIRMED if came else VisitFact.DENIED
    record_many([Fact(
        str(kind), "visit", row.id, actor, now, {"subject": row.subject_id, "unit": row.unit_id, "on": row.happened_on},
        {"said": row.said},
    )])


@transaction.atomic
def settle_promise(
    viewer: Viewer, promise_id: UUID, *, kept: bool, note: str = "", actor: Actor, now: datetime
) -> UUID:
    """Register that a promise was kept, or broken with the reason; by the unit that promised or that answers for it.

    Returns the id of the visit. Raises NotFound: it is no promise of the viewer's unit. Raises SettledAlready.
    Raises BadInput: a broken promise without its reason.
    """
    row = Promise.objects.select_for_update(of=("self",)).select_related("visit").filter(id=promise_id).first()
    if row is None or viewer.unit_id not in (row.unit_id, row.visit.unit_id):
        raise NotFound
    require(viewer, Permission.HANDLE)
    if row.state != PromiseState.OPEN.value:
        raise SettledAlready("这项承诺的兑现情况已经登记。")
    row.note = written("note", note, LONGEST_NOTE, wanted="" if kept else "没有兑现的，请写明原因和下一步怎么办。")
    row.state, row.settled_on = (PromiseState.KEPT if kept else PromiseState.BROKEN).value, day_of(now)
    row.save(update_fields=["state", "note", "settled_on"])
    record_many([Fact(
        str(VisitFact.PROMISE_SETTLED), "visit", row.visit_id, actor, now,
        {"promise": row.id, "kept": kept, "subject": row.visit.subject_id}, {"note": row.note},
    )])
    return row.visit_id
