"""What came down to a region: its shares in the divisions in force, and what the offices have still to do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Share, Target
from zhitong.domain.plans.queries.dividing.divisions import own_targets_of
from zhitong.domain.plans.queries.dividing.heads import (
    TargetHead,
    divided_targets,
    heads_of,
    may_decide,
    regions_known,
    sees_division,
)
from zhitong.domain.plans.queries.dividing.overview import Progress, lines_of
from zhitong.domain.plans.rules.dividing import WAITING, DivisionState, ShareState, is_beyond
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class IncomingShare:
    """A region's share of a target above it: what was given, what was said, and what may be done with it now.

    `progress` is how far the region has divided it among its own, None where it has nobody below.
    """

    id: UUID
    head: TargetHead
    division_id: UUID
    region_id: UUID
    value: Decimal
    before: Decimal | None
    state: ShareState
    asked_value: Decimal | None
    asked_reason: str
    answer: str
    issued_at: datetime
    since: date
    target_id: UUID | None
    own: Decimal | None
    is_beyond: bool
    progress: Progress | None
    may_accept: bool
    may_ask: bool


def incoming_shares(viewer: Viewer, campaign: str, region_id: UUID) -> list[IncomingShare]:
    """The shares of a region in the divisions in force, in the order of the plan (a fixed number of queries).

    Raises NotFound: the region is neither the viewer's own nor below it.
    """
    if not sees_division(viewer, region_id):
        raise NotFound
    rows = list(
        Share.objects.filter(
            regions_known(viewer), region_id=region_id, division__state=DivisionState.ISSUED.value,
            division__target__indicator__plan__campaign=campaign, value__isnull=False,
        ).select_related("division").order_by("division__target__indicator__position")
    )
    heads = {one.id: one for one in heads_of(Target.objects.filter(id__in=[row.division.target_id for row in rows]))}
    own = own_targets_of(region_id, [one.indicator_id for one in heads.values()])
    onward = _onward(region_id, [row.target_id for row in rows if row.target_id])
    before = _before(rows)
    decides = may_decide(viewer, region_id)
    return [_incoming(row, heads[row.division.target_id], own, onward, before, decides) for row in rows]


def _incoming(
    row: Share, head: TargetHead, own: dict[UUID, Decimal], onward: dict[UUID, Progress],
    before: dict[tuple[UUID, int], Decimal | None], decides: bool,
) -> IncomingShare:
    state, value, division = ShareState(row.state), row.value or Decimal(0), row.division
    assert division.issued_at is not None and division.since is not None, "an issued division has its days"
    local = own.get(head.indicator_id)
    return IncomingShare(
        row.id, head, division.id, row.region_id, value, before.get((division.target_id, division.number - 1)), state,
        row.asked_value, row.asked_reason, row.answer, division.issued_at, division.since, row.target_id, local,
        local is not None and is_beyond(head.asks.direction, local, value), onward.get(row.target_id) if row.target_id else None,
        decides and state in WAITING, decides and state is ShareState.ISSUED,
    )


def _onward(region_id: UUID, target_ids: Sequence[UUID]) -> dict[UUID, Progress]:
    """How far a region has divided what came to it; nothing where nobody is below."""
    if not directory().children(region_id):
        return {}
    heads = heads_of(Target.objects.filter(id__in=target_ids))
    return {line.head.id: line.progress for line in lines_of(heads)}


def _before(rows: Sequence[Share]) -> dict[tuple[UUID, int], Decimal | None]:
    """What the region had in the division before, by target and number of that division (one query)."""
    if not rows:
        return {}
    earlier = Share.objects.filter(
        region_id=rows[0].region_id, division__target_id__in=[row.division.target_id for row in rows],
        division__state=DivisionState.SUPERSEDED.value,
    )
    return {
        (target_id, number): value
        for target_id, number, value in earlier.values_list("division__target_id", "division__number", "value")
    }


@dataclass(frozen=True, slots=True)
class CascadeDuties:
    """What waits for an office, in numbers: shares to accept, requests to answer, drafts to issue, targets to divide."""

    region_id: UUID
    to_accept: int
    to_answer: int
    to_issue: int
    to_divide: int


def duties_for(viewer: Viewer, campaign: str) -> list[CascadeDuties]:
    """What waits for the viewer's office in its own region; empty for everybody else (a fixed number of queries)."""
    region_id = viewer.region_id
    if viewer.unit_kind is not UnitKind.CAMPAIGN_OFFICE or not viewer.may(Permission.DISPATCH):
        return []
    shares = Share.objects.filter(
        regions_known(viewer), division__state=DivisionState.ISSUED.value,
        division__target__indicator__plan__campaign=campaign,
    )
    lines = lines_of(heads_of(divided_targets(campaign, [region_id]))) if has_receivers(region_id) else []
    waits = CascadeDuties(
        region_id,
        shares.filter(region_id=region_id, state__in=[one.value for one in WAITING]).count(),
        shares.filter(division__target__region_id=region_id, state=ShareState.ASKED.value).count(),
        sum(line.draft_id is not None for line in lines),
        sum(line.progress in (Progress.NOT_YET, Progress.STALE) for line in lines),
    )
    return [waits] if waits.to_accept or waits.to_answer or waits.to_issue or waits.to_divide else []


def has_receivers(region_id: UUID) -> bool:
    """Whether somebody below has an office of its own to receive a share: else dividing is nobody's duty, but may be done."""
    here = directory()
    return any((office := here.office(child.id)) and office.region_id == child.id for child in here.children(region_id))


@dataclass(frozen=True, slots=True)
class ShareAudience:
    """Who is concerned by what was said of a share: the office that issued it, the region's own, and the target's name."""

    target_id: UUID
    name: str
    region_id: UUID
    issuer_id: UUID | None
    office_id: UUID | None


def share_audience(share_id: UUID) -> ShareAudience | None:
    """The offices concerned by a share; for reactions, which act for nobody (two queries)."""
    row = Share.objects.select_related("division__target__indicator").filter(id=share_id).first()
    if row is None:
        return None
    here, target = directory(), row.division.target
    issuer, own = here.office(target.region_id), here.office(row.region_id)
    return ShareAudience(
        target.id, target.indicator.full_name, row.region_id, issuer.id if issuer else None, own.id if own else None
    )

