"""Timetables of a package, and the periods of the rounds that open by them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cards.conftest import CAMPAIGN, Cast, opened_september
from zhitong.domain.cards.actions import load_timetables
from zhitong.domain.cards.actions.scheduling import open_scheduled
from zhitong.domain.cards.models import Round
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.cards.rules.periods import AskedPeriod, period_before, period_trouble
from zhitong.domain.cards.timetables import FILE, TimetableRecord, parse
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.source import Source

GOOD = "- {template: industry, opens: 1, due: 10, locked: 20, accepted_by: [county, city], grace: {office: 5}}\n"


def read(folder: Path, text: str) -> tuple[list[TimetableRecord], list[str]]:
    """What a package's file says, and what is wrong with it."""
    (folder / FILE).write_text(text, encoding="utf-8")
    records, findings = parse(Source(folder), ["industry"])
    return records, [one.message for one in findings]


def test_a_timetable_is_read_with_the_usual_grace_where_it_names_none(tmp_path: Path) -> None:
    [one], findings = read(tmp_path, GOOD)

    assert findings == []
    assert (one.opens_day, one.due_day, one.locked_day, one.review_ranks) == (1, 10, 20, ("county", "city"))
    assert one.grace == {"firm": 0, "person": 1, "unit": 2, "office": 5}


@pytest.mark.parametrize(("text", "words"), [
    (GOOD.replace("industry", "industri"), "industri"),
    (GOOD.replace("city]", "cities]"), "层级“cities”不认识"),
    (GOOD.replace("due: 10", "due: 30"), "依次在后"),
    (GOOD.replace("office: 5", "office: 0"), "由下而上"),
    (GOOD.replace("opens: 1", "opens: one"), "opens"),
    (GOOD + GOOD, "industry"),
])
def test_what_is_wrong_with_a_timetable_is_said(tmp_path: Path, text: str, words: str) -> None:
    _records, findings = read(tmp_path, text)

    assert any(words in one for one in findings), findings


@pytest.mark.parametrize(("today", "period", "asked"), [
    (date(2018, 9, 17), Period.MONTH, AskedPeriod("2018-08", "2018年8月")),
    (date(2019, 1, 2), Period.MONTH, AskedPeriod("2018-12", "2018年12月")),
    (date(2018, 10, 1), Period.QUARTER, AskedPeriod("2018Q3", "2018年三季度")),
    (date(2018, 9, 17), Period.QUARTER, None),
    (date(2018, 9, 17), Period.AD_HOC, None),
])
def test_the_period_asked_after_is_the_one_that_has_ended(today: date, period: Period, asked: AskedPeriod | None) -> None:
    assert period_before(today, period) == asked


@pytest.mark.parametrize(("code", "is_good"), [
    ("2018-08", True), ("2018Q3", True), ("2018", True), ("land-2018", True), ("2018-13", True), ("九月", False), ("", False),
])
def test_a_period_has_a_code(code: str, is_good: bool) -> None:
    assert (period_trouble(code) == "") is is_good


@pytest.mark.django_db
def test_the_clock_opens_what_is_due_and_opens_it_once(cast: Cast) -> None:
    opened_september(cast)
    with acting_as(cast.province_office):
        load_timetables(CAMPAIGN, [TimetableRecord("industry", 2, 10, 20, ("city",), {"firm": 1}, 3)])
        root = cast.regions["13"].id

        found = [
            open_scheduled(CAMPAIGN, root, datetime(2018, 10, day, 2, tzinfo=UTC)) for day in (1, 2, 2, 25)
        ]
    assert found == [0, 0, 0, 0], "the round of September stands already"

    with acting_as(cast.province_office):
        later = [open_scheduled(CAMPAIGN, root, datetime(2018, 11, day, 2, tzinfo=UTC)) for day in (1, 2, 2)]
        newest = Round.objects.get(period="2018-10")
    assert later == [0, 1, 0]
    assert (newest.name, newest.due_on, newest.review_ranks, newest.grace, newest.review_workdays) == (
        "2018年10月", date(2018, 11, 10), ["city"], {"firm": 1}, 3,
    )
