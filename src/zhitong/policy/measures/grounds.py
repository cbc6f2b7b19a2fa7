"""What every part of the measuring reads: the view, its dates, quantities and clauses, and where a place belongs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from zhitong.policy.measures.classes import is_qualifier, sizes_things
from zhitong.policy.measures.clauses import Clause, clauses_of, item_spans
from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.deadlines import DateMark, dates_in
from zhitong.policy.measures.figures import Figure, figures_in, name_spans
from zhitong.policy.measures.quantities import quantities_in
from zhitong.policy.measures.views import View
from zhitong.policy.shapes import Section, Task

HEADING_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True)
class Belonging:
    """The task a place stands in, or the section where there is none."""

    id: str | None
    title: str


@dataclass(frozen=True)
class Ground:
    """All that is found in the view, each in order of place."""

    view: View
    marks: tuple[DateMark, ...]
    figures: tuple[Figure, ...]
    quantities: tuple[Quantity, ...]
    """Those that set something."""
    qualifiers: tuple[Quantity, ...]
    """Those that only select objects."""
    clauses: tuple[Clause, ...]
    belonging: Callable[[int], Belonging]
    """By place in the view."""
    year: int | None
    """The year of the paper."""

    @property
    def text(self) -> str:
        """The text of the view."""
        return self.view.text

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {name: [one.start for one in getattr(self, name)] for name in ("marks", "quantities", "qualifiers")}

    def marks_in(self, start: int, end: int) -> tuple[DateMark, ...]:
        """The dates that begin in a stretch."""
        return self.marks[_within(self._starts["marks"], start, end)]

    def due_in(self, start: int, end: int) -> list[DateMark]:
        """The dates that begin in a stretch and that something can be due on."""
        return [mark for mark in self.marks_in(start, end) if mark.is_due]

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The quantities that begin in a stretch."""
        return self.quantities[_within(self._starts["quantities"], start, end)]

    def qualifiers_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The thresholds that begin in a stretch."""
        return self.qualifiers[_within(self._starts["qualifiers"], start, end)]


def ground_of(view: View, sections: Sequence[Section], tasks: Sequence[Task], year: int | None) -> Ground:
    """Read the view once for dates, numbers and clauses."""
    marks = tuple(dates_in(view.text, _years(view, sections, year)))
    figures = figures_in(view.text, _hidden(view, sections, marks))
    found = quantities_in(view.text, figures)
    qualifying = _qualifying(view.text, found)
    return Ground(
        view,
        marks,
        tuple(figures),
        tuple(one for one, qualifies in zip(found, qualifying, strict=True) if not qualifies),
        tuple(one for one, qualifies in zip(found, qualifying, strict=True) if qualifies),
        tuple(clauses_of(view.text, [one.start for one in found])),
        _belonging(view, sections, tasks),
        year,
    )


def _within(starts: Sequence[int], start: int, end: int) -> slice:
    return slice(bisect_left(starts, start), bisect_left(starts, end))


def _qualifying(text: str, found: Sequence[Quantity]) -> list[bool]:
    answers = [False] * len(found)
    for at in range(len(found) - 1, -1, -1):
        following = found[at + 1] if at + 1 < len(found) and answers[at + 1] else None
        counts = at + 1 < len(found) and found[at + 1].start == found[at].tail
        answers[at] = is_qualifier(text, found[at], following, is_counted=counts) or (
            at + 1 < len(found) and sizes_things(text, found[at], found[at + 1])
        )
    return answers


def _hidden(view: View, sections: Sequence[Section], marks: Sequence[DateMark]) -> bytearray:
    """One mark per sign: 1 where a number is part of a name, a date or a heading's own number."""
    hidden = bytearray(len(view.text))
    spans = [*name_spans(view.text), *((mark.start, mark.end) for mark in marks)]
    spans += item_spans(view.text)
    for section in sections:
        start = bisect_left(view.places, section.start)
        if section.number and view.text.startswith(section.number[:1], start):
            spans.append((start, start + len(section.number)))
    for start, end in spans:
        hidden[start:end] = b"\x01" * (min(end, len(hidden)) - start)
    return hidden


def _years(view: View, sections: Sequence[Section], year: int | None) -> Callable[[int], int | None]:
    """The year that holds at a place: a heading that names one holds for what stands under it."""
    named: list[tuple[int, int, int]] = []
    for section in sections:
        years = set(HEADING_YEAR.findall(section.title))
        if len(years) == 1:
            start, end = bisect_left(view.places, section.start), bisect_left(view.places, section.end)
            named.append((start, end, int(years.pop())))
    if not named:
        return lambda place: year

    def year_at(place: int) -> int | None:
        held = [named_year for start, end, named_year in named if start <= place < end]
        return held[-1] if held else year

    return year_at


def _belonging(view: View, sections: Sequence[Section], tasks: Sequence[Task]) -> Callable[[int], Belonging]:
    by_task = _innermost([(task.start, task.end, Belonging(task.id, task.title)) for task in tasks])
    by_section = _innermost(
        [(section.start, section.end, Belonging(section.id, section.title)) for section in sections]
    )
    nowhere = Belonging(None, "")

    def at(place: int) -> Belonging:
        offset = view.places[place]
        return by_task(offset) or by_section(offset) or nowhere

    return at


def _innermost(spans: list[tuple[int, int, Belonging]]) -> Callable[[int], Belonging | None]:
    """The last opened span around an offset."""
    spans.sort(key=lambda span: (span[0], -span[1]))
    starts = [span[0] for span in spans]

    def at(offset: int) -> Belonging | None:
        for number in range(bisect_right(starts, offset) - 1, max(-1, bisect_right(starts, offset) - 40), -1):
            if offset < spans[number][1]:
                return spans[number][2]
        return None

    return at
