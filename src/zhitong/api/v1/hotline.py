"""热线工单: orders in, as often as their sender likes; how each stands and its answer out, by the sender's own number."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Labelled, LongText, Name, Note, Said, Shape, labelled, maybe_labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.orders import OrderIn, take_orders
from zhitong.domain.intake.queries.orders import OrderView, orders_numbered
from zhitong.domain.intake.rules.sheets import Column
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import NotFound

router = Router()

MOST = 500
Ref = Annotated[str, Field(min_length=1, max_length=80)]


class Sent(Said):
    """One order; `more` is kept aside as it is sent."""

    ref: Ref = Field(description="工单编号；同一编号再发不会重复登记")
    text: LongText = Field(description="诉求内容")
    firm: Note = Field("", description="企业名称，与名录完全一致的自动对应")
    code: Name | None = Field(None, description="统一社会信用代码")
    category: Note = Field("", description="问题类别名称或代码")
    region: Note = Field("", description="所在地区名称或代码，须在本辖区内")
    happened_at: AwareDatetime | None = Field(None, description="来电时间")
    more: dict[str, str] = Field({}, max_length=50, description="其他字段，原样保存")


class Sending(Said):
    """Orders of one call: all of them are taken in, or none."""

    orders: list[Sent] = Field(min_length=1, max_length=MOST)


class OrderStands(Shape):
    """An order and its problem; `answer` is what the reporter can read."""

    ref: str
    number: str
    state: Labelled
    unit: str
    outcome: Labelled | None
    answer: str
    answered_at: datetime | None
    is_new: bool


class OrdersStand(Shape):
    """Orders in the order asked; numbers that are not known are left out."""

    rows: list[OrderStands]


class Wanted(Shape):
    """Which orders."""

    ref: list[Ref] = Field([], max_length=MOST, description="工单编号，可多个")


@writes(router, "/hotline/orders", answer=OrdersStand, summary="登记热线工单", status=HTTPStatus.CREATED)
def send_orders(request: Request, said: Sending) -> OrdersStand:
    """同一编号再发不重复登记，is_new 为 false。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    taken = take_orders(
        request.viewer, [_order(one) for one in said.orders], campaign=campaign.code, actor=actor_of(request), now=request.now
    )
    new = {one.outside_ref for one in taken if one.is_new}
    found = orders_numbered(request.viewer, [one.ref for one in said.orders])
    return OrdersStand(rows=[_told(one, one.outside_ref in new) for one in found])


@reads(router, "/hotline/orders", answer=OrdersStand, summary="热线工单的办理情况和答复")
def orders(request: Request, wanted: Annotated[Wanted, Query()]) -> OrdersStand:
    """按工单编号取回，供热线系统回复来电人。"""
    return OrdersStand(rows=[_told(one, False) for one in orders_numbered(request.viewer, wanted.ref)])


def _order(one: Sent) -> OrderIn:
    said = {
        Column.REF: one.ref, Column.TEXT: one.text, Column.FIRM: one.firm, Column.CODE: one.code or "",
        Column.CATEGORY: one.category, Column.REGION: one.region,
        Column.HAPPENED: f"{one.happened_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if one.happened_at else "",
    }
    return OrderIn(said, {column.label: text for column, text in said.items() if text} | one.more)


def _told(one: OrderView, is_new: bool) -> OrderStands:
    problem = one.problem
    return OrderStands(
        ref=one.outside_ref, number=problem.number, state=labelled(problem.state), unit=problem.unit,
        outcome=maybe_labelled(problem.outcome), answer=problem.answer, answered_at=problem.answered_at, is_new=is_new,
    )
