"""The calendar feed of the post behind the key: how it stands, taking its address back, and the calendar itself.

A new address is made at the screen alone: what an operation answers is kept for its key, and a secret is kept nowhere.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from ninja import Router

from zhitong.api.door import Request, actor_of, hands_over, reads, writes
from zhitong.api.words import Empty, Shape
from zhitong.domain.feeds.actions.opening import close_feed
from zhitong.domain.feeds.actions.reading import read_own
from zhitong.domain.feeds.queries.feeds import own_feed

router = Router()


class FeedState(Shape):
    """Since when the feed has an address (null: it has none), when it was last read there, and what it does."""

    opened_at: datetime | None
    read_at: datetime | None
    alarm_minutes: int | None
    shows_titles: bool


@reads(router, "/me/feed", answer=FeedState, summary="本岗位的日程订阅")
def state(request: Request) -> FeedState:
    """How it stands; the address itself is told only when it is made."""
    found = own_feed(request.viewer)
    return FeedState(
        opened_at=found.opened_at, read_at=found.read_at, alarm_minutes=found.alarm_minutes, shows_titles=found.shows_titles
    )


@writes(router, "/me/feed/close", answer=FeedState, summary="停用日程订阅的地址")
def close(request: Request, said: Empty) -> FeedState:
    """The address leads nowhere from now on."""
    close_feed(request.viewer, actor=actor_of(request), now=request.now)
    return state(request)


@hands_over(router, "/me/calendar.ics", types=["text/calendar"], summary="本岗位的日程（iCalendar）")
def calendar_file(request: Request) -> HttpResponse:
    """The calendar, for a program with a key."""
    return HttpResponse(read_own(request.viewer, now=request.now), content_type="text/calendar")
