"""Collection beside the cards: whom to remind, why firms do not report, odd cards, corrections, cards filled in for firms."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.v1.rounds import region_wanted
from zhitong.api.words import Code, Labelled, Note, OneOf, Said, Shape, ShortText, labelled
from zhitong.domain.cards.actions import (
    AskedCorrection,
    AskedExcuse,
    Confirmation,
    CorrectionDecision,
    ExcuseDecision,
    answer_flag,
    ask_corrections,
    ask_excuses,
    confirm_cards,
    decide_correction,
    decide_excuses,
    dispute_cards,
    remind_region,
)
from zhitong.domain.cards.queries import (
    ExcuseRow,
    FlagRow,
    ReminderRow,
    corrections_to_decide,
    excuses_of_region,
    flags_of_region,
    reminders_of_region,
)
from zhitong.domain.cards.rules.rounds import ExcuseReason, RequestState
from zhitong.domain.files.rules.kinds import MOST_FILES

router = Router()


class CollectingWanted(Shape):
    """Which region, and where to go on."""

    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")
    cursor: CursorText = ""
    limit: Limit = 50


class RemindWanted(Said):
    """Whose firms are reminded."""

    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")


class RegionReminded(Shape):
    """How many were reminded."""

    count: int


class Reminder(Shape):
    """Who was reminded of whose card, when, by whom (empty: by the clock)."""

    subject: str
    region: str
    level: Labelled
    unit: str
    at: datetime
    reminded_by: str


class Reminders(Shape):
    """One page of reminders, newest first."""

    rows: list[Reminder]
    next: str | None


class Flag(Shape):
    """A question about a card."""

    id: UUID
    card_id: UUID
    subject: str
    region: str
    kind: Labelled
    words: str
    at: datetime
    answer: str


class Flags(Shape):
    """One page of questions, newest first."""

    rows: list[Flag]
    next: str | None


class Answered(Said):
    """What was found when the firm was asked."""

    answer: ShortText


class CollectingDone(Shape):
    """The thing, and how it stands."""

    id: UUID
    state: str


class ExcuseSaid(Said):
    """Why a firm does not report, and how one knows."""

    subject_id: UUID
    reason: OneOf[ExcuseReason]
    proof: ShortText
    files: list[UUID] = Field(
        [], max_length=MOST_FILES, description="证明材料：POST /files 返回的 id；哪些原因必须附，由活动包 rounds.yaml 的 proof 规定"
    )


class Excuse(Shape):
    """What was said of why a firm does not report."""

    id: UUID
    round_id: UUID
    subject_id: UUID
    subject: str
    region: str
    reason: Labelled
    proof: str
    state: Labelled
    asked_in: str
    asked_at: datetime
    decider: str
    decision: str
    may_decide: bool
    files: list[Attached]


class Excuses(Shape):
    """One page of excuses, newest first."""

    rows: list[Excuse]
    next: str | None


class RequestDecided(Said):
    """Yes or no; a no needs words."""

    granted: bool
    words: Note = ""


class CorrectionDecided(RequestDecided):
    """Yes until a day, or no with words."""

    open_until: date | None = None


class Seen(Said):
    """The version that was looked at."""

    version: int = Field(ge=1, le=1_000_000)


class Disputed(Seen):
    """What is not so."""

    reason: ShortText


class Correction(Shape):
    """A correction asked for."""

    id: UUID
    card_id: UUID
    subject: str
    round: str
    reason: str
    asked_at: datetime


class Corrections(Shape):
    """Corrections that wait for this office."""

    rows: list[Correction]


class CardMoved(Shape):
    """The card's version after the act."""

    card_id: UUID
    version: int


@writes(router, "/rounds/{round_id}/remind", answer=RegionReminded, summary="提醒一个地区应报未报的；同一张卡一天只提醒一次")
def remind(request: Request, round_id: UUID, wanted: RemindWanted) -> RegionReminded:
    """Remind who has not reported."""
    return RegionReminded(count=remind_region(
        round_id=round_id, region_id=region_wanted(request.viewer, wanted.region), actor=actor_of(request), now=request.now
    ))


@reads(router, "/rounds/{round_id}/reminders", answer=Reminders, summary="提醒过谁、什么时候")
def reminders(request: Request, round_id: UUID, wanted: Annotated[CollectingWanted, Query()]) -> Reminders:
    """Whom was reminded."""
    region_id = region_wanted(request.viewer, wanted.region)
    listing, after = _at(f"reminders.{round_id}.{region_id}", wanted)
    rows = reminders_of_region(request.viewer, region_id, round_id, after=after, limit=wanted.limit)
    return Reminders(rows=[_reminder(one) for one in rows], next=_next(listing, rows, wanted.limit))


@reads(router, "/rounds/{round_id}/flags", answer=Flags, summary="数据疑问：同一设备、数字相同、过于整齐、与上期相同")
def flags(request: Request, round_id: UUID, wanted: Annotated[CollectingWanted, Query()]) -> Flags:
    """The questions about a round's cards."""
    region_id = region_wanted(request.viewer, wanted.region)
    listing, after = _at(f"flags.{round_id}.{region_id}", wanted)
    rows = flags_of_region(request.viewer, region_id, round_id, after=after, limit=wanted.limit)
    return Flags(rows=[_flag(one) for one in rows], next=_next(listing, rows, wanted.limit))


@writes(router, "/flags/{flag_id}/answer", answer=CollectingDone, summary="登记数据疑问的核实情况")
def answer(request: Request, flag_id: UUID, said: Answered) -> CollectingDone:
    """Answer a question."""
    answer_flag(flag_id=flag_id, answer=said.answer, actor=actor_of(request), now=request.now)
    return CollectingDone(id=flag_id, state="answered")


@writes(router, "/rounds/{round_id}/excuses", answer=CollectingDone, summary="登记未报原因，附依据", status=HTTPStatus.CREATED)
def say_why(request: Request, round_id: UUID, said: ExcuseSaid) -> CollectingDone:
    """Say why a firm does not report."""
    [(excuse_id, state)] = ask_excuses([AskedExcuse(
        round_id=round_id, subject_id=said.subject_id, reason=said.reason, proof=said.proof, actor=actor_of(request),
        file_ids=said.files,
    )], now=request.now)
    return CollectingDone(id=excuse_id, state=str(state))


@reads(router, "/excuses", answer=Excuses, summary="未报原因：登记和审批情况")
def excuses(request: Request, wanted: Annotated[CollectingWanted, Query()]) -> Excuses:
    """What was said of why firms do not report."""
    region_id = region_wanted(request.viewer, wanted.region)
    listing, after = _at(f"excuses.{region_id}", wanted)
    rows = excuses_of_region(request.viewer, region_id, after=after, limit=wanted.limit)
    return Excuses(rows=[_excuse(one) for one in rows], next=_next(listing, rows, wanted.limit))


@writes(router, "/excuses/{excuse_id}/decide", answer=CollectingDone, summary="审批未报原因；同意的核减")
def decide(request: Request, excuse_id: UUID, said: RequestDecided) -> CollectingDone:
    """Grant or decline an excuse."""
    [state] = decide_excuses(
        [ExcuseDecision(excuse_id=excuse_id, granted=said.granted, words=said.words, actor=actor_of(request))], now=request.now
    )
    return CollectingDone(id=excuse_id, state=str(state))


@writes(router, "/cards/{card_id}/confirm", answer=CardMoved, summary="企业确认代填的卡片")
def confirm(request: Request, card_id: UUID, said: Seen) -> CardMoved:
    """Confirm what was filled in for the firm."""
    [version] = confirm_cards([Confirmation(card_id=card_id, version=said.version, actor=actor_of(request))], now=request.now)
    return CardMoved(card_id=card_id, version=version)


@writes(router, "/cards/{card_id}/dispute", answer=CardMoved, summary="企业对代填的卡片有异议")
def dispute(request: Request, card_id: UUID, said: Disputed) -> CardMoved:
    """Say that what was filled in for the firm is not so."""
    one = Confirmation(card_id=card_id, version=said.version, actor=actor_of(request), dispute=said.reason)
    return CardMoved(card_id=card_id, version=dispute_cards([one], now=request.now)[0])


@writes(router, "/cards/{card_id}/correction", answer=CollectingDone, summary="企业申请更正已通过或已锁定的卡片", status=HTTPStatus.CREATED)
def ask_correction(request: Request, card_id: UUID, said: Disputed) -> CollectingDone:
    """Ask to correct a card."""
    [asked] = ask_corrections(
        [AskedCorrection(card_id=card_id, version=said.version, reason=said.reason, actor=actor_of(request))], now=request.now
    )
    return CollectingDone(id=asked, state=str(RequestState.ASKED))


@reads(router, "/corrections", answer=Corrections, summary="等本办审批的更正申请")
def corrections(request: Request, limit: Limit = 50) -> Corrections:
    """Corrections that wait for the viewer's office."""
    return Corrections(rows=[
        Correction(
            id=one.id, card_id=one.card_id, subject=one.subject_name, round=one.round_name, reason=one.reason,
            asked_at=one.asked_at,
        ) for one in corrections_to_decide(request.viewer, limit=limit)
    ])


@writes(router, "/corrections/{correction_id}/decide", answer=CollectingDone, summary="审批更正申请；同意的退回企业，到期以前可以重报")
def decide_one(request: Request, correction_id: UUID, said: CorrectionDecided) -> CollectingDone:
    """Grant or decline a correction."""
    decide_correction(CorrectionDecision(
        correction_id=correction_id, granted=said.granted, words=said.words, open_until=said.open_until,
        actor=actor_of(request),
    ), now=request.now)
    return CollectingDone(id=correction_id, state=str(RequestState.GRANTED if said.granted else RequestState.DECLINED))


def _at(listing: str, wanted: CollectingWanted) -> tuple[str, UUID | None]:
    key = opened(listing, wanted.cursor)
    return listing, UUID(str(key[0])) if key else None


def _next(listing: str, rows: list[ReminderRow] | list[FlagRow] | list[ExcuseRow], limit: int) -> str | None:
    return sealed(listing, (str(rows[-1].id),) if len(rows) == limit else None)


def _reminder(one: ReminderRow) -> Reminder:
    return Reminder(
        subject=one.subject_name, region=one.region_name, level=labelled(one.level), unit=one.unit, at=one.at,
        reminded_by=one.reminded_by,
    )


def _flag(one: FlagRow) -> Flag:
    return Flag(
        id=one.id, card_id=one.card_id, subject=one.subject_name, region=one.region_name, kind=labelled(one.kind),
        words=one.words, at=one.at, answer=one.answer,
    )


def _excuse(one: ExcuseRow) -> Excuse:
    return Excuse(
        id=one.id, round_id=one.round_id, subject_id=one.subject_id, subject=one.subject_name, region=one.region_name,
        reason=labelled(one.reason), proof=one.proof, state=labelled(one.state), asked_in=one.asked_in,
        asked_at=one.asked_at, decider=one.decider, decision=one.decision, may_decide=one.may_decide,
        files=[attached(file) for file in one.files],
    )
