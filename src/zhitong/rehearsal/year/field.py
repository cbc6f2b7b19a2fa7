"""The field of a year: the shipped campaign on an empty database, every target handed down, the duties to report assigned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F

from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.campaigns.queries import campaign_in_force, clock_offset
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Target
from zhitong.domain.plans.rules import Aggregation, Comparator, TermSource
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.domain.tallies.actions import fold
from zhitong.kit import clock, progress
from zhitong.rehearsal.opening import load_packages
from zhitong.rehearsal.stage import require_stage

HANDED_DOWN = (2, 20)
"""On this day (month, day) every target is handed down."""
DIVIDING = (Rank.PROVINCE, Rank.CITY)


@dataclass(frozen=True, slots=True)
class YearField:
    """What a year is rehearsed on; `tasks` are the numbers of those that go down to regions and through the acts, None: all."""

    seed: int
    campaign: str
    year: int
    targets: int
    tasks: tuple[str, ...] | None = None


def prepare(seed: int) -> YearField:
    """Fill an empty migrated database (as its owner): the shipped campaign, targets of cities and counties, duties."""
    with progress.step("准备一年的场地") as step:
        load_packages(step)
        return laid_out(seed)


def laid_out(seed: int, *, tasks: tuple[str, ...] | None = None) -> YearField:
    """Hand down the targets of the campaign in force, in a demonstration (as its owner), and find who reports what.

    `tasks`: see `YearField`. Raises NotAStage: the database is a real one.
    """
    require_stage()
    campaign = campaign_in_force()
    assert campaign is not None, "the campaign is loaded"
    open_months(date(campaign.year, 1, 1), date(campaign.year + 1, 3, 31))
    on = date(campaign.year, *HANDED_DOWN)
    set_clock(moment(on))
    _hand_down(campaign.code, on, tasks)
    assign_duties(campaign.code, on=on)
    while fold():
        pass
    targets = Target.objects.filter(indicator__plan__campaign=campaign.code, indicator__task__isnull=False).count()
    return YearField(seed, campaign.code, campaign.year, targets, tasks)


def set_clock(moment: datetime) -> None:
    """Let the demonstration's clock show a moment from now on."""
    mark_demonstration(clock_offset=moment - (clock.now() - clock.offset()))
    clock.ask_offset_of(clock_offset)


def _hand_down(campaign: str, on: date, tasks: tuple[str, ...] | None) -> None:
    """Give every region below a part of its parent's target: sums in equal whole parts, all else as it is above."""
    above = Target.objects.filter(indicator__plan__campaign=campaign, indicator__task__isnull=False, is_cancelled=False)
    if tasks is not None:
        above = above.filter(indicator__task__number__in=tasks)
    for rank in DIVIDING:
        own = above.filter(region__rank=rank.value).select_related("indicator").exclude(indicator__kind="deadline")
        if rank is Rank.PROVINCE:
            own = own.filter(region_id=F("indicator__plan__region_id"))
        terms = [term for target in own.order_by("id") for term in _below(target, on)]
        places = {(term.indicator_id, term.region_id): term for term in terms}
        set_terms(list(places.values()), now=clock.now())


def _below(target: Target, on: date) -> Iterator[NewTerm]:
    children = directory().children(target.region_id)
    for place, child in enumerate(children):
        value = _part(target, place, children)
        yield NewTerm(
            target.indicator_id, child.id, Comparator(target.comparator), value, target.upper, target.deadline, on,
            TermSource.DIVISION, None, "演示：逐级分解",
        )


def _part(target: Target, place: int, children: list[RegionEntry]) -> Decimal:
    """The part of a child: whole where the whole is, the remainder to the first; the parts add up exactly."""
    if target.indicator.aggregation != Aggregation.SUM.value or target.comparator == Comparator.RANGE.value:
        return target.value
    number = len(children)
    if target.value != target.value.to_integral_value():
        return (target.value / number).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    each, left = divmod(int(target.value), number)
    return Decimal(each + (place < left))


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI) + timedelta(hours=hour)
