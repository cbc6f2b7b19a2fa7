"""The stretches figures are told for (R-H2): they end at the cut-off and are held against as much of the last."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from zhitong.domain.analysis.rules.stretches import NAME_OF_LAST, Stretch, StretchKind, stretch_before, stretch_of
from zhitong.kit.clock import SHANGHAI


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


CUT_OFF = at("2018-09-17T14:32:10")


@pytest.mark.parametrize(
    ("kind", "since", "before"),
    [
        (StretchKind.DAY, "2018-09-17", ("2018-09-16", "2018-09-16T14:32:10")),
        (StretchKind.WEEK, "2018-09-17", ("2018-09-10", "2018-09-10T14:32:10")),
        (StretchKind.MONTH, "2018-09-01", ("2018-08-01", "2018-08-17T14:32:10")),
        (StretchKind.QUARTER, "2018-07-01", ("2018-04-01", "2018-06-17T14:32:10")),
        (StretchKind.YEAR, "2018-01-01", ("2017-01-01", "2017-09-17T14:32:10")),
        (StretchKind.CAMPAIGN, "2018-01-01", ("2017-01-01", "2017-09-17T14:32:10")),
    ],
)
def test_a_stretch_begins_with_its_calendar_and_is_held_against_as_much(
    kind: StretchKind, since: str, before: tuple[str, str]
) -> None:
    found = stretch_of(kind, CUT_OFF, year=2018)

    assert found == Stretch(at(since), CUT_OFF)
    assert found
    assert stretch_before(kind, found) == Stretch(at(before[0]), at(before[1]))


def test_a_day_that_the_last_month_has_not_is_its_end() -> None:
    found = stretch_of(StretchKind.MONTH, at("2018-03-31T08:00"))

    assert found
    assert stretch_before(StretchKind.MONTH, found) == Stretch(at("2018-02-01"), at("2018-03-01"))


def test_the_leap_day_is_held_against_the_end_of_february() -> None:
    found = stretch_of(StretchKind.YEAR, at("2020-02-29T12:00"))

    assert found
    assert stretch_before(StretchKind.YEAR, found).until == at("2019-03-01")


def test_a_campaign_whose_year_is_over_ends_with_it() -> None:
    found = stretch_of(StretchKind.CAMPAIGN, at("2019-03-04T08:00"), year=2018)

    assert found == Stretch(at("2018-01-01"), at("2019-01-01"))


@pytest.mark.parametrize(
    ("last", "until"), [(date(2018, 8, 10), "2018-08-11"), (date(2018, 12, 31), "2018-09-17T14:32:10")]
)
def test_days_of_ones_own_end_with_the_last_of_them_or_at_the_cut_off(last: date, until: str) -> None:
    found = stretch_of(StretchKind.DAYS, CUT_OFF, first=date(2018, 8, 1), last=last)

    assert found == Stretch(at("2018-08-01"), at(until))
    assert found
    assert stretch_before(StretchKind.DAYS, found) == Stretch(
        at("2018-08-01") - (at(until) - at("2018-08-01")), at("2018-08-01")
    )


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (StretchKind.ALL, {}), (StretchKind.CAMPAIGN, {}), (StretchKind.DAYS, {}), (StretchKind.CAMPAIGN, {"year": 2019}),
        (StretchKind.DAYS, {"first": date(2018, 9, 18), "last": date(2018, 9, 20)}),
    ],
)
def test_what_has_no_beginning_yet_is_no_stretch(kind: StretchKind, asked: dict[str, object]) -> None:
    assert stretch_of(kind, CUT_OFF, **asked) is None  # type: ignore[arg-type]


def test_every_stretch_has_a_name_for_its_last() -> None:
    assert set(NAME_OF_LAST) == set(StretchKind) - {StretchKind.ALL}
