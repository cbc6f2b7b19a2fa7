"""The field of a year: the shipped campaign on an empty database, every target handed down, the duties to report assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.campaigns.queries import campaign_in_force, clock_offset
from zhitong.domain.history.actions import open_months
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.tallies.actions import fold
from zhitong.kit import clock, progress
from zhitong.rehearsal.dividing import divide
from zhitong.rehearsal.opening import load_packages
from zhitong.rehearsal.stage import require_stage

HANDED_DOWN = (2, 28)
"""By this day (month, day) every target is handed down."""


@dataclass(frozen=True, slots=True)
class YearField:
    """What a year is rehearsed on."""

    seed: int
    campaign: str
    year: int
    targets: int


def prepare(seed: int) -> YearField:
    """Fill an empty migrated database (as its owner): the campaign, targets of cities and counties, duties."""
    with progress.step("准备一年的场地") as step:
        load_packages(step)
        require_stage()
        campaign = campaign_in_force()
        assert campaign is not None, "the campaign is loaded"
        open_months(date(campaign.year, 1, 1), date(campaign.year + 1, 3, 31))
        on = date(campaign.year, *HANDED_DOWN)
        set_clock(datetime(on.year, on.month, on.day, 9, tzinfo=clock.SHANGHAI))
        divide(campaign.code, campaign.year)
        assign_duties(campaign.code, on=on)
        while fold():
            pass
        targets = Target.objects.filter(indicator__plan__campaign=campaign.code, indicator__task__isnull=False).count()
    return YearField(seed, campaign.code, campaign.year, targets)


def set_clock(moment: datetime) -> None:
    """Let the demonstration's clock show a moment from now on."""
    mark_demonstration(clock_offset=moment - (clock.now() - clock.offset()))
    clock.ask_offset_of(clock_offset)


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI) + timedelta(hours=hour)
