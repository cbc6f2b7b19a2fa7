"""Reading the cells of an .xlsx as its markup streams by: what a person sees in Excel, row by row, memory bounded.

A reader that lays a sheet out as a rectangle dies of one stray cell at XFD1048576; this one keeps a row at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from zhitong.kit.sheets.archive import Archive, Place
from zhitong.kit.sheets.limits import (
    EMPTY_ENDS,
    MOST_COLUMNS,
    Cells,
    Merge,
    Sheet,
    UnreadableTable,
    column_letters,
)

UNCOMPUTED = "#公式没有结果"
MOST_MERGES = 20_000
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENTS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})[\"']")
_LARGEST_SERIAL = 2_958_465  # 9999-12-31


def open_xlsx(archive: Archive, wanted: str | None) -> Sheet:
    """The sheet of that name, or the first that is not hidden, ready to be read.

    Raises UnreadableTable: there is no such sheet, or a part of it is broken.
    """
    places, from_1904 = archive.places()
    place = _chosen(places, wanted)
    said = ["表里带有宏，没有运行，也不会保存。"] if archive.has_macros else []
    reading = _Reading(archive, place.part, _styles(archive), _texts(archive), from_1904, said)
    return Sheet(place.sheet.name, tuple(one.sheet for one in places), reading.rows(), _merges(archive, place.part), said)


def _chosen(places: list[Place], wanted: str | None) -> Place:
    if wanted is not None:
        found = next((place for place in places if place.sheet.name == wanted), None)
        if found is None:
            names = "、".join(place.sheet.name for place in places)
            raise UnreadableTable(f"表里没有名为“{wanted}”的工作表，现有：{names}。请重新选择。")
        return found
    seen = [place for place in places if not place.sheet.hidden]
    if not seen:
        raise UnreadableTable("这个文件里没有可见的工作表。请取消隐藏，或者选择要读的工作表后再传。")
    return seen[0]


def _texts(archive: Archive) -> list[str]:
    """The texts that cells share, phonetic marks left out."""
    part = "xl/sharedStrings.xml"
    found: list[str] = []
    if not archive.has(part):
        return found
    kept: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] = True

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False
        elif tag == "si":
            found.append("".join(kept).strip())
            kept.clear()

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            kept.append(piece)

    archive.parse_whole(part, start, end, text)
    return found


def _styles(archive: Archive) -> list[str]:
    """For each style of cells "day", "percent" or nothing."""
    part = "xl/styles.xml"
    custom: dict[int, str] = {}
    found: list[str] = []
    inside = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            custom[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            found.append(_shape(_whole(attributes.get("numFmtId")), custom))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    if archive.has(part):
        archive.parse_whole(part, start, end)
    return found


def _shape(number: int, custom: dict[int, str]) -> str:
    format_code = _QUOTED.sub("", custom.get(number, "")).lower()
    if number in _DAYS or (number in custom and re.search("[yd]|h+:|m+:s", format_code)):
        return "day"
    return "percent" if number in _PERCENTS or "%" in format_code else ""


def _merges(archive: Archive, part: str) -> tuple[Merge, ...]:
    """The joined cells, which stand behind the rows in the markup; searched for without parsing."""
    found: list[Merge] = []
    rest = b""
    for chunk in archive.chunks(part):
        window = rest + chunk
        for match in _MERGE.finditer(window):
            (top, left), (bottom, right) = (_place(one.decode()) for one in match.groups())
            found.append(Merge(top, left, bottom, right))
            if len(found) > MOST_MERGES:
                raise UnreadableTable(f"合并单元格超过{MOST_MERGES}处，读不出行列。请取消合并后再传。")
        rest = window[max(window.rfind(b"<"), 0):] if window.rfind(b">") < window.rfind(b"<") else b""
        rest = rest[-512:]
    return tuple(found)


def _place(reference: str) -> tuple[int, int]:
    """A reference such as C12 as (line from 1, column from 0)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return _whole(reference[len(letters):]), column - 1


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


class _Reading:
    """The rows of one sheet as its markup streams by."""

    def __init__(
        self, archive: Archive, part: str, styles: list[str], texts: list[str], from_1904: bool, said: list[str]
    ) -> None:
        self._archive, self._part, self._styles, self._texts = archive, part, styles, texts
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 Excel knows no zones
        self._said = said
        self._done: list[tuple[int, Cells]] = []
        self._line = 0
        self._cells: Cells = []
        self._column, self._kind, self._style = -1, "", 0
        self._kept: list[str] = []
        self._keeping = self._in_cell = False
        self._formula = ""
        self._formulas = 0
        self._first_formula = ""

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Each row that holds something, until the sheet ends or goes on empty."""
        last = 0
        for _step in self._archive.parse(self._part, self._start, self._end, self._text):
            for line, cells in self._done:
                if last and line - last > EMPTY_ENDS:
                    self._said.append(f"第{last}行以下连续{line - last - 1}行是空的，没有再往下读。")
                    return
                last = line
                yield line, cells
            self._done.clear()
            if self._line - last > EMPTY_ENDS:
                self._said.append(f"第{last}行以下连续{EMPTY_ENDS}行是空的，没有再往下读。")
                return
        if self._formulas:
            self._said.append(f"{self._first_formula}等{self._formulas}格是公式，按表里已经算出的值读取。")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            reference = attributes.get("r", "")
            self._column = _place(reference)[1] if reference else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), _whole(attributes.get("s"))
            self._in_cell = True
        elif tag == "row":
            self._line = _whole(attributes.get("r")) or self._line + 1
            self._column = -1
        elif tag in ("v", "t"):
            self._keeping = self._in_cell
        elif tag == "f":
            self._formula = f"{column_letters(self._column)}{self._line}"

    def _text(self, piece: str) -> None:
        if self._keeping:
            self._kept.append(piece)

    def _end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._keeping = False
        elif tag == "c":
            self._in_cell = False
            if self._kept or self._formula:
                self._put()
        elif tag == "row" and self._cells:
            if any(self._cells):
                self._done.append((self._line, self._cells))
            self._cells = []

    def _put(self) -> None:
        """Keep the cell that has just ended."""
        written = "".join(self._kept)
        self._kept.clear()
        if self._formula:
            self._formulas += 1
            self._first_formula = self._first_formula or self._formula
            self._formula = ""
            written = written or UNCOMPUTED
        text = UNCOMPUTED if written == UNCOMPUTED else self._told(written)
        if not text:
            return
        if not 0 <= self._column < MOST_COLUMNS:
            cell = f"{column_letters(self._column)}{self._line}"
            raise UnreadableTable(f"单元格{cell}在第{MOST_COLUMNS}列之外。请删去右边多余的内容后再传。")
        self._cells.extend([""] * (self._column + 1 - len(self._cells)))
        self._cells[self._column] = text

    def _told(self, written: str) -> str:
        """The text of a cell as a person reads it."""
        if self._kind == "s":
            place = _whole(written)
            return self._texts[place] if place < len(self._texts) else ""
        if self._kind == "b":
            return "是" if written == "1" else "否"
        if self._kind != "n":
            return written.strip()
        shape = self._styles[self._style] if self._style < len(self._styles) else ""
        return _number_told(written.strip(), shape, self._epoch)


def _number_told(written: str, shape: str, epoch: datetime) -> str:
    """A number without the noise of its binary form; a day as 2018-04-27, a share as 12.5%."""
    try:
        number = Decimal(f"{float(written):.15g}")
    except (ValueError, InvalidOperation):
        return written
    if not number.is_finite():
        return written
    if shape == "day" and 0 <= number <= _LARGEST_SERIAL:
        return day_told(epoch + timedelta(days=float(number)), is_time=number < 1)
    if shape == "percent":
        return f"{(number * 100).normalize():f}%"
    return f"{number:f}" if number == number.to_integral_value() else f"{number.normalize():f}"


def day_told(at: datetime, *, is_time: bool = False) -> str:
    """A moment of Excel as text, to the minute; midnight is a day."""
    at = (at + timedelta(seconds=30)).replace(second=0, microsecond=0)
    if is_time:
        return f"{at:%H:%M}"
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (0, 0) else f"{at:%Y-%m-%d %H:%M}"
