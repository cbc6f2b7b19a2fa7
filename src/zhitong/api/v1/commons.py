"""Common problems: what is found alike, one established of it, the ledger, one of them, and what a problem is part of.

Their office, their lead unit and the territories above find them; everybody else finds none. A member's reporter and
handlers read at the problem what it is part of.
"""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.common_done import CommonDone, joined_told, turn_of
from zhitong.api.v1.problem import Number
from zhitong.api.words import Code, Labelled, LongText, OneOf, Said, Shape, ShortText, Words, labelled, unit_id_coded
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.actions import establishing
from zhitong.domain.commons.actions.establishing import Plan
from zhitong.domain.commons.queries.finding import found_for
from zhitong.domain.commons.queries.ledger import CommonRow, Filters, commons_for
from zhitong.domain.commons.queries.page import Answer, belonging_of, common_page
from zhitong.domain.commons.rules.kinds import CommonState, Treatment
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "commons"
CommonNumber = Annotated[str, Field(pattern=r"^[^\x00-\x20/]{1,60}$", description="共性问题编号，列表里的 number")]
Numbers = Annotated[list[Number], Field(max_length=establishing.MOST_MEMBERS, description="问题编号")]


class CommonInList(Shape):
    """A common problem as the ledger shows it; members and waiting firms are those this unit may know."""

    number: str
    title: str
    category: Labelled
    state: Labelled
    treatment: Labelled
    outcome: Labelled | None
    region: str
    office: str
    lead: str
    due_at: datetime
    light: Labelled
    established_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    members: int
    waiting: int


class Commons(Shape):
    """One page of the ledger; `next` is the cursor of the page after it."""

    rows: list[CommonInList]
    next: str | None


class CommonAnswer(Shape):
    """The one answer to all."""

    outcome: Labelled
    text: str
    planned_on: date | None
    power_missing: Labelled | None
    answered_at: datetime


class CommonMember(Shape):
    """A member as this unit may know it."""

    number: str
    subject: str
    region: str
    state: Labelled
    progress: Labelled
    membership: Labelled
    unit: str
    confidential: bool
    reason: str


class CommonActChoice(Shape):
    """An act of this unit: allowed now, or the reason why not."""

    act: Labelled
    allowed: bool
    reason: str
    words: str


class Common(Shape):
    """One common problem in full."""

    common: CommonInList
    asked: str
    measures: str
    closing: str
    answer: CommonAnswer | None
    members: list[CommonMember]
    taken_out: list[CommonMember]
    confidential: int
    acts: list[CommonActChoice]


class AlikeExample(Shape):
    """One of the alike problems."""

    number: str
    subject: str
    region: str
    excerpt: str


class Alike(Shape):
    """Problems that tell of the same: the words they share, how many firms, all their numbers."""

    category: Labelled
    words: list[str]
    reporters: int
    numbers: list[str]
    examples: list[AlikeExample]


class AlikeFound(Shape):
    """What may be common problems; the system decides nothing."""

    clusters: list[Alike]


class PartOfCommon(Shape):
    """What a problem is part of."""

    number: str
    title: str
    lead: str
    state: Labelled
    is_open: bool
    answer: CommonAnswer | None


class Belongs(Shape):
    """The common problem of a problem, where there is one."""

    common: PartOfCommon | None


class AskedCommons(Shape):
    """Which common problems."""

    state: list[OneOf[CommonState]] = Field([], description="状态，可多选")
    category: Code | None = Field(None, description="问题类别代码")
    words: Words = Field("", description="在编号和名称中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class Establishing(Said):
    """确立共性问题."""

    title: ShortText = Field(description="名称，最多120字，企业会看到")
    category: Code = Field(description="问题类别代码，见 GET /categories")
    lead: Code = Field(description="牵头单位代码，须是本级的单位")
    asked: LongText = Field(description="研究事项，企业看不到")
    workdays: int = Field(ge=1, le=establishing.WORKDAYS_MOST, description="办理时限，工作日")
    treatment: OneOf[Treatment] = Field(description="归口办理 gather，统一答复 answer")
    problems: Numbers


@reads(router, "/commons", answer=Commons, summary="共性问题台账：本单位确立、牵头和本辖区的，最近确立的在前")
def list_commons(request: Request, asked: Annotated[AskedCommons, Query()]) -> Commons:
    """One page of the ledger."""
    key = opened(LISTING, asked.cursor)
    filters = Filters(tuple(asked.state), asked.category or "", asked.words)
    rows = commons_for(request.viewer, filters, now=request.now, after=(None, str(key[0])) if key else None, limit=asked.limit + 1)
    shown = rows[: asked.limit]
    more = (shown[-1].id,) if len(rows) > asked.limit else None
    return Commons(rows=[_in_list(row) for row in shown], next=sealed(LISTING, more))


@reads(router, "/commons/found", answer=AlikeFound, summary="系统发现可能的共性问题：本辖区没有办结的同类问题；活动办公室以外的岗位404")
def find_alike(request: Request, category: Code = "") -> AlikeFound:
    """What may be common problems; compared now, kept nowhere."""
    return AlikeFound(clusters=[
        Alike(
            category=Labelled(code=one.category, label=one.category_label), words=list(one.words), reporters=one.reporters,
            numbers=list(one.numbers),
            examples=[AlikeExample(number=each.number, subject=each.subject_name, region=each.region, excerpt=each.excerpt)
                      for each in one.examples],
        )
        for one in found_for(request.viewer, category=category)
    ])


@reads(router, "/commons/{number}", answer=Common, summary="一件共性问题；不是确立、牵头单位和上级的404")
def one_common(request: Request, number: CommonNumber) -> Common:
    """Everything this unit may know of it."""
    page = common_page(request.viewer, number, now=request.now)
    return Common(
        common=_in_list(page.row), asked=page.asked, measures=page.measures, closing=page.closing,
        answer=_answer(page.answer), members=[_member(one) for one in page.members],
        taken_out=[_member(one) for one in page.taken_out], confidential=page.confidential,
        acts=[CommonActChoice(act=labelled(one.act), allowed=one.allowed, reason=one.reason, words=one.words)
              for one in page.acts],
    )


@reads(router, "/problems/{number}/common", answer=Belongs, summary="这个问题所属的共性问题：名称、牵头单位和统一答复")
def common_of_problem(request: Request, number: Number) -> Belongs:
    """What a problem is part of, for whoever may see the problem."""
    found = belonging_of(problem_id_of(request.viewer, number))
    if found is None:
        return Belongs(common=None)
    return Belongs(common=PartOfCommon(
        number=found.number, title=found.title, lead=found.lead, state=labelled(found.state), is_open=found.is_open,
        answer=_answer(found.answer),
    ))


@writes(router, "/commons", answer=CommonDone, summary="确立共性问题", status=HTTPStatus.CREATED)
def establish_common(request: Request, said: Establishing) -> CommonDone:
    """Make a common problem of problems of the office's territory."""
    scope.require(request.viewer, Permission.DISPATCH)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    plan = Plan(
        campaign=campaign.code, title=said.title, category=said.category, lead_id=unit_id_coded(said.lead, "lead"),
        asked=said.asked, workdays=said.workdays, treatment=said.treatment,
        problem_ids=tuple(problem_id_of(request.viewer, number) for number in said.problems),
    )
    return joined_told(establishing.establish(plan, turn_of(request)))


def _in_list(row: CommonRow) -> CommonInList:
    return CommonInList(
        number=row.number, title=row.title, category=Labelled(code=row.category, label=row.category_label),
        state=labelled(row.state), treatment=labelled(row.treatment),
        outcome=labelled(row.outcome) if row.outcome else None, region=row.region, office=row.office, lead=row.lead,
        due_at=row.due_at, light=labelled(row.light), established_at=row.established_at, answered_at=row.answered_at,
        closed_at=row.closed_at, members=row.members, waiting=row.waiting,
    )


def _answer(answer: Answer | None) -> CommonAnswer | None:
    if answer is None:
        return None
    return CommonAnswer(
        outcome=labelled(answer.outcome), text=answer.text, planned_on=answer.planned_on,
        power_missing=labelled(answer.power_missing) if answer.power_missing else None, answered_at=answer.answered_at,
    )


def _member(one: Any) -> CommonMember:
    return CommonMember(
        number=one.number, subject=one.subject_name, region=one.region, state=labelled(one.state),
        progress=labelled(one.progress), membership=labelled(one.membership), unit=one.unit,
        confidential=one.confidential, reason=one.reason,
    )
