"""保存期限: terms and what would go by them today, the last runs, holds, and erasing a person."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Empty, Labelled, Name, OneOf, Said, Shape, ShortText, labelled
from zhitong.domain.retention.actions.erasing import ask_to_erase
from zhitong.domain.retention.actions.holding import hold_back, release
from zhitong.domain.retention.actions.ruling import set_term
from zhitong.domain.retention.queries.holds import erasures_for, holds_for
from zhitong.domain.retention.queries.terms import due_now, is_keeper, newest_runs
from zhitong.domain.retention.rules.words import HoldKind, KeptKind
from zhitong.kit.clock import day_of

router = Router()


class RetentionTerm(Shape):
    """A term: `since` says from when the months count, `many` and `oldest` what would go by it today."""

    kind: Labelled
    since: str
    months: int
    floor: int
    why: str
    treatment: Labelled
    before: datetime
    many: int
    oldest: datetime | None


class RetentionTerms(Shape):
    """All of them; none for who is no administrator."""

    rows: list[RetentionTerm]


class RetentionRun(Shape):
    """What a day did with one kind; without an end it is under way."""

    day: date
    kind: Labelled
    before: datetime
    done: int
    begun_at: datetime
    ended_at: datetime | None


class RetentionRuns(Shape):
    """The newest days first."""

    rows: list[RetentionRun]


class RetentionHold(Shape):
    """What is held back: `name` is a person's name, or the code of one of the served."""

    id: UUID
    kind: Labelled
    thing_id: UUID
    name: str
    region: str
    reason: str
    until: date
    set_by: str
    set_at: datetime


class RetentionHolds(Shape):
    """Those that run in the territory, the newest first."""

    rows: list[RetentionHold]


class RetentionErasure(Shape):
    """Somebody erased, by number; `done_at` is null until the worker has been there."""

    number: int
    region: str
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    rows: int


class RetentionErasures(Shape):
    """Those of the territory, the newest first."""

    rows: list[RetentionErasure]


class SettingTerm(Said):
    """调整期限."""

    kind: OneOf[KeptKind]
    months: Annotated[int, Field(ge=0, le=9999)]
    reason: ShortText


class TermSet(Shape):
    """How many months it was before."""

    before: int


class HoldingBack(Said):
    """设定保留."""

    kind: OneOf[HoldKind]
    named: Name = Field(description="服务对象填统一社会信用代码，人员填登录名")
    until: date
    reason: ShortText


class HoldMade(Shape):
    """The hold that runs from now on."""

    id: UUID


class HoldReleased(Shape):
    """The hold that runs no longer."""

    id: UUID


class ErasingPerson(Said):
    """受理删除个人信息."""

    login: Name
    reason: ShortText


class ErasureTaken(Shape):
    """The number that stands in the place of the name."""

    number: int


@reads(router, "/retention/terms", answer=RetentionTerms, summary="保存期限和按今天试算的条数；限三员")
def retention_terms(request: Request) -> RetentionTerms:
    """Of the whole installation."""
    if not is_keeper(request.viewer):
        return RetentionTerms(rows=[])
    return RetentionTerms(rows=[
        RetentionTerm(
            kind=labelled(one.held.term.kind), since=one.held.term.since, months=one.held.months, floor=one.held.term.floor,
            why=one.held.term.why, treatment=labelled(one.held.term.treatment), before=one.before, many=one.many, oldest=one.oldest,
        )
        for one in due_now(request.viewer, request.now)
    ])  # fmt: skip


@reads(router, "/retention/runs", answer=RetentionRuns, summary="最近的清理；限三员")
def retention_runs(request: Request) -> RetentionRuns:
    """Of the whole installation."""
    runs = newest_runs(request.viewer) if is_keeper(request.viewer) else []
    return RetentionRuns(rows=[
        RetentionRun(
            day=one.day, kind=labelled(one.kind), before=one.before, done=one.done, begun_at=one.begun_at, ended_at=one.ended_at
        )
        for one in runs
    ])  # fmt: skip


@reads(router, "/retention/holds", answer=RetentionHolds, summary="本辖区正在保留的；限三员")
def retention_holds(request: Request) -> RetentionHolds:
    """Of the territory."""
    rows = holds_for(request.viewer, day_of(request.now)) if is_keeper(request.viewer) else []
    return RetentionHolds(rows=[
        RetentionHold(
            id=one.id, kind=labelled(one.kind), thing_id=one.thing_id, name=one.name, region=one.region, reason=one.reason,
            until=one.until, set_by=one.set_by, set_at=one.set_at,
        )
        for one in rows
    ])  # fmt: skip


@reads(router, "/retention/erasures", answer=RetentionErasures, summary="本辖区受理过的删除；限三员")
def retention_erasures(request: Request) -> RetentionErasures:
    """Of the territory."""
    rows = erasures_for(request.viewer) if is_keeper(request.viewer) else []
    return RetentionErasures(rows=[
        RetentionErasure(
            number=one.number, region=one.region, asked_by=one.asked_by, asked_at=one.asked_at, done_at=one.done_at, rows=one.rows
        )
        for one in rows
    ])  # fmt: skip


@writes(router, "/retention/terms", answer=TermSet, summary="调整期限；限最高一级的安全管理员")
def retention_term_set(request: Request, said: SettingTerm) -> TermSet:
    """Not under the floor of the law."""
    return TermSet(before=set_term(
        request.viewer, kind=KeptKind(said.kind), months=said.months, reason=said.reason, actor=actor_of(request), now=request.now
    ))


@writes(router, "/retention/holds", answer=HoldMade, summary="设定保留；限安全管理员", status=HTTPStatus.CREATED)
def retention_hold_back(request: Request, said: HoldingBack) -> HoldMade:
    """In the territory."""
    return HoldMade(id=hold_back(
        request.viewer, kind=HoldKind(said.kind), named=said.named, reason=said.reason, until=said.until,
        actor=actor_of(request), now=request.now,
    ))


@writes(router, "/retention/holds/{hold_id}/release", answer=HoldReleased, summary="解除保留；限安全管理员")
def retention_release(request: Request, hold_id: UUID, said: Empty) -> HoldReleased:
    """Terms hold again."""
    release(request.viewer, hold_id, actor=actor_of(request), now=request.now)
    return HoldReleased(id=hold_id)


@writes(router, "/retention/erasures", answer=ErasureTaken, summary="受理删除个人信息；限系统管理员", status=HTTPStatus.CREATED)
def retention_erase(request: Request, said: ErasingPerson) -> ErasureTaken:
    """The account is let in no more; the worker erases at once."""
    return ErasureTaken(number=ask_to_erase(
        request.viewer, login=said.login, reason=said.reason, actor=actor_of(request), now=request.now
    ))
