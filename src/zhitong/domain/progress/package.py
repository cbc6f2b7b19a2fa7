"""The reports' part of a campaign package: `reporting.yaml`, parsed and checked with file and line. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.domain.calendars.rules.periods import PeriodKind
from zhitong.domain.progress.rules.timetable import LONGEST_DAYS, AcceptedBy, Counting, PeriodRule, ReportingRules
from zhitong.kit.source import Finding, Row, Source, fields, unique

FILE = "reporting.yaml"
_HEAD = {"periods": list[Row], "accepted_by": AcceptedBy, "tolerance_percent": float, "remind": Row}
_PERIOD = {"every": PeriodKind, "opens": int, "due": int, "locked": int}
_REMIND = {"unit": int, "office": int}


def parse(source: Source) -> tuple[ReportingRules | None, list[Finding]]:
    """The rules of reporting and everything wrong with them; None where the package leaves them to its parent."""
    if not source.has(FILE):
        return None, []
    head = source.row(FILE)
    findings = list(_faults(head))
    return (None if findings else _rules(head)), findings


def _faults(head: Row) -> Iterator[Finding]:
    yield from fields(head, _HEAD)
    yield from fields(head.row("remind"), _REMIND)
    yield from unique(head.rows("periods"), "every")
    for row in head.rows("periods"):
        yield from fields(row, _PERIOD, {"counted": Counting})
        days = [row.number(name) for name in ("opens", "due", "locked")]
        if days != sorted(days) or not all(1 <= day <= LONGEST_DAYS for day in days):
            yield row.finding(f"开放、截止和锁定须依次在后，都在期末之后1到{LONGEST_DAYS}天。", "opens")
    tolerance = head.decimal("tolerance_percent")
    if tolerance is not None and not 0 <= tolerance <= 100:
        yield head.finding("允许的误差写成 0 到 100 之间的百分数。", "tolerance_percent")


def _rules(head: Row) -> ReportingRules:
    periods = {
        PeriodKind(row.text("every")): PeriodRule(
            row.number("opens"), row.number("due"), row.number("locked"),
            Counting(row.text("counted") or Counting.DAYS.value),
        )
        for row in head.rows("periods")
    }
    tolerance = head.decimal("tolerance_percent")
    assert tolerance is not None, "a package with a fault is not read"
    remind = head.row("remind")
    return ReportingRules(
        periods, AcceptedBy(head.text("accepted_by")), tolerance / 100, remind.number("unit"), remind.number("office"),
    )
