"""Who is told of progress reports: before the day, after it, of what came back; who must act finds it on his desk (R-E4)."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.cast import official_of
from tests.progress.way import NOW, Sheet, opened
from tests.work.test_reactions import react_to_all
from zhitong.config import database as config
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.progress.actions.deciding import approve_reports, return_reports
from zhitong.domain.progress.actions.reminding import remind_ahead, remind_due
from zhitong.domain.progress.queries.duties import ReportDuty, duties_for
from zhitong.domain.progress.rules import ReportFact
from zhitong.work.reports import REMINDED, SILENT, UNIT

COUNTY, ZONE = Sheet("130982"), Sheet("130973")
FRIDAY = datetime(2018, 9, 7, 2, 0, tzinfo=UTC)
"""The last working day before the tenth, on which August is due."""
TUESDAY, THURSDAY = datetime(2018, 9, 11, 2, 0, tzinfo=UTC), datetime(2018, 9, 13, 2, 0, tzinfo=UTC)


def told(unit: str) -> list[NoticeKind]:
    with acting_as(official_of(unit)) as here:
        return [one.kind for one in unread_for(here)]


def waiting(unit: str) -> list[tuple[ReportDuty, int]]:
    with acting_as(official_of(unit)) as here:
        return [(one.kind, one.count) for one in duties_for(here, now=NOW)]


def test_who_reports_is_told_before_the_day_after_it_and_of_what_comes_back(fresh_database: str) -> None:
    opened()
    assert waiting("130982-development") == [(ReportDuty.REPORT, 1)]
    COUNTY.goes_up(4)
    ZONE.fills(7)
    ZONE.sends()
    assert (ReportDuty.APPROVE, 1) in waiting("130973-office")
    ZONE.decided(approve_reports, "130973-office")
    assert (ReportDuty.ACCEPT, 1) in waiting("1309-office")
    ZONE.decided(return_reports, "1309-office", reason="演示：两家是筹备中的")
    assert waiting("130973-economy") == [(ReportDuty.REPORT, 1)]
    with config.as_role("worker", name=fresh_database):
        early, near, again = remind_ahead(NOW), remind_ahead(FRIDAY), remind_ahead(FRIDAY)
        remind_due(TUESDAY)
        remind_due(THURSDAY)
    react_to_all(fresh_database)

    assert (early, again) == (0, 0)
    assert near > 40
    assert set(told("130973-economy")) == {
        NoticeKind.REPORT_RETURNED, NoticeKind.REPORTS_DUE, NoticeKind.REPORTS_MISSING,
    }
    assert NoticeKind.UNITS_MISSING in told("130973-office")
    assert told("130982-development") == [], "what was sent reminds nobody"
    assert told("130123-office") == []


def test_every_fact_of_a_report_tells_somebody_or_says_why_not() -> None:
    tells = {*UNIT, str(ReportFact.REMINDED), str(ReportFact.CORRECTION_ASKED)}

    assert {str(one) for one in ReportFact} == tells | {str(one) for one in SILENT}
    assert not tells & {str(one) for one in SILENT}
    assert all(len(reason) > 10 for reason in SILENT.values())
    assert set(REMINDED.values()) == {NoticeKind.REPORTS_DUE, NoticeKind.REPORTS_MISSING, NoticeKind.UNITS_MISSING}
