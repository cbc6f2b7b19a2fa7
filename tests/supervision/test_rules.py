"""The rules of pressing by tables: numbers on the paper, windows of working days, who is told what when nobody is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, unit, unit_id
from tests.supervision.ways import issued, reminds
from tests.world import NOW
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.supervision.queries import pressed as pressed_queries
from zhitong.domain.supervision.queries.duties import duties_for
from zhitong.domain.supervision.rules.pressing import (
    PRESSABLE,
    WAITS_FOR_REPORTER,
    effect_due_at,
    may_remind_again_on,
)
from zhitong.domain.supervision.rules.way import number_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "number"), [
    ("13-office", "省双创双服办督字〔2018〕7号"), ("1309-office", "沧州双创双服办督字〔2018〕7号"),
    ("1309-inspection", "沧州督查室督字〔2018〕7号"), ("130973-inspection", "渤海新区督查室督字〔2018〕7号"),
])
def test_a_number_names_its_unit_its_region_once_its_year_and_its_place(code: str, number: str) -> None:
    by = unit(code)

    assert number_of(by, directory().regions[by.region_id], 2018, 7) == number


@pytest.mark.parametrize(("at", "until"), [
    (NOW, datetime(2018, 5, 2, 9, 30, tzinfo=UTC)),  # Friday: a make-up Saturday, then the first day after the holiday
    (datetime(2018, 5, 2, 1, 0, tzinfo=UTC), datetime(2018, 5, 4, 9, 30, tzinfo=UTC)),
    (datetime(2018, 5, 5, 1, 0, tzinfo=UTC), datetime(2018, 5, 8, 9, 30, tzinfo=UTC)),  # pressed on a Saturday
])
def test_an_effect_is_waited_for_until_the_end_of_the_second_working_day(at: datetime, until: datetime) -> None:
    assert effect_due_at(at, calendar()) == until


@pytest.mark.parametrize(("last", "again"), [
    (NOW, date(2018, 5, 3)), (datetime(2018, 5, 7, 1, 0, tzinfo=UTC), date(2018, 5, 10)),
])
def test_a_firm_may_remind_again_on_the_third_working_day(last: datetime, again: date) -> None:
    assert may_remind_again_on(last, calendar()) == again


def test_what_can_be_pressed_waits_for_no_firm() -> None:
    assert not PRESSABLE & WAITS_FOR_REPORTER
    assert {state.value for state in PRESSABLE} >= {"submitted", "accepted", "dispatched", "handling", "proposed", "review"}


def test_a_dissolved_unit_keeps_its_name_and_is_pressed_no_more(
    raised: Raise, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = raised()
    reminds("zone_office", story)
    issued("zone_office", story)
    here = directory()
    gone = replace(here, units={id_: one for id_, one in here.units.items() if id_ != unit_id("130973400-economy")})
    with acting("zone_office"):
        standing = story.standing
    monkeypatch.setattr(pressed_queries, "directory", lambda: gone)

    with acting_as(viewer("zone_office")) as office:
        found = pressed_queries.pressed_on(office, standing, now=NOW + timedelta(hours=1))
        assert duties_for(office, now=NOW) == []

    assert {one.unit for one in found.urgings} == {"南大港产业园区经发局"}
    assert ["已经撤并" in one.reason for one in found.choices] == [True, True, False]
