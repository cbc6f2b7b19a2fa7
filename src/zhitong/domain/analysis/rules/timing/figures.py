"""The figures of where time goes: counts, middle and slow lengths, shares; all times in working minutes. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """How often something was gone through and how long it took.

    `median` and `slow` (the 90th percentile) are values that occurred, None while none was measured; `total` is their sum;
    of `judged` that had a limit `late` went past it; `unmeasured` have ended too lately to be measured yet.
    """

    times: int = 0
    problems: int = 0
    median: int | None = None
    slow: int | None = None
    total: int = 0
    judged: int = 0
    late: int = 0
    unmeasured: int = 0

    @property
    def late_share(self) -> float | None:
        """The part of those with a limit that went past it; None where none had one."""
        return self.late / self.judged if self.judged else None


NOTHING = Length()


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand in a state still, and how many of them are past the running limit."""

    problems: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """How many got through a stage that had a limit, and how many of them within it."""

    times: int = 0
    within: int = 0


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None
