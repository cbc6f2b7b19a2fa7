"""Whose plans, visits and wishes one may see: one's own unit's, of those one looks after, of one's territory, one's own."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.one import may_see
from zhitong.domain.visits.models import Plan, Visit
from zhitong.kit.refusals import NotFound

FILES_OF = "visit"
"""The kind of thing that files are attached to here."""


def subject_reached(viewer: Viewer, subject_id: UUID) -> Subject:
    """One of the served that the viewer may see and that is served still.

    Raises NotFound: it is not there for this viewer.
    """
    row = Subject.objects.filter(id=subject_id, ended_on__isnull=True).first()
    if row is None or not may_see(viewer, row):
        raise NotFound
    return row


def of_concern(viewer: Viewer) -> Q:
    """What the first wall asks of a plan, a visit or a wish before one is opened."""
    if not first_wall_stands():
        return Q()
    cared_for = Care.objects.filter(subject_id=OuterRef("subject_id"), unit_id=viewer.unit_id, until__isnull=True)
    mine = Q(unit_id=viewer.unit_id) | Q(subject__unit_id=viewer.unit_id) | Q(Exists(cared_for))
    return mine | Q(in_territory(viewer)) if viewer.reach is Reach.SUBTREE else mine


def of_coming(viewer: Viewer) -> Q:
    """What the first wall asks of a planned visit: departments of the territory see it too, so that they come together."""
    seen = of_concern(viewer)
    return seen | Q(in_territory(viewer)) if first_wall_stands() and viewer.reach is Reach.LINE else seen


def in_territory(viewer: Viewer) -> Exists:
    """Whether the subject's place lies in the viewer's territory."""
    return Exists(RegionWithin.objects.filter(region_id=OuterRef("subject__region_id"), ancestor_id=viewer.region_id))


def must_see_plan(viewer: Viewer, plan_id: UUID) -> None:
    """Refuse a page about a planned visit to whoever may not see it. Raises NotFound."""
    if not Plan.objects.filter(of_coming(viewer), id=plan_id).exists():
        raise NotFound


def must_see_visit(viewer: Viewer, visit_id: UUID) -> None:
    """Refuse a file beside a visit to whoever may not see it.

    Raises NotFound.
    """
    if not Visit.objects.filter(of_concern(viewer), id=visit_id).exists():
        raise NotFound
