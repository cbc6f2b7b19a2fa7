"""A proposal weighed against criteria: points for each with words, one score of a hundred, readable. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked of a proposal: points from 0 to `most`, counting `weight` parts."""

    code: str
    name: str
    words: str
    weight: Decimal
    most: int


@dataclass(frozen=True, slots=True)
class Points:
    """Points given for one criterion, and why."""

    code: str
    points: Decimal
    words: str


def score_of(criteria: Sequence[Criterion], given: Mapping[str, Decimal]) -> Decimal:
    """The score of a hundred: each criterion's share of its most, by weight; two decimals."""
    parts = sum((one.weight for one in criteria), Decimal(0))
    reached = sum((one.weight * given[one.code] / one.most for one in criteria), Decimal(0))
    return (reached / parts * WHOLE).quantize(Decimal("0.01"), ROUND_HALF_UP) if parts else Decimal(0)


def faults_of(criteria: Sequence[Criterion], given: Sequence[Points]) -> dict[str, str]:
    """A sentence for each criterion that is not given, out of bounds or without its words; empty when all is well."""
    by_code = {one.code: one for one in given}
    faults = {}
    for one in criteria:
        said = by_code.get(one.code)
        if said is None:
            faults[one.code] = f"“{one.name}”还没有打分。"
        elif not 0 <= said.points <= one.most:
            faults[one.code] = f"“{one.name}”请打0到{one.most}分。"
        elif not said.words.strip():
            faults[one.code] = f"“{one.name}”请写一句打分的理由。"
    return faults
