"""One department under two names: 交通厅 in one clause, 交通运输厅 in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from zhitong.policy.ground.likeness import leaves_out
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Responsible, Span, Task

ORGAN = re.compile("(?:管理|监督管理|监管)?(?:委员会|办公室|厅|局|委|办|部|中心)$")
LEVEL_SIGN = re.compile(r"^(?:国家|[省市县区州盟旗])")
TOWN = re.compile("^(?:城市|城乡)")
SHORTEST = 2
MOST_LEFT_OUT = 8

Named = tuple[Responsible, Task]


def two_names(ground: Ground) -> Iterator[Finding]:
    """Pairs of names for one department, each with the first place of both."""
    first: dict[str, Named] = {}
    together: set[frozenset[str]] = set()
    for task in ground.plan.tasks:
        names = sorted({one.name for one in task.responsible if not one.is_collective})
        together.update(frozenset(pair) for pair in combinations(names, 2))
        for one in task.responsible:
            if not one.is_collective:
                first.setdefault(one.name, (one, task))
    alias = {one.name: one.alias_of for one, _task in first.values() if one.alias_of}
    for short, long in combinations(sorted(first, key=lambda name: (len(name), name)), 2):
        is_told = alias.get(short) == long or alias.get(long) == short
        if is_told or (frozenset((short, long)) not in together and is_short_for(short, long)):
            yield _finding(ground, first[short], first[long])


def is_short_for(short: str, long: str) -> bool:
    """Whether the shorter name leaves out words of the longer one and keeps its level, its first sign and its organ."""
    prefix = _shared_start(short, long)
    left, right = short[len(prefix) :], long[len(prefix) :]
    level = LEVEL_SIGN.match(short)
    if level and not prefix:
        return False
    if not left or not right or left == right or not _same_organ(left, right):
        return False
    one, other = _trade(short, prefix), _trade(long, prefix)
    if one != other and TOWN.sub("", other) == one:
        return True
    if min(len(one), len(other)) < SHORTEST or one[0] != other[0] or len(other) - len(one) > MOST_LEFT_OUT:
        return False
    return one == other or (one != other and leaves_out(one, other))


def _trade(name: str, prefix: str) -> str:
    """The words of a name behind region and level, before the organ: 省交通运输厅 → 交通运输."""
    kept = len(prefix) if not name.startswith(prefix) else _start_of_trade(prefix)
    return ORGAN.sub("", name[kept:])


def _start_of_trade(prefix: str) -> int:
    """Where region and level end within what both names share."""
    found = max((at for at in range(len(prefix)) if prefix[at] in "省市县区州盟旗"), default=-1)
    return found + 1


def _same_organ(one: str, other: str) -> bool:
    return one[-1] == other[-1]


def _shared_start(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return one[:size]


def _finding(ground: Ground, one: Named, other: Named) -> Finding:
    spans = tuple(span for span in (_span(ground, one), _span(ground, other)) if span)
    places = [f"{ground.place(named[1].start)}写“{named[0].name}”" for named in (one, other)]
    return Finding("two_names", "medium", f"{'，'.join(places)}，疑为同一部门，请统一名称。", spans)


def _span(ground: Ground, named: Named) -> Span | None:
    unit, task = named
    if unit.start is not None and unit.end is not None:
        return unit.start, unit.end
    at = ground.text.find(unit.printed or unit.name, ground.body_span(task)[0], task.end)
    return (at, at + len(unit.printed or unit.name)) if at >= 0 else (task.start, task.end)
