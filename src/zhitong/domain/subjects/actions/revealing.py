"""Looking at whom to ring at a firm, whole, for a purpose that is recorded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.privacy.actions import unmask
from zhitong.domain.privacy.rules.words import Purpose
from zhitong.domain.subjects.queries.one import subject_seen


@transaction.atomic
def reveal_contact(
    viewer: Viewer, *, subject_id: UUID, purpose: Purpose, words: str, actor: Actor, now: datetime
) -> datetime:
    """Show a viewer the whole contact of a firm for some minutes; returns until when.

    Raises NotFound: it is not there, or not for this viewer. Raises NotYours: the viewer is no official.
    Raises BadInput, LookedTooOften: see `privacy.actions.unmask`. Source: GB/T 35273-2020 7.1, 7.2.
    """
    found = subject_seen(viewer, subject_id)
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotYours("只有办理工作的同志可以说明用途查看企业联系方式。本企业的联系方式在“本企业”里。")
    return unmask(viewer, thing_kind="subject", thing_id=found.id, purpose=purpose, words=words, actor=actor, now=now)
