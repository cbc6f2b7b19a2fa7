"""One of the served: its care at every level, its lists, and its figures for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.queries.caring import SUB_KINDS, CareView, care_of, rank_of
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of, may_see_figures
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ListView:
    """A list a subject stands on."""

    id: UUID
    name: str
    tier: Rank | None
    since: date


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject with its care at every level and its lists; figures are None where the viewer may not see them."""

    id: UUID
    kind: SubjectKind
    sub_kind: str
    sub_kind_code: str
    name: str
    code: str
    code_reason: str
    region_id: UUID
    region_path: tuple[str, ...]
    unit_id: UUID | None
    industry: str
    stage: ProjectStage | None
    tier: Rank | None
    tier_words: str
    sees_figures: bool
    revenue_cny: int | None
    investment_cny: int | None
    care: tuple[CareView, ...]
    lists: tuple[ListView, ...]
    ended_on: date | None


def subject_seen(viewer: Viewer, subject_id: UUID) -> SubjectView:
    """One subject with its care and lists (four queries).

    Raises NotFound: it is not there, or not for this viewer.
    """
    row = Subject.objects.filter(id=subject_id).first()
    if row is None or not may_see(viewer, row):
        raise NotFound
    return _view(viewer, row)


def own_subject(viewer: Viewer) -> SubjectView | None:
    """The subject for which the viewer has signed in; None for officials."""
    row = Subject.objects.filter(unit_id=viewer.unit_id, ended_on__isnull=True).first()
    return _view(viewer, row) if row else None


def may_see(viewer: Viewer, row: Subject) -> bool:
    """The scope of a subject for opening one: itself, its territory, who looks after it."""
    if not first_wall_stands() or row.unit_id == viewer.unit_id:
        return True
    if Lens.TERRITORY in lenses_of(viewer.unit_kind, viewer.reach):
        above = {region.id for region in directory().path(row.region_id)}
        if viewer.region_id in above:
            return True
    return Care.objects.filter(subject_id=row.id, unit_id=viewer.unit_id).exists()


def _view(viewer: Viewer, row: Subject) -> SubjectView:
    care = care_of([row.id]).get(row.id, ())
    memberships = Membership.objects.filter(subject=row, until__isnull=True).select_related("list").order_by("list__id")
    drawn = list(memberships)
    sees = may_see_figures(
        viewer.unit_id, viewer.reach, own_unit_id=row.unit_id, caring_unit_ids={one.unit_id for one in care},
        drawing_unit_ids={one.list.drawn_by_id for one in drawn if one.list.drawn_by_id},
    )
    return SubjectView(
        row.id, SubjectKind(row.kind), SUB_KINDS.get(row.sub_kind, ""), row.sub_kind, row.name, row.code,
        row.code_reason, row.region_id, tuple(region.name for region in directory().path(row.region_id)), row.unit_id,
        row.industry, ProjectStage(row.stage) if row.stage else None, rank_of(row.tier), _tier_words(row, sees), sees,
        row.revenue_cny if sees else None, row.investment_cny if sees else None, tuple(care),
        tuple(ListView(one.list.id, one.list.name, rank_of(one.list.tier), one.since) for one in drawn), row.ended_on,
    )


def _tier_words(row: Subject, sees_figures: bool) -> str:
    """Why the tier is what it is; the reason names the revenue, so others read the tier alone."""
    if sees_figures or not row.tier:
        return row.tier_words if sees_figures else ""
    return f"列为{Rank(row.tier).label}重点帮扶。"
