"""The notice that hands a plan out: its own points are no part of the plan, which begins with its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.structure.headings import FIRST, Heading
from zhitong.policy.structure.heads import DATE, NOTICE, titles_in
from zhitong.policy.structure.lines import Line

LINES_OF_TITLE = 4
SIGNED = 5
"""How many lines above the plan's title the notice may be dated."""


def cover_end(lines: Sequence[Line], headings: Sequence[Heading]) -> int:
    """Where the plan's own title starts, when headings of the notice stand above it and headings of the plan below; else 0."""
    if not headings or not (named := _named(lines, headings[0].start)):
        return 0
    for place, line in enumerate(lines):
        if line.start < headings[0].start:
            continue
        if _reads(lines, place, named) or _follows_a_date(lines, place):
            behind = [heading for heading in headings if heading.start > line.start]
            return line.start if any(heading.counts == 1 and heading.level >= FIRST for heading in behind[:2]) else 0
    return 0


def _named(lines: Sequence[Line], first: int) -> str | None:
    """What the notice in the head says it hands out."""
    head = [line for line in lines if line.start <= first]
    for words, _, _ in titles_in(head):
        found = NOTICE.search(words)
        if found:
            return _bare(found["plan"])
    return None


def _reads(lines: Sequence[Line], place: int, named: str) -> bool:
    """Whether the lines from here on are the title the notice named, whole or without the body it begins with."""
    joined = ""
    for line in lines[place:place + LINES_OF_TITLE]:
        joined += _bare(line.text)
        if len(joined) >= SHORTEST_TITLE and (joined == named or named.endswith(joined) or joined.endswith(named)):
            return len(joined) >= len(named) * 2 // 3
        if len(joined) > len(named) + SHORTEST_TITLE:
            return False
    return False


SHORTEST_TITLE = 8


def _follows_a_date(lines: Sequence[Line], place: int) -> bool:
    """Whether a title stands here, below the day the notice was signed."""
    above = lines[max(0, place - SIGNED):place]
    if not any(DATE.fullmatch(line.text.strip("（）()")) for line in above):
        return False
    found = titles_in(lines[place:place + LINES_OF_TITLE])
    return bool(found) and found[0][1] == 0


def _bare(printed: str) -> str:
    return re.sub(r"[\s《》<>〈〉“”\"（）()]", "", printed)
