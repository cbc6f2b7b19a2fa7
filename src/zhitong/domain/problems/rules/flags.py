"""What looks wrong about how matters are handled, by figures a package may set; a flag asks a person to look. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhitong.domain.problems.rules.kinds import Rating
from zhitong.kit.clock import day_of

_NOT_SAID = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many on, and how close together, things look wrong."""

    bulk: int = 5
    bulk_within: timedelta = timedelta(minutes=10)
    near_limit: timedelta = timedelta(hours=1)
    equal_replies: int = 3
    firms_on_device: int = 3


USUAL = Thresholds()


def sameness(text: str) -> str:
    """A digest that texts share when they differ in blanks, punctuation or case only."""
    return hashlib.sha256(_NOT_SAID.sub("", text).lower().encode()).hexdigest()


def is_near(at: datetime, due_at: datetime | None, limits: Thresholds) -> bool:
    """Whether something was done in the last stretch before it fell due."""
    return due_at is not None and timedelta() <= due_at - at <= limits.near_limit


def bulk_of(moments: Sequence[datetime], at: datetime, limits: Thresholds) -> int:
    """How many of these moments lie close around one of them: the largest stretch that holds `at`."""
    inside = sorted(one for one in moments if abs(one - at) <= limits.bulk_within)
    return max((sum(1 for two in inside if one <= two <= one + limits.bulk_within) for one in inside), default=0)


def is_same_day(submitted_at: datetime, answered_at: datetime | None) -> bool:
    """Whether a matter was reported and answered on one day."""
    return answered_at is not None and day_of(submitted_at) == day_of(answered_at)


def contradicts(one: Rating, other: Rating) -> bool:
    """Whether one is satisfied, basically or wholly, and the other not."""
    return (one is Rating.DISSATISFIED) is not (other is Rating.DISSATISFIED)
