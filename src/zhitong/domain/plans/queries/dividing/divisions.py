"""One target's division: its shares place by place, held against the whole, and the divisions before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Division, Share, Target
from zhitong.domain.plans.queries.dividing.heads import (
    TargetHead,
    divided_targets,
    heads_of,
    regions_known,
    sees_division,
)
from zhitong.domain.plans.rules.dividing import (
    Balance,
    DivisionMethod,
    DivisionState,
    ShareState,
    balance_of,
    is_beyond,
)
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ShareView:
    """A region's part: `value` None while it is not filled in; `part` is its percentage of the whole, of sums alone.

    `own` is what a plan of the region's own asks of it for the same indicator, None where it has none; `target_id` is
    what the share became when it was issued, and `is_divided` whether the region has divided that among its own.
    """

    id: UUID
    region: RegionEntry
    value: Decimal | None
    weight: Decimal | None
    part: Decimal | None
    state: ShareState
    asked_value: Decimal | None
    asked_reason: str
    said_by: str
    said_at: datetime | None
    answer: str
    own: Decimal | None
    is_beyond: bool
    target_id: UUID | None
    is_divided: bool


@dataclass(frozen=True, slots=True)
class DivisionView:
    """A division with its shares in the order of the regions; `weighed_by` is the name of the weights, with its source."""

    id: UUID
    number: int
    state: DivisionState
    method: DivisionMethod
    weights_id: UUID | None
    weighed_by: str
    weight_source: str
    by_unit: str
    reason: str
    made_at: datetime
    issued_at: datetime | None
    since: date | None
    version: int
    shares: tuple[ShareView, ...]
    balance: Balance

    def count(self, *states: ShareState) -> int:
        """How many shares are in one of these states."""
        return sum(share.state in states for share in self.shares)


@dataclass(frozen=True, slots=True)
class DivisionHead:
    """A division in the list of a target's divisions."""

    id: UUID
    number: int
    state: DivisionState
    method: DivisionMethod
    issued_at: datetime | None
    since: date | None
    reason: str


def divisions_of(viewer: Viewer, head: TargetHead) -> list[DivisionHead]:
    """Every division of a target, the newest first (one query); none where the viewer may not see them."""
    if not sees_division(viewer, head.region_id):
        return []
    rows = Division.objects.filter(target_id=head.id).order_by("-number")
    return [
        DivisionHead(
            row.id, row.number, DivisionState(row.state), DivisionMethod(row.method), row.issued_at, row.since, row.reason
        )
        for row in rows
    ]


def division_seen(viewer: Viewer, head: TargetHead, number: int | None = None) -> DivisionView | None:
    """A division of a target by number; without one the draft, or else the newest (five queries). None: there is none yet.

    Raises NotFound: there is none with this number.
    """
    heads = divisions_of(viewer, head)
    if not heads and number is None:
        return None
    chosen = next((one for one in heads if number in (None, one.number)), None)
    if chosen is None:
        raise NotFound
    row = Division.objects.select_related("weights").get(id=chosen.id)
    shares = list(Share.objects.filter(regions_known(viewer), division_id=row.id).order_by("region__position"))
    return _view(row, shares, head)


def _view(row: Division, shares: Sequence[Share], head: TargetHead) -> DivisionView:
    here = directory()
    names = unit_names([row.by_unit_id, *(share.said_by_id for share in shares)])
    own = own_targets(head.indicator_id, [share.region_id for share in shares])
    divided = set(
        Division.objects.filter(target_id__in=[one.target_id for one in shares if one.target_id], state=DivisionState.ISSUED.value)
        .values_list("target_id", flat=True)
    )
    values = {share.region_id: share.value for share in shares}
    weights = {share.region_id: share.weight for share in shares if share.weight is not None}
    balance = balance_of(head.asks, values, weights)
    return DivisionView(
        row.id, row.number, DivisionState(row.state), DivisionMethod(row.method), row.weights_id,
        row.weights.name if row.weights else "", row.weights.source if row.weights else "",
        names.get(row.by_unit_id, "") if row.by_unit_id else "", row.reason, row.made_at, row.issued_at, row.since, row.version,
        tuple(_share(share, head, own, divided, names, here) for share in shares), balance,
    )


def _share(
    row: Share, head: TargetHead, own: Mapping[UUID, Decimal], divided: set[UUID], names: Mapping[UUID, str], here: Directory,
) -> ShareView:
    local = own.get(row.region_id)
    return ShareView(
        row.id, here.regions[row.region_id], row.value, row.weight, _part(row.value, head), ShareState(row.state),
        row.asked_value, row.asked_reason, names.get(row.said_by_id, "") if row.said_by_id else "", row.said_at, row.answer,
        local, local is not None and row.value is not None and is_beyond(head.asks.direction, local, row.value),
        row.target_id, row.target_id in divided,
    )


def _part(value: Decimal | None, head: TargetHead) -> Decimal | None:
    """The percentage of the whole, with one decimal; of sums alone."""
    if value is None or not head.asks.is_summed or not head.asks.value:
        return None
    return (value * 100 / head.asks.value).quantize(Decimal("0.1"))


def own_targets(indicator_id: UUID, region_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What local plans ask of regions for the same indicator: the targets of indicators that carry this one out (one query)."""
    local = Q(indicator__upper_id=indicator_id, region_id__in=region_ids, is_cancelled=False)
    return dict(Target.objects.filter(local).order_by("id").values_list("region_id", "value"))


def own_targets_of(region_id: UUID, indicator_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What a region's own plan asks for indicators from above, by the indicator above (one query)."""
    local = Target.objects.filter(region_id=region_id, indicator__upper_id__in=indicator_ids, is_cancelled=False)
    return {upper: value for upper, value in local.order_by("id").values_list("indicator__upper_id", "value") if upper}


def divisions_in_view(viewer: Viewer, campaign: str, region_id: UUID) -> list[tuple[TargetHead, DivisionView]]:
    """Every target of a region with its draft, or else its division in force; those without either are left out.

    A few queries for each division: for workbooks, not for pages.
    """
    heads = heads_of(divided_targets(campaign, [region_id])) if sees_division(viewer, region_id) else []
    found = [(head, division_seen(viewer, head)) for head in heads]
    return [(head, division) for head, division in found if division is not None]
