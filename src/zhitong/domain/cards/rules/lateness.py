"""Whose lateness it is that a card came after its due day: the reporter's own, or that of the level above (R-E4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from zhitong.domain.cards.rules.reminding import remind_day
from zhitong.kit.choices import Word

USUAL_REVIEW = 2
"""Working days a level may keep a card where the campaign's package says nothing."""
LONGEST_REVIEW = 20


class Lateness(Word):
    """Why what counts of a card came after its due day."""

    OWN = "own", "本户迟报"
    ABOVE = "above", "上级原因迟报"


def lateness(first_sent_on: date | None, due_on: date, held_on: date | None) -> Lateness | None:
    """Whose lateness it is; None when the card came on time, or has not come.

    `held_on` is the day, after the due day, on which the level above let go of it: opened the round, or gave back a
    card that had come on time.
    """
    if first_sent_on is None:
        return None
    if held_on is not None and held_on > due_on:
        return Lateness.ABOVE
    return Lateness.OWN if first_sent_on > due_on else None


def is_held(
    first_sent_on: date | None, due_on: date, waited_from: date, today: date, workdays: int, works_on: Callable[[date], bool]
) -> bool:
    """Whether a level that gives a card back today has made it late: it came on time, the due day is over, and the
    level has kept it longer than its working days."""
    came_on_time = first_sent_on is not None and first_sent_on <= due_on
    return came_on_time and today > due_on and today > remind_day(waited_from, workdays, works_on)
