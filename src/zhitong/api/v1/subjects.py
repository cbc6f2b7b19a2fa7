"""Subjects: the served: lists through a lens, and one with its care, its lists, and its figures where they may be seen."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field as Asked

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import (
    Code,
    Labelled,
    OneOf,
    Shape,
    Words,
    labelled,
    maybe_labelled,
    region_coded,
)
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.queries.contacting import subject_to_ring
from zhitong.domain.subjects.queries.caring import CareView
from zhitong.domain.subjects.queries.lists import Filters, SubjectRow, subjects_for
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.domain.subjects.rules.describing import PLACES, Field
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of

router = Router()
_DAYS = (Field.PLANNED_START, Field.STARTED, Field.PLANNED_FINISH, Field.FINISHED)


class Care(Shape):
    """Who looks after a subject at a level."""

    tier: Labelled
    unit: str
    lead_official: str
    person_in_charge: str
    since: date


class SubjectInList(Shape):
    """A subject as a list shows it; `care` is that of its own tier."""

    id: UUID
    kind: Labelled
    sub_kind: str
    name: str
    code: str
    region: str
    tier: Labelled | None
    stage: Labelled | None
    care: Care | None


class Subjects(Shape):
    """One page of subjects."""

    lens: Labelled
    rows: list[SubjectInList]
    next: str | None


class SubjectsWanted(Shape):
    """Which subjects."""

    lens: OneOf[Lens] | None = Asked(None, description="视角；不填为该岗位最宽的一个")
    kind: list[OneOf[SubjectKind]] = Asked([], description="类别，可多选")
    tier: list[OneOf[Rank]] = Asked([], description="帮扶层级，可多选")
    stage: list[OneOf[ProjectStage]] = Asked([], description="项目阶段，可多选")
    sub_kind: list[Code] = Asked([], description="小类，可多选")
    importance: list[OneOf[Rank]] = Asked([], description="重点级别，可多选")
    region: Code | None = Asked(None, description="地区代码，须在本辖区内")
    ended: bool = Asked(False, description="只看不再服务的")
    without_care: bool = Asked(False, description="只看没有落实包联的")
    words: Words = Asked("", description="在名称和代码中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class ListOfSubject(Shape):
    """A list the subject stands on."""

    name: str
    tier: Labelled | None
    since: date


class Described(Shape):
    """What the register says beside name, code and tier; regions by name, empty where they are not apart."""

    sub_kind: str
    industry: str
    importance: str
    address: str
    registered_region: str
    registered_address: str
    tax_region: str
    statistics_region: str
    operating_region: str
    region_reason: str
    contact: str
    contact_phone: str
    progress_words: str
    planned_start_on: date | None
    started_on: date | None
    planned_finish_on: date | None
    finished_on: date | None


class Subject(Shape):
    """One subject; figures in yuan, empty where this post may not see them. `version` is what a change is held against."""

    id: UUID
    kind: Labelled
    sub_kind: str
    name: str
    code: str
    region_path: list[str]
    industry: str
    stage: Labelled | None
    tier: Labelled | None
    tier_words: str
    sees_figures: bool
    revenue_cny: int | None
    investment_cny: int | None
    care: list[Care]
    lists: list[ListOfSubject]
    ended_on: date | None
    ended_reason: Labelled | None
    merged_into: UUID | None
    version: int
    invested_cny: int | None
    described: Described


@reads(router, "/subjects", answer=Subjects, summary="服务对象名册：企业、项目、平台、民心工程")
def list_subjects(request: Request, wanted: Annotated[SubjectsWanted, Query()]) -> Subjects:
    """One page of subjects in the order of registration."""
    viewer = request.viewer
    lens = wanted.lens or lenses_of(viewer.unit_kind, viewer.reach)[0]
    filters = Filters(
        kinds=tuple(wanted.kind), tiers=tuple(wanted.tier), stages=tuple(wanted.stage),
        region_id=region_coded(wanted.region).id if wanted.region else None, without_care=wanted.without_care,
        words=wanted.words, sub_kinds=tuple(wanted.sub_kind), importances=tuple(wanted.importance), ended=wanted.ended,
    )
    listing = f"subjects.{lens}"
    key = opened(listing, wanted.cursor)
    page = subjects_for(viewer, lens, filters, after=UUID(str(key[0])) if key else None, limit=wanted.limit)
    following = sealed(listing, (page.next_key,) if page.next_key else None)
    return Subjects(lens=labelled(lens), rows=[_listed(row) for row in page.rows], next=following)


@reads(router, "/subjects/{subject_id}", answer=Subject, summary="一个服务对象：层级、包联、名单")
def one_subject(request: Request, subject_id: UUID) -> Subject:
    """A subject as far as the viewer may see it."""
    return in_full(subject_to_ring(request.viewer, subject_id, now=request.now))


def _listed(row: SubjectRow) -> SubjectInList:
    return SubjectInList(
        id=row.id, kind=labelled(row.kind), sub_kind=row.sub_kind, name=row.name, code=row.code, region=row.region,
        tier=maybe_labelled(row.tier), stage=maybe_labelled(row.stage), care=_care(row.care) if row.care else None,
    )


def _care(care: CareView) -> Care:
    return Care(
        tier=labelled(care.tier), unit=care.unit, lead_official=care.lead_official,
        person_in_charge=care.person_in_charge, since=care.since,
    )


def in_full(one: SubjectView) -> Subject:
    return Subject(
        id=one.id, kind=labelled(one.kind), sub_kind=one.sub_kind, name=one.name, code=one.code,
        region_path=list(one.region_path), industry=one.industry, stage=maybe_labelled(one.stage),
        tier=maybe_labelled(one.tier), tier_words=one.tier_words, sees_figures=one.sees_figures,
        revenue_cny=one.revenue_cny, investment_cny=one.investment_cny, care=[_care(care) for care in one.care],
        lists=[ListOfSubject(name=drawn.name, tier=maybe_labelled(drawn.tier), since=drawn.since) for drawn in one.lists],
        ended_on=one.ended_on, ended_reason=maybe_labelled(one.ended_reason), merged_into=one.merged_into_id,
        version=one.version, invested_cny=one.invested_cny, described=_described(one),
    )


def _described(one: SubjectView) -> Described:
    texts = {
        field.value: one.described.get(field) or "" for field in (
            Field.SUB_KIND, Field.INDUSTRY, Field.IMPORTANCE, Field.ADDRESS, Field.REGISTERED_ADDRESS, Field.CONTACT,
            Field.CONTACT_PHONE, Field.PROGRESS,
        )
    }
    days = {field.value: one.described.get(field) for field in _DAYS}
    places = {field.value.removesuffix("_id"): one.places.get(field, "") for field in PLACES}
    return Described(
        **texts, **days, **places, operating_region=one.operating_region, region_reason=one.region_reason
    )
