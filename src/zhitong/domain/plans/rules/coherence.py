"""Dividing several targets together, so that in every place the parts of a whole add up to the whole's share. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from zhitong.domain.plans.rules.dividing import Divisible, DivisionMethod, divided
from zhitong.domain.plans.rules.sharing import SharedOut

Key = TypeVar("Key", bound=Hashable)
Place = TypeVar("Place", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Key, Place]):
    """A target to divide: by what method, with the weight of every place in order, and the targets it is made of."""

    asks: Divisible
    method: DivisionMethod
    claims: Mapping[Place, Decimal]
    parts: tuple[Key, ...] = ()


def worked_out(asked: Mapping[Key, Claim[Key, Place]]) -> Mapping[Key, SharedOut[Place]]:
    """The shares of every target; a whole whose parts are all there and add up to it gets their sums place by place.

    Raises NothingToWeighBy: by weight, and no place has one.
    """
    given: dict[Key, SharedOut[Place]] = {}
    for key in asked:
        _work_out(key, asked, given)
    return given


def _work_out(
    key: Key, asked: Mapping[Key, Claim[Key, Place]], given: dict[Key, SharedOut[Place]]
) -> SharedOut[Place]:
    if key not in given:
        one = asked[key]
        if _is_made_of_parts(one, asked):
            parts = [_work_out(part, asked, given) for part in one.parts]
            given[key] = SharedOut({place: sum((part.parts[place] for part in parts), Decimal(0)) for place in one.claims})
        else:
            given[key] = divided(one.asks, one.method, one.claims)
    return given[key]


def _is_made_of_parts(
    one: Claim[Key, Place], asked: Mapping[Key, Claim[Key, Place]]
) -> bool:
    parts = [asked[key] for key in one.parts if key in asked]
    return (
        one.asks.is_summed and bool(parts) and len(parts) == len(one.parts)
        and all(part.asks.is_summed and part.asks.measure == one.asks.measure for part in parts)
        and all(part.claims.keys() == one.claims.keys() for part in parts)
        and sum((part.asks.value for part in parts), Decimal(0)) == one.asks.value
    )
