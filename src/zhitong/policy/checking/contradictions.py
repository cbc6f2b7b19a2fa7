"""One target said twice: with two values, two comparators, two thresholds, two verbs, or at two levels (R-C6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhitong.policy.ground.likeness import FIGURES, LEVEL, least, place_of, plain, sameness
from zhitong.policy.ground.standing import CLAUSE, Ground, is_target, restatements, span_of
from zhitong.policy.shapes import Finding, Indicator

ALIKE = 0.82
ACTS = {
    "认定": "认定",
    "新认定": "认定",
    "备案": "备案",
    "新增": "新增",
    "净增": "净增",
    "拥有": "拥有",
    "累计": "累计",
}
ACT = re.compile("|".join(sorted(ACTS, key=len, reverse=True)))
STRETCH = re.compile("力争|争取|奋斗")
EXACT_AND_MORE = {("=", ">="), (">=", "=")}


def contradictions(ground: Ground) -> Iterator[Finding]:
    """Every pair that says one target differently; one finding that holds for all pairs that agree."""
    agreeing = []
    for one, other in said_twice(ground):
        found = list(_differences(ground, one, other))
        yield from found
        if not found:
            agreeing.append((one, other))
    if agreeing:
        yield Finding(
            "restatement", "low", f"前后重复表述的{len(agreeing)}个目标，数值和口径一致。",
            tuple(span_of(thing) for pair in agreeing for thing in pair), holds=True,
        )  # fmt: skip


def said_twice(ground: Ground) -> list[tuple[Indicator, Indicator]]:
    """Pairs of indicators in different places that state one target; each goal with its best counterpart only."""
    by_id = {one.id: one for one in ground.plan.indicators}
    general = [one for one in ground.by_task.get(None, ()) if is_target(one)]
    special = [one for task in ground.works for one in ground.by_task.get(task.id, ()) if is_target(one)]
    pairs = []
    for one in general:
        told = [by_id[each] for each in restatements(one) if each in by_id]
        if len(told) > 1:
            continue
        other = told[0] if told else _counterpart(one, special)
        if other is not None and None not in (least(one), least(other)):
            pairs.append((one, other))
    return [*pairs, *_among_tasks(special)]


def _counterpart(one: Indicator, others: list[Indicator]) -> Indicator | None:
    """The one that measures the same thing in the same places, if it is plain which."""
    alike = [(sameness(one, other), other) for other in others if _comparable(one, other)]
    near = [(likeness, other) for likeness, other in alike if likeness >= ALIKE]
    if not near:
        return None
    best = max(likeness for likeness, _other in near)
    first = [other for likeness, other in near if likeness == best]
    return first[0] if len(first) == 1 else next((other for other in first if least(other) == least(one)), None)


def _among_tasks(special: list[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Two tasks that set a target of the very same name for the same places and the same day."""
    seen: dict[tuple[str, str | None, str | None, str], Indicator] = {}
    for other in special:
        if len(plain(other.name)) < 5 or least(other) is None:
            continue
        key = (plain(other.name), other.scope, other.unit, other.kind)
        one = seen.setdefault(key, other)
        if one.task_id != other.task_id and one.deadline == other.deadline:
            yield one, other


def _comparable(one: Indicator, other: Indicator) -> bool:
    """Same unit (or lost in one of them), same kind of value, and not for two different sorts of places."""
    if one.class_ != other.class_:
        return False
    if one.unit != other.unit and not ((one.damaged or other.damaged) and None in (one.unit, other.unit)):
        return False
    if (one.kind == "growth_rate") != (other.kind == "growth_rate"):
        return False
    places = place_of(one), place_of(other)
    return places[0] == places[1] or (None in places and least(one) == least(other))


def _differences(ground: Ground, one: Indicator, other: Indicator) -> Iterator[Finding]:
    """What one pair says differently: the value before all else, since a different value explains the rest."""
    spans = span_of(one), span_of(other)
    both = f"{ground.said(*spans[0])}，{ground.said(*spans[1])}"
    if (one.value, one.values) != (other.value, other.values):
        if not (STRETCH.search(one.text) or STRETCH.search(other.text)):
            yield Finding("contradiction", "high", f"{both}，同一目标两个数值，请核定后统一。", spans)
        return
    if one.comparator != other.comparator and one.unit == other.unit:
        severity = "low" if (one.comparator, other.comparator) in EXACT_AND_MORE else "medium"
        yield Finding("comparator", severity, f"{both}，同一目标的口径一处是下限、一处不是，请统一。", spans)
    yield from _thresholds(ground, one, other)
    yield from _acts(ground, one, other)
    yield from _levels(ground, one, other)


def _thresholds(ground: Ground, one: Indicator, other: Indicator) -> Iterator[Finding]:
    """The figures in the words that say which objects are meant: 50亿元以下 in one place, 10亿元以下 in the other."""
    phrases = _phrase(ground, one), _phrase(ground, other)
    figures = [sorted(FIGURES.findall(ground.text[start:end])) for start, end in phrases]
    named = [FIGURES.sub("", ground.text[start:end]) for start, end in phrases]
    if (
        figures[0] != figures[1]
        and len(figures[0]) == len(figures[1]) > 1
        and plain(named[0])[:8] == plain(named[1])[:8]
    ):
        said = "，".join(ground.said(start, end) for start, end in phrases)
        yield Finding("threshold", "high", f"{said}，数量相同而限定条件不同，请核定对象范围。", phrases)


def _phrase(ground: Ground, one: Indicator) -> tuple[int, int]:
    """From the figure to the next stop, or to the next figure that counts the same unit."""
    figure = FIGURES.search(ground.text, one.start, one.end)
    start = figure.start() if figure else one.start
    found = CLAUSE.match(ground.text, start)
    end = max(found.end(), one.end) if found else one.end
    following = [
        each.start for each in ground.plan.indicators
        if one.end <= each.start < end and each.class_ != "qualifier" and each.unit == one.unit
    ]  # fmt: skip
    return start, max(one.end, min([end, *following]))


def _acts(ground: Ground, one: Indicator, other: Indicator) -> Iterator[Finding]:
    """认定 in one place, 新增 in the other: the same number counts two different things."""
    acts = [_act_before(ground, each) for each in (one, other)]
    if None not in acts and acts[0] != acts[1] and one.value != Decimal(0):
        spans = span_of(one), span_of(other)
        said = f"{ground.said(*spans[0])}，{ground.said(*spans[1])}"
        yield Finding(
            "definition", "low", f"{said}，一处是“{acts[0]}”、一处是“{acts[1]}”，统计口径不同，请明确。", spans
        )


def _act_before(ground: Ground, one: Indicator) -> str | None:
    """The act that makes the thing count, in the indicator's own clause."""
    start = max(ground.text.rfind(stop, 0, one.start) for stop in "，,。；;、\n") + 1
    found = ACT.findall(ground.text[start : one.end])
    return ACTS[found[-1]] if found else None


def _levels(ground: Ground, one: Indicator, other: Indicator) -> Iterator[Finding]:
    """省级 in one place and 市级 in the other, both printed for the same target."""
    levels = [LEVEL.findall(each.text) for each in (one, other)]
    if levels[0] and levels[1] and levels[0] != levels[1]:
        spans = span_of(one), span_of(other)
        said = f"{ground.said(*spans[0])}，{ground.said(*spans[1])}"
        yield Finding("level", "medium", f"{said}，同一目标的层级不一致，请统一。", spans)
