"""What is done with a piece: judged, edited, used, published, sent up, joined to the problems it solved."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.pieces import PieceTold, piece_told
from zhitong.api.words import Empty, LongNote, Note, OneOf, Said, ShortText
from zhitong.domain.practices.actions.joining import join_problems, part_problem
from zhitong.domain.practices.actions.judging import adopt, edit, give_back, pass_over
from zhitong.domain.practices.actions.publishing import Publishing, publish, take_down
from zhitong.domain.practices.actions.submitting import revise, withdraw_piece
from zhitong.domain.practices.actions.using import Used, register_use, send_up
from zhitong.domain.practices.rules.kinds import PassingOver, UsePlace

router = Router()
ProblemNumber = Annotated[str, Field(max_length=40, description="问题编号")]


class PieceWordsSaid(Said):
    """意见或理由."""

    words: Note = ""


class RevisionSaid(Said):
    """补充后的稿件."""

    title: ShortText
    text: LongNote
    files: list[UUID] = Field(default_factory=list, max_length=9)


class PieceEditSaid(Said):
    """修改后的一稿；version 是修改前看到的稿次."""

    version: int = Field(ge=1, le=32_000)
    title: ShortText
    text: LongNote


class PassingOverSaid(Said):
    """不采用的原因；重复报送须写明先报的一篇."""

    why: OneOf[PassingOver]
    double_of: UUID | None = None
    words: Note = ""


class PieceUseSaid(Said):
    """采用去向和依据."""

    place: OneOf[UsePlace]
    on: date
    words: Note
    files: list[UUID] = Field(default_factory=list, max_length=9)


class PublishingSaid(Said):
    """发布；制度成果须有文号和印发日期."""

    document_number: Note = ""
    issued_on: date | None = None
    valid_until: date | None = None


class PieceProblemsSaid(Said):
    """这篇稿件写到的问题."""

    problems: list[ProblemNumber] = Field(min_length=1, max_length=20)


class PieceProblemSaid(Said):
    """一个问题."""

    problem: ProblemNumber


@writes(router, "/pieces/{piece_id}/revision", answer=PieceTold, summary="补充后再报稿件")
def revision(request: Request, piece_id: UUID, said: RevisionSaid) -> PieceTold:
    """原来的稿子留存."""
    revise(request.viewer, piece_id, said.title, said.text, tuple(said.files), actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/withdrawal", answer=PieceTold, summary="撤回稿件")
def withdrawal(request: Request, piece_id: UUID, said: PieceWordsSaid) -> PieceTold:
    """审核之前可以撤回."""
    withdraw_piece(request.viewer, piece_id, said.words, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/return", answer=PieceTold, summary="退回补充稿件")
def give_piece_back(request: Request, piece_id: UUID, said: PieceWordsSaid) -> PieceTold:
    """写明还要补充什么."""
    give_back(request.viewer, piece_id, said.words, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/edit", answer=PieceTold, summary="修改稿件")
def edit_piece(request: Request, piece_id: UUID, said: PieceEditSaid) -> PieceTold:
    """保存为新的一稿，原稿留存."""
    edit(request.viewer, piece_id, said.version, said.title, said.text, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/adoption", answer=PieceTold, summary="采用稿件")
def adoption(request: Request, piece_id: UUID, said: PieceWordsSaid) -> PieceTold:
    """由下级报来的，同时在下级稿件上登记上级采用."""
    adopt(request.viewer, piece_id, said.words, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/passing-over", answer=PieceTold, summary="不采用稿件")
def passing_over(request: Request, piece_id: UUID, said: PassingOverSaid) -> PieceTold:
    """报送单位随即看到原因."""
    pass_over(request.viewer, piece_id, said.why, said.words, said.double_of, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/uses", answer=PieceTold, summary="登记采用去向")
def use_piece(request: Request, piece_id: UUID, said: PieceUseSaid) -> PieceTold:
    """计入报送单位的采用情况."""
    used = Used(place=said.place, on=said.on, words=said.words, file_ids=tuple(said.files))
    register_use(request.viewer, piece_id, used, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/sending-up", answer=PieceTold, summary="报上级稿件", status=HTTPStatus.CREATED)
def sending_up(request: Request, piece_id: UUID, said: Empty) -> PieceTold:
    """返回报到上级的那一篇."""
    return piece_told(request, send_up(request.viewer, piece_id, actor=actor_of(request), now=request.now))


@writes(router, "/pieces/{piece_id}/publication", answer=PieceTold, summary="发布典型做法或制度成果")
def publication(request: Request, piece_id: UUID, said: PublishingSaid) -> PieceTold:
    """涉及企业要求保密、隐名的问题的不能发布."""
    publishing = Publishing(document_number=said.document_number, issued_on=said.issued_on, valid_until=said.valid_until)
    publish(request.viewer, piece_id, publishing, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/taking-down", answer=PieceTold, summary="撤下已发布的稿件")
def taking_down(request: Request, piece_id: UUID, said: PieceWordsSaid) -> PieceTold:
    """可以修改后重新发布."""
    take_down(request.viewer, piece_id, said.words, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/problems", answer=PieceTold, summary="稿件关联问题")
def join_piece(request: Request, piece_id: UUID, said: PieceProblemsSaid) -> PieceTold:
    """只能关联已经答复的问题."""
    join_problems(request.viewer, piece_id, said.problems, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)


@writes(router, "/pieces/{piece_id}/parting", answer=PieceTold, summary="稿件取消关联问题")
def part_piece(request: Request, piece_id: UUID, said: PieceProblemSaid) -> PieceTold:
    """问题页上不再列出这篇稿件."""
    part_problem(request.viewer, piece_id, said.problem, actor=actor_of(request), now=request.now)
    return piece_told(request, piece_id)
