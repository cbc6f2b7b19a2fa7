"""A report opens by its own predicate, also where the second wall does not stand (R-E3)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.cast import viewer
from tests.progress.way import NOW, Sheet, opened
from zhitong.config import database as config
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.attached import must_see_files_of
from zhitong.domain.progress.queries.one import corrections_of, opened_report
from zhitong.domain.progress.queries.sheets import figure_line, one_sheet
from zhitong.kit.refusals import NotFound

Opening = Callable[[Viewer], object]


def openings(report: UUID, figure: UUID) -> tuple[Opening, ...]:
    """Every way to open a report by its id."""
    return (
        lambda here: one_sheet(here, report, now=NOW), lambda here: opened_report(here, report, now=NOW),
        lambda here: figure_line(here, figure, now=NOW), lambda here: must_see_files_of(here, report),
    )


def test_whoever_does_not_see_a_report_finds_nothing_of_it_with_the_first_wall_alone(fresh_database: str) -> None:
    opened()
    city = Sheet("1309")
    report, figure = city.row.id, city.figure.id

    readers = {login: viewer(login) for login in ("outsider", "firm", "neighbour", "zone", "city", "province")}
    with config.as_role("owner", name=fresh_database):
        for login in ("outsider", "firm", "neighbour", "zone"):
            with acting_as(readers[login]) as here:
                assert Report.objects.filter(id=report).exists(), "the second wall does not bind the owner"
                for opens in openings(report, figure):
                    with pytest.raises(NotFound):
                        opens(here)
                assert corrections_of(here, report_id=report) == ()
        for login in ("city", "province"):
            with acting_as(readers[login]) as here:
                for opens in openings(report, figure):
                    opens(here)
