"""Whose proposals one may see: those of one's own unit and territory, what one leads, and lists published above."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from zhitong.domain.extras.models import Proposal
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

FILES_OF = "extra"
"""The kind of thing that files are attached to here."""


def seen_by(viewer: Viewer) -> Q:
    """What the first wall asks of a proposal."""
    if not first_wall_stands():
        return Q()
    own = Q(by_unit_id=viewer.unit_id) | Q(lead_unit_id=viewer.unit_id)
    if viewer.reach not in (Reach.SUBTREE, Reach.LINE):
        return own
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    above = RegionWithin.objects.filter(region_id=viewer.region_id).values("ancestor_id")
    return own | Q(region_id__in=below) | Q(published_on__isnull=False, region_id__in=above)


def must_see_extra(viewer: Viewer, proposal_id: UUID) -> None:
    """Refuse a file beside a proposal to whoever may not see it.

    Raises NotFound.
    """
    if not Proposal.objects.filter(seen_by(viewer), id=proposal_id).exists():
        raise NotFound
