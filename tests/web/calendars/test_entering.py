"""Entering into calendars on a page: once, by who keeps them, with what was typed kept and every fault at its field (R-F5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import acting
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.calendars.models import OfficeHours, OwnDay, PublishedYear, SpecialDay
from zhitong.domain.calendars.queries import calendar, calendar_of, forget_calendar
from zhitong.domain.calendars.rules import DayKind
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db

PARK, YEARS = "/calendars/regions/130973400/", "/calendars/years/"
DAY = {"on": "2018-05-16", "works": "rest", "name": "庙会"}
HOURS = {
    "since": "2018-05-02", "opens_at": "09:00", "closes_at": "12:00", "opens_again_at": "13:00", "closes_again_at": "17:00",
    "source": "园区管委会通知",
}
YEAR = {
    "year": "2019", "source": "国办发明电〔2018〕15号",
    "notice": "二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。\n四、劳动节：5月1日放假。",
}
WRITES = [(f"{PARK}days/", DAY), (f"{PARK}hours/", HOURS), (YEARS, YEAR)]


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai; nothing kept from another test."""
    forget_calendar()
    with held_at(NOW):
        yield
    forget_calendar()


def send(login: str, path: str, typed: dict[str, str], **more: str) -> Any:
    return signed_in(login).post(path, {"once_key": str(uuid4()), **typed, **more})


def stored() -> list[Any]:
    """Everything that calendars keep."""
    return [list(model.objects.order_by("pk").values_list()) for model in (OfficeHours, OwnDay, SpecialDay, PublishedYear)]


def park() -> Any:
    """The park's calendar."""
    here = directory()
    return calendar_of(here.calendar_owners(here.region_coded("130973400").id))  # type: ignore[union-attr]


def test_a_day_is_entered_and_stands_on_the_page() -> None:
    answer = send("park_office", f"{PARK}days/", DAY)

    assert (answer.status_code, answer["Location"]) == (302, PARK)
    [row] = OwnDay.objects.all()
    assert park().kind_of(row.on) is DayKind.HOLIDAY
    assert "庙会" in signed_in("park_office").get(PARK).content.decode()


def test_a_day_is_taken_back() -> None:
    send("park_office", f"{PARK}days/", DAY)

    send("park_office", f"{PARK}days/", DAY, works="above", name="取消庙会")

    assert [row.works for row in OwnDay.objects.order_by("id")] == [False, None]
    assert park().kind_of(OwnDay.objects.all()[0].on) is DayKind.WORKING


def test_hours_are_entered_without_an_afternoon_too() -> None:
    send("park_office", f"{PARK}hours/", HOURS, closes_at="16:00", opens_again_at="", closes_again_at="")

    row = OfficeHours.objects.get()
    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in park().sessions_on(row.since)] == ["09:00-16:00"]


def test_hours_go_back_to_those_above() -> None:
    send("park_office", f"{PARK}hours/", HOURS)

    send("park_office", f"{PARK}hours/", {"since": "2018-05-02", "follow": "on", "source": "恢复"})

    assert park().sessions_on(OfficeHours.objects.all()[0].since) == calendar().sessions


def test_a_year_is_entered_as_the_notice_is_printed() -> None:
    answer = send("province_office", YEARS, YEAR)

    assert answer.status_code == 302
    kept = {row.on.isoformat()[5:]: (row.works, row.name) for row in SpecialDay.objects.filter(on__year=2019)}
    assert kept == {
        "02-02": (True, "春节"), "02-03": (True, "春节"), **{f"02-0{day}": (False, "春节") for day in range(4, 9)},
        "05-01": (False, "劳动节"),
    }
    assert PublishedYear.objects.get(year=2019).source == "国办发明电〔2018〕15号"


@pytest.mark.parametrize(("path", "typed"), WRITES)
def test_a_form_sent_twice_is_done_once(path: str, typed: dict[str, str]) -> None:
    login = "province_office" if path == YEARS else "park_office"
    send(login, path, typed, once_key="once")
    after = stored()

    assert send(login, path, typed, once_key="once").status_code == 302
    assert stored() == after


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        (f"{PARK}days/", {"on": "2018-04-27"}, "只能录入明天及以后的日期"),
        (f"{PARK}days/", {"on": "2030-01-01"}, "最远录到 2019 年年底"),
        (f"{PARK}days/", {"on": "明天"}, "请填写日期"),
        (f"{PARK}days/", {"works": "maybe"}, "请从列出的选项中选择"),
        (f"{PARK}days/", {"name": "庙" * 61}, "最多填写 60 个字"),
        (f"{PARK}days/", {"name": " "}, "请填写这一项"),
        (f"{PARK}hours/", {"since": "2018-04-01"}, "只能录入明天及以后的日期"),
        (f"{PARK}hours/", {"opens_at": "八点"}, "请填写时间，例如 8:30"),
        (f"{PARK}hours/", {"closes_at": ""}, "成对填写"),
        (f"{PARK}hours/", {"opens_at": "", "closes_at": ""}, "成对填写"),
        (f"{PARK}hours/", {"opens_again_at": "11:00"}, "依次从早到晚"),
        (f"{PARK}hours/", {"opens_at": "12:30"}, "依次从早到晚"),
        (YEARS, {"notice": "共7天"}, "没有读到放假的日期"),
        (YEARS, {"notice": "春节：2月30日放假"}, "不存在的日期"),
        (YEARS, {"notice": "春节：2月4日放假。2月11日上班。"}, "2019年2月11日是星期一，本来就上班"),
        (YEARS, {"year": "2018", "notice": "劳动节：5月1日放假"}, "2018年1月1日已经过去，不能再改"),
        (YEARS, {"year": "2025"}, "请从列出的选项中选择"),
        (YEARS, {"source": ""}, "请填写这一项"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(
    path: str, typed: dict[str, str], told: str
) -> None:
    login, whole = ("province_office", YEAR) if path == YEARS else ("park_office", dict(WRITES)[path])
    before = stored()

    answer = send(login, path, {**whole, **typed})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert all(value in html for name, value in whole.items() if name in ("name", "source") and name not in typed)
    assert stored() == before


@pytest.mark.parametrize("login", ["outsider", "neighbour", "city_office", "park", "zone_office"])
@pytest.mark.parametrize(("path", "typed"), WRITES)
def test_who_does_not_keep_a_calendar_changes_nothing(login: str, path: str, typed: dict[str, str]) -> None:
    before = stored()

    looked, sent = signed_in(login).get(path), send(login, path, typed)

    assert (looked.status_code, sent.status_code) == (403, 403)
    assert "维护" in sent.content.decode() or "最高一级的活动办公室" in sent.content.decode()
    assert stored() == before


@pytest.mark.parametrize(("path", "typed"), WRITES)
def test_a_firm_finds_nothing_to_enter(path: str, typed: dict[str, str]) -> None:
    before = stored()

    assert send("firm", path, typed).status_code == 404
    assert stored() == before


def test_an_entry_is_told_as_done_on_the_page_by_a_person() -> None:
    send("park_office", f"{PARK}days/", DAY)

    with acting("park_office") as actor:
        [fact] = facts_about(directory().region_coded("130973400").id)  # type: ignore[union-attr]
    assert (fact.kind, fact.via, fact.person_id) == ("calendar.day_entered", "web", actor.person_id)
