"""When reports of a period open, are due and locked, who accepts them, and when who is reminded. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhitong.domain.calendars.rules.periods import Period, PeriodKind
from zhitong.kit.choices import Word

LONGEST_DAYS = 28
Worked = Callable[[date], bool]


class Counting(Word):
    """How the days after a period's end are counted."""

    DAYS = "days", "日历日（遇休息日顺延）"
    WORKDAYS = "workdays", "工作日"


class AcceptedBy(Word):
    """Who one level up accepts a report that was approved."""

    OFFICE = "office", "上级活动办公室"
    LEAD = "lead", "上级牵头单位"


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """On which day after the end of a period its reports open, are due, and take nothing any more."""

    opens: int
    due: int
    locked: int
    counted: Counting = Counting.DAYS


@dataclass(frozen=True, slots=True)
class PeriodDays:
    """The days of one period's reports; `locked` is the last on which they may be sent."""

    opens: date
    due: date
    locked: date


@dataclass(frozen=True, slots=True)
class ReportingRules:
    """How a campaign's reports go; `tolerance` is the share of a sum by which the whole may differ from its parts.

    `remind_unit` and `remind_office` are working days after the due day.
    """

    periods: Mapping[PeriodKind, PeriodRule]
    accepted_by: AcceptedBy
    tolerance: Decimal
    remind_unit: int
    remind_office: int

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "periods": {
                str(kind): [rule.opens, rule.due, rule.locked, str(rule.counted)] for kind, rule in self.periods.items()
            },
            "accepted_by": str(self.accepted_by), "tolerance": str(self.tolerance),
            "remind_unit": self.remind_unit, "remind_office": self.remind_office,
        }


def rules_written(kept: Mapping[str, Any]) -> ReportingRules:
    """The rules that `ReportingRules.written` gave."""
    periods = {
        PeriodKind(kind): PeriodRule(opens, due, locked, Counting(counted))
        for kind, (opens, due, locked, counted) in kept["periods"].items()
    }
    return ReportingRules(
        periods, AcceptedBy(kept["accepted_by"]), Decimal(kept["tolerance"]), kept["remind_unit"], kept["remind_office"],
    )


USUAL = ReportingRules(
    {
        PeriodKind.TEN_DAYS: PeriodRule(1, 2, 4, Counting.WORKDAYS), PeriodKind.MONTH: PeriodRule(1, 8, 20),
        PeriodKind.QUARTER: PeriodRule(1, 10, 20), PeriodKind.HALF_YEAR: PeriodRule(1, 10, 20), PeriodKind.YEAR: PeriodRule(1, 15, 28),
    },
    AcceptedBy.OFFICE, Decimal("0.005"), 0, 2,
)
"""What holds where no package of the campaign's lineage says anything (本系统设定)."""


def days_after(period: Period, rule: PeriodRule, works_on: Worked) -> PeriodDays:
    """The days of a period's reports; a due or lock day on which nobody works moves on to the next working day."""
    if rule.counted is Counting.WORKDAYS:
        opens, due, locked = (nth_workday(period.last, number, works_on) for number in (rule.opens, rule.due, rule.locked))
        return PeriodDays(opens, due, locked)
    opens, due, locked = (period.last + timedelta(days=number) for number in (rule.opens, rule.due, rule.locked))
    return PeriodDays(opens, nth_workday(due - timedelta(days=1), 1, works_on), nth_workday(locked - timedelta(days=1), 1, works_on))


def nth_workday(day: date, number: int, works_on: Worked) -> date:
    """The Nth working day after a day."""
    while number > 0:
        day += timedelta(days=1)
        number -= works_on(day)
    return day


def is_owed(period: Period, since: date | None, deadline: date | None, *, is_cancelled: bool = False) -> bool:
    """Whether a target is reported for a period: not before it began, not after its deadline, not once cancelled."""
    if is_cancelled or (since is not None and period.last < since):
        return False
    return deadline is None or period.first <= deadline
