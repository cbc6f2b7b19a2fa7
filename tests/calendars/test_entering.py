"""Entering hours, days and years: who may, what is refused, what it changes and what it leaves alone (R-F5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.calendars.keeping import MAY_DAY, NINE, TOMORROW, place, stored
from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.calendars.actions import NotEntered, thing_of_year
from zhitong.domain.calendars.models import OfficeHours, SpecialDay
from zhitong.domain.calendars.queries import calendar, calendar_of, forget_calendar
from zhitong.domain.calendars.rules import DEFAULT_SESSIONS, DayKind
from zhitong.domain.calendars.rules.published import SpecialDate
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.actions.timekeeping import enter_special_day, enter_year, set_office_hours
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

TODAY = date(2018, 4, 27)
Enter = Callable[..., None]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Each test reads its own tables, and leaves nothing to the next."""
    forget_calendar()
    yield
    forget_calendar()


def of(code: str) -> Any:
    """The calendar of a unit or region."""
    return calendar_of(directory().calendar_owners(place(code)))


def hours(login: str, code: str, **values: Any) -> None:
    """Let a member of the cast set the hours of a place."""
    with acting(login) as actor:
        given = {"since": TOMORROW, "sessions": NINE, "source": "县政府办通知", **values}
        set_office_hours(place_id=place(code), actor=actor, now=NOW, **given)


def day(login: str, code: str, **values: Any) -> None:
    """Let a member of the cast enter a day of a place."""
    with acting(login) as actor:
        given = {"on": date(2018, 5, 16), "works": False, "name": "庙会", **values}
        enter_special_day(place_id=place(code), actor=actor, now=NOW, **given)


def year(login: str, **values: Any) -> None:
    """Let a member of the cast enter a year."""
    with acting(login) as actor:
        given = {"year": 2019, "dates": [MAY_DAY], "source": "通知", **values}
        enter_year(actor=actor, now=NOW, **given)


def test_hours_of_a_region_hold_for_all_that_stands_below() -> None:
    hours("city_office", "1309")

    for code in ("1309", "1309-development", "130973", "130973400-economy", "130982-industry"):
        assert of(code).sessions_on(TOMORROW) == NINE, code
        assert of(code).sessions_on(TODAY) == DEFAULT_SESSIONS, code
    for code in ("13-development", "1301", "130123-office"):
        assert of(code) is calendar(), code


def test_the_nearest_hours_outdo_those_of_the_region() -> None:
    hours("city_office", "1309")
    hours("park_office", "130973400-economy", sessions=((time(8), time(16)),))

    assert of("130973400-economy").sessions_on(TOMORROW) == ((time(8), time(16)),)
    assert of("130973400-office").sessions_on(TOMORROW) == NINE


def test_a_later_entry_for_the_same_day_holds_and_none_goes_back() -> None:
    hours("park_office", "130973400")
    hours("park_office", "130973400", sessions=())

    assert of("130973400").sessions_on(TOMORROW) == DEFAULT_SESSIONS
    assert OfficeHours.objects.count() == 2


def test_a_special_day_holds_for_its_place_alone_and_can_be_taken_back() -> None:
    day("zone_office", "130973")

    assert of("130973-economy").kind_of(date(2018, 5, 16)) is DayKind.HOLIDAY
    assert of("1309-development").kind_of(date(2018, 5, 16)) is DayKind.WORKING

    day("zone_office", "130973", works=None)

    assert of("130973-economy").kind_of(date(2018, 5, 16)) is DayKind.WORKING


def test_every_entry_leaves_a_fact() -> None:
    hours("park_office", "130973400")
    day("park_office", "130973400")
    year("province_office")

    with acting("park_office"):
        first, second = facts_about(place("130973400"))
    with acting("province_office"):
        [third] = facts_about(thing_of_year(2019))
    assert (first.kind, first.body["sessions"]) == ("calendar.hours_set", [["09:00", "12:00"], ["13:00", "17:00"]])
    assert (first.words, first.unit_id) == ({"source": "县政府办通知"}, viewer("park_office").unit_id)
    assert (second.kind, second.body, second.words) == (
        "calendar.day_entered", {"on": "2018-05-16", "works": False}, {"name": "庙会"}
    )
    assert (third.kind, third.body["days"]) == ("calendar.year_entered", {"2019-05-01": False})


@pytest.mark.parametrize(
    ("enter", "values", "field", "said"),
    [
        (hours, {"since": TODAY}, "since", "只能录入明天及以后的日期"),
        (hours, {"since": date(2020, 1, 1)}, "since", "最远录到 2019 年年底"),
        (hours, {"sessions": ((time(12), time(9)),)}, "hours", "依次从早到晚"),
        (hours, {"sessions": ((time(9), time(12)), (time(11), time(17)))}, "hours", "依次从早到晚"),
        (hours, {"source": "  "}, "source", "请填写"),
        (day, {"on": TODAY}, "on", "只能录入明天及以后的日期"),
        (day, {"on": date(2018, 4, 2)}, "on", "只能录入明天及以后的日期"),
        (day, {"name": ""}, "name", "请填写"),
        (year, {"year": 2020}, "year", "只能录入 2018 年和 2019 年"),
        (year, {"dates": []}, "notice", "没有读到放假的日期"),
        (year, {"dates": [MAY_DAY, SpecialDate(date(2019, 5, 6), True, "")]}, "notice", "2019年5月6日是星期一，本来就上班"),
        (year, {"dates": [MAY_DAY, SpecialDate(date(2018, 10, 1), False, "")]}, "notice", "不在 2019 年的安排之内"),
        (year, {"year": 2018, "dates": [SpecialDate(date(2018, 5, 1), False, "")]}, "notice", "2018年1月1日已经过去"),
        (year, {"source": ""}, "source", "请填写"),
    ],
)
def test_what_cannot_be_entered_is_refused_by_its_field_and_nothing_is_stored(
    enter: Enter, values: dict[str, Any], field: str, said: str
) -> None:
    who_and_where = ("province_office",) if enter is year else ("park_office", "130973400")
    before = stored()

    with pytest.raises(NotEntered) as refused:
        enter(*who_and_where, **values)

    assert said in refused.value.fields[field]
    assert stored() == before


@pytest.mark.parametrize("enter", [hours, day])
@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("outsider", "130973400"), ("neighbour", "130982-industry"), ("park", "130973400-economy"), ("firm", "130973400"),
        ("zone_office", "130973400"), ("city_office", "130973"), ("park_office", "130973"), ("zone", "130973"),
    ],
)
def test_who_does_not_keep_a_calendar_changes_none(enter: Enter, login: str, code: str) -> None:
    before = stored()

    with pytest.raises(NotYours, match="本级活动办公室或本单位管理员"):
        enter(login, code)

    assert stored() == before


@pytest.mark.parametrize("login", ["city_office", "province", "outsider", "firm"])
def test_only_the_highest_office_enters_a_year(login: str) -> None:
    before = stored()

    with pytest.raises(NotYours, match="最高一级的活动办公室"):
        year(login)

    assert stored() == before


@pytest.mark.parametrize("enter", [set_office_hours, enter_special_day])
def test_a_place_that_is_not_there_has_no_calendar(enter: Enter) -> None:
    values = {"since": TOMORROW, "sessions": NINE, "source": "x"} if enter is set_office_hours else {
        "on": TOMORROW, "works": False, "name": "x"
    }

    with acting("province_office") as actor, pytest.raises(NotFound):
        enter(place_id=uuid7(), actor=actor, now=NOW, **values)


def test_an_office_keeps_the_places_below_that_have_none() -> None:
    assert directory().office(place("130973206")).code != "130973206-office"  # type: ignore[union-attr]

    hours("zone_office", "130973206")

    assert of("130973206").sessions_on(TOMORROW) == NINE


def test_the_year_of_a_new_notice_is_entered_with_the_december_before() -> None:
    notice = [
        SpecialDate(date(2018, 12, 24), False, "元旦"), SpecialDate(date(2018, 12, 22), True, "元旦"),
        SpecialDate(date(2019, 1, 1), False, "元旦"),
    ]

    year("province_office", dates=notice)

    assert calendar().kind_of(date(2018, 12, 24)) is DayKind.HOLIDAY
    assert calendar().kind_of(date(2018, 12, 22)) is DayKind.MAKE_UP
    assert calendar().kind_of(date(2018, 10, 1)) is DayKind.HOLIDAY
    assert calendar().kind_of(date(2019, 5, 1)) is DayKind.WORKING


def test_of_a_published_year_the_days_ahead_may_be_changed() -> None:
    standing = [SpecialDate(one.on, one.works, one.name) for one in SpecialDay.objects.filter(on__year=2018)]
    extended = [*standing, SpecialDate(date(2018, 6, 19), False, "端午")]

    year("province_office", year=2018, dates=extended)

    assert calendar().kind_of(date(2018, 6, 19)) is DayKind.HOLIDAY
    assert calendar().kind_of(TOMORROW) is DayKind.MAKE_UP


def test_calendars_cost_no_query_once_read() -> None:
    hours("city_office", "1309")
    here = directory()
    owners = [here.calendar_owners(unit) for unit in here.units]
    calendar()

    with CaptureQueriesContext(connection) as asked:
        found = [calendar_of(one) for one in owners]

    assert len(asked) == 0
    assert len({id(one) for one in found}) == 2


def test_a_unit_that_is_not_there_counts_by_the_calendar_of_the_installation() -> None:
    assert calendar_of(directory().calendar_owners(uuid7())) is calendar()
    assert calendar_of(directory().calendar_owners(viewer("firm").unit_id)) is calendar()


def test_the_owners_of_a_unit_go_from_itself_to_the_root() -> None:
    here = directory()

    assert here.calendar_owners(place("130973400-economy")) == tuple(
        place(code) for code in ("130973400-economy", "130973400", "130973", "1309", "13")
    )
    assert here.calendar_owners(place("1309")) == (place("1309"), place("13"))


def test_what_stands_in_the_tables_is_held_in_order_by_the_database() -> None:
    wrong: list[dict[str, Any]] = [
        {"since": TODAY}, {"opens_at": time(9)}, {"opens_at": time(12), "closes_at": time(9)},
        {"opens_at": time(9), "closes_at": time(12), "opens_again_at": time(11), "closes_again_at": time(17)},
        {"opens_again_at": time(13), "closes_again_at": time(17)},
        {"opens_at": time(9), "closes_at": time(12), "closes_again_at": time(17)},
    ]
    for values in wrong:
        with acting("park_office"), pytest.raises(IntegrityError), transaction.atomic():
            OfficeHours.objects.create(
                **{"owner_id": place("130973400"), "since": TOMORROW, "source": "x", "entered_on": day_of(NOW), **values}
            )

