"""补录: what a firm told an official, written down afterwards, answered in the same call where it is settled."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.acts import Moved, moved
from zhitong.api.words import Code, LongText, Name, Note, OneOf, Said, region_coded
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.recording import Record
from zhitong.domain.intake.actions.recording import record as write_down
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.kit.refusals import BadInput, NotFound

router = Router()


class Recording(Said):
    """A matter told by phone, message, at a desk or on a visit."""

    subject: UUID | None = Field(None, description="服务对象；不在名录中的填 firm")
    firm: Note = Field("", description="不在名录中的企业名称")
    region: Code | None = Field(None, description="不在名录中的企业所在地区，不填为本地区")
    text: LongText = Field(description="什么事；不得填写国家秘密")
    how: OneOf[Source] = Field(description="方式：来电、微信、来访、走访之一")
    happened_at: AwareDatetime | None = Field(None, description="发生时间，不填为现在")
    answered_by: Name = Field(description="由谁答复")
    result: Note = Field("", description="结果；填写即办结，不填按普通问题办理")
    category: Code = Field(UNDECIDED, description="问题类别代码，不填为类别待定")
    confidential: bool = Field(False, description="企业要求保密")
    files: list[UUID] = Field([], max_length=MOST_FILES, description="附件：POST /files 返回的 id")


@writes(router, "/records", answer=Moved, summary="补录", status=HTTPStatus.CREATED)
def record(request: Request, said: Recording) -> Moved:
    """当场办好的写上结果，登记即办结，由企业确认；补录单独统计，不计入按时办结率。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    if said.subject is None and not said.firm:
        sentence = "请填写 subject 或 firm：是哪家企业的事。"
        raise BadInput(sentence, {"firm": sentence})
    region_id = region_coded(said.region).id if said.region else None
    happened_at: datetime = said.happened_at or request.now
    one = Record(
        campaign=campaign.code, firm=Named(said.subject, said.firm, region_id), text=said.text, how=said.how,
        happened_at=happened_at, answered_by=said.answered_by, result=said.result, category=said.category,
        confidential=said.confidential, file_ids=tuple(said.files), actor=actor_of(request), now=request.now,
    )
    return moved(write_down(request.viewer, [one])[0])
