"""A period is told as far as it has come, against as much of the one before it (R-H2)."""

from __future__ import annotations

from datetime import datetime

import pytest

from zhitong.domain.analysis.rules.spans import periods_offered, span_of
from zhitong.domain.calendars.rules import period_of
from zhitong.kit.clock import SHANGHAI


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "cut_off", "since", "until", "since_before", "until_before"),
    [
        ("2018-09", at(2018, 9, 17, 8, 30), at(2018, 9, 1), at(2018, 9, 17, 8, 30), at(2018, 8, 1), at(2018, 8, 17, 8, 30)),
        ("2018-08", at(2018, 9, 17), at(2018, 8, 1), at(2018, 9, 1), at(2018, 7, 1), at(2018, 8, 1)),
        ("2018-03", at(2018, 3, 31), at(2018, 3, 1), at(2018, 3, 31), at(2018, 2, 1), at(2018, 3, 1)),
        ("2018Q3", at(2019, 1, 1), at(2018, 7, 1), at(2018, 10, 1), at(2018, 4, 1), at(2018, 7, 1)),
    ],
)
def test_a_span_ends_at_the_cut_off(
    code: str, cut_off: datetime, since: datetime, until: datetime, since_before: datetime, until_before: datetime
) -> None:
    span = span_of(period_of(code), cut_off)

    assert span is not None
    assert (span.since, span.until) == (since, until)
    assert (span.since_before, span.until_before) == (since_before, until_before)


def test_what_has_not_begun_has_no_span() -> None:
    assert span_of(period_of("2018-10"), at(2018, 9, 17)) is None


def test_the_newest_of_each_kind_are_offered_first() -> None:
    offered = [period.code for period in periods_offered(at(2018, 9, 17))]

    assert offered[:2] == ["2018-09", "2018-08"]
    assert [code for code in offered if "Q" in code][:2] == ["2018Q3", "2018Q2"]
    assert offered[-2:] == ["2018", "2017"]
    assert len(offered) == len(set(offered))
