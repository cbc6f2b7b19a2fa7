"""Dividing targets: how far it has come, one target's division, the weights."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Labelled, Named, Note, OneOf, Said, Shape, labelled, named, region_coded
from zhitong.domain.campaigns.queries import campaign_in_force, campaigns_loaded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.actions.dividing.drafting import discard, draft, set_by_method, set_shares
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once, issue
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.queries.dividing.divisions import DivisionView, division_seen
from zhitong.domain.plans.queries.dividing.heads import TargetHead, target_to_divide
from zhitong.domain.plans.queries.dividing.overview import DividedLine, divided_lines
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.plans.rules.dividing import COMPUTED, Balance
from zhitong.kit.refusals import BadInput, NotFound

router = Router()
Value = Annotated[Decimal, Field(max_digits=24, decimal_places=6, description="基本单位的数，例如 26、12.5")]
MOST_TARGETS, MOST_SHARES = 500, 2000


class DividedBalance(Shape):
    """The parts held against the whole: their sum, weighted mean or worst part, in base units."""

    whole: str
    given: str | None
    remainder: str
    places: int
    filled: int
    makes_whole: Labelled
    standing: Labelled


class DividedTarget(Shape):
    """A target of a region with how it is divided."""

    id: UUID
    region: Named
    code: str
    name: str
    task: str
    goal: str
    measure: str
    progress: Labelled
    weighed_by: str
    balance: DividedBalance | None
    accepted: int
    waiting: int
    asked: int
    why_not: str


class DividedTargets(Shape):
    """The targets of a region in the order of its plan."""

    rows: list[DividedTarget]


class DivisionShare(Shape):
    """A region's part of a division; `own` is what its own plan asks."""

    id: UUID
    region: Named
    value: str | None
    weight: str | None
    state: Labelled
    asked_value: str | None
    asked_reason: str
    answer: str
    own: str | None
    is_beyond: bool
    target_id: UUID | None
    is_divided: bool


class TargetDivision(Shape):
    """A target's division: the draft under way, else the newest."""

    id: UUID
    target_id: UUID
    number: int
    version: int
    state: Labelled
    method: Labelled
    weighed_by: str
    weight_source: str
    since: date | None
    issued_at: datetime | None
    reason: str
    balance: DividedBalance
    shares: list[DivisionShare]


class CascadeDone(Shape):
    """How many were done."""

    done: int


class ShareTyped(Said):
    """一个下级区划的分解数."""

    region: Code
    value: Value | None = Field(None, description="不填为清空")


class SharesTyped(Said):
    """逐个填写分解数；没有写的区划不变."""

    version: int = Field(ge=1, le=1_000_000_000, description="看到的版本")
    shares: Annotated[list[ShareTyped], Field(min_length=1, max_length=MOST_SHARES)]


class Worked(Said):
    """按一种办法计算分解数."""

    method: OneOf[DivisionMethod]
    weights: UUID | None = Field(None, description="按权数的写权数编号")
    version: int = Field(ge=1, le=1_000_000_000, description="看到的版本")


class Issuing(Said):
    """下达分解."""

    since: date = Field(description="从哪一天起执行")
    reason: Note = Field("", description="各地合起来没有达到目标的必须写")
    version: int = Field(ge=1, le=1_000_000_000, description="看到的版本")


class AtOnce(Said):
    """一次分解并下达多个目标."""

    targets: Annotated[list[UUID], Field(min_length=1, max_length=MOST_TARGETS)]
    method: OneOf[DivisionMethod]
    weights: UUID | None = None
    since: date
    reason: Note = ""


@reads(router, "/divisions", answer=DividedTargets, summary="一个地区的目标分解到什么程度：合计、未分、接收、请求调整")
def divided_targets(request: Request, region: Code | None = None, campaign: Code | None = None) -> DividedTargets:
    """Every target of a region that is divided."""
    place = region_asked(request, region)
    return DividedTargets(rows=[_line(one) for one in divided_lines(request.viewer, campaign_asked(campaign), place.id)])


@reads(router, "/targets/{target_id}/division", answer=TargetDivision, summary="一个目标的分解：各地的数、接收情况、与目标比较")
def division_of_target(request: Request, target_id: UUID) -> TargetDivision:
    """A target's draft, or else its newest division."""
    return _found(request, target_id)


@writes(router, "/targets/{target_id}/division/draft", answer=TargetDivision, summary="开始分解，或接着拟定", status=HTTPStatus.CREATED)
def draft_division(request: Request, target_id: UUID) -> TargetDivision:
    """Open a draft, or go on with the one under way."""
    draft([target_to_divide(request.viewer, target_id).id], turn_of(request))
    return _found(request, target_id)


@writes(router, "/targets/{target_id}/division/shares", answer=TargetDivision, summary="填写各地的分解数；有一个不对都不保存")
def set_division_shares(request: Request, target_id: UUID, said: SharesTyped) -> TargetDivision:
    """Write shares as they were typed."""
    codes = [one.region for one in said.shares]
    if len(set(codes)) < len(codes):
        raise BadInput("同一个区划写了两次，请只留一次。", {"shares": "同一个区划写了两次。"})
    values = {region_coded(one.region).id: one.value for one in said.shares}
    set_shares(_division(request, target_id).id, values, turn_of(request), version=said.version)
    return _found(request, target_id)


@writes(router, "/targets/{target_id}/division/method", answer=TargetDivision, summary="按平均、权数或各地相同计算分解数")
def work_out_division(request: Request, target_id: UUID, said: Worked) -> TargetDivision:
    """Work the shares of a draft out."""
    _computed(said.method)
    set_by_method(
        [_division(request, target_id).id], said.method, turn_of(request), weights_id=said.weights, version=said.version
    )
    return _found(request, target_id)


@writes(router, "/targets/{target_id}/division/issue", answer=TargetDivision, summary="下达：各地的数成为当地目标")
def issue_division(request: Request, target_id: UUID, said: Issuing) -> TargetDivision:
    """Put a draft in force."""
    issue([_division(request, target_id).id], turn_of(request), since=said.since, reason=said.reason, version=said.version)
    return _found(request, target_id)


@writes(router, "/targets/{target_id}/division/discard", answer=CascadeDone, summary="放弃拟定的分解，已下达的不变")
def discard_division(request: Request, target_id: UUID) -> CascadeDone:
    """Give a draft up."""
    discard(_division(request, target_id).id, turn_of(request))
    return CascadeDone(done=1)


@writes(router, "/divisions/at-once", answer=CascadeDone, summary="按一种办法分解并下达多个目标；有一个不行都不下达")
def divide_many(request: Request, said: AtOnce) -> CascadeDone:
    """Draw up, work out and issue many at once."""
    _computed(said.method)
    if len(set(said.targets)) < len(said.targets):
        raise BadInput("同一个目标写了两次，请只留一次。", {"targets": "同一个目标写了两次。"})
    made = divide_at_once(
        said.targets, turn_of(request), method=said.method, since=said.since, weights_id=said.weights, reason=said.reason
    )
    return CascadeDone(done=len(made))


def turn_of(request: Request) -> Turn:
    return Turn(viewer=request.viewer, via="api", now=request.now, request_id=actor_of(request).request_id)


def campaign_asked(code: str | None) -> str:
    found = campaign_in_force() if code is None else next((one for one in campaigns_loaded() if one.code == code), None)
    if found is None:
        raise NotFound
    return found.code


def region_asked(request: Request, code: str | None) -> RegionEntry:
    found = region_coded(code) if code else directory().regions.get(request.viewer.region_id)
    if found is None:
        raise NotFound
    return found


def _computed(method: DivisionMethod) -> None:
    if method not in COMPUTED:
        raise BadInput("请选择 equal、weight 或 same。", {"method": "这种办法不能自动计算。"})


def _division(request: Request, target_id: UUID) -> DivisionView:
    found = division_seen(request.viewer, target_to_divide(request.viewer, target_id))
    if found is None:
        raise NotFound
    return found


def _found(request: Request, target_id: UUID) -> TargetDivision:
    head, one = target_to_divide(request.viewer, target_id), _division(request, target_id)
    return TargetDivision(
        id=one.id, target_id=head.id, number=one.number, version=one.version, state=labelled(one.state),
        method=labelled(one.method), weighed_by=one.weighed_by, weight_source=one.weight_source, since=one.since,
        issued_at=one.issued_at, reason=one.reason, balance=_balance(one.balance),
        shares=[
            DivisionShare(
                id=share.id, region=named(share.region), value=figure_text(share.value), weight=figure_text(share.weight),
                state=labelled(share.state), asked_value=figure_text(share.asked_value), asked_reason=share.asked_reason,
                answer=share.answer, own=figure_text(share.own), is_beyond=share.is_beyond, target_id=share.target_id,
                is_divided=share.is_divided,
            )
            for share in one.shares
        ],
    )


def _line(one: DividedLine) -> DividedTarget:
    head = one.head
    return DividedTarget(
        id=head.id, region=_place(head), code=head.code, name=head.name, task=f"{head.task_number} {head.task_title}".strip(),
        goal=head.goal, measure=head.asks.measure, progress=labelled(one.progress), weighed_by=one.weighed_by,
        balance=_balance(one.balance) if one.balance else None, accepted=one.accepted, waiting=one.waiting, asked=one.asked,
        why_not=one.why_not,
    )


def _place(head: TargetHead) -> Named:
    return named(directory().regions[head.region_id])


def _balance(one: Balance) -> DividedBalance:
    return DividedBalance(
        whole=str(one.whole), given=figure_text(one.given), remainder=str(one.remainder), places=one.places, filled=one.filled,
        makes_whole=labelled(one.makes_whole), standing=labelled(one.standing),
    )


def figure_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
