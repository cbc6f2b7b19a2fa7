"""Parts against their whole: levels, sub-totals behind 其中, and a goal that the tasks divide; sums that hold are told too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhitong.policy.ground.likeness import contained, is_share, place_of, sameness, thing_named
from zhitong.policy.ground.standing import Ground, restatements, span_of
from zhitong.policy.shapes import Finding, Indicator

AMONG = re.compile(r"^[^。；;]{0,4}?[(（，,。]?\s*其中")
MORE = re.compile("其他|其它|等")
LEVELS = {"国家级", "省级", "市级", "县级"}
SPLIT = re.compile("分级|分别|省级|市级|县级")


def sums(ground: Ground) -> Iterator[Finding]:
    """Each whole is held against its parts once: by what the reading linked, by 其中, by levels, by the tasks below a goal."""
    for whole, parts in wholes(ground):
        yield _judged(ground, whole, parts)


def wholes(ground: Ground) -> list[tuple[Indicator, list[Indicator]]]:
    """Every whole with the parts that should make it up, each set of parts once."""
    found: dict[str, tuple[Indicator, list[Indicator]]] = {}
    for whole, parts in [*_linked(ground), *_among(ground), *_by_levels(ground), *_goals(ground)]:
        if whole.id not in found or len(parts) > len(found[whole.id][1]):
            found[whole.id] = whole, parts
    return list(found.values())


def _judged(ground: Ground, whole: Indicator, parts: Sequence[Indicator]) -> Finding:
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    spans = (span_of(whole), *(span_of(part) for part in parts))
    unit = whole.unit or ""
    adding = "＋".join(_figure(part.value) for part in parts)
    said = f"{ground.said(*spans[0])}：{adding}＝{_figure(total)}{unit}"
    if total == whole.value:
        return Finding("sum", "low", f"{said}，分项合计与总数相符。", spans, holds=True)
    gap = f"相差{_figure(abs(total - (whole.value or Decimal(0))))}{unit}"
    return Finding("sum", "high", f"{said}，分项合计与总数{_figure(whole.value)}{unit}不符，{gap}，请核对。", spans)


def _linked(ground: Ground) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """Parts that name their whole, by its id or by its words in the same task."""
    kin: dict[str, list[Indicator]] = defaultdict(list)
    for part in ground.plan.indicators:
        if part.part_of and part.value is not None:
            kin[_whole_id(ground, part)].append(part)
    for whole in ground.plan.indicators:
        parts = kin.get(whole.id, [])
        if len(parts) > 1 and _adds_up_by_nature(ground, whole, parts):
            yield whole, parts


def _whole_id(ground: Ground, part: Indicator) -> str:
    for whole in ground.plan.indicators:
        if part.part_of in (whole.id, whole.text) and (part.part_of == whole.id or whole.task_id == part.task_id):
            return whole.id
    return ""


def _adds_up_by_nature(ground: Ground, whole: Indicator, parts: Sequence[Indicator]) -> bool:
    """Quantities of one unit, each exact, with no open end: 其中……等 may leave a rest and proves nothing unless it fits."""
    if is_share(whole) or whole.value is None or not all(_is_countable_with(part.unit, whole.unit) for part in parts):
        return False
    total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if total == whole.value:
        return True
    if total < whole.value and (len(parts) == 1 or MORE.search(ground.text[whole.end : parts[-1].start])):
        return False
    exact = all(each.comparator in ("=", None) and not each.damaged for each in (whole, *parts))
    return exact and (total > whole.value or len({part.unit for part in parts} | {whole.unit}) == 1)


def _is_countable_with(unit: str | None, other: str | None) -> bool:
    """The same unit, one that was lost, or 人 beside 人次."""
    return None in (unit, other) or unit == other or {unit, other} == {"人", "人次"}


def _among(ground: Ground) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """A quantity, 其中, and quantities of the same unit up to the end of the bracket or of the sentence."""
    for rows in ground.by_task.values():
        targets = [one for one in rows if one.class_ in ("target", "coverage", "input") and one.value is not None]
        for at, whole in enumerate(targets[:-1]):
            opening = AMONG.match(ground.text[whole.end : targets[at + 1].start])
            if opening and not whole.part_of:
                end = _end_of_parts(ground, whole.end, "（" in opening[0] or "(" in opening[0])
                parts = [
                    one for one in targets[at + 1 :] if one.start < end and _is_countable_with(one.unit, whole.unit)
                ]
                if len(parts) > 1 and _adds_up_by_nature(ground, whole, parts):
                    yield whole, parts


def _end_of_parts(ground: Ground, start: int, is_bracketed: bool) -> int:
    stops = [ground.text.find(stop, start + 2) for stop in (")）" if is_bracketed else "。；;\n")]
    return min((stop for stop in stops if stop >= 0), default=len(ground.text))


def _by_levels(ground: Ground) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """A whole without level, then the same unit once per level: 6563 = 省级216 + 市级600 + 县级5747."""
    for task_id, rows in ground.by_task.items():
        if task_id is None:
            continue
        whole_ones = [
            one for one in rows if one.value is not None and one.class_ == "coverage" and place_of(one) not in LEVELS
        ]
        for whole in whole_ones[:1]:
            parts = [
                one for one in rows
                if one.start > whole.end and one.unit == whole.unit and not one.part_of and one.value is not None
                and one.class_ == "coverage" and place_of(one) in LEVELS
            ]  # fmt: skip
            levels = [place_of(part) for part in parts]
            if (
                len(parts) > 1
                and len(set(levels)) == len(levels)
                and SPLIT.search(ground.text[whole.start : parts[0].start])
            ):
                yield whole, parts


def _goals(ground: Ground) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """A goal of the general part and a task whose quantities of the same unit and sort divide it."""
    for whole in ground.by_task.get(None, ()):
        if whole.value is None or is_share(whole) or whole.class_ not in ("target", "coverage"):
            continue
        told = restatements(whole)
        for task_id, rows in ground.by_task.items():
            parts = [] if task_id is None else _dividing(whole, rows)
            linked = len(told) > 1 and set(told) <= {row.id for row in rows}
            if linked:
                parts = [row for row in rows if row.id in told]
            if len(parts) > 1 and (linked or (_fits(whole, parts) and _speaks_of(whole, parts))):
                yield whole, parts


def _dividing(whole: Indicator, rows: Sequence[Indicator]) -> list[Indicator]:
    """Quantities of the whole's unit, sort and level (or without one), each smaller than it."""
    return [
        row for row in rows
        if row.unit == whole.unit and row.value is not None and whole.value is not None and row.value < whole.value
        and row.class_ == whole.class_ and place_of(row) in (place_of(whole), None)
    ]  # fmt: skip


def _speaks_of(whole: Indicator, parts: Sequence[Indicator]) -> bool:
    """At least half of the parts count a kind of the whole's thing."""
    thing = thing_named(whole.name)
    alike = [part for part in parts if sameness(whole, part) >= 0.4 or contained(thing, thing_named(part.name)) >= 0.6]
    return 2 * len(alike) >= len(parts)


def _fits(whole: Indicator, parts: Sequence[Indicator]) -> bool:
    """Without a link only a sum that fits is told: one that does not may simply be another quantity."""
    return sum((part.value or Decimal(0) for part in parts), Decimal(0)) == whole.value


def _figure(value: Decimal | None) -> str:
    if value is None:
        return "？"
    return f"{value:f}".rstrip("0").rstrip(".") if value != value.to_integral_value() else f"{int(value)}"
