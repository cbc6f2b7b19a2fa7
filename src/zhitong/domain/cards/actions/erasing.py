"""Erasing whom to ring at a firm, at his wish: from the register, and from the problem rows of its cards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.models import ProblemRow
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.privacy.rules.words import PrivacyFact
from zhitong.domain.subjects.models import Subject
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST = 200


class NothingToErase(Refused):
    """Nothing is known of a person there."""


@transaction.atomic
def erase_contact(*, subject_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Forget name and telephone of a firm's contact and of those who wrote its problem rows; returns from how many rows.

    The firm, its problems and what was done stay. History holds none of these values: it says that a contact became another
    and never which, so its chain verifies as before. Whose business it is the caller asks; rows that the actor may not see
    keep theirs. Raises NotFound. Raises BadInput: no reason. Raises NothingToErase. Source: GB/T 35273-2020 8.3.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        sentence = f"请写明谁要求删除、依据什么，{LONGEST}字以内。"
        raise BadInput(sentence, {"reason": sentence})
    row = Subject.objects.select_for_update().filter(id=subject_id).first()
    if row is None:
        raise NotFound
    is_known = bool(row.contact or row.contact_phone_digest)
    if is_known:
        row.contact, row.contact_phone, row.version = "", "", row.version + 1
        row.save(update_fields=["contact", "contact_phone", "contact_phone_digest", "version"])
    written = ProblemRow.objects.filter(card__subject_id=subject_id).exclude(reporter_name="", reporter_post="", reporter_phone="")
    rows = written.update(reporter_name="", reporter_post="", reporter_phone="")
    if not is_known and not rows:
        raise NothingToErase("这一户没有登记联系人，没有可以删除的。")
    record(
        str(PrivacyFact.ERASED.value), thing_kind="subject", thing_id=subject_id, actor=actor, at=now,
        body={"rows": rows, "contact": is_known}, details={"reason": reason},
    )
    return rows + is_known
