"""What is asked of an office beside the cards: excuses of who does not report, corrections of what is settled."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import Limit
from zhitong.api.v1.collecting import CollectingDone, CollectingWanted, Disputed, next_page, page_at
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.v1.rounds import region_wanted
from zhitong.api.words import Labelled, Note, OneOf, Said, Shape, ShortText, labelled
from zhitong.domain.cards.actions import (
    AskedCorrection,
    AskedExcuse,
    CorrectionDecision,
    ExcuseDecision,
    ask_corrections,
    ask_excuses,
    decide_correction,
    decide_excuses,
)
from zhitong.domain.cards.queries import ExcuseRow, corrections_to_decide, excuses_of_region
from zhitong.domain.cards.rules.rounds import ExcuseReason, RequestState
from zhitong.domain.files.rules.kinds import MOST_FILES

router = Router()


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
    listing, after = page_at(f"excuses.{region_id}", wanted)
    rows = excuses_of_region(request.viewer, region_id, after=after, limit=wanted.limit)
    return Excuses(rows=[_excuse(one) for one in rows], next=next_page(listing, rows, wanted.limit))


@writes(router, "/excuses/{excuse_id}/decide", answer=CollectingDone, summary="审批未报原因；同意的核减")
def decide(request: Request, excuse_id: UUID, said: RequestDecided) -> CollectingDone:
    """Grant or decline an excuse."""
    [state] = decide_excuses(
        [ExcuseDecision(excuse_id=excuse_id, granted=said.granted, words=said.words, actor=actor_of(request))], now=request.now
    )
    return CollectingDone(id=excuse_id, state=str(state))


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


def _excuse(one: ExcuseRow) -> Excuse:
    return Excuse(
        id=one.id, round_id=one.round_id, subject_id=one.subject_id, subject=one.subject_name, region=one.region_name,
        reason=labelled(one.reason), proof=one.proof, state=labelled(one.state), asked_in=one.asked_in,
        asked_at=one.asked_at, decider=one.decider, decision=one.decision, may_decide=one.may_decide,
        files=[attached(file) for file in one.files],
    )
