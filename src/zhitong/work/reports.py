"""What follows from the facts of progress reports: who is told, and which report stops waiting."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.calendars.rules import period_of
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.progress.queries.audience import decider_of
from zhitong.domain.progress.rules import ReportFact

UNIT = {
    str(ReportFact.RETURNED): NoticeKind.REPORT_RETURNED, str(ReportFact.MOVED): NoticeKind.REPORT_TAKEN_OVER,
    str(ReportFact.CORRECTION_ALLOWED): NoticeKind.FIGURE_CORRECTED, str(ReportFact.CORRECTION_REFUSED): NoticeKind.FIGURE_CORRECTED,
}
"""What the reporting unit is told; what an office has to decide lies on its desk, a correction is told to it as well."""
REMINDED = {
    "ahead": NoticeKind.REPORTS_DUE, "unit": NoticeKind.REPORTS_MISSING, "office": NoticeKind.UNITS_MISSING,
}
"""What is told of reports nobody has sent: before the day and after it to the unit, later to its office."""
SILENT = {
    ReportFact.OPENED: "lies on the desk of who reports, with its day, until it is sent",
    ReportFact.IMPORTED: "the unit has just brought the table in itself",
    ReportFact.SUBMITTED: "lies on the desk of who approves",
    ReportFact.LET_THROUGH: "the report leaves what waits and stands among what the unit owes",
    ReportFact.APPROVED: "lies on the desk of who accepts; what waited for it stops waiting",
    ReportFact.ACCEPTED: "the report says so and nobody has to do anything",
    ReportFact.SOURCE_REGISTERED: "the office registers it to itself",
    ReportFact.SOURCE_SENT: "stands beside the figure on the sheet",
}
"""Facts that tell nobody, each with the reason."""


def follow_report(fact: ReadFact) -> None:
    """Do what follows from a fact of a report; doing it again changes nothing."""
    if fact.kind == str(ReportFact.APPROVED):
        stop_waiting(now=fact.at)
    elif fact.kind == str(ReportFact.REMINDED):
        body = fact.body
        _tell(fact, UUID(body["unit"]), REMINDED[body["level"]], f"{period_of(body['period']).words}目标任务报告（{body['count']}项）")
    elif fact.kind == str(ReportFact.CORRECTION_ASKED):
        decider_id = decider_of(fact.thing_id)
        if decider_id is not None:
            _tell(fact, decider_id, NoticeKind.FIGURE_TO_CORRECT, _words(fact))
    elif fact.kind in UNIT:
        _tell(fact, UUID(fact.body["unit"]), UNIT[fact.kind], _words(fact))


def _words(fact: ReadFact) -> str:
    period = fact.body.get("period")
    return f"{period_of(period).words}目标任务报告" if period else "目标任务报告"


def _tell(fact: ReadFact, unit_id: UUID, kind: NoticeKind, words: str) -> None:
    tell([Telling(unit_id, kind, fact.thing_kind, fact.thing_id, words, fact.id, fact.at)])
