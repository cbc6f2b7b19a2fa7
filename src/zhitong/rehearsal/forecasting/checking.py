"""Holding forecasts against invented years: do prospects come true, do intervals hold as often as they say, are naive ways worse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family
from zhitong.domain.analysis.rules.forecasting.methods import Method, carried
from zhitong.domain.analysis.rules.forecasting.prospects import Foretold, Prospect, foretell, prospect_of
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, choose, errors_of, joined, results_of
from zhitong.rehearsal.forecasting.inventing import InventedYear, invent

TUNED_ON = (1, 2, 3)
"""The seeds on which the constants of the methods were set; a check on one of them checks nothing."""
ORIGINS = (4, 6, 8, 10)
"""At the end of these months forecasts are made."""
GATE, YEAR_END = 10, 12
ASKED_BY = {GATE: 0.8, YEAR_END: 1.0}
"""What has to be reached by which month; what is held has to be held by both."""
NAIVE = {Family.RISING: (Method.LAST, Method.MEAN_PACE, Method.IN_PROPORTION), Family.HELD: (Method.LAST,)}


@dataclass(frozen=True, slots=True)
class Checked:
    """One forecast with what came: all in goals; `naive` is what each plain method missed by."""

    family: Family
    origin: int
    month: int
    foretold: Foretold
    came: float
    needed: float
    naive: dict[Method, float]

    @property
    def prospect(self) -> Prospect:
        """The word that was said."""
        return prospect_of(self.foretold.chance)

    @property
    def is_right(self) -> bool:
        """Whether the word came true; only of words that decide."""
        return (self.prospect is Prospect.REACHES) == (self.came >= self.needed)

    @property
    def is_within(self) -> bool:
        """Whether what came lies in the interval."""
        return self.foretold.low <= self.came <= self.foretold.high

    @property
    def missed(self) -> float:
        """How far off the value was."""
        return abs(self.foretold.value - self.came)


@dataclass(frozen=True, slots=True)
class Score:
    """How a number of forecasts did: shares from 0 to 1, errors in goals."""

    forecasts: int
    decided: float
    hits: float
    coverage: float
    error: float
    naive: dict[str, float]


def check(seed: int, indicators: int = 40) -> list[Checked]:
    """Make forecasts in four months of invented years, each from what was told by then alone."""
    years = list(invent(seed, indicators))
    return [one for origin in ORIGINS for one in _at(origin, years)]


def _at(origin: int, years: Sequence[Sequence[InventedYear]]) -> Iterable[Checked]:
    courses = [[one.told_by(origin) for one in regions] for regions in years]
    pools = [errors_of(own) for own in courses]
    whole = {
        family: results_of(joined(pool for pool, own in zip(pools, courses, strict=True) if own[0].family is family)) for family in Family
    }
    for regions, own, pool in zip(years, courses, pools, strict=True):
        family = own[0].family
        chosen = choose(family, results_of(pool), whole[family])
        for year, course in zip(regions, own, strict=True):
            yield from _of_year(year, course, chosen, origin)


def _of_year(year: InventedYear, course: Course, chosen: Chosen, origin: int) -> Iterable[Checked]:
    for month, needed in ASKED_BY.items():
        if month <= origin:
            continue
        least = 1.0 if year.family is Family.HELD else needed
        ahead, came = year.when(month), year.came[month - 1]
        naive = {method: abs(carried(method, course, ahead) - came) for method in NAIVE[year.family]}
        yield Checked(year.family, origin, month, foretell(course, chosen, ahead, least), came, least, naive)


def score(checked: Sequence[Checked]) -> Score:
    """How these forecasts did."""
    decided = [one for one in checked if one.prospect in (Prospect.REACHES, Prospect.MISSES)]
    methods = {method for one in checked for method in one.naive}
    return Score(
        len(checked), len(decided) / len(checked), _mean([one.is_right for one in decided]),
        _mean([one.is_within for one in checked]), _mean([one.missed for one in checked]),
        {
            method.value: _mean([one.naive[method] for one in checked if method in one.naive])
            for method in sorted(methods, key=lambda one: one.value)
        },
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
