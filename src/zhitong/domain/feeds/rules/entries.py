"""What stands in a calendar, and what became of it since it was last read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zhitong.kit.choices import Word

CANCELLED_FOR = timedelta(days=30)
"""So long what is gone is shown as cancelled, for programs that keep what they once read."""
ALARMS = (15, 30, 60, 120, 1440)
"""Minutes before, of which one may be chosen; none: no alarm."""


class EntryKind(Word):
    """What sort of thing falls due."""

    PROBLEM = "problem", "问题时限"
    CARD = "card", "卡片填报截止"
    SUPERVISION = "supervision", "督办反馈时限"
    INSTRUCTION = "instruction", "批示办理时限"
    REPORT = "report", "目标任务报告截止"
    MILESTONE = "milestone", "节点到期"
    MEETING = "meeting", "会议"


class FeedFact(Word):
    """What is recorded of feeds; secrets never are."""

    OPENED = "feed.opened", "开通日程订阅"
    CLOSED = "feed.closed", "停用日程订阅"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a calendar: `key` stays the same as long as the thing does; `at` a moment, else `on` a whole day.

    `number` may leave the house, `title` only where titles are allowed.
    """

    kind: EntryKind
    key: str
    number: str = ""
    title: str = ""
    at: datetime | None = None
    on: date | None = None

    def summary(self, *, with_title: bool) -> str:
        """What the calendar says of it."""
        words = [self.kind.label, self.number, self.title if with_title and self.title != self.number else ""]
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it was last shown: how often it has changed, when, and since when it is gone."""

    key: str
    summary: str
    at: datetime | None
    on: date | None
    sequence: int
    changed_at: datetime
    gone_at: datetime | None = None


def what_became(
    before: Mapping[str, Shown], entries: Sequence[Entry], now: datetime, *, with_titles: bool
) -> list[Shown]:
    """Every entry as it is to be shown now, by key; what has moved, gone or come back has a higher sequence.

    What was unchanged is given back as it was, so that who compares by identity finds nothing to write.
    """
    found: dict[str, Shown] = {}
    for entry in entries:
        fresh = Shown(entry.key, entry.summary(with_title=with_titles), entry.at, entry.on, 0, now)
        kept = before.get(entry.key)
        found[entry.key] = fresh if kept is None else _kept_or_changed(kept, fresh, now)
    for key, kept in before.items():
        if key not in found and kept.gone_at is None:
            found[key] = replace(kept, sequence=kept.sequence + 1, changed_at=now, gone_at=now)
        elif key not in found and kept.gone_at is not None and now - kept.gone_at < CANCELLED_FOR:
            found[key] = kept
    return [found[key] for key in sorted(found)]


def _kept_or_changed(kept: Shown, fresh: Shown, now: datetime) -> Shown:
    if kept.gone_at is None and (kept.summary, kept.at, kept.on) == (fresh.summary, fresh.at, fresh.on):
        return kept
    return replace(fresh, sequence=kept.sequence + 1, changed_at=now)
