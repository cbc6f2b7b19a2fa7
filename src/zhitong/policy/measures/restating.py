"""One target said twice: first among the aims, then with its task."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from zhitong.policy.shapes import Indicator

MOST_TRIED = 40
"""Later quantities of the same value that are held against one; a text full of one value must end too."""
ALIKE_FROM = 0.5
"""The share of signs two names must have in common."""


def restated(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The same indicators, the earlier of two readings pointing to the later; what is served in one is served in both."""
    by_value: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(indicators):
        if one.class_ in ("target", "coverage", "input") and not one.optional and one.comparator:
            by_value[one.value, one.values, one.unit].append(at)
    answer = list(indicators)
    for places in by_value.values():
        for first in places:
            later = _again(indicators, places, first)
            if later is not None:
                answer[first] = replace(answer[first], restated_by=indicators[later].id)
                if "coverage" in (answer[first].class_, answer[later].class_):
                    answer[first] = replace(answer[first], class_="coverage")
                    answer[later] = replace(answer[later], class_="coverage")
    return tuple(answer)


def _again(indicators: Sequence[Indicator], places: list[int], first: int) -> int | None:
    one = indicators[first]
    after = bisect_right(places, first)
    for later in places[after : after + MOST_TRIED]:
        other = indicators[later]
        is_elsewhere = other.task_id != one.task_id
        if is_elsewhere and _may_share(one.scope, other.scope) and likeness(one.name, other.name) >= ALIKE_FROM:
            return later
    return None


def _may_share(one: str | None, other: str | None) -> bool:
    """Two scopes that do not speak against each other."""
    return one is None or other is None or one in other or other in one


def likeness(one: str, other: str) -> float:
    """Pairs of neighbouring signs in common, of the shorter name: 1 when one name holds the other."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    others = {other[at : at + 2] for at in range(len(other) - 1)}
    shorter = min(len(pairs), len(others))
    return len(pairs & others) / shorter if shorter else 0.0
