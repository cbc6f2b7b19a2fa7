"""The text line by line, noise blanked out; every place still counts in the text as read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhitong.policy.shapes import Span

UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad"
"""Marks without width, which print as nothing."""

BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """What is seen of a printed line: without the blanks at both sides."""

    text: str
    start: int
    end: int


def blanked(text: str, noise: Sequence[Span]) -> str:
    """The text with noise and unseen marks as spaces, of the same length; breaks of lines stay."""
    kept: list[str] = []
    place = 0
    for start, end in sorted(noise):
        if end > place:
            kept += [text[place:start], re.sub(r"[^\n\r]", " ", text[max(start, place):end])]
            place = end
    kept.append(text[place:])
    return "".join(kept).translate({ord(mark): " " for mark in UNSEEN})


SOFT = re.compile(
    r"(?<=[。；;）)\]】〕：:\s])(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))\S)"
)
"""Where a paper that lost its breaks may have had one: a number for a heading behind a sentence or a blank."""


def parted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a paper whose breaks were lost, broken again before what may be headings."""
    return tuple(_parted(lines))


def _parted(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        cuts = [0, *(found.start() for found in SOFT.finditer(line.text)), len(line.text)]
        for start, end in pairwise(cuts):
            shown = line.text[start:end].rstrip()
            if shown:
                yield Line(shown, line.start + start, line.start + start + len(shown))


def lines_of(quiet: str) -> tuple[Line, ...]:
    """The lines of a blanked text that show anything."""
    return tuple(_lines(quiet))


def _lines(quiet: str) -> Iterator[Line]:
    place = 0
    for found in [*BREAK.finditer(quiet), None]:
        end = found.start() if found else len(quiet)
        shown = quiet[place:end].strip()
        if shown:
            start = place + quiet[place:end].index(shown[0])
            yield Line(shown, start, start + len(shown))
        place = found.end() if found else end
