"""Whose reports a viewer sees: one predicate for opening one, for lists and for what stands beside them."""

from __future__ import annotations

from django.db.models import Q

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.progress.models import Duty


def reach(viewer: Viewer) -> Q:
    """The first wall: one's own unit's, those of one's territory for who oversees it, else those that one's own joins."""
    if not first_wall_stands():
        return Q()
    own, below = Q(unit_id=viewer.unit_id), RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    if viewer.reach in (Reach.SUBTREE, Reach.LINE):
        return own | Q(region_id__in=below)
    joined = Duty.objects.filter(unit_id=viewer.unit_id, is_joiner=True, until__isnull=True).values("task_id")
    return own | Q(task_id__in=joined, region_id__in=below)
