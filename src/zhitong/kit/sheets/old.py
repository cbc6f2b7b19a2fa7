"""The Excel of before 2007, read in a process of its own with its memory, time and output bounded.

Its reader builds the whole grid of a sheet before the first row can be seen, and a cell may repeat a long text a million
times over: nothing inside this process could stop it, so it is stopped from outside.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from zhitong.kit.sheets.limits import MEBIBYTE, Cells, Merge, Sheet, SheetName, UnreadableTable

MOST_MEMORY = 512 * MEBIBYTE
MOST_SECONDS = 60
MOST_TEXT = 64 * MEBIBYTE
"""Of all that is read, as UTF-8."""
NO_SHEET, BROKEN, TOO_LARGE = 3, 4, 5
"""How the reader ends when it has not read the sheet."""

_READER = "zhitong.kit.sheets.old_reader"
_TOO_LARGE = (
    "这个旧格式表格展开后过大，没有打开：可能在很远的行列有零星内容，或者已经损坏。"
    "请用Excel或WPS打开，只留需要的内容，另存为.xlsx后再传。"
)
_BROKEN = "这个旧格式表格打不开，可能已经损坏或设了密码。请用Excel或WPS打开，另存为.xlsx后再传。"


def old_sheet(content: bytes, wanted: str | None, *, memory: int = MOST_MEMORY, text: int = MOST_TEXT) -> Sheet:
    """The sheet wanted (None: the first one seen) of a workbook in the old format, its rows not yet bounded by lines.

    Raises UnreadableTable: damaged, locked, no such sheet, or more than `memory` bytes hold or `text` bytes say.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", _READER, str(memory), str(MOST_SECONDS), str(text), wanted or ""],
            input=content, capture_output=True, timeout=MOST_SECONDS + 30, check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise UnreadableTable(_TOO_LARGE) from slow
    if done.returncode == NO_SHEET:
        raise UnreadableTable(f"表里没有工作表“{wanted or ''}”。请重新选择要读的工作表。")
    if done.returncode:
        raise UnreadableTable(_BROKEN if done.returncode == BROKEN else _TOO_LARGE)
    head, *lines = done.stdout.splitlines()
    told = json.loads(head)
    said = ["表里带有宏，没有运行，也不会保存。"] if "_VBA_PROJECT".encode("utf-16-le") in content else []
    return Sheet(
        told["sheet"], tuple(SheetName(name, hidden) for name, hidden in told["names"]), _rows(lines),
        tuple(Merge(*one) for one in told["merges"]), said,
    )


def _rows(lines: list[bytes]) -> Iterator[tuple[int, Cells]]:
    for line in lines:
        number, cells = json.loads(line)
        yield int(number), _texts(cells)


def _texts(cells: list[Any]) -> Cells:
    return [str(cell) for cell in cells]
