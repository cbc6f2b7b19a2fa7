"""Whose inspections and findings one may see: the queries' own predicate, the same as the wall in the database."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.inspections.models import Finding, InPlace, Inspection
from zhitong.domain.inspections.rules.kinds import InspectionState, Way
from zhitong.domain.inspections.rules.way import Hand
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

FILES_OF = "finding"
"""The kind of thing that files are attached to here."""


def officials_only(viewer: Viewer) -> None:
    """Refuse the served: what offices look at among themselves is theirs.

    Raises NotFound.
    """
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound


def inspections_seen(viewer: Viewer) -> QuerySet[Inspection]:
    """Every inspection the viewer may see; who is looked at unannounced sees it when it is over."""
    if not first_wall_stands():
        return Inspection.objects.all()
    me, known = [viewer.unit_id], Q(state__in=[InspectionState.APPROVED.value, InspectionState.ENDED.value])
    told = known & ~Q(way=Way.UNANNOUNCED.value) | Q(state=InspectionState.ENDED.value)
    seen = Q(by_unit_id=viewer.unit_id) | Q(partners__contains=me) | Q(objects_of__contains=me) & told
    sent_in = ~Q(state=InspectionState.DRAFTED.value)
    seen |= sent_in & Q(approver_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        seen |= sent_in & ~Q(objects_of__contains=me) & Q(region_id__in=_below(viewer))
    return Inspection.objects.filter(seen)


def findings_seen(viewer: Viewer) -> QuerySet[Finding]:
    """Every finding the viewer may see: by it, at it, of an inspection it approves or joins, in its territory."""
    if not first_wall_stands():
        return Finding.objects.all()
    along = Inspection.objects.filter(id=OuterRef("inspection_id")).filter(
        Q(approver_id=viewer.unit_id) | Q(partners__contains=[viewer.unit_id])
    )
    seen: Q = Q(by_unit_id=viewer.unit_id) | Q(unit_id=viewer.unit_id) | Q(Exists(along))
    if viewer.reach is Reach.SUBTREE:
        seen |= Q(unit_region_id__in=_below(viewer))
    return Finding.objects.filter(seen)


def in_place_seen(viewer: Viewer) -> QuerySet[InPlace]:
    """What is said and found of five things, of the viewer's unit and its territory."""
    if not first_wall_stands():
        return InPlace.objects.all()
    seen = Q(unit_id=viewer.unit_id) | Q(found_by_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        seen |= Q(unit_region_id__in=_below(viewer))
    return InPlace.objects.filter(seen)


def hands_on(inspection: Inspection, unit_id: UUID | None) -> frozenset[Hand]:
    """In which part a unit acts on an inspection."""
    hands = set()
    if unit_id == inspection.by_unit_id or unit_id in inspection.partners:
        hands.add(Hand.INSPECTOR)
    if unit_id == inspection.approver_id:
        hands.add(Hand.APPROVER)
    return frozenset(hands)


def hands_on_finding(finding: Finding, unit_id: UUID | None) -> frozenset[Hand]:
    """In which part a unit acts on a finding."""
    hands = {Hand.INSPECTOR: finding.by_unit_id, Hand.OBJECT: finding.unit_id}
    return frozenset(hand for hand, one in hands.items() if one == unit_id)


def must_see_finding(viewer: Viewer, finding_id: UUID) -> None:
    """Refuse a file beside a finding to whoever may not see it.

    Raises NotFound.
    """
    if not findings_seen(viewer).filter(id=finding_id).exists():
        raise NotFound


def _below(viewer: Viewer) -> QuerySet[RegionWithin]:
    return RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")  # type: ignore[return-value]
