"""The light of a problem's clock: always a word and a shape, never a colour alone. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from zhitong.kit.choices import Word


class Light(Word):
    """How the running stage stands against its limit."""

    NONE = "none", "不计时"
    NORMAL = "normal", "正常"
    SOON = "soon", "临期"
    OVERDUE = "overdue", "超期"


WARNED_WITHIN = timedelta(days=4)
"""No clock warns earlier than this before it falls due: on its last day, or in the last quarter of a one-day limit that
a holiday draws out."""


def light_of(due_at: datetime | None, warn_at: datetime | None, now: datetime) -> Light:
    """The light at a moment; a stage without a limit has none."""
    if due_at is None:
        return Light.NONE
    if now > due_at:
        return Light.OVERDUE
    return Light.SOON if warn_at is not None and now >= warn_at else Light.NORMAL
