"""What stands behind the last clause: signature and date, list of attachments, copies, contacts, printer's line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.structure.heads import DATE, ISSUERS
from zhitong.policy.structure.lines import Line

CLOSING = re.compile(
    r"附\s*件\s*\d{0,2}\s*[:：.．]|抄\s*送\s*[:：]|主\s*送\s*[:：]|[（(]\s*此件|[（(]?联系(?:人|电话|单位)\s*[:：]|信息公开(?:选项|属性)\s*[:：]"
    r"|[（(]信息公开|上一篇|下一篇|责任编辑|相关(?:链接|文档|解读|附件)|.{2,40}20\d\d年\d{1,2}月\d{1,2}日\s*印发$|【?打印|[（(]完[）)]"
)
ENDING = 30
"""How many lines at the end of a text may be its closing."""


def closing_from(lines: Sequence[Line], last_heading: int) -> int | None:
    """Where the closing of a text starts: a place in `lines` behind the last heading, or None."""
    lowest = max((place + 1 for place, line in enumerate(lines) if line.start <= last_heading), default=0)
    for place in range(max(lowest, len(lines) - ENDING), len(lines)):
        text = lines[place].text
        signs = ISSUERS.fullmatch(text) and len(text) <= 60 and _is_dated(lines, place)
        if CLOSING.match(text) or signs or DATE.fullmatch(text):
            return place
    return None


def _is_dated(lines: Sequence[Line], place: int) -> bool:
    """Whether a date, or another signature with a date, follows."""
    return any(DATE.fullmatch(line.text) for line in lines[place + 1:place + 5])
