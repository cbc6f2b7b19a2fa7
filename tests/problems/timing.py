"""Ways to a request for time and to what an office makes of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from tests.cast import Story, acting
from tests.problems.ways import Raise, unit_id
from zhitong.domain.problems.actions.deciding import Grant, grant_extension, grant_park, grant_pause
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.requesting import (
    AskExtension,
    AskPark,
    AskPause,
    ask_extension,
    ask_park,
    ask_pause,
)
from zhitong.domain.problems.actions.resuming import resume_those_due
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import PauseReason
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import SHANGHAI

UNIT = "130973400-finance"
"""A department that hosts no office: its own level's office decides what it asks for."""
LATE_MAY = date(2018, 5, 21)
PAUSE: dict[str, Any] = {
    "step": AskPause, "pause_reason": PauseReason.EXPERTISE, "until": date(2018, 5, 7), "reason": "须作安全评价",
}
PARK: dict[str, Any] = {"step": AskPark, "until": LATE_MAY, "reason": "等待电网改造窗口"}


def at(month: int, day: int, hour: int = 17, minute: int = 30) -> datetime:
    """A moment of 2018, as clocks in China show it."""
    return datetime.combine(date(2018, month, day), time(hour, minute), SHANGHAI)


def handled(raised: Raise) -> Story:
    """Given to a department that hosts no office, and signed for."""
    story = raised()
    story.does("park_office", reassign, Dispatch, unit_id=unit_id(UNIT), reason="涉及补贴")
    story.done_by(UNIT, acknowledge, Acknowledge, contact="已电话联系企业负责人")
    return story


def asked_for_time(raised: Raise, workdays: int = 3) -> Story:
    """Signed for, and more time asked of the park's office."""
    story = handled(raised)
    story.done_by(UNIT, ask_extension, AskExtension, workdays=workdays, reason="须作现场检测")
    return story


def extended(raised: Raise, workdays: int = 3) -> Story:
    """More time asked for and granted."""
    story = asked_for_time(raised, workdays)
    story.does("park_office", grant_extension, Grant, words="同意")
    return story


def paused(raised: Raise) -> Story:
    """Standing still from Friday 27 April, expected to go on on 7 May."""
    story = handled(raised)
    story.done_by(UNIT, ask_pause, **PAUSE)
    story.does("park_office", grant_pause, Grant, words="同意")
    return story


def parked(raised: Raise) -> Story:
    """Parked by the office above until 21 May."""
    story = handled(raised)
    story.done_by(UNIT, ask_park, **PARK)
    story.does("zone_office", grant_park, Grant, words="同意挂账")
    return story


def schedule_runs(story: Story, now: datetime) -> list[Standing]:
    """What the clock brings at a moment."""
    story.now = now
    with acting("province_office"):
        return resume_those_due(now)


def is_sound(story: Story) -> bool:
    """Whether verify finds nothing."""
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now) == []
