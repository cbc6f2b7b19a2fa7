"""Whose papers one may see: an office its own, an official of the territory what was published in it and above it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.papers.models import Paper
from zhitong.domain.papers.rules.kinds import PaperState
from zhitong.kit.refusals import NotFound

FILES_OF = "paper"
"""The kind of thing that files are attached to here."""


def is_office(viewer: Viewer) -> bool:
    """Whether the viewer works in the campaign office of the region, and may act for it."""
    office = directory().office(viewer.region_id)
    return office is not None and office.id == viewer.unit_id and viewer.may(Permission.DISPATCH)


def seen_by(viewer: Viewer, prefix: str = "") -> Q:
    """What the first wall asks of a paper, or of what hangs on one by `prefix`."""
    if not first_wall_stands():
        return Q()
    own = Q(**{f"{prefix}by_unit_id": viewer.unit_id})
    if viewer.reach not in (Reach.SUBTREE, Reach.LINE):
        return own
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    above = RegionWithin.objects.filter(region_id=viewer.region_id).values("ancestor_id")
    around = Q(**{f"{prefix}region_id__in": below}) | Q(**{f"{prefix}region_id__in": above})
    return own | (Q(**{f"{prefix}state": PaperState.PUBLISHED.value}) & around)


def paper_for(viewer: Viewer, paper_id: UUID) -> Paper:
    """A paper that the viewer may see, without its text.

    Raises NotFound.
    """
    row = Paper.objects.filter(seen_by(viewer), id=paper_id).defer("text").first()
    if row is None:
        raise NotFound
    return row


def must_see_paper(viewer: Viewer, paper_id: UUID) -> None:
    """Refuse a file beside a paper to whoever may not see it.

    Raises NotFound.
    """
    if not Paper.objects.filter(seen_by(viewer), id=paper_id).exists():
        raise NotFound
