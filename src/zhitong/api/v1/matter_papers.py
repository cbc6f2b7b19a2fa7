"""The papers there are about one problem, to be taken by `/bulletins/papers`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.urls import reverse
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, reads
from zhitong.api.v1.problem import Number
from zhitong.api.words import Labelled, Shape, labelled
from zhitong.domain.bulletins.queries.letters.offered import offers_for
from zhitong.domain.bulletins.rules.cutting_off import judge_cut_off
from zhitong.domain.campaigns.queries import campaign_in_force

router = Router()


class PaperOffered(Shape):
    """A paper that can be made, or why it cannot: `about` is what `/bulletins/papers` takes."""

    kind: Labelled
    about: str = Field(description="出这份材料时 about 的值；同类有几份的，@ 后是第几份")
    of_whom: str = Field(description="交给谁、致谁、谁申请或谁答复")
    since: datetime | None
    reason: str = Field(description="现在不能出的原因；能出的为空")


class PapersOffered(Shape):
    """The papers about a problem in the order of its way."""

    number: str
    rows: list[PaperOffered]


class CutOffAsked(Shape):
    """As of when."""

    at: AwareDatetime | None = Field(None, description="统计截止时间；不填为现在")


@reads(router, "/bulletins/matters/{number}", answer=PapersOffered, summary="一个问题可以出的材料")
def papers_of_problem(request: Request, number: Number, asked: Annotated[CutOffAsked, Query()]) -> PapersOffered:
    """What there is about a problem at a cut-off, and why there is no more."""
    at, campaign = asked.at or request.now.replace(microsecond=0), campaign_in_force()
    judge_cut_off(at, request.now, campaign.year if campaign else None)
    rows = [
        PaperOffered(kind=labelled(one.kind), about=one.about, of_whom=one.of_whom, since=one.since, reason=one.reason)
        for one in offers_for(request.viewer, number, at)
    ]
    return PapersOffered(number=number, rows=rows)


def leading_from(request: Request) -> Callable[[str], str]:
    """What the codes on a paper are given: of `problem:冀-…-000123` the address of its page, of all else what it says."""

    def address_of(thing: str) -> str:
        kind, _colon, number = thing.partition(":")
        return str(request.build_absolute_uri(reverse("problems:page", args=[number]))) if kind == "problem" else thing

    return address_of
