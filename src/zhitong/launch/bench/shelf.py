"""Stocks of problems on the shelf: filled once, kept between runs, and what filling them took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitong.config import database as config
from zhitong.launch.bench.ground import stock

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.stock.stages import Stage

GROUPS = {"load": "填入", "index": "索引和约束", "tallies": "计数", "analyse": "统计信息"}


def stocked(scale: int) -> list[Stage]:
    """Have the stock of so many problems ready; returns the stages of its filling, whenever they ran."""
    from zhitong.rehearsal.bench.stock import filling

    with config.as_role("owner", name=stock(scale)):
        return filling.fill(scale)


def told(scale: int, done: list[Stage]) -> list[str]:
    """What filling took, by group: seconds and disk apart."""
    lines = [f"{scale:,} 个问题的库："]
    for group, label in GROUPS.items():
        own = [stage for stage in done if stage.group == group]
        seconds, grown = sum(stage.seconds for stage in own), sum(stage.grown for stage in own)
        lines.append(f"  {label}：{len(own)} 步，{seconds:,.1f} 秒，{grown / 2**20:,.0f} MiB")
    return lines
