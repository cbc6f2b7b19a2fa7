"""What stands on a file that was taken out: its number, who, as which post, when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zhitong.kit.clock import SHANGHAI


def line_of(number: str, who: Iterable[str], at: datetime) -> str:
    """The line of an export, as 内部使用　导出编号 …　沧州市科技局 科长 演示庚　2018年9月17日 16:30; empty words of `who` fall away."""
    local = at.astimezone(SHANGHAI)
    said = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"内部使用　导出编号 {number}　{' '.join(filter(None, who))}　{said}"
