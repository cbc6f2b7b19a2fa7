"""The text as it is measured: one width, no blanks, no noise, wrapped lines joined; every sign knows where it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from zhitong.policy.shapes import Span

ONE_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("﹪"): ord("%"),
    ord("〜"): ord("~"),
    ord("―"): ord("—"),
    ord("|"): ord("\t"),
    ord("｜"): ord("\t"),
}
BLANK = re.compile(r"[\s\u200b-\u200f\ufeff]+")
WIDEST_PAGE = 100
"""Signs of the longest line of a text whose lines were wrapped; longer ones are whole paragraphs."""
WRAPPED_FROM = 20
"""Signs a line must have before it can be one that was only wrapped; shorter ones are headings."""
ROW = re.compile(r"^[ \t\u3000]{0,8}\d{1,3}[ \u3000\u00a0][^。\n]*$", re.MULTILINE)
"""A row of a table given as text: its number first, single blanks between its columns."""
LINE_ENDS = frozenset("。;:!?)〕】>》…")
NEW_ITEM = re.compile(
    r"\s*(?:\d{1,3}\s|[一二三四五六七八九十]+、|\(?[一二三四五六七八九十\d]+\)|\d+[.、]|"
    r"第[一二三四五六七八九十百\d]+[条章节]|[—―·●◆■①-⑳]|附件)"
)
COLUMN = re.compile(r"\t|[ \u3000\u00a0]{3,}")


@dataclass(frozen=True)
class View:
    """`text` to be read, `places[i]` where its sign i stands in the text as given."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The same stretch in the text as given."""
        return self.places[start], self.places[end - 1] + 1


def view_of(text: str, noise: Sequence[Span] = (), closed: Sequence[Span] = ()) -> View:
    """What is to be measured: `noise` is passed over as if not there, `closed` (clauses naming units) ends a sentence."""
    even = text.translate(ONE_WIDTH)
    hidden = _covered(noise, len(text))
    kept = bytearray(b"\x01") * len(text)
    for blank in BLANK.finditer(even):
        kept[blank.start() : blank.end()] = bytes(blank.end() - blank.start())
    signs = list(even)
    for place, sign in _line_breaks(even, hidden).items():
        kept[place], signs[place] = 1, sign
    for place in compress(range(len(text)), hidden):
        kept[place] = 0
    for start, end in closed:
        kept[start:end] = b"\x01" + bytes(max(end - start - 1, 0))
        signs[start] = "\n"
    places = tuple(compress(range(len(text)), kept))
    return View("".join(compress(signs, kept)), places)


def _covered(spans: Sequence[Span], length: int) -> bytearray:
    """One mark per sign: 1 inside one of the spans."""
    marks = bytearray(length)
    for start, end in spans:
        marks[max(start, 0) : min(end, length)] = b"\x01" * max(min(end, length) - max(start, 0), 0)
    return marks


def _line_breaks(even: str, hidden: bytearray) -> dict[int, str]:
    """Where a line or a column really ends; a line that was only wrapped does not."""
    breaks = {
        found.start(): "\t" for found in COLUMN.finditer(even) if found.start() and even[found.start() - 1] != "\n"
    }
    for row in ROW.finditer(even):
        breaks.update((row.start() + at, "\t") for at, sign in enumerate(row[0]) if sign in " \u3000\u00a0" and at)
    width = max(map(len, even.split("\n")))
    start = 0
    while (end := even.find("\n", start)) >= 0:
        line = "".join(compress(even[start:end], (not mark for mark in hidden[start:end]))).strip()
        if not (
            width * 0.8 <= len(line) <= WIDEST_PAGE
            and width <= WIDEST_PAGE
            and _is_wrapped(line, even[end + 1 : end + 40])
        ):
            breaks[end] = "\n"
        start = end + 1
    return breaks


def _is_wrapped(line: str, following: str) -> bool:
    """A long line without a stop, no row of a table, and behind it neither an empty line nor a new item."""
    if COLUMN.search(line):
        return False
    if len(line) < WRAPPED_FROM or line[-1] in LINE_ENDS or not following.split("\n", 1)[0].strip():
        return False
    return not NEW_ITEM.match(following)
