"""One of the served: its care at every level, its lists, and its figures for those who may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Apart, apart_of
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.privacy.queries import Shown, looks_whole, masking, shown_to
from zhitong.domain.privacy.rules.masking import is_whole_for
from zhitong.domain.privacy.rules.words import PersonalKind
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.queries.caring import SUB_KINDS, CareView, care_of, rank_of
from zhitong.domain.subjects.rules.describing import CONTACT, PLACES, Field, fields_of
from zhitong.domain.subjects.rules.kinds import Diagnosis, ProjectStage, SubjectEnd, SubjectKind
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
    """One subject with its care at every level and its lists; figures are None where the viewer may not see them.

    `described` has every field that its kind has; `places` the names of the regions among them, where they are not that
    in which it stands; `operating_region` is empty where it operates in its own place (属地).
    """

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
    ended_reason: SubjectEnd | None
    merged_into_id: UUID | None
    version: int
    described: Mapping[Field, Any]
    places: Mapping[Field, str]
    operating_region: str
    region_reason: str
    tier_reason: str
    invested_cny: int | None
    diagnosis: Diagnosis | None
    diagnosis_words: str
    is_contact_masked: bool = False


def subject_seen(
    viewer: Viewer, subject_id: UUID, *, now: datetime | None = None, takes_part: Callable[[], bool] | None = None
) -> SubjectView:
    """One subject with its care and lists (four queries, one more and what `takes_part` costs for whom the contact is masked).

    The contact is whole for the firm itself, who looks after it or drew a list it stands on, whose post sees all of them,
    who has said at `now` for what he needs it, and for whom `takes_part` vouches from a room above.

    Raises NotFound: it is not there, or not for this viewer.
    """
    row = Subject.objects.filter(id=subject_id).first()
    if row is None or not may_see(viewer, row):
        raise NotFound
    return _view(viewer, row, now, takes_part)


def own_subject(viewer: Viewer) -> SubjectView | None:
    """The subject for which the viewer has signed in, one that has ended too; None for officials."""
    row = Subject.objects.filter(unit_id=viewer.unit_id).first()
    return _view(viewer, row) if row else None


def may_see(viewer: Viewer, row: Subject) -> bool:
    """The scope of a subject for opening one: itself, its territory, who looks after it."""
    if not first_wall_stands():
        return True
    if apart_of(viewer.permissions) is Apart.ALL:
        return False
    if reasons_to_see(
        unit_id=viewer.unit_id, region_id=viewer.region_id, sees=lenses_of(viewer.unit_kind, viewer.reach),
        own_unit_id=row.unit_id, lies_in=row.region_id, cares=False,
    ):
        return True
    return Care.objects.filter(subject_id=row.id, unit_id=viewer.unit_id).exists()


def reasons_to_see(
    *, unit_id: UUID, region_id: UUID, sees: Collection[Lens], own_unit_id: UUID | None, lies_in: UUID, cares: bool
) -> tuple[Lens, ...]:
    """By which lenses a unit sees one of the served; empty: by none. `cares`: it looks or looked after it."""
    found = [Lens.MINE] if unit_id == own_unit_id else []
    if Lens.TERRITORY in sees and region_id in {region.id for region in directory().path(lies_in)}:
        found.append(Lens.TERRITORY)
    return (*found, Lens.CARE) if cares else tuple(found)


def _view(
    viewer: Viewer, row: Subject, now: datetime | None = None, takes_part: Callable[[], bool] | None = None
) -> SubjectView:
    care = care_of([row.id]).get(row.id, ())
    memberships = Membership.objects.filter(subject=row, until__isnull=True).select_related("list").order_by("list__id")
    drawn = list(memberships)
    sees = may_see_figures(
        viewer.unit_id, viewer.reach, own_unit_id=row.unit_id, caring_unit_ids={one.unit_id for one in care},
        drawing_unit_ids={one.list.drawn_by_id for one in drawn if one.list.drawn_by_id},
    )
    parties = {row.unit_id, *(one.unit_id for one in care), *(one.list.drawn_by_id for one in drawn)}
    is_whole = _sees_contact(viewer, row, parties, now, takes_part)
    shown = shown_to(viewer, takes_part=is_whole)
    here = directory()
    kind = SubjectKind(row.kind)
    return SubjectView(
        id=row.id, kind=kind, sub_kind=SUB_KINDS.get(row.sub_kind, ""), sub_kind_code=row.sub_kind, name=row.name,
        code=row.code, code_reason=row.code_reason, region_id=row.region_id,
        region_path=tuple(region.name for region in here.path(row.region_id)), unit_id=row.unit_id,
        industry=row.industry, stage=ProjectStage(row.stage) if row.stage else None, tier=rank_of(row.tier),
        tier_words=_tier_words(row, sees), sees_figures=sees, revenue_cny=row.revenue_cny if sees else None,
        investment_cny=row.investment_cny if sees else None, care=tuple(_care_shown(one, shown) for one in care),
        lists=tuple(ListView(one.list.id, one.list.name, rank_of(one.list.tier), one.since) for one in drawn),
        ended_on=row.ended_on, ended_reason=SubjectEnd(row.ended_reason) if row.ended_reason else None,
        merged_into_id=row.merged_into_id, version=row.version, described=_described(row, kind, sees, shown),
        places=_places(row, here), operating_region=_name_of(row.operating_region_id, here),
        region_reason=row.region_reason, tier_reason=row.tier_reason, invested_cny=row.invested_cny if sees else None,
        diagnosis=Diagnosis(row.diagnosis) if row.diagnosis and sees else None,
        diagnosis_words=row.diagnosis_words if sees else "",
        is_contact_masked=not is_whole and bool(row.contact_phone_digest or row.contact),
    )


def _sees_contact(
    viewer: Viewer, row: Subject, parties: Container[UUID | None], now: datetime | None, takes_part: Callable[[], bool] | None
) -> bool:
    """Whether the contact of a firm is shown whole."""
    rule = masking()
    if all(is_whole_for(viewer, kind, rule, takes_part=viewer.unit_id in parties) for kind in CONTACT.values()):
        return True
    if now is not None and looks_whole(viewer, row.id, now):
        return True
    return takes_part is not None and takes_part()


def _care_shown(care: CareView, shown: Shown) -> CareView:
    return replace(
        care, person_phone=shown(PersonalKind.DUTY_PHONE, care.person_phone),
        liaison_phone=shown(PersonalKind.DUTY_PHONE, care.liaison_phone),
    )


def _described(row: Subject, kind: SubjectKind, sees_figures: bool, shown: Shown) -> dict[Field, Any]:
    hidden = () if sees_figures else (Field.INVESTMENT,)
    told = {field: None if field in hidden else getattr(row, field.value) for field in fields_of(kind)}
    return {field: shown(CONTACT[field], value or "") if field in CONTACT else value for field, value in told.items()}


def _places(row: Subject, here: Directory) -> dict[Field, str]:
    return {field: name for field in PLACES if (name := _name_of(getattr(row, field.value), here))}


def _name_of(region_id: UUID | None, here: Directory) -> str:
    return here.regions[region_id].name if region_id in here.regions else ""


def _tier_words(row: Subject, sees_figures: bool) -> str:
    """Why the tier is what it is; the reason names the revenue, so others read the tier alone."""
    if sees_figures or not row.tier:
        return row.tier_words if sees_figures else ""
    return f"列为{Rank(row.tier).label}重点帮扶。"
