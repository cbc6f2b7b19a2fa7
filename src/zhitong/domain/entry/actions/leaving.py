"""Leaving: a colleague who no longer signs in for the firm."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.queries.colleagues import colleagues_of
from zhitong.domain.entry.rules.kinds import EntryFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.seating import end_tenure
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused


class NotYourself(Refused):
    """Nobody stops himself: the firm would be left without anyone."""


@transaction.atomic
def stop_colleague(viewer: Viewer, tenure_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let somebody no longer sign in for the firm, from this moment; its open sheet ends with him, for he may hold one.

    Raises NotYours: the post does not report. Raises NotFound: nobody like that is of the firm. Raises NotYourself.
    """
    require(viewer, Permission.REPORT)
    found = next((one for one in colleagues_of(viewer, today=day_of(now)) if one.tenure_id == tenure_id), None)
    if found is None:
        raise NotFound
    if found.is_me:
        raise NotYourself("不能停用自己。请由本单位另一位已开通的同事办理，或联系属地活动办公室。")
    end_tenure(tenure_id=tenure_id, on=day_of(now))
    Invitation.objects.filter(unit_id=viewer.unit_id, person__isnull=True, ended_at__isnull=True).update(ended_at=now)
    record(
        EntryFact.LEFT.value, thing_kind="tenure", thing_id=tenure_id, actor=actor, at=now, body={"unit": viewer.unit_id},
        details={"name": found.name},
    )
