"""One share, as the forms about it and programs ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Share, Target
from zhitong.domain.plans.queries.dividing.heads import TargetHead, heads_of, may_decide, regions_known
from zhitong.domain.plans.rules.dividing import DivisionState, ShareState
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class OneShare:
    """A share in force with its target, and whether the viewer's office may ask about it or answer for it."""

    id: UUID
    head: TargetHead
    region: RegionEntry
    value: Decimal
    state: ShareState
    asked_value: Decimal | None
    asked_reason: str
    may_ask: bool
    may_answer: bool


def share_seen(viewer: Viewer, share_id: UUID) -> OneShare:
    """A share of a division in force (a few queries). Raises NotFound: none, or not of the viewer's chain."""
    rows = Share.objects.filter(regions_known(viewer), id=share_id, division__state=DivisionState.ISSUED.value)
    row = rows.select_related("division").first()
    if row is None or row.value is None:
        raise NotFound
    [head] = heads_of(Target.objects.filter(id=row.division.target_id))
    state = ShareState(row.state)
    return OneShare(
        row.id, head, directory().regions[row.region_id], row.value, state, row.asked_value, row.asked_reason,
        state is ShareState.ISSUED and may_decide(viewer, row.region_id),
        state is ShareState.ASKED and may_decide(viewer, head.region_id),
    )
