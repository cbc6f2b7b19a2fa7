"""The text cut into clauses: at stops and commas, and at brackets that count something of their own (其中…72家)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from zhitong.policy.measures.units import unit_at

OPEN = "(〔【"
CLOSE = {")": "(", "〕": "〔", "】": "【"}
LONGEST_BRACKET = 400


class Break(IntEnum):
    """What stands before a clause."""

    COMMA = 1
    SEMICOLON = 2
    SENTENCE = 3
    PARAGRAPH = 4


BREAKS = {",": Break.COMMA, ":": Break.COMMA, "\t": Break.SEMICOLON, ";": Break.SEMICOLON, "。": Break.SENTENCE,
          "!": Break.SENTENCE, "?": Break.SENTENCE, "\n": Break.PARAGRAPH}  # fmt: skip
ITEM = re.compile(
    r"\t*(?:\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|\d{1,2}(?:\.\d{1,2})*[.、](?!\d)|"
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]+[条章节]|"
    r"(?P<row>\d{1,3}(?=[\t一-鿿])(?![月年日号时点上中下初底末]))|[—―·●◆■▲★-]{1,3}|[①-⑳])\t*"
)
"""The number a paragraph begins with."""
INSIDE = re.compile(r"[“《][^”》\n]{0,80}[”》]")


@dataclass(frozen=True)
class Clause:
    """A stretch between two breaks; `within` is where the counting bracket opens that it stands in."""

    start: int
    end: int
    opened_by: Break
    within: int | None = None


def clauses_of(text: str, counted: Sequence[int]) -> list[Clause]:
    """Every clause in order; `counted` are the places of quantities, ascending: brackets without one stay whole."""
    brackets = _counting_brackets(text, counted)
    opening = dict(brackets)
    closed = _quiet(text, opening)
    clauses: list[Clause] = []
    stack: list[tuple[int, int]] = []
    start, opened_by = _past_item(text, 0), Break.PARAGRAPH
    for place, sign in enumerate(text):
        kind = None if closed[place] or place < start else _break_at(text, place, opening)
        turn = place in opening or bool(stack and stack[-1][1] == place)
        if kind is None and not turn:
            continue
        if place > start:
            clauses.append(Clause(start, place, opened_by, stack[-1][0] if stack else None))
            opened_by = Break.COMMA
        if kind is not None:
            opened_by = max(kind, opened_by) if place == start else kind
        if place in opening:
            stack.append((place, opening[place]))
        elif turn:
            stack.pop()
        start = _past_item(text, place + 1) if sign == "\n" else place + 1
    if start < len(text):
        clauses.append(Clause(start, len(text), opened_by))
    return clauses


def item_spans(text: str) -> list[tuple[int, int]]:
    """Where paragraphs begin with a number of their own."""
    starts = [0, *(found.end() for found in re.finditer(r"\n", text))]
    return [(start, end) for start in starts if (end := _past_item(text, start)) > start]


def _break_at(text: str, place: int, opening: Mapping[int, int]) -> Break | None:
    """A stop or a comma; a bracket that begins 其中 and was never closed is one too."""
    if text[place] in OPEN and place not in opening and text.startswith("其中", place + 1):
        return Break.COMMA
    return BREAKS.get(text[place])


def _past_item(text: str, start: int) -> int:
    """Behind the number a paragraph begins with (1., （三）, 4、, a bare number of a table row)."""
    found = ITEM.match(text, start)
    if found is None or (found["row"] and unit_at(text, found.end())):
        return start
    return found.end()


def _counting_brackets(text: str, counted: Sequence[int]) -> list[tuple[int, int]]:
    """Brackets of one paragraph, both ends printed, with a quantity inside."""
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign == "\n":
            stack.clear()
        elif sign in OPEN:
            stack.append(place)
        elif sign in CLOSE and stack:
            start = stack.pop()
            if text[start] == CLOSE[sign] and place - start <= LONGEST_BRACKET and _counts(counted, start, place):
                found.append((start, place))
    return found


def _counts(counted: Sequence[int], start: int, end: int) -> bool:
    at = bisect_right(counted, start)
    return at < len(counted) and counted[at] < end


def _quiet(text: str, opening: dict[int, int]) -> bytearray:
    """One mark per sign: 1 where a comma breaks nothing (inside quotes and brackets that count nothing)."""
    marks = bytearray(len(text))
    for found in INSIDE.finditer(text):
        marks[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    for found in re.finditer(r"[(〔【][^()〔〕【】\n]{0,60}[)〕】]", text):
        if found.start() not in opening:
            marks[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    return marks
