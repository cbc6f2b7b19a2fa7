"""What becomes of one of the served after it is registered: another place, an end, going on, merged, split."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router
from pydantic import Field as Asked

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.subject_register import NewSubjectSaid, entry_of
from zhitong.api.v1.subjects import Subject, in_full
from zhitong.api.words import Code, OneOf, Said, Shape, ShortText, region_coded
from zhitong.domain.campaigns.queries import tier_rules_in_force
from zhitong.domain.cards.actions.erasing import erase_contact
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.privacy.actions import LONGEST
from zhitong.domain.privacy.rules.words import Purpose
from zhitong.domain.subjects.actions.changing import relocate
from zhitong.domain.subjects.actions.ending import Ending, end, resume
from zhitong.domain.subjects.actions.joining import Dividing, Merging, divide, merge, undo_merge
from zhitong.domain.subjects.actions.revealing import reveal_contact
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.registrars import require_may_rearrange
from zhitong.domain.subjects.rules.kinds import SubjectEnd
from zhitong.kit.refusals import NotFound

router = Router()
MOST_FIGURES, MOST_ELEMENTS, MOST_MARKS = 2000, 60, 40
Period = str


class Relocating(Said):
    """变更属地."""

    region: Code
    reason: ShortText
    is_ruling: bool = Asked(False, description="经营地没有变，认定由别处管理")
    version: int


class SubjectEnding(Said):
    """不再服务."""

    reason: OneOf[SubjectEnd]
    on: date
    proof: ShortText


class Reason(Said):
    """A reason alone."""

    reason: ShortText


class MergingSaid(Said):
    """合并登记：`merged` 并入本户."""

    merged: UUID
    reason: ShortText
    version: int | None = None


class SplitSaid(Said):
    """拆分登记：恢复并错的一户（undo），或登记分立出的新一户（new）."""

    undo: UUID | None = None
    new: NewSubjectSaid | None = None
    lists: list[UUID] = Asked([], max_length=50, description="转过去的名单")
    care: list[OneOf[Rank]] = Asked([], max_length=4, description="转过去的分包层级")
    reason: ShortText
    version: int | None = None


@writes(router, "/subjects/{subject_id}/relocate", answer=Subject, summary="变更属地：迁移，或经认定")
def relocate_one(request: Request, subject_id: UUID, said: Relocating) -> Subject:
    """Another place."""
    require_may_rearrange(request.viewer, [subject_id])
    relocate(
        subject_id=subject_id, region_id=region_coded(said.region).id, reason=said.reason, is_ruling=said.is_ruling,
        version=said.version, actor=actor_of(request), now=request.now,
    )
    return in_full(subject_seen(request.viewer, subject_id))


@writes(router, "/subjects/{subject_id}/end", answer=Subject, summary="不再服务：注销、迁出、登记有误")
def end_one(request: Request, subject_id: UUID, said: SubjectEnding) -> Subject:
    """With its proof; each list's drawer is asked to let it go."""
    require_may_rearrange(request.viewer, [subject_id])
    ending = Ending(subject_id=subject_id, reason=said.reason, on=said.on, proof=said.proof)
    end([ending], actor=actor_of(request), now=request.now)
    return in_full(subject_seen(request.viewer, subject_id))


@writes(router, "/subjects/{subject_id}/resume", answer=Subject, summary="恢复服务")
def resume_one(request: Request, subject_id: UUID, said: Reason) -> Subject:
    """One that was ended."""
    require_may_rearrange(request.viewer, [subject_id])
    resume(subject_id=subject_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return in_full(subject_seen(request.viewer, subject_id))


class Revealing(Said):
    """查看完整联系方式：用途会留痕，选其他（other）时必须写明。"""

    purpose: OneOf[Purpose]
    words: str = Asked("", max_length=LONGEST)


class ContactShown(Shape):
    """Until when GET of the subject answers with the whole contact; answers to acts are kept, so it does not stand here."""

    until: datetime


@writes(router, "/subjects/{subject_id}/contact", answer=ContactShown, summary="说明用途，随后几分钟内可读到完整联系方式")
def reveal_contact_of_one(request: Request, subject_id: UUID, said: Revealing) -> ContactShown:
    """Whole for some minutes wherever this person reads the subject."""
    return ContactShown(until=reveal_contact(
        request.viewer, subject_id=subject_id, purpose=Purpose(said.purpose), words=said.words, actor=actor_of(request),
        now=request.now,
    ))


@writes(router, "/subjects/{subject_id}/forget", answer=Subject, summary="按本人要求删除联系人姓名、电话")
def forget_contact_of_one(request: Request, subject_id: UUID, said: Reason) -> Subject:
    """The firm, its problems and what was done stay."""
    require_may_rearrange(request.viewer, [subject_id])
    erase_contact(subject_id=subject_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return in_full(subject_seen(request.viewer, subject_id))


@writes(router, "/subjects/{subject_id}/merge", answer=Subject, summary="合并登记：另一户并入本户")
def merge_one(request: Request, subject_id: UUID, said: MergingSaid) -> Subject:
    """Lists, care and figures go over where this one has none."""
    require_may_rearrange(request.viewer, {subject_id, said.merged})
    merging = Merging(kept_id=subject_id, merged_id=said.merged, reason=said.reason, kept_version=said.version)
    merge(merging, actor=actor_of(request), now=request.now)
    return in_full(subject_seen(request.viewer, subject_id))


@writes(router, "/subjects/{subject_id}/split", answer=Subject, summary="拆分登记：返回拆出的一户")
def split_one(request: Request, subject_id: UUID, said: SplitSaid) -> Subject:
    """Lists and care that are named go over."""
    require_may_rearrange(request.viewer, [subject_id])
    actor = actor_of(request)
    dividing = Dividing(
        subject_id=subject_id, reason=said.reason, list_ids=said.lists, care_tiers=said.care, version=said.version
    )
    if said.undo is not None:
        found = undo_merge(dividing, merged_id=said.undo, actor=actor, now=request.now)
    elif said.new is not None:
        found = divide(dividing, entry_of(said.new), rules=tier_rules_in_force(), actor=actor, now=request.now)
    else:
        raise NotFound("请写明恢复哪一户（undo），或登记哪一户（new）。")
    return in_full(subject_seen(request.viewer, found))
