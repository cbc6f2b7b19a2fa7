"""The process that reads a workbook of before 2007: bytes in, a line for the workbook and one for each row that holds something out.

Run by `old`, with its bounds as arguments: memory in bytes, seconds, bytes of text, and the sheet wanted.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from zhitong.kit.sheets.old import BROKEN, NO_SHEET, TOO_LARGE
from zhitong.kit.sheets.xlsx import day_told


def main(memory: str, seconds: str, text: str, wanted: str) -> int:
    """How it ended: 0 when the sheet was read."""
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return _read(content, wanted, int(text))
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, ValueError, OSError):
        return BROKEN


def _read(content: bytes, wanted: str, most: int) -> int:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    names = [(one.name, one.visible is not SheetVisibleEnum.Visible) for one in book.sheets_metadata]
    chosen = wanted or next((name for name, hidden in names if not hidden), "")
    if chosen not in {name for name, _hidden in names}:
        return NO_SHEET
    sheet = book.get_sheet_by_name(chosen)
    left = (sheet.start or (0, 0))[1]
    merges = [(a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in sheet.merged_cell_ranges or ()]
    _write({"names": names, "sheet": chosen, "merges": merges})
    told = 0
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = [*[""] * left, *map(as_text, row)]
        if any(cells):
            told += _write((line, cells))
            if told > most:
                return TOO_LARGE
    return 0


def _write(told: Any) -> int:
    return sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def as_text(value: Any) -> str:
    """A cell as people read it."""
    if isinstance(value, datetime):
        return day_told(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    return str(value).strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
