"""Web pages: the words of the article, with navigation, links and metadata marked as noise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from zhitong.policy.reading.noise import merged, noise_in
from zhitong.policy.reading.plain import decoded
from zhitong.policy.shapes import Span

SKIPPED = frozenset("script style noscript nav header footer aside select button template svg iframe textarea title".split())
BLOCKS = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 section article main center blockquote pre dd dt dl hr form tbody".split()
)
CELLS = frozenset(("td", "th"))
PARAGRAPHS = frozenset(("p", "div", "br"))
WITHIN = "\v"
"""Stands for the end of a paragraph within a cell until the row is whole."""
MOST_COLUMNS = 60
SIGN = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|p|div|table|span|article)\b", re.IGNORECASE)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


def is_web_page(content: bytes) -> bool:
    """Whether a file opens as a page of the web."""
    return SIGN.match(content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")) is not None or content[:20_000].lower().count(b"<p") > 3


def text_of_web(content: bytes) -> tuple[str, tuple[Span, ...]]:
    """The text of a page and its noise; a line that is nothing but links is noise."""
    page = _Page()
    page.feed(_characters(content))
    page.close()
    page.line_ends()
    text = "".join(page.words)
    return text, merged([*noise_in(text), *page.links])


def _characters(content: bytes) -> str:
    named = CHARSET.search(content[:4000])
    if named:
        encoding = named[1].decode().lower()
        try:
            return content.decode("gb18030" if encoding.startswith("gb") else encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # the page says one encoding and is written in another: look at the bytes
    return decoded(content)


def _counted(printed: str | None) -> int:
    """Over how many columns or rows a cell stands, as its attribute says."""
    return min(max(int(printed), 1), MOST_COLUMNS) if printed and printed.isascii() and printed.isdecimal() else 1


class _Page(HTMLParser):
    """Collects lines; knows how much of a line was link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[Span] = []
        self._length = 0
        self._line = ""
        self._linked = 0
        self._skipping: list[str] = []
        self._in_link = 0
        self._in_row = 0
        self._column = self._owed = 0
        self._merged: dict[int, int] = {}
        """By column: how many rows below a cell still fills it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self._skipping.append(tag)
        self._in_link += tag == "a"
        self._in_row += tag == "tr"
        if tag == "tr":
            self._column = 0
        if tag in CELLS and self._in_row:
            self._cell_starts(dict(attrs))
        elif tag in PARAGRAPHS and self._in_row:
            self._line += WITHIN
        elif tag in BLOCKS:
            self.line_ends()

    def _cell_starts(self, attrs: Mapping[str, str | None]) -> None:
        """One tab for each column since the cell before, those that a cell of a row above still fills included."""
        while self._column < MOST_COLUMNS and self._merged.get(self._column, 0):
            self._merged[self._column] -= 1
            self._line += "\t" * (self._column > 0)
            self._column += 1
        wide, high = (_counted(attrs.get(key)) for key in ("colspan", "rowspan"))
        self._line += "\t" * (self._column > 0)
        for column in range(self._column, self._column + wide):
            self._merged[column] = high - 1
        self._column, self._owed = self._column + wide, wide - 1

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag == self._skipping[-1]:
            self._skipping.pop()
        self._in_link = max(0, self._in_link - (tag == "a"))
        if tag == "tr":
            self._in_row = max(0, self._in_row - 1)
        if tag in CELLS:
            self._line, self._owed = self._line + "\t" * self._owed, 0
        if tag == "table":
            self._merged.clear()
        if tag in BLOCKS and not (self._in_row and tag in PARAGRAPHS):
            self.line_ends()

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        words = re.sub(r"[ \t\r\n\f\v]+", " ", data)
        self._linked += len(words.strip()) if self._in_link else 0
        self._line += words

    def line_ends(self) -> None:
        """Keep the line so far; the paragraphs of a row's only cell are lines, those of several cells are words of one line."""
        if "\t" in self._line.strip(f"\t {WITHIN}"):
            self._keep(re.sub(f" *{WITHIN}[ {WITHIN}]*", " ", self._line).replace("\t ", "\t"))
        else:
            for line in self._line.split(WITHIN):
                self._keep(line)
        self._line, self._linked = "", 0

    def _keep(self, printed: str) -> None:
        """Keep a line; remember it as noise where all of it was links."""
        line = printed.strip(" ")
        if line.strip():
            if self._linked * 10 >= len(line.replace(" ", "")) * 9 and len(line) <= 60:
                self.links.append((self._length, self._length + len(line)))
            self.words.append(line + "\n")
            self._length += len(line) + 1
