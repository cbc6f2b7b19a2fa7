"""Sharing a number out so that the parts add up to it exactly: largest remainders, with ties told. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from zhitong.domain.plans.rules.plan import IndicatorKind

WHOLE_MEASURES = frozenset(
    "家 户 个 人 人次 名 项 件 套 所 座 处 对 条 场 次 批 辆 台 栋 间".split()
)
"""What is counted by heads: half of one is none. 元, 公里, 公顷, 平方米 and % are divided finer."""
_COUNTED = frozenset({IndicatorKind.COUNT, IndicatorKind.INCREMENT})
Key = TypeVar("Key", bound=Hashable)
_ONE, _CENT, _FINEST = Decimal(1), Decimal("0.01"), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class SharedOut(Generic[Key]):
    """Parts that add up to the whole. `tied`: those of equal claim to the last `spare` units, where the order decided.

    `empty` got nothing although they have a claim: there was less to give than places to give it to.
    """

    parts: Mapping[Key, Decimal]
    tied: tuple[Key, ...] = ()
    spare: int = 0
    empty: tuple[Key, ...] = ()


class NothingToWeighBy(ValueError):
    """No place has a weight, so there is nothing by which to share."""


def is_whole(measure: str, kind: IndicatorKind) -> bool:
    """Whether what is measured comes in wholes: 家 and 座 do, 公里 does not; a count without a unit does."""
    word = measure.partition("(")[0].partition("（")[0]
    return word in WHOLE_MEASURES or (not word and kind in _COUNTED)


def step_for(whole: Decimal, measure: str, kind: IndicatorKind) -> Decimal:
    """The smallest piece that may be given: 1 of what comes in wholes, else 0.01, or as fine as the whole itself is."""
    own = Decimal(1).scaleb(min(0, int(whole.normalize().as_tuple().exponent)))
    usual = _ONE if is_whole(measure, kind) else _CENT
    return max(min(own, usual), _FINEST)


def share_out(whole: Decimal, claims: Mapping[Key, Decimal], step: Decimal) -> SharedOut[Key]:
    """Share a whole by claims in pieces of `step`, the pieces left over to the largest remainders.

    Equal remainders: who stands first in `claims` is given first, and `tied` tells. Who has no claim gets zero.
    Raises NothingToWeighBy: no claim is above zero. Source: R-C5.
    """
    total = sum((Fraction(claim) for claim in claims.values()), Fraction(0))
    if total <= 0:
        raise NothingToWeighBy
    pieces = int(Fraction(whole) / Fraction(step))
    exact = {key: pieces * Fraction(claim) / total for key, claim in claims.items()}
    given = {key: int(part) for key, part in exact.items()}
    spare = pieces - sum(given.values())
    remainders = {key: part - given[key] for key, part in exact.items()}
    order = sorted(remainders, key=lambda key: -remainders[key])  # stable: the order given decides between equals
    for key in order[:spare]:
        given[key] += 1
    tied, left = _tied(order, remainders, spare)
    empty = tuple(key for key, claim in claims.items() if claim > 0 and given[key] == 0)
    return SharedOut({key: count * step for key, count in given.items()}, tied, left, empty)


def _tied(order: list[Key], remainders: Mapping[Key, Fraction], spare: int) -> tuple[tuple[Key, ...], int]:
    """Those with the remainder at which the spare pieces ran out, and how many pieces they shared among them."""
    if not 0 < spare < len(order) or remainders[order[spare - 1]] != remainders[order[spare]]:
        return (), 0
    edge = remainders[order[spare]]
    equals = tuple(key for key in order if remainders[key] == edge)
    return equals, sum(1 for key in order[:spare] if remainders[key] == edge)


def weighted_mean(values: Mapping[Key, Decimal], weights: Mapping[Key, Decimal]) -> Decimal | None:
    """The mean of values by weight, rounded to six decimals; None where nothing has both a value and a weight."""
    total = sum((Fraction(weights.get(key, 0)) for key in values), Fraction(0))
    if total <= 0:
        return None
    summed = sum((Fraction(value) * Fraction(weights.get(key, 0)) for key, value in values.items()), Fraction(0))
    mean = summed / total
    return (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(_FINEST)
