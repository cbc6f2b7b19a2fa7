"""The office's papers as files, for a territory or one matter, at any cut-off time."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, hands_over
from zhitong.api.v1.matter_papers import leading_from
from zhitong.api.words import Code, OneOf, Shape
from zhitong.domain.bulletins.queries.making import made
from zhitong.domain.bulletins.queries.writing import MEDIA_TYPES
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.bulletins.rules.cutting_off import judge_cut_off
from zhitong.domain.campaigns.queries import campaign_in_force

router = Router()


class PaperAsked(Shape):
    """Which paper, about what, as of when, as which file."""

    kind: OneOf[PaperKind]
    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本岗位所在地区。按地区出的材料用")
    about: str = Field(
        "", max_length=2000, description="问题编号、督办单编号、批示的 id 或会议名称，几件之间用英文逗号隔开。按事项出的材料用",
    )
    at: AwareDatetime | None = Field(None, description="统计截止时间；不填为现在。同一截止时间再出，数字不变")
    format: OneOf[Format] | None = Field(None, description="文件格式；不填为这种材料常用的一种")


@hands_over(router, "/bulletins/papers", types=MEDIA_TYPES.values(), summary="出材料：台账、名单、表、单、函，按统计截止时间")
def paper(request: Request, asked: Annotated[PaperAsked, Query()]) -> HttpResponse:
    """The file of a paper."""
    at, campaign = asked.at or request.now.replace(microsecond=0), campaign_in_force()
    judge_cut_off(at, request.now, campaign.year if campaign else None)
    file = made(request.viewer, asked.kind, asked.region or asked.about, at, asked.format, leading_from(request), now=request.now)
    into = BytesIO()
    file.write(into)
    answer = HttpResponse(into.getvalue(), content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return answer
