"""The gate of common problems: their office, their lead unit, the territories above; nobody else finds one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.commons.models import Common, Member
from zhitong.domain.commons.rules.kinds import CommonState, Treatment
from zhitong.domain.commons.rules.way import CommonStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.models import Party
from zhitong.kit.refusals import NotFound

STANDING = ("id", "number", "title", "category", "state", "treatment", "region_id", "office_id", "lead_id", "last_at")


def seen_by(viewer: Viewer) -> QuerySet[Common]:
    """The common problems of the viewer's unit, as office or lead, and those of the territory it oversees.

    Raises NotFound: one of the served; its problem's own page tells it what it is part of.
    """
    if not first_wall_stands():
        return Common.objects.filter(brief__isnull=False)  # whoever sees a member sees the row, not what the offices wrote
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
    own = Q(office_id=viewer.unit_id) | Q(lead_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        own |= Q(region_id__in=list(directory().within(viewer.region_id)))
    return Common.objects.filter(own)


def members_seen_by(viewer: Viewer) -> QuerySet[Member]:
    """The members that a viewer of their common problem may know: all of a territory, or where its unit takes part."""
    if not first_wall_stands() or viewer.reach is Reach.SUBTREE:
        return Member.objects.all()
    takes_part = Party.objects.filter(unit_id=viewer.unit_id, problem_id=OuterRef("problem_id"))
    return Member.objects.filter(Exists(takes_part))


def standing_from(row: dict[str, Any]) -> CommonStanding:
    """A stored row as acts ask it."""
    values = {name: row[name] for name in STANDING if name not in ("state", "treatment")}
    return CommonStanding(state=CommonState(row["state"]), treatment=Treatment(row["treatment"]), **values)


def common_locked(viewer: Viewer, number: str) -> CommonStanding:
    """How a common problem stands, its row locked until the transaction ends; who waited reads it as it is afterwards.

    Raises NotFound: there is none, or none for this viewer.
    """
    seen = seen_by(viewer).filter(number=number.strip()).values_list("id", flat=True).first()
    leads = Q(office_id=viewer.unit_id) | Q(lead_id=viewer.unit_id)
    if seen is not None:
        Common.objects.select_for_update().filter(leads, id=seen).values_list("id", flat=True).first()
    row = Common.objects.filter(id=seen).values(*STANDING).first() if seen else None
    if row is None:
        raise NotFound
    return standing_from(row)


def held_elsewhere(problem_ids: list[UUID]) -> set[UUID]:
    """Which of these problems belong to an open common problem."""
    rows = Member.objects.filter(problem_id__in=problem_ids, membership="joined")
    return set(rows.values_list("problem_id", flat=True))
