"""Finding the gaps in texts outside tables: 全县共____件, 填报单位：, 2018年  月  日. Pure."""

from __future__ import annotations

import re

from zhitong.domain.blanks.rules.form.grid import Grid
from zhitong.domain.blanks.rules.form.shapes import Gap, Table

_BLANK = r"[ \t\u3000\xa0]"
_GAP = re.compile(
    rf"[_＿]{{2,}}|{_BLANK}{{2,}}(?=[件户个家项人%％亿万])|{_BLANK}{{1,}}(?=[年月日])|(?<=[:：])(?:{_BLANK}{{2,}}|{_BLANK}*$)"
)
_BEFORE = re.compile(r"([^\s，,。；;：:、_＿]{1,20})[：:]?$")
_AFTER = re.compile(r"([^\s，,。；;：:、_＿]{0,4})(?![^\s，,。；;：:、_＿]*[：:])")
LONGEST_TEXT = 2000


def gaps_of(grid: Grid, tables: list[Table]) -> list[Gap]:
    """The gaps of a sheet in reading order, each with a label that is unique in it."""
    seen: dict[str, int] = {}
    found: list[Gap] = []
    for place, text in sorted(grid.texts.items()):
        if len(text) > LONGEST_TEXT or any(table.holds(place) for table in tables):
            continue
        for start, end in _spans(text):
            before, after = _around(text, start, end, found, grid.name, place)
            words = f"{before}__{after}".strip("_") or grid.name
            seen[words] = seen.get(words, 0) + 1
            label = words if seen[words] == 1 else f"{words}（第{seen[words]}处）"
            found.append(Gap(grid.name, place, start, end, before, after, label))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _GAP.finditer(text)]


def _around(text: str, start: int, end: int, found: list[Gap], sheet: str, place: tuple[int, int]) -> tuple[str, str]:
    """What stands before a gap and behind it; what belongs to the gap before is not said twice, but for parts of a day."""
    after = _AFTER.match(text[end:])
    since = found[-1].end if found and (found[-1].sheet, found[-1].place) == (sheet, place) else 0
    before = _BEFORE.search(text[since:start].rstrip())
    words = before[1] if before else ""
    if not words and since and text[since:start].strip() == "":
        words = found[-1].before
    is_label = text[:start].rstrip().endswith(("：", ":")) and text[end : end + 1] not in ("年", "月", "日")
    return words, after[1] if after and not is_label else ""
