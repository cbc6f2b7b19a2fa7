"""Whether what was divided adds up: the room's own balance beside a query that knows nothing of divisions or shares.

The query adds the values in force of the regions that report to a region, straight from terms and edges; a region shown
under a second parent reports to one and is counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.models import Division, Target
from zhitong.domain.plans.queries.dividing.heads import TargetHead, heads_of
from zhitong.domain.plans.queries.dividing.overview import DividedLine, lines_of
from zhitong.domain.plans.rules import Aggregation, Direction
from zhitong.domain.plans.rules.dividing import DivisionState

_BELOW = """
SELECT target.id, sum(term.value), min(term.value), max(term.value), count(term.id)
FROM plans_target target
JOIN plans_division division ON division.target_id = target.id AND division.state = 'issued'
JOIN organisations_region_edge edge
  ON edge.parent_id = target.region_id AND edge.relation = 'reporting' AND edge.until IS NULL
LEFT JOIN plans_target child ON child.indicator_id = target.indicator_id AND child.region_id = edge.region_id
LEFT JOIN plans_target_term term
  ON term.target_id = child.id AND NOT term.is_cancelled AND term.since <= greatest(%s, division.since)
     AND (term.until IS NULL OR term.until > greatest(%s, division.since))
WHERE target.id = ANY(%s)
GROUP BY target.id
"""
_TWICE = """
SELECT indicator.code, region.name, count(*)
FROM plans_share share
JOIN plans_division division ON division.id = share.division_id AND division.state = 'issued'
JOIN plans_target target ON target.id = division.target_id
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
JOIN plans_plan plan ON plan.id = indicator.plan_id AND plan.campaign = %s
JOIN organisations_region region ON region.id = share.region_id
GROUP BY indicator.id, indicator.code, region.id, region.name
HAVING count(*) > 1
ORDER BY indicator.code, region.name
"""


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A divided target: the whole, what the parts come to by the room (`given`) and by the independent query (`told`).

    Of sums `told` is their sum, of rates and standards the worst part; a rate is held by its mean in the room, so its
    worst part agrees when the mean lies between it and the best one (`told_most`).
    """

    line: DividedLine
    region: str
    told: Decimal
    told_most: Decimal
    parts: int

    @property
    def head(self) -> TargetHead:
        """The target."""
        return self.line.head

    @property
    def given(self) -> Decimal:
        """What the room says the parts come to."""
        return self.line.balance.given or Decimal(0) if self.line.balance else Decimal(0)

    @property
    def remainder(self) -> Decimal:
        """What is not given to anybody; zero where more was given."""
        return max(self.head.asks.value - self.given, Decimal(0)) if self.head.asks.is_summed else Decimal(0)

    @property
    def over(self) -> Decimal:
        """What was given beyond the whole."""
        return max(self.given - self.head.asks.value, Decimal(0)) if self.head.asks.is_summed else Decimal(0)

    @property
    def agrees(self) -> bool:
        """Whether the independent query says the same."""
        if self.head.asks.makes_whole is Aggregation.WEIGHTED:
            return self.told <= self.given <= self.told_most or self.told_most <= self.given <= self.told
        return self.told == self.given

    @property
    def is_exact(self) -> bool:
        """Whether the parts come to the whole, by both; of what is no sum, that both agree."""
        return self.agrees and not self.remainder and not self.over


def checked_lines(campaign: str, today: date) -> list[CheckedLine]:
    """Every target of a campaign that has a division in force, region by region; for whom nothing is hidden.

    A handful of queries, however many targets.
    """
    divided = Division.objects.filter(state=DivisionState.ISSUED.value, target__indicator__plan__campaign=campaign)
    heads = heads_of(Target.objects.filter(id__in=divided.values("target_id")))
    below = _below([head.id for head in heads], today)
    regions = directory().regions
    lines = sorted(lines_of(heads), key=lambda line: (regions[line.head.region_id].position, line.head.code))
    return [_checked(line, below.get(line.head.id), regions[line.head.region_id].name) for line in lines]


def _checked(line: DividedLine, told: tuple[Decimal, Decimal, Decimal, int] | None, region: str) -> CheckedLine:
    summed, least, most, parts = told or (Decimal(0), Decimal(0), Decimal(0), 0)
    asks = line.head.asks
    if asks.is_summed:
        return CheckedLine(line, region, summed, summed, parts)
    worst, best = (least, most) if asks.direction is Direction.UP else (most, least)
    return CheckedLine(line, region, worst, best, parts)


def _below(target_ids: Sequence[UUID], today: date) -> dict[UUID, tuple[Decimal, Decimal, Decimal, int]]:
    """Sum, least, most and number of the values in force of the regions reporting to each target's region."""
    nothing = Decimal(0)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [today, today, list(target_ids)])
        return {
            target_id: (summed or nothing, least or nothing, most or nothing, parts)
            for target_id, summed, least, most, parts in cursor.fetchall()
        }


def counted_twice(campaign: str) -> list[tuple[str, str, int]]:
    """Regions that have a share of one target from several regions above: (reading, region, how many); none where all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, [campaign])
        return [(code, region, int(count)) for code, region, count in cursor.fetchall()]
