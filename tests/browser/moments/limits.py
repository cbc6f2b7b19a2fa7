"""How many pages, clicks and fields each of the ten moments takes, held by its journey and printed in docs/moments.md.

A journey that takes more has grown clumsy and is to be mended; one that takes less has this line to thank for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """Pages opened, sent or taken as a file; buttons and links touched; fields written in, chosen or given a file."""

    pages: int
    clicks: int
    fields: int

    def __str__(self) -> str:
        """As the summary line and the failure say it."""
        return f"{self.pages} pages, {self.clicks} clicks, {self.fields} fields"


@dataclass(frozen=True)
class Moment:
    """One of the ten: what happens, what it begins from, who touches a screen, and what it may take of all of them."""

    title: str
    begins_from: str
    people: str
    count: Count


MOMENTS: dict[int, Moment] = {
    1: Moment(
        "A whole county opened and its old ledger in", "a roster and a ledger in Excel", "administrator, clerk, one head of a department",
        Count(15, 12, 9),
    ),
    2: Moment("The first call recorded", "a call", "office clerk", Count(3, 2, 3)),
    3: Moment("A firm reports without a manual", "the code on a sheet of paper", "the boss on his phone", Count(5, 5, 18)),
    4: Moment(
        "A send-back quarrel settled the same day", "a matter nobody wants", "two departments on phones, office clerk", Count(14, 12, 8)
    ),
    5: Moment("“几件没办，谁的？”: one sheet", "a leader's question", "office clerk", Count(3, 2, 0)),
    6: Moment("The first handwriting of a leader, and its report back", "a photo of the paper", "clerk, department", Count(12, 9, 12)),
    7: Moment("The upper level's form, due at five", "their blank Excel form", "office clerk", Count(8, 6, 3)),
    8: Moment("The first monthly circular that nobody disputes", "the month's matters", "office clerk, department", Count(33, 27, 14)),
    9: Moment("Inspectors at the door: twenty matters in one file", "their knock", "office clerk", Count(4, 5, 1)),
    10: Moment("The clerk leaves, the next one takes over", "a transfer order", "administrator, clerk", Count(9, 7, 8)),
}
"""By number; a moment stands here when its journey is walked."""
