"""A text becomes head, sections and duties: `outline_of(reading)`; who answers and what is measured come later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhitong.policy.reading import Reading
from zhitong.policy.shapes import Document, Section, Span, Task
from zhitong.policy.structure.closing import closing_from
from zhitong.policy.structure.contents import contents_of
from zhitong.policy.structure.covers import cover_end
from zhitong.policy.structure.duties import tasks_of
from zhitong.policy.structure.headings import PART, SECOND, Heading, headings_in
from zhitong.policy.structure.heads import NOTICE, document_of, titles_in
from zhitong.policy.structure.lines import Line, blanked, lines_of, parted
from zhitong.policy.structure.nesting import Node, nested
from zhitong.policy.structure.rows import with_rows
from zhitong.policy.structure.standing import standing_rows
from zhitong.policy.structure.tables import Cell, rows_in

__all__ = ["Cell", "Line", "Outline", "blanked", "lines_of", "outline_of"]

PLAN_WORDS = re.compile(r"意见|方案|计划|措施|要点|分工|分解|办法|规划|通知|决定|政策|清单")

FEWEST = 2
"""How many headings 一、 or （一） a paper has at least that kept its lines."""


@dataclass(frozen=True)
class Outline:
    """A text in its parts; `noise` is the reading's own, the tables of contents, and rows' numbers left alone on a line."""

    document: Document
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    closing: Span | None
    lines: tuple[Line, ...]
    noise: tuple[Span, ...]
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    """By duty: what the columns of a table say of who answers and until when."""


def outline_of(reading: Reading) -> Outline:
    """Head, sections in the order of the text, duties without units, and the closing. Any text has an outline, if an empty one."""
    contents = contents_of(lines_of(blanked(reading.text, reading.noise)))
    noise = tuple(sorted({*reading.noise, *contents}))
    quiet = blanked(reading.text, noise)
    rows, tabled = rows_in(quiet)
    if not rows:
        rows, tabled = standing_rows(quiet)
        noise = tuple(sorted({*noise, *((row.start, row.start + len(row.number)) for row in rows)}))
    prose = blanked(quiet, tabled)
    lines, headings = _lined(prose)
    cover = cover_end(lines, headings)
    headings = tuple(heading for heading in headings if heading.start >= cover)
    place = closing_from(lines, headings[-1].line.start) if headings else None
    closing = (lines[place].start, len(reading.text)) if place is not None else None
    end = closing[0] if closing else len(reading.text)
    whole = lines_of(quiet) if tabled else lines
    nodes = nested(headings, tuple(line for line in whole if line.start < end), end)
    first = headings[0].start if headings else len(reading.text)
    noted = [line for start, end in reading.noise for line in reading.text[start:end].splitlines()]
    document = document_of(lines, first, lines[place:] if place is not None else (), noted, _attached(nodes, lines))
    if not headings and document.title is None:
        document = replace(document, issuer=(), recipients=())
    is_plan = bool(document.title and PLAN_WORDS.search(document.title))
    tasks, cells = with_rows(
        tasks_of(nodes, lines, prose, is_plan=is_plan), nodes, rows, quiet, is_covered=_is_notice(lines, first)
    )
    return Outline(document, tuple(node.section() for node in nodes), tasks, closing, lines, noise, cells)


def _attached(nodes: Sequence[Node], lines: Sequence[Line]) -> str:
    """The title of the attachment a text without a head begins with."""
    return nodes[0].title if nodes and nodes[0].level == PART and nodes[0].start == lines[0].start else ""


def _is_notice(lines: Sequence[Line], first: int) -> bool:
    """Whether the head hands out something whose own title does not follow."""
    titles = titles_in([line for line in lines if line.start < first])
    return bool(titles) and NOTICE.search(titles[-1][0]) is not None


def _lined(quiet: str) -> tuple[tuple[Line, ...], tuple[Heading, ...]]:
    """The lines and the headings that open them; where hardly any line does, breaks were lost and are looked for."""
    lines = lines_of(quiet)
    headings = headings_in(lines)
    if sum(heading.level <= SECOND for heading in headings) < FEWEST:
        softly = parted(lines)
        found = headings_in(softly)
        if sum(heading.level <= SECOND for heading in found) >= FEWEST + 1:
            return softly, found
    return lines, headings
