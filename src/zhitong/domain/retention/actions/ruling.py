"""Setting how long a kind is kept: for the whole installation, so by who keeps its security at the top."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.retention.models import ChangedTerm
from zhitong.domain.retention.queries.terms import may_set_terms, require_keeper, terms_in_force
from zhitong.domain.retention.rules.terms import term_trouble
from zhitong.domain.retention.rules.words import KeptKind, RetentionFact
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

LONGEST = 200


@transaction.atomic
def set_term(viewer: Viewer, *, kind: KeptKind, months: int, reason: str, actor: Actor, now: datetime) -> int:
    """Set how many months a kind is kept from now on; returns how many it was before.

    Raises NotYours: the viewer does not keep the security of the whole. Raises BadInput, at `months`: under the floor of the
    law, or beyond what there is; at `reason`: none. Source: 网络安全法 第二十一条, 个人信息保护法 第十九条.
    """
    require_keeper(viewer)
    if not may_set_terms(viewer):
        raise NotYours("保存期限全省统一，由最高一级的安全管理员设定。本级可以对具体的企业、人员设定保留。")
    reason, trouble = reason.strip(), term_trouble(kind, months)
    if trouble:
        raise BadInput(trouble, {"months": trouble})
    if not reason or len(reason) > LONGEST:
        sentence = f"请写明为什么调整、依据什么，{LONGEST}字以内。"
        raise BadInput(sentence, {"reason": sentence})
    before = next(one.months for one in terms_in_force() if one.term.kind is kind)
    ChangedTerm.objects.update_or_create(
        kind=str(kind), defaults={"months": months, "set_by_id": viewer.person_id, "set_at": now}
    )
    record(
        str(RetentionFact.CHANGED), thing_kind="retention_term", thing_id=uuid7(), actor=actor, at=now,
        body={"kept": kind, "from": before, "to": months}, details={"reason": reason},
    )
    return before
