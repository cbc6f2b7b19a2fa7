"""代表委员建议: put forward by a delegate, answered like any matter."""

from __future__ import annotations

from http import HTTPStatus

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.acts import Moved, moved
from zhitong.api.words import Code, LongText, Said
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.suggesting import Suggestion
from zhitong.domain.intake.actions.suggesting import suggest as put_forward
from zhitong.domain.problems.rules.kinds import UNDECIDED
from zhitong.kit.refusals import NotFound

router = Router()


class Suggesting(Said):
    """提建议."""

    text: LongText = Field(description="建议内容；不得填写国家秘密")
    category: Code = Field(UNDECIDED, description="问题类别代码，不填为类别待定")


@writes(router, "/suggestions", answer=Moved, summary="代表委员提建议", status=HTTPStatus.CREATED)
def suggest(request: Request, said: Suggesting) -> Moved:
    """由本级活动办公室交办，限时答复，由代表委员评价。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    one = Suggestion(
        campaign=campaign.code, text=said.text, category=said.category, actor=actor_of(request), now=request.now
    )
    return moved(put_forward(request.viewer, one))
