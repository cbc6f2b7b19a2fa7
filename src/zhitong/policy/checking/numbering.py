"""Headings whose numbers repeat, jump or run backwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhitong.policy.ground.likeness import quoted
from zhitong.policy.ground.standing import Ground, heading_of
from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Finding, Section

FIGURE = re.compile(r"\d+|[〇零一二两三四五六七八九十百]+")
SHAPE = re.compile(r"\d+|[〇零一二两三四五六七八九十百]+|[\s、.．。,，:：]")


@dataclass(frozen=True)
class Numbered:
    """A heading and its number."""

    number: Decimal
    section: Section


def numbering(ground: Ground) -> Iterator[Finding]:
    """Every heading that does not follow the one before it under the same heading; running numbers may go on across."""
    before: dict[tuple[int, str], Numbered] = {}
    for rows in _kin(ground).values():
        last: Numbered | None = None
        for row in rows:
            style = row.section.level, SHAPE.sub("", row.section.number)
            earlier = last if last is not None else before.get(style)
            if not _follows(row, last, earlier):
                yield _finding(row, last)
            last = row
            before[style] = row


def _kin(ground: Ground) -> dict[tuple[str, int, str], list[Numbered]]:
    """Headings of one shape under one parent, in order of the text."""
    kin: dict[tuple[str, int, str], list[Numbered]] = defaultdict(list)
    for section in sorted(ground.plan.sections, key=lambda one: one.start):
        found = FIGURE.search(section.number)
        number = number_of(found[0]) if found else None
        if number is not None and section.level > 0:
            kin[section.path.rpartition("/")[0], section.level, SHAPE.sub("", section.number)].append(
                Numbered(number, section)
            )
    return kin


def _follows(row: Numbered, last: Numbered | None, earlier: Numbered | None) -> bool:
    """The next number, or 1 where a new row begins; the first of its kind is 1, or goes on from the heading before."""
    if last is not None:
        return row.number == last.number + 1 or row.number == 1 < last.number
    return row.number == 1 or (earlier is not None and row.number == earlier.number + 1)


def _finding(row: Numbered, last: Numbered | None) -> Finding:
    here, span = f"{row.section.number}{quoted(row.section.title)}", heading_of(row.section)
    if last is None:
        return Finding("numbering", "low", f"{here}是这一组的第一个标题，序号不从一开始，请核对是否有缺漏。", (span,))
    there = f"{last.section.number}{quoted(last.section.title)}"
    what = "序号重复" if row.number == last.number else "序号倒退" if row.number < last.number else "中间缺号"
    return Finding("numbering", "medium", f"{here}接在{there}之后，{what}，请核对。", (heading_of(last.section), span))
