"""The single passages behind a figure of where time goes: a problem in a state with a unit, from when to when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.timing import AskedOfTime, narrowed_by, period_asked
from zhitong.api.words import Labelled, OneOf, Shape, labelled, maybe_labelled, region_coded
from zhitong.domain.analysis.queries.timing.rows import Asked, Passage, RowOrder, Which, passages_for
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import BadInput

router = Router()


class PassageTold(Shape):
    """One passage of a problem to a state; the unit is empty where it may not be named."""

    number: str
    subject: str
    category: str
    region: str
    state: Labelled
    unit: str
    since: datetime
    until: datetime | None
    minutes: int | None
    late: bool
    ended_by: Labelled | None


class Passages(Shape):
    """One page of passages; `next` is the cursor of the page after it."""

    rows: list[PassageTold]
    next: str | None


class AskedOfPassages(AskedOfTime):
    """Which passages behind a figure."""

    which: OneOf[Which] = Field(Which.GONE, description="已走出的，或仍在途的")
    state: OneOf[State] | None = Field(None, description="环节")
    to: OneOf[State] | None = Field(None, description="去向")
    by: OneOf[Act] | None = Field(None, description="因何离开")
    stage: OneOf[Stage] | None = Field(None, description="走完的时限")
    again: bool = Field(False, description="只看再次进入的")
    late: bool = Field(False, description="只看超过时限的")
    order: OneOf[RowOrder] = Field(RowOrder.LONGEST, description="排序")
    cursor: CursorText = ""
    limit: Limit = 50


@reads(router, "/analysis/timing/passages", answer=Passages, summary="办理时长的明细：每个问题在每个环节停留多久")
def passages_behind(request: Request, asked: Annotated[AskedOfPassages, Query()]) -> Passages:
    """The passages behind a figure."""
    if asked.which is Which.STILL and (asked.to or asked.by or asked.stage or asked.again):
        raise BadInput("仍在途的环节还没有去向和离开原因，请去掉这些条件。", {"which": "不能与去向、离开原因、走完的时限、再次进入同用。"})
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    found = Asked(
        region_id, period_asked(asked.period, request.now), asked.at,
        narrowed_by(
            asked, state=asked.state, to=asked.to, by=asked.by, stage=asked.stage, again=asked.again, late=asked.late),
        asked.which,
    )
    listing = f"timing.{asked.which}.{asked.order}"
    rows = passages_for(
        request.viewer, found, request.now, order=asked.order, after=opened(listing, asked.cursor), limit=asked.limit + 1
    )
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    key = (getattr(rows[-1], asked.order.value), rows[-1].id) if more else None
    return Passages(rows=[_passage(row) for row in rows], next=sealed(listing, key))


def _passage(one: Passage) -> PassageTold:
    return PassageTold(
        number=one.number, subject=one.subject_name, category=one.category_label, region=one.region, state=labelled(one.state),
        unit=one.unit, since=one.came_at, until=one.left_at, minutes=one.minutes if one.is_measured else None,
        late=one.is_late, ended_by=maybe_labelled(one.next_act),
    )
