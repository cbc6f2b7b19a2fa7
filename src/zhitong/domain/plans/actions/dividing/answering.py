"""What regions say of their shares, and what the office that issued them answers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.plans.actions.dividing.issuing import LONGEST_REASON, term_for
from zhitong.domain.plans.actions.dividing.standing import NotNow, Turn, must_decide, shares_locked
from zhitong.domain.plans.actions.dividing.writing import write_shares
from zhitong.domain.plans.actions.setting import set_terms
from zhitong.domain.plans.models import Share, Target
from zhitong.domain.plans.queries.dividing.heads import heads_of
from zhitong.domain.plans.rules.dividing import WAITING, DivisionFact, ShareState, share_trouble
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import clean_text, text_trouble

ONLY_OWN_OFFICE = "上级下达的目标由本级活动办公室接收或请求调整。"
ONLY_ISSUER = "请求调整由下达目标的活动办公室答复。"


@transaction.atomic
def accept(share_ids: Sequence[UUID], turn: Turn) -> int:
    """Accept the shares of a region, many at once; those accepted before stay as they are. Returns how many were new.

    Raises NotYours: not the region's own office. Raises NotNow: one waits for an answer. Raises NotFound.
    """
    found = shares_locked(share_ids, turn)
    must_decide({share.region_id for share in found}, turn, ONLY_OWN_OFFICE)
    if any(share.state == ShareState.ASKED.value for share in found):
        raise NotNow("其中有的已经请求调整，请等上级答复后再接收。")
    new = [share for share in found if ShareState(share.state) in WAITING]
    for share in new:
        share.state, share.said_by_id, share.said_at = ShareState.ACCEPTED.value, turn.viewer.unit_id, turn.now
    write_shares(new)
    record_many([turn.fact(DivisionFact.ACCEPTED, "share", share.id, _body(share)) for share in new])
    return len(new)


@transaction.atomic
def ask(share_id: UUID, turn: Turn, *, value: Decimal, reason: str) -> None:
    """Ask the office above for another value of a share, once; the value told holds until it is answered.

    Raises BadInput: the value cannot be, is the same, or has no reason. Raises NotYours: not the region's own office.
    Raises NotNow: it was accepted, asked for or answered already. Raises NotFound.
    """
    [share] = shares_locked([share_id], turn)
    must_decide({share.region_id}, turn, ONLY_OWN_OFFICE)
    if share.state != ShareState.ISSUED.value:
        raise NotNow("这个目标已经接收或者答复过，不能再请求调整。如情况有变，请向上级提出新的分解。")
    [head] = heads_of(Target.objects.filter(id=share.division.target_id))
    trouble = share_trouble(head.asks, value) or ("与下达的数相同，不用请求调整。" if value == share.value else "")
    unsaid = text_trouble(reason, LONGEST_REASON) or ("" if clean_text(reason) else "请写明理由。")
    faults = {name: said for name, said in (("value", trouble), ("reason", unsaid)) if said}
    if faults:
        raise BadInput("请求没有发出，请按提示改正。", faults)
    share.state, share.said_by_id, share.said_at = ShareState.ASKED.value, turn.viewer.unit_id, turn.now
    share.asked_value, share.asked_reason = value, clean_text(reason)
    share.save(update_fields=["state", "said_by", "said_at", "asked_value", "asked_reason"])
    record_many([turn.fact(
        DivisionFact.ASKED, "share", share.id, _body(share) | {"asked": value}, reason=share.asked_reason,
    )])


@transaction.atomic
def answer(share_id: UUID, turn: Turn, *, value: Decimal | None, words: str) -> None:
    """Answer a region's request: give it another value, from today on, or keep the one told (None); always with words.

    Raises BadInput: the value cannot be, or there are no words. Raises NotYours: not the office that issued it.
    Raises NotNow: nothing was asked. Raises NotFound.
    """
    [share] = shares_locked([share_id], turn)
    [head] = heads_of(Target.objects.filter(id=share.division.target_id))
    must_decide({head.region_id}, turn, ONLY_ISSUER)
    if share.state != ShareState.ASKED.value:
        raise NotNow("这个区划没有待答复的调整请求，请刷新页面。")
    trouble = share_trouble(head.asks, value) if value is not None else ""
    unsaid = text_trouble(words, LONGEST_REASON) or ("" if clean_text(words) else "请写明答复。")
    faults = {name: said for name, said in (("value", trouble), ("words", unsaid)) if said}
    if faults:
        raise BadInput("答复没有发出，请按提示改正。", faults)
    is_kept = value is None or value == share.value
    share.state = (ShareState.KEPT if is_kept else ShareState.CHANGED).value
    share.value = share.value if value is None else value
    share.answer, share.answered_at = clean_text(words), turn.now
    if not is_kept:
        since = max(day_of(turn.now), share.division.since or day_of(turn.now))
        term = term_for(share.division, head, share, since, share.target_id is not None)
        share.target_id = set_terms([term], now=turn.now)[0] if term else share.target_id
    share.save(update_fields=["state", "value", "answer", "answered_at", "target"])
    record_many([turn.fact(
        DivisionFact.KEPT if is_kept else DivisionFact.CHANGED, "share", share.id, _body(share), words=share.answer,
    )])


def _body(share: Share) -> dict[str, object]:
    return {"division": share.division_id, "region": share.region_id, "value": share.value}
