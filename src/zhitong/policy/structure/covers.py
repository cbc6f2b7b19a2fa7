"""The notice that hands a plan out: its own points are no part of the plan, which begins with its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.structure.headings import FIRST, TITLED, Heading
from zhitong.policy.structure.heads import DATE, NO_TITLE, NOTICE, titles_in
from zhitong.policy.structure.lines import Line

LINES_OF_TITLE = 4
SHORTEST_TITLE = 8
LONGEST_BODY = 12
"""Signs: the name of a place or body before a title that one of its two writings lacks."""
SIGNED = 5
"""How many lines above the plan's title the notice may be dated."""


def cover_end(lines: Sequence[Line], headings: Sequence[Heading]) -> int:
    """Where the plan's own title starts, when headings of the notice stand above it and headings of the plan below; else 0."""
    if not headings or not (named := _named(lines, headings[0].start)):
        return 0
    for place, line in enumerate(lines):
        if line.start < headings[0].start:
            continue
        attached = TITLED.match(line.text)
        if attached and _bare(line.text[attached.end():]).endswith(named):
            return line.end if _begins_behind(headings, line.end) else 0
        if _reads(lines, place, named) or _follows_a_date(lines, place):
            return line.start if _begins_behind(headings, line.start) else 0
    return 0


def _begins_behind(headings: Sequence[Heading], place: int) -> bool:
    """Whether a first point of the plan stands near behind a place."""
    behind = [heading for heading in headings if heading.start > place]
    return any(heading.counts == 1 and heading.level >= FIRST for heading in behind[:2])


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
        if NO_TITLE.search(line.text) or len(joined) > len(named) + LONGEST_BODY:
            return False
        if joined.endswith(named) or (named.endswith(joined) and len(joined) + LONGEST_BODY >= len(named) >= len(joined) >= SHORTEST_TITLE):
            return True
    return False


def _follows_a_date(lines: Sequence[Line], place: int) -> bool:
    """Whether a title stands here, below the day the notice was signed."""
    above = lines[max(0, place - SIGNED):place]
    if not any(DATE.fullmatch(line.text.strip("（）()")) for line in above):
        return False
    found = titles_in(lines[place:place + LINES_OF_TITLE])
    return bool(found) and found[0][1] == 0


def _bare(printed: str) -> str:
    return re.sub(r"[\s《》<>〈〉“”\"（）()]", "", printed)
