"""Workbooks as county offices and attackers send them, made when a test asks for one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

HEADS = ("企业名称", "统一社会信用代码", "营业收入（万元）")
WORDS = ("名称", "信用代码", "收入")


def made(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook that a test fills: `fill(book, sheet)`."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    fill(book, book.add_worksheet("企业"))
    book.close()
    return into.getvalue()


def rows_of(*rows: Sequence[Any]) -> Callable[[Any, Any], None]:
    """Fill a sheet with rows from the first line on."""

    def fill(_book: Any, sheet: Any) -> None:
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)

    return fill


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with parts added or put in place of others."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in parts:
                target.writestr(entry.filename, source.read(entry.filename))
        for name, part in parts.items():
            target.writestr(name, part)
    return into.getvalue()


def sheet_of(rows: bytes) -> bytes:
    """A workbook whose only sheet has the given markup as its rows."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    return with_parts(made(rows_of(HEADS)), {"xl/worksheets/sheet1.xml": part})


def cell(reference: str, text: str) -> bytes:
    """The markup of a cell with a text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def head_row() -> bytes:
    """The markup of HEADS in the first line."""
    return b'<row r="1">' + b"".join(cell(f"{letter}1", head) for letter, head in zip("ABC", HEADS, strict=True)) + b"</row>"


def old_workbook(rows: Sequence[Sequence[str | float]], *, far: tuple[int, int] | None = None) -> bytes:
    """An Excel file of before 2007 (BIFF8 in a compound file) with one sheet; `far` is the place of one cell more."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x600))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", line, column, 0)
            if isinstance(value, str):
                sheet += _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                sheet += _record(0x203, place + struct.pack("<d", value))
    if far:
        sheet += _record(0x203, struct.pack("<HHHd", *far, 0, 1.0))
    sheet += _record(0x0A, b"")
    name = "表一"
    named = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0x600)) + _record(0x42, struct.pack("<H", 1200))
    offset = len(start) + 4 + 6 + len(named) + 4
    book = start + _record(0x85, struct.pack("<IBB", offset, 0, 0) + named) + _record(0x0A, b"") + sheet
    return _compound(book)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """One stream called Workbook in a compound file of 512-byte sectors: allocation, directory, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    allocation = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return head + allocation + directory.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return (
        written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36) + struct.pack("<IQ", start, size)
    )
