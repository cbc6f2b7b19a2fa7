"""A calendar as programs read it: RFC 5545, times in Asia/Shanghai with their zone written out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event, Timezone

from zhitong.domain.feeds.rules.entries import Shown
from zhitong.kit.clock import SHANGHAI

LASTS = timedelta(minutes=30)
NAME = "直通日程"
REFRESH = "PT1H"


def written(feed_id: UUID, shown: Sequence[Shown], *, alarm_minutes: int | None, site: str) -> bytes:
    """The calendar file; the same things give the same identifiers at every reading."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zhitong//Feed//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(_zone())
    for one in shown:
        calendar.add_component(_event(feed_id, one, alarm_minutes, site))
    return bytes(calendar.to_ical())


@cache
def _zone() -> Timezone:
    return Timezone.from_tzid(SHANGHAI.key, first_date=date(2000, 1, 1), last_date=date(2038, 1, 1))


def _event(feed_id: UUID, one: Shown, alarm_minutes: int | None, site: str) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(feed_id, one.key)}@zhitong")
    event.add("summary", one.summary)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.gone_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if site:
        event.add("url", f"{site}/")
    if one.at is not None:
        local = one.at.astimezone(SHANGHAI)
        event.add("dtstart", local)
        event.add("dtend", local + LASTS)
    elif one.on is not None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    if alarm_minutes is not None and one.gone_at is None:
        event.add_component(_alarm(one.summary, alarm_minutes))
    return event


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm
