"""When a firm is visited too often, when to go together, and which days a month has. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

JOINT_FROM = 3
"""From so many visits to one firm in a month on, the next one is better made together."""

PLANNED_AHEAD_DAYS = 366


def goes_together(in_month: int) -> bool:
    """Whether one more visit, beside so many done and planned in the month, should be a joint one.

    Source: 冀发〔2018〕7号 四（二）: contact that helps and does not burden; R-B4.
    """
    return in_month + 1 >= JOINT_FROM


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def how_often(done: int, planned: int, day: date) -> str:
    """The sentence before planning: 9月已走访1次，另有1次计划。"""
    said = f"{day.month}月已走访{done}次" if done else f"{day.month}月还没有走访过"
    return f"{said}，另有{planned}次计划。" if planned else f"{said}。"
