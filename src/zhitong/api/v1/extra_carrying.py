"""What becomes of a proposal: turned down, taken back, sent up; a listed one done and rated."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.extras import ExtraTold, whole_told
from zhitong.api.words import Note, Said
from zhitong.domain.extras.actions.carrying import complete_item, rate_item
from zhitong.domain.extras.actions.deciding import turn_down
from zhitong.domain.extras.actions.proposing import send_up, withdraw
from zhitong.domain.files.rules.kinds import MOST_FILES

router = Router()


class ExtraReasoning(Said):
    """A reason."""

    reason: Note = ""


class Finishing(Said):
    """登记办成."""

    done_on: date
    words: Note
    files: list[UUID] = Field([], max_length=MOST_FILES, description="现场照片：POST /files 返回的 id")


class Rating(Said):
    """登记群众评价."""

    asked: int
    satisfied: int


@writes(router, "/extras/{extra_id}/refusal", answer=ExtraTold, summary="不列入，写明理由")
def leave_off(request: Request, extra_id: UUID, said: ExtraReasoning) -> ExtraTold:
    """申报单位会收到消息."""
    turn_down(request.viewer, extra_id, said.reason, actor=actor_of(request), now=request.now)
    return whole_told(request, extra_id)


@writes(router, "/extras/{extra_id}/withdrawal", answer=ExtraTold, summary="撤回申报")
def take_back(request: Request, extra_id: UUID, said: ExtraReasoning) -> ExtraTold:
    """确定前由申报单位撤回."""
    withdraw(request.viewer, extra_id, said.reason, actor=actor_of(request), now=request.now)
    return whole_told(request, extra_id)


@writes(router, "/extras/{extra_id}/sending-up", answer=ExtraTold, summary="推荐列入上级清单", status=HTTPStatus.CREATED)
def recommend(request: Request, extra_id: UUID, said: ExtraReasoning) -> ExtraTold:
    """答复是上级清单上新的一项."""
    above = send_up(request.viewer, extra_id, said.reason, actor=actor_of(request), now=request.now)
    return whole_told(request, above)


@writes(router, "/extras/{extra_id}/completion", answer=ExtraTold, summary="登记办成，附现场照片")
def finish(request: Request, extra_id: UUID, said: Finishing) -> ExtraTold:
    """时间表上的节点都完成后."""
    complete_item(
        request.viewer, extra_id, done_on=said.done_on, words=said.words, file_ids=said.files, actor=actor_of(request),
        now=request.now,
    )
    return whole_told(request, extra_id)


@writes(router, "/extras/{extra_id}/rating", answer=ExtraTold, summary="登记群众评价")
def rate(request: Request, extra_id: UUID, said: Rating) -> ExtraTold:
    """由活动办公室登记."""
    rate_item(request.viewer, extra_id, asked=said.asked, satisfied=said.satisfied, actor=actor_of(request), now=request.now)
    return whole_told(request, extra_id)
