"""Rows of tables as duties; a row that says again what the paper set before hands that duty out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Task
from zhitong.policy.structure.nesting import Node, joint
from zhitong.policy.structure.tables import OWN_NUMBER, Cell, Row
from zhitong.policy.structure.titles import WHO, title_of

SHORTEST = 5
"""Signs of a title by whose beginning a duty is known again."""


def with_rows(
    tasks: Sequence[Task], nodes: Sequence[Node], rows: Sequence[Row], text: str, *, is_covered: bool
) -> tuple[tuple[Task, ...], Mapping[str, tuple[Cell, ...]]]:
    """The duties with those of the rows, and the cells that hand them out by the duty's id.

    `is_covered` says that the paper is a notice: what it says above its table without naming a unit is no duty.
    """
    if not rows:
        return tuple(tasks), {}
    standing = [cut for task in tasks if (cut := _beside(task, rows, text, is_covered=is_covered))]
    known = {_bare(task.title): task.id for task in standing}
    cells: dict[str, tuple[Cell, ...]] = defaultdict(tuple)
    new: list[tuple[Row, str, str]] = []
    for row in rows:
        words, title = _title(row, text)
        same = _known_as(title, known)
        if same:
            cells[same] += row.cells
        else:
            new.append((row, words, title))
    names = _names([row for row, _, _ in new], nodes, {*known.values(), *(node.id for node in nodes)})
    made = []
    for (row, words, title), (name, path) in zip(new, names, strict=True):
        cells[name] = row.cells
        made.append(Task(name, title, path, row.start, row.end, body_start=_body(row, words)))
    return tuple(sorted([*standing, *made], key=lambda task: task.start)), dict(cells)


def _beside(task: Task, rows: Sequence[Row], text: str, *, is_covered: bool) -> Task | None:
    """The duty without the table printed within it; None where the table is all that it says."""
    inside = [row.start for row in rows if task.start <= row.start < task.end]
    end = min(inside, default=task.end)
    is_answered = WHO.search(text, task.start, end) is not None
    if (inside or (is_covered and task.start < rows[0].start)) and not is_answered:
        return None
    return replace(task, end=text.rfind("\n", task.start, end) + 1 or end) if inside else task


def _title(row: Row, text: str) -> tuple[str, str]:
    """The words of the first cell behind their own number, and what they are called."""
    start, end = row.words[0]
    own = OWN_NUMBER.match(text, start, end)
    words = text[own.end() if own else start:end]
    return words, re.sub(r"\s+", "", title_of(words)[0])


def _body(row: Row, words: str) -> int:
    """Where it says what is to be done: in the cell behind the title's, or behind the title, or in the title itself."""
    if len(row.words) > 1:
        return row.words[1][0]
    begin = row.words[0][1] - len(words)
    length = title_of(words)[1]
    return begin + length if length < len(words) else begin


def _known_as(title: str, known: Mapping[str, str]) -> str | None:
    """The duty of the same title, or of the only one that begins alike."""
    bare = _bare(title)
    if bare in known:
        return known[bare]
    near = [
        name
        for other, name in known.items()
        if min(len(bare), len(other)) >= SHORTEST and (bare.startswith(other) or other.startswith(bare))
    ]
    return near[0] if len(near) == 1 else None


def _bare(title: str) -> str:
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", title)


def _names(rows: Sequence[Row], nodes: Sequence[Node], taken: set[str]) -> list[tuple[str, str]]:
    """Ids and paths: the bare number where the rows are counted through, else behind the section; -1, -2 without numbers."""
    starts = [node.start for node in nodes]
    labels = [_label(row.number) for row in rows]
    is_running = len(set(labels)) == len(labels) and all(label.isdigit() and label not in taken for label in labels)
    seen: Counter[str] = Counter()
    names: list[tuple[str, str]] = []
    for row, label in zip(rows, labels, strict=True):
        place = bisect_right(starts, row.start) - 1
        above = nodes[place] if place >= 0 else None
        if not label:
            seen[above.id if above else ""] += 1
            label = f"-{seen[above.id if above else '']}"
        name = label if is_running or above is None else f"{above.id}{joint(above, label)}{label}"
        name = name.lstrip("-") if above is None else name
        seen[f"={name}"] += 1
        name = name if seen[f"={name}"] == 1 and name not in taken else f"{name}~{seen[f'={name}'] + (name in taken)}"
        names.append((name, f"{above.path}/{label}" if above else label.lstrip("-")))
    return names


def _label(number: str) -> str:
    """The number as ids print it."""
    value = number_of(number) if number else None
    return "" if value is None else str(int(value))

