"""The text of a paper with every span marked: lines of pieces, each piece leading to what was read in it.

Spans may nest and overlap: a piece carries the marks of all spans over it and leads to the shortest. A mark is told by
how it is drawn and by its word on hover, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, SafeText
from django.utils.translation import gettext as _

from zhitong.policy.shapes import Finding, Indicator, Plan, Span, Task

TITLE, UNIT, VALUE, DEADLINE, DOUBT = "title", "unit", "value", "deadline", "doubt"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: what it is, its own anchor, the anchor of what was read in it, and its word."""

    kind: str
    start: int
    end: int
    anchor: str
    leads_to: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text as it is drawn; `start` and `end` count in the text."""

    start: int
    end: int
    html: SafeString
    is_noise: bool
    level: int
    """1 to 4 of a heading, 0 of other lines."""


@dataclass(slots=True)
class Anchors:
    """What the things of a plan are called in a page; ids of the contract may hold any sign."""

    tasks: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


def anchors_of(plan: Plan, doubts: Iterable[str] = ()) -> Anchors:
    """An anchor for each task, indicator and doubt, by its id or key."""
    return Anchors(
        {one.id: f"t{place}" for place, one in enumerate(plan.tasks)},
        {one.id: f"i{place}" for place, one in enumerate(plan.indicators)},
        {key: f"d{place}" for place, key in enumerate(doubts)},
    )


def marks_of(plan: Plan, anchors: Anchors, doubts: Sequence[tuple[str, Finding]] = ()) -> list[Mark]:
    """Every span of a plan and of the doubts about it, in the order of the text."""
    found = [mark for task in plan.tasks for mark in _of_task(task, plan.text, anchors.tasks[task.id])]
    tasks = {task.id: task for task in plan.tasks}
    for one in plan.indicators:
        found += _of_indicator(one, plan.text, anchors.indicators[one.id], tasks.get(one.task_id or ""))
    for key, doubt in doubts:
        at = anchors.doubts[key]
        found += [
            Mark(DOUBT, start, end, f"x-{at}-{place}", f"p-{at}", _("疑点：%s") % doubt.message)
            for place, (start, end) in enumerate(doubt.spans)
        ]
    return sorted(_once(found, len(plan.text)), key=lambda mark: (mark.start, -mark.end))


def lines_of(text: str, marks: Sequence[Mark], *, noise: Sequence[Span] = (), headings: dict[int, int] | None = None) -> list[Line]:
    """The lines of a text that say something, with their marks; `headings` are levels by the place where they start."""
    levels = headings or {}
    lines, start, waiting = [], 0, list(reversed(marks))
    open_marks: list[Mark] = []
    seen: set[str] = set()
    for raw in text.split("\n"):
        end = start + len(raw)
        while waiting and waiting[-1].start < end:
            open_marks.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.end > start]
        if raw.strip():
            level = next((levels[at] for at in range(start, end) if at in levels), 0) if levels else 0
            html = SafeText("".join(_pieces(text, start, end, open_marks, seen)))
            lines.append(Line(start, end, html, _is_noise(start, end, noise), level))
        start = end + 1
    return lines


def _of_task(task: Task, text: str, at: str) -> Iterator[Mark]:
    end = task.body_start if task.body_start and task.body_start > task.start else _end_of_title(task, text)
    yield Mark(TITLE, task.start, end, f"x-{at}", f"p-{at}", _("任务：%s") % task.title)
    for place, unit in enumerate(task.responsible):
        if unit.start is not None and unit.end is not None:
            yield Mark(UNIT, unit.start, unit.end, f"x-{at}-u{place}", f"p-{at}", _("单位：%s") % unit.name)


def _end_of_title(task: Task, text: str) -> int:
    """Where a title stands behind its number; a title that the text does not say marks the first line."""
    found = text.find(task.title, task.start, task.end)
    if found >= 0:
        return found + len(task.title)
    line = text.find("\n", task.start, task.end)
    return line if line > task.start else task.end


def _of_indicator(one: Indicator, text: str, at: str, task: Task | None) -> Iterator[Mark]:
    yield Mark(VALUE, one.start, one.end, f"x-{at}", f"p-{at}", _("指标：%s") % one.name)
    if one.deadline_text:
        start, end = (task.start, task.end) if task else (max(0, one.start - 60), one.end + 60)
        before = text.rfind(one.deadline_text, start, one.end)
        found = before if before >= 0 else text.find(one.deadline_text, one.start, end)
        if found >= 0:
            yield Mark(DEADLINE, found, found + len(one.deadline_text), f"x-{at}-d", f"p-{at}", _("时限：%s") % one.deadline_text)


def _once(marks: Iterable[Mark], length: int) -> Iterator[Mark]:
    """Marks inside the text, one of a kind for the same words."""
    seen: set[tuple[str, int, int]] = set()
    for mark in marks:
        key = (mark.kind, mark.start, mark.end)
        if key not in seen and 0 <= mark.start < mark.end <= length:
            seen.add(key)
            yield mark


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], seen: set[str]) -> Iterator[str]:
    """The pieces of a line between the edges of its marks; an anchor stands at the first piece of its mark."""
    edges = {start, end}
    for mark in marks:
        edges |= {max(start, mark.start), min(end, mark.end)}
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        over = [mark for mark in marks if mark.start <= left and right <= mark.end]
        yield _piece(text[left:right], over, seen) if over else escape(text[left:right])


def _piece(words: str, over: Sequence[Mark], seen: set[str]) -> SafeString:
    inner = min(over, key=lambda mark: mark.end - mark.start)
    kinds = SafeText(" ".join(f"zt-m-{kind}" for kind in dict.fromkeys(mark.kind for mark in over)))
    begun = [mark.anchor for mark in over if mark.anchor not in seen]
    seen.update(begun)
    first = inner.anchor if inner.anchor in begun else ""
    others = SafeText("".join(f'<span id="{anchor}"></span>' for anchor in begun if anchor != first))
    own = SafeText(f' id="{first}"') if first else ""
    return format_html(
        '{}<a class="zt-m {}"{} href="#{}" title="{}">{}</a>', others, kinds, own, inner.leads_to, inner.word, words
    )


def _is_noise(start: int, end: int, noise: Sequence[Span]) -> bool:
    return any(begin <= start and end <= stop for begin, stop in noise)
