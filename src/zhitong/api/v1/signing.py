"""Sign-off within a unit: its drafts, putting an act before the signers, checking and signing, the unit's setting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router
from pydantic import Field, create_model

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.acts import OFFERS, Moved, moved
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.v1.problem import Number
from zhitong.api.words import Empty, Labelled, Name, OneOf, Said, Shape, ShortText, labelled
from zhitong.domain.problems.actions import signing
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.queries.signing import DraftView, draft_for, drafts_open, signing_of
from zhitong.domain.problems.rules.signing import SIGNABLE, Steps
from zhitong.domain.problems.rules.way import Act

router = Router()


class DraftedAct(Shape):
    """An act drafted in this unit; `said` holds the values of the act as text."""

    id: UUID
    number: str
    act: Labelled
    state: Labelled
    said: dict[str, Any]
    words: str
    drafter: str
    drafted_at: datetime
    checker: str
    checked_at: datetime | None


class DraftedActs(Shape):
    """The unit's drafts under way, the oldest first."""

    rows: list[DraftedAct]


class Drafted(Shape):
    """The draft that now waits."""

    id: UUID


class GivingBack(Said):
    """退回修改."""

    words: ShortText = Field(description="要改什么")


class ActSigning(Shape):
    """How many hands an act goes through."""

    act: Labelled
    steps: Labelled


class Signings(Shape):
    """What the unit has set, act by act."""

    rows: list[ActSigning]


class Setting(Said):
    """审签设置."""

    act: OneOf[Act]
    steps: OneOf[Steps]


@reads(router, "/drafts", answer=DraftedActs, summary="本单位在审签的拟办件")
def drafts(request: Request) -> DraftedActs:
    """本单位正在审核、审签或退回修改的拟办件；其他单位看不到。"""
    return DraftedActs(rows=[_draft(one) for one in drafts_open(request.viewer)])


@reads(router, "/drafts/{draft_id}", answer=DraftedAct, summary="一份拟办件")
def draft(request: Request, draft_id: UUID) -> DraftedAct:
    """拟办内容和审签进度。"""
    return _draft(draft_for(request.viewer, draft_id))


@writes(router, "/drafts/{draft_id}/check", answer=DraftedAct, summary="审核通过")
def check(request: Request, draft_id: UUID, said: Empty) -> DraftedAct:
    """审核后由另一位负责人审签。"""
    signing.check(draft_id, actor=actor_of(request), now=request.now)
    return _draft(draft_for(request.viewer, draft_id))


@writes(router, "/drafts/{draft_id}/return", answer=DraftedAct, summary="退回修改")
def give_back(request: Request, draft_id: UUID, said: GivingBack) -> DraftedAct:
    """退给经办人修改后重新提交。"""
    signing.give_back(draft_id, said.words, actor=actor_of(request), now=request.now)
    return _draft(draft_for(request.viewer, draft_id))


@writes(router, "/drafts/{draft_id}/withdraw", answer=DraftedAct, summary="撤回拟办")
def withdraw(request: Request, draft_id: UUID, said: Empty) -> DraftedAct:
    """撤回后没有办理任何事项。"""
    signing.withdraw_draft(draft_id, actor=actor_of(request), now=request.now)
    return _draft(draft_for(request.viewer, draft_id))


@writes(router, "/drafts/{draft_id}/sign", answer=Moved, summary="审签")
def sign(request: Request, draft_id: UUID, said: Empty) -> Moved:
    """审签后立即生效，以审签人的名义办理。"""
    return moved(signing.sign(draft_id, actor=actor_of(request), now=request.now))


@reads(router, "/signing", answer=Signings, summary="本单位的审签设置")
def setting(request: Request) -> Signings:
    """可以设定审签的事项和现在的规定。"""
    kept = signing_of(request.viewer)
    return Signings(rows=[_kept(act, kept.get(act, Steps.NONE)) for act in SIGNABLE])


@writes(router, "/signing", answer=ActSigning, summary="设定审签")
def set_signing(request: Request, said: Setting) -> ActSigning:
    """由本单位负责人设定；已在审签的不变。"""
    signing.set_signing(said.act, said.steps, actor=actor_of(request), now=request.now)
    return _kept(said.act, said.steps)


def _kept(act: Act, steps: Steps) -> ActSigning:
    return ActSigning(act=labelled(act), steps=labelled(steps))


def _draft(one: DraftView) -> DraftedAct:
    return DraftedAct(
        id=one.id, number=one.number, act=labelled(one.act), state=labelled(one.state), said=one.said, words=one.words,
        drafter=one.drafter, drafted_at=one.drafted_at, checker=one.checker, checked_at=one.checked_at,
    )


class Paper(Said):
    """A signature that stands on paper."""

    signer: Name = Field(description="线下审签人的姓名和职务")
    signed_on: date = Field(description="审签日期")
    files: list[UUID] = Field([], max_length=9, description="纸面照片：先用 POST /files 上传")


def _open(offer: Offer) -> None:
    """Give the drafting of an act its two addresses: before the signers, or signed on paper."""
    on_paper = create_model(f"{offer.act.name.title()}OnPaper", __base__=offer.asks, paper=(Paper, ...))

    def drafting(request: Request, number: str, values: dict[str, Any]) -> signing.Drafting:
        problem_id = problem_id_of(request.viewer, number)
        return signing.Drafting(problem_id, offer.act, values, actor_of(request), request.now)

    def propose(request: Request, number: Number, said: Said) -> Drafted:
        return Drafted(id=signing.draft(drafting(request, number, offer.values(said))))

    def register(request: Request, number: Number, said: Any) -> Moved:
        values = {name: value for name, value in offer.values(said).items() if name != "paper"}
        paper = signing.OnPaper(said.paper.signer, said.paper.signed_on, tuple(said.paper.files))
        return moved(signing.sign_on_paper(drafting(request, number, values), paper))

    propose.__doc__ = f"拟办“{offer.act.label}”，由本单位负责人审签后生效；承办时限不停。"
    propose.__annotations__ = {"request": Request, "number": Number, "said": offer.asks, "return": Drafted}
    register.__doc__ = f"登记“{offer.act.label}”已线下审签，立即生效。"
    register.__annotations__ = {"request": Request, "number": Number, "said": on_paper, "return": Moved}
    writes(router, f"/problems/{{number}}/drafts/{offer.act}", answer=Drafted, summary=f"拟办：{offer.act.label}",
           operation_id=f"draft_{offer.act}")(propose)
    writes(router, f"/problems/{{number}}/drafts/{offer.act}/on-paper", answer=Moved,
           summary=f"登记线下审签：{offer.act.label}", operation_id=f"sign_on_paper_{offer.act}")(register)


for _offer in OFFERS:
    if _offer.act in SIGNABLE:
        _open(_offer)
