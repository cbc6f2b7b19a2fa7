"""Invented years of targets: growth, season, stops with and without catching up, pushes at a quarter's end, late and wrong reports."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from zhitong.domain.analysis.rules.forecasting.courses import DAYS_A_MONTH, Course, Family, Point, When
from zhitong.rehearsal.chance import chance

MONTHS = range(1, 13)
FIRST_TOLD = 2
"""Reporting begins with February."""
HELD_INDICATORS = 0.2
LATE, WRONG = 0.05, 0.04
"""How often the newest month is not told yet, and how often a month is told wrong and corrected later."""


@dataclass(frozen=True, slots=True)
class InventedYear:
    """A target in a region over a year: what was due by each month's end, what really came, and which month is told wrong by
    which factor; all in goals."""

    family: Family
    due: tuple[float, ...]
    came: tuple[float, ...]
    wrong: tuple[int, float]
    late: frozenset[int]

    def told_by(self, month: int) -> Course:
        """What is known when a month's reports are due: some are late, one may still be wrong."""
        known = [one for one in range(FIRST_TOLD, month + 1) if one != month or one not in self.late or one == FIRST_TOLD]
        return Course(tuple(Point(self.when(one), self._told(one, month)) for one in known), self.family)

    def when(self, month: int) -> When:
        """The end of a month."""
        day = date(2019 + month // 12, month % 12 + 1, 1).toordinal() - date(2019, 1, 1).toordinal()
        return When(date.fromordinal(date(2019, 1, 1).toordinal() + day - 1), day / DAYS_A_MONTH, self.due[month - 1])

    def _told(self, month: int, at: int) -> float:
        wrong, factor = self.wrong
        is_wrong = month == wrong and at - month < 2
        return self.came[month - 1] * (factor if is_wrong else 1.0)


def invent(seed: int, indicators: int) -> Iterator[list[InventedYear]]:
    """So many indicators, each with its regions; the same seed gives the same years."""
    for number in range(indicators):
        draw = chance("forecast-check", seed, number)
        regions = draw.randint(8, 24)
        make = _held if draw.random() < HELD_INDICATORS else _rising
        yield make(draw, regions)


def _rising(draw: random.Random, regions: int) -> list[InventedYear]:
    shape = draw.choice((_even, _slow_fast_slow, _summer))
    due = tuple(shape(month / 12) for month in MONTHS)
    luck, push, season = draw.gauss(1.0, 0.1), draw.choice((0.0, 0.3, 0.6)), draw.uniform(-0.3, 0.3)
    return [
        InventedYear(Family.RISING, due, _course(draw, due, luck * draw.gauss(1.0, 0.12), push, season), _wrong(draw), _late(draw))
        for _region in range(regions)
    ]


def _course(draw: random.Random, due: Sequence[float], pace: float, push: float, season: float) -> tuple[float, ...]:
    """What comes each month, one upon the other."""
    growth, stop = draw.gauss(0.0, 0.03), _stop(draw)
    asked = [due[0], *(after - before for before, after in pairwise(due))]
    months = []
    for month, part in zip(MONTHS, asked, strict=True):
        usual = pace * (1 + growth * (month - 6)) * (1 + season * (1 if 4 <= month <= 9 else -1))
        usual *= 1 + push if month % 3 == 0 else 1 - push / 2
        months.append(max(0.0, usual * (0.7 * part + 0.3 / 12) * draw.gauss(1.0, 0.12)))
    return tuple(accumulate(_stopped(months, *stop)))


def _stop(draw: random.Random) -> tuple[range, float]:
    """The months in which work rests, and how much of it is made good afterwards."""
    if draw.random() > 0.18:
        return range(0), 0.0
    begin = draw.randint(3, 9)
    return range(begin, begin + draw.randint(1, 3)), draw.choice((0.0, 0.5, 1.0))


def _stopped(months: list[float], rest: range, made_good: float) -> list[float]:
    lost = sum(0.9 * months[month - 1] for month in rest if month <= 12)
    after = [month for month in range(rest.stop, rest.stop + 3) if rest and month <= 12]
    return [
        one * (0.1 if month in rest else 1.0) + (lost * made_good / 3 if month in after else 0.0)
        for month, one in zip(MONTHS, months, strict=True)
    ]


def _held(draw: random.Random, regions: int) -> list[InventedYear]:
    """A rate that should stay above its goal: it drifts, it jumps now and then."""
    drift = draw.gauss(0.0, 0.004)
    return [
        InventedYear(Family.HELD, (1.0,) * 12, _rate(draw, drift + draw.gauss(0.0, 0.004)), _wrong(draw), _late(draw))
        for _region in range(regions)
    ]


def _rate(draw: random.Random, drift: float) -> tuple[float, ...]:
    value, values = draw.gauss(1.0, 0.04), []
    for _month in MONTHS:
        value += drift + draw.gauss(0.0, 0.01) + (draw.gauss(0.0, 0.05) if draw.random() < 0.05 else 0.0)
        values.append(value + draw.gauss(0.0, 0.008))
    return tuple(values)


def _wrong(draw: random.Random) -> tuple[int, float]:
    """Which month is told wrong and by which factor; month 0 is none."""
    is_wrong = draw.random() < WRONG * len(MONTHS)
    return (draw.randint(3, 11), draw.choice((0.8, 1.25))) if is_wrong else (0, 1.0)


def _late(draw: random.Random) -> frozenset[int]:
    return frozenset(month for month in MONTHS if draw.random() < LATE)


def _even(part: float) -> float:
    return part


def _slow_fast_slow(part: float) -> float:
    return 3 * part**2 - 2 * part**3


def _summer(part: float) -> float:
    """Little before April and after October."""
    if part < 0.25:
        return 0.32 * part
    if part < 0.83:
        return 0.08 + 0.86 * (part - 0.25) / 0.58
    return min(1.0, 0.94 + 0.06 * (part - 0.83) / 0.17)
