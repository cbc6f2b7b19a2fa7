"""Tables of contents: lines that only announce headings, with or without page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.shapes import Span
from zhitong.policy.structure.lines import Line

HEAD = re.compile(r"目\s*[录次]$")
LEADER = re.compile(r"(?:[.．·…]{3,}|\t|\s{4,})\s*[-—–(（]?\s*\d{1,4}\s*[-—–)）]?$")
LONGEST_ENTRY = 60
LONGEST_LINE = 120


def contents_of(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of the tables of contents, each from its first line to its last."""
    spans: list[Span] = []
    place = 0
    while place < len(lines):
        after = _end_of(lines, place)
        if after > place:
            spans.append((lines[place].start, lines[after - 1].end))
        place = max(after, place + 1)
    return tuple(spans)


def _end_of(lines: Sequence[Line], place: int) -> int:
    """Behind the last line of the table that starts here; `place` itself where none starts."""
    if _leads(lines[place]):
        return _while_leading(lines, place)
    if not HEAD.fullmatch(lines[place].text) or place + 1 == len(lines):
        return place
    if _leads(lines[place + 1]):
        return _while_leading(lines, place + 1)
    return _until_repeated(lines, place)


def _leads(line: Line) -> bool:
    """Whether a line ends in a page number behind dots or a wide blank; a row of many cells is none."""
    return len(line.text) <= LONGEST_LINE and line.text.count("\t") < 2 and LEADER.search(line.text) is not None


def _while_leading(lines: Sequence[Line], place: int) -> int:
    """Two lines with page numbers in a row make a table; one that wrapped may stand between."""
    after = seen = place
    while after < min(len(lines), seen + 2):
        if _leads(lines[after]):
            seen = after
        after += 1
    return seen + 1 if seen > place else place


def _until_repeated(lines: Sequence[Line], place: int) -> int:
    """A table without page numbers ends where its first entry stands again, as the first heading of the text."""
    first = _bare(lines[place + 1].text)
    for after in range(place + 2, min(len(lines), place + 300)):
        if _bare(lines[after].text).startswith(first):
            return after
        if len(lines[after].text) > LONGEST_ENTRY:
            return place + 1
    return place + 1


def _bare(printed: str) -> str:
    return re.sub(r"[\s.．·…]|\d+$", "", printed)
