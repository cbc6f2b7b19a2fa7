"""The calendar of working days, by which limits are counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from ninja import Query, Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Shape
from zhitong.domain.calendars.queries import calendar
from zhitong.kit.refusals import BadInput

router = Router()

MOST_DAYS = 366


class Day(Shape):
    """A day: whether offices are open, why that is unusual, and whether its year is published."""

    on: date
    works: bool
    kind: str
    is_published: bool


class Days(Shape):
    """The days asked for, and the office hours of working days."""

    sessions: list[str]
    days: list[Day]


@reads(router, "/calendar", answer=Days, summary="工作日历：哪天上班，哪天放假，哪天补班")
def days(
    request: Request,
    since: Annotated[date, Query(description="第一天")],
    until: Annotated[date, Query(description="最后一天，最多366天")],
) -> Days:
    """The days from one to another."""
    length = (until - since).days + 1
    if not 1 <= length <= MOST_DAYS:
        sentence = f"最后一天须不早于第一天，且一次最多查询{MOST_DAYS}天。"
        raise BadInput(sentence, {"until": sentence})
    here = calendar()
    wanted = [since + timedelta(days=n) for n in range(length)]
    return Days(
        sessions=[f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in here.sessions],
        days=[
            Day(on=day, works=here.works_on(day), kind=here.kind_of(day).value, is_published=here.is_published(day))
            for day in wanted
        ],
    )
