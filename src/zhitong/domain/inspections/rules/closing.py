"""What keeps a unit from being closed, each with the way round it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.kit.choices import Word


class Obstacle(Word):
    """What is in the way of closing a unit, and what to do about it."""

    CAMPAIGN = "campaign", "请由活动包调整机构设置"
    LINES = "lines", "请由活动办公室在“交接—单位撤并”里指定承接单位"
    PROBLEMS = "problems", "请由活动办公室在“交接—单位撤并”里指定承接单位"
    REPORTS = "reports", "请先报送，或者由活动办公室在“交接—单位撤并”里指定承接单位"
    CALLS = "calls", "请先反馈、办结"
    FINDINGS = "findings", "请先整改、核查销号"
    SEATS = "seats", "请先调动或免职"


_SAID = {
    Obstacle.CAMPAIGN: "是活动机构，不能在这里撤销", Obstacle.LINES: "承担条线，或者是其他单位的依托、联系单位",
    Obstacle.PROBLEMS: "还有{count}件问题没有办完", Obstacle.REPORTS: "还有{count}份报告没有报送",
    Obstacle.CALLS: "还有{count}件督办、批示没有办结", Obstacle.FINDINGS: "还有{count}条督查发现没有销号",
    Obstacle.SEATS: "还有人任职",
}


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing in the way; `count` is 1 where nothing is counted."""

    obstacle: Obstacle
    count: int

    @property
    def said(self) -> str:
        """What it is, in words that go on from the unit's name."""
        return _SAID[self.obstacle].format(count=self.count)


def why_not_closed(name: str, found: Sequence[InTheWay]) -> str:
    """One sentence for each; empty where nothing is in the way."""
    return "".join(f"{name}{one.said}。{one.obstacle.label}。" for one in found)
