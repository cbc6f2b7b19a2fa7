"""分包帮扶: who should look after whom, saying who it is, and handing over."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.care_coverage import RegionWanted, region_asked
from zhitong.api.words import Code, Labelled, Name, Note, OneOf, Said, Shape, labelled, unit_id_coded
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.caring import NewCare, arrange_care, hand_over_care
from zhitong.domain.subjects.queries.caring import CareView
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.proposing import suggestions_for

router = Router()
MOST_CARES = 1000


class SuggestionTold(Shape):
    """Who might look after one, and why; no unit where nobody fits."""

    subject: UUID
    name: str
    tier: Labelled
    unit: str
    lead_official: str
    person_in_charge: str
    task_force: str
    reason: str


class SuggestionsTold(Shape):
    """Proposals; nothing is kept by asking."""

    rows: list[SuggestionTold]


class CareTold(Shape):
    """Who looks after a subject at a level."""

    tier: Labelled
    unit: str
    lead_official: str
    person_in_charge: str
    person_phone: str
    liaison: str
    liaison_phone: str
    task_force: str
    since: date


class CaresTold(Shape):
    """The care of a subject at every level."""

    rows: list[CareTold]


class CareSaid(Said):
    """Who is to look after a subject at a level."""

    subject: UUID
    tier: OneOf[Rank] = Field(description="层级")
    unit: Code = Field(description="帮包单位代码")
    lead_official: Name
    person_in_charge: Name
    person_phone: Note = ""
    liaison: Note = ""
    liaison_phone: Note = ""
    task_force: Code | None = Field(None, description="工作专班单位代码；平台和民心工程都要有")
    reason: Note = Field("", description="变更的理由；这一级已有分包的必填")


class Caring(Said):
    """落实分包."""

    cares: list[CareSaid] = Field(min_length=1, max_length=MOST_CARES)


class Kept(Shape):
    """How many were kept."""

    kept: int


class HandingOverCare(Said):
    """交接分包."""

    unit: Code
    official: Name = Field(description="离任的分包领导")
    successor: Name = Field(description="接任的分包领导")
    reason: Note


@reads(router, "/care/suggestions", answer=SuggestionsTold, summary="对没有落实的，建议由谁分包和理由")
def suggestions(request: Request, wanted: Annotated[RegionWanted, Query()]) -> SuggestionsTold:
    """The same question has the same answer; `POST /care` keeps what a person agreed to."""
    return SuggestionsTold(rows=[
        SuggestionTold(
            subject=one.subject_id, name=one.subject, tier=labelled(one.tier), unit=one.unit, lead_official=one.lead_official,
            person_in_charge=one.person_in_charge, task_force=one.task_force, reason=one.reason,
        ) for one in suggestions_for(request.viewer, region_asked(request, wanted.region))
    ])


@reads(router, "/subjects/{subject_id}/care", answer=CaresTold, summary="一个服务对象的分包：各级由谁负责")
def of_subject(request: Request, subject_id: UUID) -> CaresTold:
    """The highest level first."""
    return CaresTold(rows=[_care(one) for one in subject_seen(request.viewer, subject_id).care])


@writes(router, "/care", answer=Kept, summary="落实分包：分包领导、帮包单位、责任人、联络员、专班", status=HTTPStatus.CREATED)
def assign(request: Request, said: Caring) -> Kept:
    """All of it or nothing; who did so at the same level before ends today."""
    cares = [
        NewCare(
            subject_id=one.subject, tier=one.tier, unit_id=unit_id_coded(one.unit, f"cares.{place}.unit"),
            lead_official=one.lead_official, person_in_charge=one.person_in_charge, person_phone=one.person_phone,
            liaison=one.liaison, liaison_phone=one.liaison_phone, reason=one.reason,
            task_force_id=unit_id_coded(one.task_force, f"cares.{place}.task_force") if one.task_force else None,
        ) for place, one in enumerate(said.cares)
    ]
    return Kept(kept=len(arrange_care(request.viewer, cares, actor=actor_of(request), now=request.now)))


@writes(router, "/care/hand-over", answer=Kept, summary="交接：一位领导名下的全部改由接任的分包")
def hand_over(request: Request, said: HandingOverCare) -> Kept:
    """Persons in charge, liaisons and task forces stay."""
    return Kept(kept=hand_over_care(
        request.viewer, unit_id=unit_id_coded(said.unit, "unit"), official=said.official, successor=said.successor,
        reason=said.reason, actor=actor_of(request), now=request.now,
    ))


def _care(one: CareView) -> CareTold:
    return CareTold(
        tier=labelled(one.tier), unit=one.unit, lead_official=one.lead_official, person_in_charge=one.person_in_charge,
        person_phone=one.person_phone, liaison=one.liaison, liaison_phone=one.liaison_phone, task_force=one.task_force,
        since=one.since,
    )
