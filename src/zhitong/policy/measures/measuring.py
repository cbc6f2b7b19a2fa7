"""All measures of a text: targets with their dates, periods, restatements, and the days of the campaign."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from zhitong.policy.measures.deadlines import DateMark, dates_in
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground, ground_of
from zhitong.policy.measures.implying import dated, wholes_in
from zhitong.policy.measures.periods import frequencies_in, recurs, spans_in
from zhitong.policy.measures.restating import restated
from zhitong.policy.measures.selecting import thresholds_in
from zhitong.policy.measures.steps import Step, acts_of, damaged_dates_in, steps_in
from zhitong.policy.measures.tables import is_in, tables_in
from zhitong.policy.measures.timeline import timeline_of
from zhitong.policy.measures.views import view_of
from zhitong.policy.measures.walking import targets_in
from zhitong.policy.shapes import Indicator, Moment, Section, Span, Task


class Assigned(Protocol):
    """A clause naming units: no part of what is measured, but it may say when its task is due; prose stays in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def due_text(self) -> str | None: ...
    @property
    def is_prose(self) -> bool: ...


@dataclass(frozen=True)
class Measured:
    """What a text sets, in order of place."""

    indicators: tuple[Indicator, ...]
    timeline: tuple[Moment, ...]


def measures_in(
    text: str,
    sections: Sequence[Section],
    tasks: Sequence[Task],
    clauses_by_task: Mapping[str, Sequence[Assigned]],
    year: int | None,
    noise: Sequence[Span] = (),
) -> Measured:
    """Read every quantity, deadline and dated step of a text; spans count in `text` as given."""
    said = chain.from_iterable(clauses_by_task.values())
    closed = [(clause.start, clause.end) for clause in said if not clause.is_prose]
    ground = ground_of(view_of(text, noise, closed), sections, tasks, year)
    targets = targets_in(ground)
    steps = steps_in(ground, targets)
    found = sorted(_all(ground, targets, steps), key=lambda one: (one.start, one.end, one.place))
    ids = {one.place: f"I{number:03d}" for number, one in enumerate(found, 1)}
    due = _task_days(ground, clauses_by_task)
    indicators = [_indicator(ground, text, one, ids, due) for one in found]
    return Measured(restated(indicators), timeline_of(ground, text, steps))


def _all(ground: Ground, targets: list[Found], steps: list[Step]) -> list[Found]:
    """Targets, thresholds, periods and wholes; of two at one place the first."""
    aims, rows = tables_in(ground)
    periods, others = spans_in(ground, [one for one in targets if not is_in(one.place, rows)])
    wholes = [dated(whole, steps) for whole in wholes_in(ground)]
    whole_days = {whole.mark.start for whole in wholes if whole.mark}
    frequencies = list(frequencies_in(ground, targets))
    said_often = {target.place for target in targets if recurs(target) and _stands_in(target.place, frequencies)}
    every = chain(
        aims,
        (one for one in others if one.place not in said_often),
        periods,
        thresholds_in(ground, targets),
        frequencies,
        acts_of(ground, [step for step in steps if step.mark.start not in whole_days]),
        damaged_dates_in(ground, ground.marks),
        wholes,
    )
    by_place: dict[int, Found] = {}
    for one in every:
        by_place.setdefault(one.place, one)
    return list(by_place.values())


def _stands_in(place: int, spans: Sequence[Found]) -> bool:
    """Whether a place stands in the last span that began before it."""
    at = bisect_left(spans, place, key=lambda one: one.start) - 1
    return at >= 0 and place < spans[at].end


def _task_days(ground: Ground, clauses_by_task: Mapping[str, Sequence[Assigned]]) -> dict[str, DateMark]:
    """When a task is due as its clause says it (时限要求：6月底)."""
    days: dict[str, DateMark] = {}
    for task_id, clauses in clauses_by_task.items():
        for clause in clauses:
            marks = dates_in(clause.due_text or "", lambda place: ground.year)
            if marks:
                days[task_id] = marks[-1]
    return days


def _indicator(ground: Ground, text: str, one: Found, ids: Mapping[int, str], due: Mapping[str, DateMark]) -> Indicator:
    start, end = ground.view.span(one.start, max(one.end, one.value_end))
    mark = one.mark or (due.get(one.belongs.id or "") if one.class_ in ("target", "coverage", "input") else None)
    return Indicator(
        id=ids[one.place],
        task_id=one.belongs.id,
        name=one.name,
        value=None if one.upper is not None else one.value,
        unit=one.unit,
        comparator=one.comparator,
        kind=one.kind,
        text=text[start:end],
        start=start,
        end=end,
        values=() if one.upper is None or one.value is None else (one.value, one.upper),
        scope=one.scope,
        deadline=mark.day if mark else None,
        deadline_text=mark.text if mark else None,
        class_=one.class_,
        optional=one.is_optional,
        part_of=ids.get(one.part_of) if one.part_of is not None else None,
        damaged=one.is_damaged,
    )
