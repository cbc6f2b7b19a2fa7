"""What of the plan waits for the word of an office: curves and amendments that regions below have proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Amendment, Curve
from zhitong.domain.plans.queries.rights import deciding_office
from zhitong.domain.plans.rules import AmendmentState, CurveState


@dataclass(frozen=True, slots=True)
class ChangeWaiting:
    """A curve (`target_id` says of which target) or an amendment (None) that waits; `id` is its own."""

    id: UUID
    target_id: UUID | None
    title: str
    region: str
    asked_at: datetime


def changes_waiting(viewer: Viewer, *, limit: int) -> list[ChangeWaiting]:
    """What the viewer's office has to decide, up to `limit` of each, the longest waiting first (two queries); who decides
    nothing has none."""
    if not viewer.may(Permission.DISPATCH):
        return []
    here = directory()
    ours = [one for one in here.within(viewer.region_id) if deciding_office(one) == viewer.unit_id]
    curves = Curve.objects.filter(state=CurveState.PROPOSED.value, target__region__in=ours).order_by("proposed_at", "id")
    amendments = Amendment.objects.filter(state=AmendmentState.SUBMITTED.value, region__in=ours).order_by("submitted_at", "id")
    found = [
        ChangeWaiting(curve_id, target_id, name, here.regions[region_id].name, at)
        for curve_id, target_id, name, region_id, at in curves.values_list(
            "id", "target_id", "target__indicator__name", "target__region_id", "proposed_at"
        )[:limit]
    ]
    found += [
        ChangeWaiting(one.id, None, one.title, here.regions[one.region_id].name, one.submitted_at or one.made_at)
        for one in amendments[:limit]
    ]
    return sorted(found, key=lambda one: (one.asked_at, one.id))
