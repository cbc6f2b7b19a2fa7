"""August's reports of one task in the small world: the province, the city below it, a county and a zone below that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.cast import official_of, viewer
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Indicator
from zhitong.domain.plans.rules import Comparator, TermSource
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.progress.actions.deciding import Decision, accept_reports, approve_reports
from zhitong.domain.progress.actions.entering import Entry, Told, save_reports
from zhitong.domain.progress.actions.opening import open_period
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.models import Figure, Report

CAMPAIGN = "hebei-2018"
COUNT = "P033"
"""“双创”示范基地: a count that adds up, led by the province's 发改委."""
NOW = datetime(2018, 9, 3, 2, 0, tzinfo=UTC)
LATE = datetime(2018, 9, 12, 2, 0, tzinfo=UTC)
LOCKED = datetime(2018, 10, 8, 2, 0, tzinfo=UTC)
TARGETS = {"1309": 30, "130982": 6, "130973": 10}


def indicator() -> Indicator:
    return Indicator.objects.get(plan__campaign=CAMPAIGN, code=COUNT)


def opened(period: str = "2018-08", targets: dict[str, int] | None = None) -> int:
    """Set the targets below, find who reports and open a period, as the clock would; returns how many are owed."""
    wanted = TARGETS if targets is None else targets
    with acting_as(viewer("province_office")):
        set_terms([
            NewTerm(
                indicator().id, Region.objects.get(code=code).id, Comparator.AT_LEAST, Decimal(value), None, date(2018, 12, 31),
                date(2018, 2, 1), TermSource.DIVISION, None, "演示分解",
            )
            for code, value in wanted.items()
        ], now=NOW)
        assign_duties(CAMPAIGN, on=NOW.date())
        return open_period(CAMPAIGN, period_of(period), now=NOW)


@dataclass
class Sheet:
    """The report of the task in a region, as its reporter and the offices around it handle it."""

    region: str
    period: str = "2018-08"

    @property
    def row(self) -> Report:
        """The report as the province's office sees it."""
        with acting_as(viewer("province_office")):
            return Report.objects.select_related("unit").get(
                region__code=self.region, task_id=indicator().task_id, period=self.period, is_joiner=True,
            )

    @property
    def figure(self) -> Figure:
        """Its one figure."""
        with acting_as(viewer("province_office")):
            return Figure.objects.get(report=self.row, indicator=indicator())

    @contextmanager
    def reporter(self) -> Iterator[Viewer]:
        """Somebody of the unit that reports."""
        with acting_as(official_of(self.row.unit.code)) as here:
            yield here

    def fills(self, value: int | None, now: datetime = NOW, note: str = "", trouble: str = "") -> None:
        """Enter the figure and the words."""
        with self.reporter() as here:
            save_reports([Entry(
                report_id=self.row.id, actor=here.actor("test"), progress_words="按计划推进。", trouble_words=trouble,
                figures=[Told(indicator().id, None if value is None else Decimal(value), note=note)],
            )], now=now)

    def sends(self, now: datetime = NOW, *, asks_above: bool = False) -> None:
        """Send it up."""
        with self.reporter() as here:
            step = Submission(report_id=self.row.id, actor=here.actor("test"))
            submit_reports([ReportToSend(submission=step, asks_above=asks_above)], now=now)

    def decided(self, act, office: str, now: datetime = NOW, reason: str = "") -> None:  # type: ignore[no-untyped-def]
        """Let an office do an act on it."""
        with acting_as(official_of(office)) as here:
            act([Decision(report_id=self.row.id, actor=here.actor("test"), reason=reason)], now=now)

    def goes_up(self, value: int, now: datetime = NOW) -> None:
        """Filled in, sent, approved here and, below the province, accepted above."""
        above = {"130982": "1309-office", "130973": "1309-office", "1309": "13-office"}
        self.fills(value, now)
        self.sends(now)
        self.decided(approve_reports, f"{self.region}-office", now)
        if self.region in above:
            self.decided(accept_reports, above[self.region], now)
