"""Opening whatever was sent as a sheet: by its bytes, never by its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

from zhitong.kit.sheets.archive import Archive
from zhitong.kit.sheets.limits import (
    EMPTY_ENDS,
    MEBIBYTE,
    MOST_BYTES,
    MOST_COLUMNS,
    Cells,
    Sheet,
    UnreadableTable,
)
from zhitong.kit.sheets.old import old_sheet
from zhitong.kit.sheets.xlsx import open_xlsx

_ARCHIVE, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(r"<\s*(!doctype|html|table|\?xml)", re.IGNORECASE)
_DELIMITERS = ",\t;，|"
_SNIFFED = 64 * 1024


def open_sheet(content: bytes, wanted: str | None = None) -> Sheet:
    """The sheet in a file: .xlsx, .xls, or a text of separated values in UTF-8, UTF-16 or GB 18030.

    Raises UnreadableTable: it is empty, too large, damaged, locked, or no table; the sentence says which.
    """
    if not content.strip():
        raise UnreadableTable("文件是空的。请打开看看有没有内容，再选一次。")
    if len(content) > MOST_BYTES:
        raise UnreadableTable(f"文件有{len(content) / MEBIBYTE:.1f}MB，超过{MOST_BYTES // MEBIBYTE}MB。请分成几份再传。")
    if content.startswith(_ARCHIVE):
        return open_xlsx(Archive(content), wanted)
    if content.startswith(_COMPOUND):
        return _old_workbook(content, wanted)
    return _text(content)


def _old_workbook(content: bytes, wanted: str | None) -> Sheet:
    """The Excel of before 2007; no sheet of it is larger than 65 536 rows of 256 columns."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableTable("这个文件设了密码，读不出内容。请去掉密码后再传。")
    sheet = old_sheet(content, wanted)
    return replace(sheet, rows=_bounded(sheet.rows, sheet.said))


def _text(content: bytes) -> Sheet:
    text = _decoded(content)
    if _PAGE.match(text.lstrip()[:200]):
        raise UnreadableTable("这是网页或XML格式的表格，只是名字像Excel。请用Excel或WPS打开，另存为.xlsx后再传。")
    lines = text[:_SNIFFED].splitlines()[:20]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))
    said: list[str] = []
    rows = ([cell.strip() for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    return Sheet("", (), _bounded(enumerate(rows, start=1), said), (), said)


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1a]", text):
            return text
    raise UnreadableTable("这个文件不是表格。请用Excel或WPS另存为.xlsx或.csv后再传。")


def _bounded(rows: Iterator[tuple[int, Cells]], said: list[str]) -> Iterator[tuple[int, Cells]]:
    """Rows that hold something with their line, until the sheet goes on empty."""
    last = 0
    try:
        for line, cells in rows:
            if not any(cells):
                if line - last > EMPTY_ENDS:
                    said.append(f"第{last}行以下连续{EMPTY_ENDS}行是空的，没有再往下读。")
                    return
                continue
            if any(cells[MOST_COLUMNS:]):
                raise UnreadableTable(f"第{line}行在第{MOST_COLUMNS}列之外还有内容。请删去右边多余的内容后再传。")
            last = line
            yield line, cells
    except csv.Error as broken:
        raise UnreadableTable("这个文本表格有一格过长或引号不成对，读不下去。请另存为.xlsx后再传。") from broken
