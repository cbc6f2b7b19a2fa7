"""Issuing divisions (下达): shares become the targets of their regions, in force from a day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.actions.dividing.drafting import draft, set_by_method
from zhitong.domain.plans.actions.dividing.standing import Turn, drafts_locked, must_be_version, must_decide
from zhitong.domain.plans.actions.dividing.writing import write_shares
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Division, Share, Target
from zhitong.domain.plans.queries.dividing.heads import TargetHead
from zhitong.domain.plans.rules import TermSource
from zhitong.domain.plans.rules.dividing import (
    DivisionFact,
    DivisionMethod,
    DivisionState,
    ShareState,
    Standing,
    balance_of,
)
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput
from zhitong.kit.rows import update_rows
from zhitong.kit.texts import clean_text, text_trouble

LONGEST_REASON = 400
ONLY_OFFICE = "目标分解由本级活动办公室下达。可以先拟好，请活动办公室核定。"
Place = tuple[UUID, UUID]
"""(indicator, region): where a target is."""


@transaction.atomic
def issue(
    division_ids: Sequence[UUID], turn: Turn, *, since: date, reason: str = "", version: int | None = None
) -> list[UUID]:
    """Put drafts in force: every region's share becomes its target from `since` on; returns the divisions.

    A division in force before is superseded; who had accepted a share that is the same now need not accept it again, and
    an office that has nobody else below accepts from itself. A share of nothing makes no target, and ends one that was.
    A sum short of the whole is issued with a reason only; one beyond it is welcome. A fixed number of statements.
    Raises NotYours: not the region's office. Raises BadInput: a share is missing, the day, or the reason. Raises NotFound,
    NotNow, Overtaken. Source: R-C5; 冀发〔2018〕7号 一（三）.
    """
    if trouble := text_trouble(reason, LONGEST_REASON):
        raise BadInput(trouble, {"reason": trouble})
    found, reason = drafts_locked(division_ids, turn), clean_text(reason)
    must_decide({head.region_id for _row, head in found}, turn, ONLY_OFFICE)
    shares: dict[UUID, list[Share]] = defaultdict(list)
    for share in Share.objects.filter(division_id__in=[row.id for row, _ in found]).order_by("region__position"):
        shares[share.division_id].append(share)
    for row, head in found:
        must_be_version(row, version)
        _must_be_whole(head, shares[row.id], reason)
    _must_not_touch_the_past([head for _row, head in found], since, turn)
    before = _superseded([head.id for _row, head in found])
    for row, _head in found:
        row.state, row.since, row.issued_at = DivisionState.ISSUED.value, since, turn.now
        row.reason, row.version = reason, row.version + 1
    update_rows([row for row, _head in found], ["state", "since", "issued_at", "reason", "version"])
    _put_in_force([(row, head, shares[row.id]) for row, head in found], before, since, turn)
    record_many(_facts(found, shares, turn))
    return [row.id for row, _head in found]


@transaction.atomic
def divide_at_once(
    target_ids: Sequence[UUID], turn: Turn, *, method: DivisionMethod, since: date, weights_id: UUID | None = None,
    reason: str = "",
) -> list[UUID]:
    """Draw up, work out and issue the divisions of many targets by one method: a whole task, a whole plan.

    Rates and standards are given alike whatever the method. Refuses as `draft`, `set_by_method` and `issue` do; then none
    is issued.
    """
    divisions = draft(target_ids, turn)
    set_by_method(divisions, method, turn, weights_id=weights_id)
    return issue(divisions, turn, since=since, reason=reason)


def _must_be_whole(head: TargetHead, shares: Sequence[Share], reason: str) -> None:
    balance = balance_of(
        head.asks, {share.region_id: share.value for share in shares},
        {share.region_id: share.weight for share in shares if share.weight is not None},
    )
    if balance.standing is Standing.UNFILLED:
        regions = directory().regions
        lacking = "、".join(regions[share.region_id].short for share in shares if share.value is None)
        raise BadInput(f"{head.name}：还没有填{lacking}的数。不分给它的，请填0。", {"shares": "还没有填齐。"})
    if balance.standing is Standing.SHORT and not reason:
        given = head.in_words(balance.given or Decimal(0))
        raise BadInput(
            f"{head.name}：各地合起来是{given}，没有达到{head.goal}。请补足，或者写明原因再下达。", {"reason": "请写明为什么没有分够。"}
        )


def _must_not_touch_the_past(heads: Sequence[TargetHead], since: date, turn: Turn) -> None:
    """A value may hold from a day gone by only where none held before: what was judged stays judged."""
    if since >= day_of(turn.now):
        return
    ids, here = [head.indicator_id for head in heads], directory()
    below = {child.id for head in heads for child in here.children(head.region_id)}
    if Target.objects.filter(indicator_id__in=ids, region_id__in=below).exists():
        raise BadInput("各地已有目标值，新的目标值只能从今天或以后起执行。", {"since": "请填今天或以后的日期。"})


def _superseded(target_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], Share]:
    """End the divisions in force; returns their shares by target and region."""
    old = Division.objects.filter(target_id__in=target_ids, state=DivisionState.ISSUED.value)
    shares = Share.objects.select_related("division").filter(division__in=old)
    before = {(share.division.target_id, share.region_id): share for share in shares}
    old.update(state=DivisionState.SUPERSEDED.value)
    return before


def _put_in_force(
    issued: Sequence[tuple[Division, TargetHead, Sequence[Share]]], before: dict[tuple[UUID, UUID], Share], since: date,
    turn: Turn,
) -> None:
    standing = _standing_targets([head for _row, head, _shares in issued])
    terms = [
        term for row, head, shares in issued for share in shares
        if (term := term_for(row, head, share, since, (head.indicator_id, share.region_id) in standing)) is not None
    ]
    ids = dict(zip([term.place for term in terms], set_terms(terms, now=turn.now), strict=True))
    every, here = [(share, head) for _row, head, shares in issued for share in shares], directory()
    for share, head in every:
        share.target_id = ids.get((head.indicator_id, share.region_id))
        _say(share, before.get((head.id, share.region_id)), here, turn)
    write_shares([share for share, _head in every])


def _standing_targets(heads: Sequence[TargetHead]) -> set[Place]:
    rows = Target.objects.filter(indicator_id__in=[head.indicator_id for head in heads], is_cancelled=False)
    return set(rows.values_list("indicator_id", "region_id"))


def term_for(row: Division, head: TargetHead, share: Share, since: date, has_target: bool) -> NewTerm | None:
    """The term that a share becomes; None for a share of nothing where there is no target to end."""
    assert share.value is not None, "an issued share has its value"
    is_nothing = head.asks.is_summed and share.value == 0
    if is_nothing and not has_target:
        return None
    return NewTerm(
        head.indicator_id, share.region_id, head.comparator, share.value, None, head.deadline, since, TermSource.DIVISION,
        row.id, row.reason, is_cancelled=is_nothing,
    )


def _say(share: Share, before: Share | None, here: Directory, turn: Turn) -> None:
    """Where a share stands on the day of issue: told, or accepted already."""
    office = here.office(share.region_id)
    if before is not None and before.state == ShareState.ACCEPTED.value and before.value == share.value:
        share.state, share.said_by_id, share.said_at = ShareState.ACCEPTED.value, before.said_by_id, before.said_at
    elif office is not None and office.id == turn.viewer.unit_id:
        share.state, share.said_by_id, share.said_at = ShareState.ACCEPTED.value, office.id, turn.now
    else:
        share.state = ShareState.ISSUED.value


def _facts(
    found: Sequence[tuple[Division, TargetHead]], shares: dict[UUID, list[Share]], turn: Turn
) -> list[Fact]:
    """A fact for each division; the first of a region's names the offices to be told, each once for all of them."""
    here, facts, told = directory(), [], set[UUID]()
    counts: dict[UUID, int] = defaultdict(int)
    for _row, head in found:
        counts[head.region_id] += 1
    for row, head in found:
        body: dict[str, object] = {"target": head.id, "number": row.number, "since": row.since, "region": head.region_id}
        if head.region_id not in told:
            told.add(head.region_id)
            waiting = {
                office.id for one, other in found if other.region_id == head.region_id for share in shares[one.id]
                if share.state == ShareState.ISSUED.value and (office := here.office(share.region_id)) is not None
            }
            body |= {
                "campaign": head.campaign, "offices": sorted(str(one) for one in waiting), "targets": counts[head.region_id],
            }
        facts.append(turn.fact(DivisionFact.ISSUED, "division", row.id, body, reason=row.reason))
    return facts
