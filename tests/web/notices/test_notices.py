"""消息: what a unit was told, unread first; opened, marked, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.test import Client

from tests.api.conftest import Caller
from tests.cast import viewer
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import text_of
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.queries import NoticeRow
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.kit.ids import uuid7
from zhitong.web.notices.leading import address_of

AtScreen = Callable[[str], Client]


def told(database: str, count: int = 2) -> None:
    """The worker tells 南大港's office of so many excuses."""
    unit_id = viewer("park_office").unit_id
    with config.as_role("worker", name=database):
        tell([
            Telling(unit_id, NoticeKind.EXCUSE_TO_DECIDE, "card_excuse", uuid7(), f"演示{number}厂", uuid7(),
                    NOW - timedelta(hours=number))
            for number in range(count)
        ])


def test_unread_ones_stand_first_and_are_read_one_by_one_or_all_at_once(fresh_database: str, at_screen: AtScreen) -> None:
    told(fresh_database, 3)
    office = at_screen("park_office")

    page = office.get("/notices/")
    [first, *_rest] = page.context["unread"]
    opened = office.post(f"/notices/{first.id}/open/")
    after = office.get("/notices/").context
    office.post("/notices/read/")
    done = office.get("/notices/")

    assert "3条未读消息" in text_of(page).replace(" ", "")
    assert opened["Location"] == f"/cards/excuses/{first.thing_id}/"
    assert ([len(after["unread"]), len(after["read"])], after["count"]) == ([2, 1], 2)
    assert "没有未读消息" in text_of(done)
    assert len(done.context["read"]) == 3


def test_the_first_page_shows_a_few_and_leads_to_all(fresh_database: str, at_screen: AtScreen) -> None:
    told(fresh_database, 7)

    home = at_screen("park_office").get("/")

    assert len(home.context["unread"]) == 5
    assert "有未报原因等本办审批" in text_of(home)


def test_nobody_else_reads_or_marks_them(fresh_database: str, at_screen: AtScreen) -> None:
    told(fresh_database)
    [one, _other] = at_screen("park_office").get("/notices/").context["unread"]

    for login in ("outsider", "zone_office"):
        other = at_screen(login)
        assert "演示0厂" not in text_of(other.get("/notices/"))
        assert other.post(f"/notices/{one.id}/open/").status_code == 404
        other.post("/notices/read/")
    assert at_screen("firm").get("/notices/").status_code == 404
    assert at_screen("park_office").get("/notices/").context["count"] == 2


def test_pages_cost_no_more_with_more_of_them(
    fresh_database: str, at_screen: AtScreen, django_assert_max_num_queries: Callable[..., object]
) -> None:
    told(fresh_database, 60)
    office = at_screen("park_office")
    office.post("/notices/read/")

    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = office.get("/notices/")
    older = office.get(f"/notices/?after={page.context['next']}").context
    assert (len(page.context["read"]), len(older["read"]), older["next"]) == (50, 10, "")


def program_of(login: str) -> Caller:
    """A program that acts as a member of the cast."""
    who = viewer(login)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def test_programs_read_and_mark_them(fresh_database: str) -> None:
    told(fresh_database, 3)
    office, outsider = program_of("park_office"), program_of("outsider")

    body = office.get("/notices").body
    one = body["unread"][0]["id"]

    assert outsider.post("/notices/read", {"ids": [one]}).body == {"count": 0}
    assert office.post("/notices/read", {"ids": [one]}).body == {"count": 1}
    assert (body["count"], office.get("/notices").body["count"]) == (3, 2)
    assert outsider.get("/notices").body["unread"] == []


def test_every_thing_of_which_anybody_is_told_has_a_page() -> None:
    kinds = (
        "problem", "common", "complaint", "supervision", "instruction", "visit", "visit_plan", "card", "card_round", "card_excuse",
        "edition",
    )
    some = UUID(int=1)

    assert all(address_of(NoticeRow(some, NoticeKind.DECIDED, kind, "冀-1", NOW, some)) for kind in kinds)
    assert address_of(NoticeRow(some, NoticeKind.DECIDED, "other", "", NOW, some)) == ""


def test_who_is_not_needed_any_more_is_led_nowhere() -> None:
    moved, not_needed = (
        NoticeRow(uuid7(), kind, "cycle", "演示调度会", NOW, uuid7())
        for kind in (NoticeKind.MEETING_MOVED, NoticeKind.MEETING_NOT_NEEDED)
    )

    assert address_of(moved) == f"/rhythm/{moved.thing_id}/"
    assert address_of(not_needed) == "", "the page of a meeting opens for who is called"
