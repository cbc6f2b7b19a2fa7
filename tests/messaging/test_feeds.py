"""The calendar feed: stable, counted, cancelled when gone; empty for who moved, nothing for who has no secret (R-D)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from icalendar import Calendar

from tests.cast import Story, acting, acting_as, viewer
from tests.work.test_reactions import raise_one
from tests.world import NOW
from zhitong.domain.feeds.actions.opening import close_feed, open_feed
from zhitong.domain.feeds.actions.reading import read_by_secret, read_own
from zhitong.domain.feeds.rules.entries import CANCELLED_FOR, Entry, EntryKind, Shown, what_became
from zhitong.domain.organisations.models import Tenure
from zhitong.kit.clock import SHANGHAI, held_at
from zhitong.kit.refusals import NotFound

FIRM = "演示南大港石化设备有限公司"


def events(content: bytes) -> list[Any]:
    """What a calendar program reads."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def own(login: str, now: datetime = NOW) -> bytes:
    with acting_as(viewer(login)) as here:
        return read_own(here, now=now)


@pytest.fixture
def raised(fresh_database: str) -> Story:
    """A problem of the firm, sent to the 经发局 of its park by a rule."""
    return raise_one()


def opened(login: str, **chosen: Any) -> str:
    with acting_as(viewer(login)) as here:
        return open_feed(here, **{"alarm_minutes": None, "shows_titles": False, **chosen}, actor=here.actor("test"), now=NOW)


def test_what_falls_due_stands_there_by_number_with_its_zone_and_without_a_name(raised: Story) -> None:
    secret = opened("park", alarm_minutes=60)
    content = read_by_secret(secret, now=NOW)

    [event] = [one for one in events(content) if "问题时限" in str(one["summary"])]
    assert str(event["summary"]).split()[1].startswith("冀-沧州-2018-")
    assert FIRM not in content.decode()
    assert event["dtstart"].dt.tzinfo.utcoffset(event["dtstart"].dt) == timedelta(hours=8)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert [str(one["tzid"]) for one in Calendar.from_ical(content).walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert [one["trigger"].dt for one in event.walk("VALARM")] == [-timedelta(minutes=60)]
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")

    again = events(read_by_secret(secret, now=NOW + timedelta(hours=1)))
    assert [(one["uid"], one["sequence"], one["last-modified"].dt) for one in again if one["uid"] == event["uid"]] == [
        (event["uid"], 0, event["last-modified"].dt)
    ]


def test_titles_are_shown_only_where_the_installation_allows_them(raised: Story) -> None:
    plain = opened("park", shows_titles=True)
    assert FIRM not in read_by_secret(plain, now=NOW).decode()

    with override_settings(CALENDAR_TITLES=True):
        named = opened("park", shows_titles=True)
        assert any(FIRM in str(one["summary"]) for one in events(read_by_secret(named, now=NOW)))
    assert FIRM not in "".join(str(one["summary"]) for one in events(read_by_secret(named, now=NOW)))


def test_an_outsider_has_nothing_and_who_moved_has_nothing_at_once(raised: Story) -> None:
    assert [one for one in events(own("outsider")) if "问题" in str(one["summary"])] == []
    secret = opened("park")
    assert events(read_by_secret(secret, now=NOW)) != []

    Tenure.objects.filter(person__login="park").update(until=date(2018, 4, 26))

    assert events(read_by_secret(secret, now=NOW)) == []


def test_an_address_taken_back_leads_nowhere_and_a_new_one_ends_the_old(raised: Story) -> None:
    first = opened("park")
    second = opened("park")
    with pytest.raises(NotFound):
        read_by_secret(first, now=NOW)
    assert events(read_by_secret(second, now=NOW)) != []
    with acting_as(viewer("park")) as here:
        close_feed(here, actor=here.actor("test"), now=NOW)
    for gone in (second, "", "x" * 43):
        with pytest.raises(NotFound):
            read_by_secret(gone, now=NOW)
    with acting("outsider"), connection.cursor() as cursor:  # the second wall alone
        cursor.execute("SELECT (SELECT count(*) FROM feeds_feed) + (SELECT count(*) FROM feeds_event)")
        assert cursor.fetchone() == (0,)


def test_programs_fetch_it_without_signing_in_and_nobody_keeps_it(raised: Story) -> None:
    secret = opened("park")
    with held_at(NOW):
        answer = Client().get(f"/feeds/{secret}.ics")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert "no-store" in answer["Cache-Control"]
        assert events(answer.content) != []
        assert Client().get(f"/feeds/{secret[:-1]}.ics").status_code == 404


T0 = NOW
DUE = datetime(2018, 5, 2, 9, tzinfo=SHANGHAI)


def seen(shown: list[Shown]) -> dict[str, Shown]:
    return {one.key: one for one in shown}


def test_what_moves_goes_and_comes_back_is_counted_and_forgotten_in_the_end() -> None:
    entry = Entry(EntryKind.PROBLEM, "problem:1", "冀-沧州-2018-000001", FIRM, at=DUE)
    first = seen(what_became({}, [entry], T0, with_titles=False))
    same = seen(what_became(first, [entry], T0 + timedelta(hours=1), with_titles=False))
    assert same["problem:1"] is first["problem:1"]

    moved_to = Entry(EntryKind.PROBLEM, "problem:1", "冀-沧州-2018-000001", FIRM, at=DUE + timedelta(days=1))
    moved = seen(what_became(first, [moved_to], T0 + timedelta(hours=2), with_titles=False))
    gone = seen(what_became(moved, [], T0 + timedelta(hours=3), with_titles=False))
    back = seen(what_became(gone, [moved_to], T0 + timedelta(hours=4), with_titles=False))

    assert [one["problem:1"].sequence for one in (first, moved, gone, back)] == [0, 1, 2, 3]
    assert gone["problem:1"].gone_at == T0 + timedelta(hours=3)
    assert back["problem:1"].gone_at is None
    assert what_became(gone, [], T0 + timedelta(hours=3) + CANCELLED_FOR, with_titles=False) == []
