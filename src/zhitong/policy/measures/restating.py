"""One target said twice: first among the aims, then with its task, there whole or in its parts."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from zhitong.policy.shapes import Indicator

MOST_TRIED = 40
"""Later quantities of the same value that are held against one; a text full of one value must end too."""
MOST_PARTS = 6
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
    for first, parts in _in_parts(answer):
        answer[first] = replace(answer[first], restated_by=tuple(answer[at].id for at in parts))
    return tuple(answer)


def _in_parts(indicators: Sequence[Indicator]) -> Iterator[tuple[int, list[int]]]:
    """Those that a later task states again as the sum of its parts: 3500项 there are 1100项, 1900项 and 500项 here."""
    able = [at for at, one in enumerate(indicators) if _may_be_part(one)]
    sums: defaultdict[tuple[object, ...], list[list[int]]] = defaultdict(list)
    by_scope: defaultdict[str | None, list[int]] = defaultdict(list)
    for at in able:
        by_scope[indicators[at].scope].append(at)
    for row in (able, *by_scope.values()):
        for parts in _runs(indicators, row):
            total = sum((indicators[at].value or Decimal(0) for at in parts), Decimal(0))
            sums[total, indicators[parts[0]].unit, indicators[parts[0]].class_].append(parts)
    for found in sums.values():
        found.sort(key=_first)
    for at in able:
        one = indicators[at]
        found = [] if one.restated_by else sums[one.value, one.unit, one.class_]
        after = bisect_right(found, at, key=_first)
        for parts in found[after : after + MOST_TRIED]:
            if _are_parts(one, [indicators[part] for part in parts]):
                yield at, parts
                break


def _runs(indicators: Sequence[Indicator], row: Sequence[int]) -> Iterator[list[int]]:
    """Two or more that follow each other in a row and stand together."""
    for place, start in enumerate(row):
        for count, at in enumerate(row[place : place + MOST_PARTS], 1):
            if not _stand_together(indicators[start], indicators[at]):
                break
            if count > 1:
                yield list(row[place : place + count])


def _first(parts: Sequence[int]) -> int:
    return parts[0]


def _may_be_part(one: Indicator) -> bool:
    return one.class_ in ("target", "coverage", "input") and one.kind in ("count", "amount", "total", "increment") and not (
        one.optional or one.part_of or one.damaged or one.value is None
    )


def _stand_together(one: Indicator, other: Indicator) -> bool:
    return (one.task_id, one.unit, one.class_, one.comparator) == (other.task_id, other.unit, other.class_, other.comparator)


def _are_parts(whole: Indicator, parts: Sequence[Indicator]) -> bool:
    """Of another task, for the same level or place, each named with words of the whole, one of them much like it."""
    if not all(_may_share(whole.scope, part.scope) for part in parts):
        return False
    alike = [likeness(whole.name, part.name) for part in parts]
    return parts[0].task_id != whole.task_id and min(alike) > 0 and max(alike) >= ALIKE_FROM


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
