"""How far a region has divided its targets: one line a target, with sum, remainder and who has accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Division, Share
from zhitong.domain.plans.queries.dividing.heads import TargetHead, divided_targets, heads_of, sees_division
from zhitong.domain.plans.rules.dividing import (
    WAITING,
    Balance,
    DivisionState,
    ShareState,
    Standing,
    balance_of,
    why_not_divided,
)
from zhitong.kit.choices import Word
from zhitong.kit.refusals import NotFound


class Progress(Word):
    """How far the dividing of a target has come."""

    WHOLE = "whole", "不用数值分解"
    NOT_YET = "not_yet", "未分解"
    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下达"
    STALE = "stale", "目标已变，待重新分解"


@dataclass(frozen=True, slots=True)
class DividedLine:
    """A target with how it is divided; `accepted`, `asked` and `waiting` count regions of the division in force.

    `draft_id` is the draft under way, `balance` that of the division in force, else of the draft; `why_not` says why a
    target is not divided by number.
    """

    head: TargetHead
    progress: Progress
    division_id: UUID | None
    draft_id: UUID | None
    weighed_by: str
    balance: Balance | None
    accepted: int
    asked: int
    waiting: int
    why_not: str


def divided_lines(viewer: Viewer, campaign: str, region_id: UUID) -> list[DividedLine]:
    """Every target of a region that is divided, in the order of its plan (four queries).

    Raises NotFound: the region is above the viewer or beside it.
    """
    if not sees_division(viewer, region_id):
        raise NotFound
    heads = heads_of(divided_targets(campaign, [region_id]))
    return lines_of(heads)


def lines_of(heads: Sequence[TargetHead]) -> list[DividedLine]:
    """The lines of targets whose divisions the viewer may see (two queries)."""
    live = [DivisionState.DRAFT.value, DivisionState.ISSUED.value]
    rows = Division.objects.filter(target_id__in=[one.id for one in heads], state__in=live).select_related("weights")
    divisions: dict[UUID, dict[str, Division]] = defaultdict(dict)
    for row in rows:
        divisions[row.target_id][row.state] = row
    shares: dict[UUID, list[Share]] = defaultdict(list)
    for share in Share.objects.filter(division__in=[one.id for both in divisions.values() for one in both.values()]):
        shares[share.division_id].append(share)
    return [_line(head, divisions[head.id], shares) for head in heads]


def _line(head: TargetHead, divisions: dict[str, Division], shares: dict[UUID, list[Share]]) -> DividedLine:
    issued, draft = divisions.get(DivisionState.ISSUED.value), divisions.get(DivisionState.DRAFT.value)
    shown = issued or draft
    parts = shares[shown.id] if shown else []
    balance = balance_of(
        head.asks, {one.region_id: one.value for one in parts},
        {one.region_id: one.weight for one in parts if one.weight is not None},
    ) if shown else None
    why_not = why_not_divided(head.asks)
    states = [ShareState(one.state) for one in parts] if issued else []
    return DividedLine(
        head, _progress(why_not, issued, draft, balance), issued.id if issued else None, draft.id if draft else None,
        shown.weights.name if shown and shown.weights else "", balance, states.count(ShareState.ACCEPTED),
        states.count(ShareState.ASKED), sum(state in WAITING for state in states), why_not,
    )


def _progress(why_not: str, issued: Division | None, draft: Division | None, balance: Balance | None) -> Progress:
    if why_not:
        return Progress.WHOLE
    if issued is not None and balance is not None:
        is_stale = balance.standing is Standing.SHORT and not issued.reason
        return Progress.STALE if is_stale else Progress.ISSUED
    return Progress.DRAFT if draft else Progress.NOT_YET


def dividing_regions(viewer: Viewer, region_id: UUID) -> list[tuple[UUID, str]]:
    """The regions below one whose own divisions the viewer may see and that have somebody to divide among, in order."""
    here = directory()
    if not sees_division(viewer, region_id):
        return []
    return [(one.id, one.name) for one in here.children(region_id) if here.children(one.id)]
