"""设置 · 工作日历: a year at a glance with words and shapes, the hours, the sum of a limit, and who may look (R-F5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.organisations.actions.timekeeping import enter_special_day, set_office_hours
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db

PARK = "/calendars/regions/130973400/"
PATHS = ("/calendars/", PARK, "/calendars/units/130973-economy/", f"{PARK}hours/", f"{PARK}days/", "/calendars/years/")


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai; nothing kept from another test."""
    forget_calendar()
    with held_at(NOW):
        yield
    forget_calendar()


@pytest.fixture
def fair() -> None:
    """The park closes for its fair on 2 May and works from nine from 3 May on."""
    region = directory().region_coded("130973400")
    assert region is not None
    with acting("park_office") as actor:
        enter_special_day(place_id=region.id, on=date(2018, 5, 2), works=False, name="庙会", actor=actor, now=NOW)
        set_office_hours(
            place_id=region.id, since=date(2018, 5, 3), sessions=((time(9), time(12)), (time(13), time(17))),
            source="园区管委会通知", actor=actor, now=NOW,
        )


def page(path: str, login: str = "park_office", **asked: str) -> str:
    answer = signed_in(login).get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def day_drawn(html: str, month: int, day: int) -> tuple[str, str]:
    """How a day is drawn: its classes and the word in it."""
    drawn = re.findall(r'<table class="zt-month">.*?</table>', html, re.DOTALL)[month - 1]
    found = re.search(rf'<span class="([^"]+)"[^>]*>{day}<(?:small|span class="zt-hidden")>([^<]+)<', drawn)
    assert found is not None, f"{month}-{day} is not drawn"
    return found[1], found[2]


def test_every_kind_of_day_has_its_own_shape_and_word() -> None:
    html = page("/calendars/")

    assert day_drawn(html, 4, 26) == ("zt-day zt-day-work", "工作日")
    assert day_drawn(html, 4, 27) == ("zt-day zt-day-work", "今天")
    assert day_drawn(html, 4, 28) == ("zt-day zt-day-make-up", "补班")
    assert day_drawn(html, 4, 29) == ("zt-day zt-day-weekend", "周末")
    assert day_drawn(html, 5, 1) == ("zt-day zt-day-holiday", "放假")
    assert len(re.findall(r'title="[^"]+日 ', html)) == 365
    assert 'aria-current="date" title="27日 工作日"' in html


def test_a_year_says_how_many_days_are_worked_and_by_which_notice() -> None:
    said = words_of(page("/calendars/"))

    assert "全年 250 个工作日。2018年放假安排已公布：国务院办公厅" in said
    assert "4月 20 个工作日" in said
    assert "春节 2月15日、16日、19日、20日、21日 2月11日、24日" in said


def test_a_year_that_is_not_published_says_so() -> None:
    said = words_of(page("/calendars/", year="2021"))

    assert "2021年放假安排尚未公布，按周一至周五上班推算约 261 个工作日；落在这一年的时限为暂定" in said
    assert "由最高一级的活动办公室录入" in said


@pytest.mark.parametrize("year", ["1999", "2101", "x", "99999999999", "-1"])
def test_a_year_beyond_all_calendars_is_this_one(year: str) -> None:
    assert "2018年工作日历</h1>" in page("/calendars/", year=year)


def test_it_opens_at_ones_own_unit_and_leads_up_to_the_root() -> None:
    html = page("/calendars/", "park")

    assert re.search(r"<h1>[^<]*经发局 2018年工作日历</h1>", html)
    assert re.findall(r'href="/calendars/(\w+/[\w-]+)/\?year=2018"', html) == [
        "units/130973400-economy", "regions/130973400", "regions/130973", "regions/1309", "regions/13",
    ]


def test_own_days_and_hours_are_shown_with_whose_they_are(fair: None) -> None:
    html = page("/calendars/units/130973400-economy/", "park")
    said = words_of(html)

    assert day_drawn(html, 5, 2) == ("zt-day zt-day-holiday zt-day-own", "放假")
    assert "2018年1月1日起 8:30–12:00，13:30–17:30 2018年5月3日起 9:00–12:00，13:00–17:00" in said
    assert re.search(r"庙会 南大港\S* 5月2日 —", said)
    assert re.search(r"园区管委会通知 · 南大港\S*办公室于2018年4月27日录入", said)


def test_the_calendar_of_another_region_is_untouched(fair: None) -> None:
    assert day_drawn(page("/calendars/regions/130973/"), 5, 2) == ("zt-day zt-day-work", "工作日")


def test_a_limit_is_summed_without_a_script() -> None:
    said = words_of(page(PARK, start="2018-04-27T15:40", amount="5", unit="workdays"))

    assert "到期 2018年5月7日（周一）17:30" in said
    assert "交办 4月27日 15:40，5 个工作日：4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30" in said


def test_a_limit_is_summed_by_the_calendar_of_the_place(fair: None) -> None:
    said = words_of(page(PARK, start="2018-04-27T15:40", amount="１６", unit="hours"))

    assert "4月27日 1小时50分、28日(补班) 7小时30分、5月3日 6小时40分，到期 5月3日 16:40" in said


def test_a_limit_into_an_unpublished_year_is_provisional() -> None:
    said = words_of(page(PARK, start="2019-12-30T10:00", amount="5", unit="workdays"))

    assert "2020 年的放假安排尚未公布，其间按周一至周五上班推算，结果为暂定。" in said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"start": "昨天", "amount": "5", "unit": "workdays"}, "请填写日期和时间"),
        ({"start": "1999-01-01T10:00", "amount": "5", "unit": "workdays"}, "起算时间须在 2000 年至 2100 年之间"),
        ({"start": "2018-04-27T15:40", "amount": "0", "unit": "workdays"}, "工作日数应为 1 至 2000 的整数"),
        ({"start": "2018-04-27T15:40", "amount": "三", "unit": "hours"}, "工作小时数应为 1 至 16000 的整数"),
        ({"start": "2018-04-27T15:40", "amount": "5", "unit": "weeks"}, "请从列出的选项中选择"),
        ({"start": ""}, "请填写这一项"),
    ],
)
def test_what_cannot_be_summed_is_told_at_its_field(asked: dict[str, str], told: str) -> None:
    html = page(PARK, **asked)

    assert told in html
    assert "zt-sum-told" not in html


def test_what_may_be_entered_is_offered_to_who_keeps_it() -> None:
    keeper, reader, highest = page(PARK), page(PARK, "city_office"), page("/calendars/", "province_office")

    assert f'href="{PARK}hours/"' in keeper
    assert f'href="{PARK}days/"' in keeper
    assert "/calendars/years/" not in keeper
    assert f"{PARK}hours/" not in reader
    assert re.search(r"这份日历由\S+维护", words_of(reader))
    assert "/calendars/years/" in highest
    assert "正在计时的问题不受影响" in keeper


@pytest.mark.parametrize("path", PATHS)
def test_the_served_have_no_such_pages(path: str) -> None:
    assert signed_in("firm").get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_led_to_sign_in(path: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize(
    "path", ["/calendars/regions/none/", "/calendars/units/none/", "/calendars/units/firm-nandagang/", "/calendars/lines/13/"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert signed_in("park_office").get(path).status_code == 404


def test_the_menu_leads_to_it() -> None:
    assert 'href="/calendars/"' in page("/territory/")


def test_the_page_costs_the_same_whatever_is_entered() -> None:
    client = signed_in("park_office")
    client.get(PARK)
    before = _cost(client)

    with acting("park_office") as actor:
        for day in range(2, 28):
            enter_special_day(
                place_id=directory().region_coded("130973400").id, on=date(2018, 6, day), works=False, name=f"第{day}天",  # type: ignore[union-attr]
                actor=actor, now=NOW,
            )
    client.get(PARK)

    assert _cost(client) == before <= 16


def _cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(PARK)
    return len(asked)
