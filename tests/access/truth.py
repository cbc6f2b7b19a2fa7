"""The truth of scope in plain Python, said again from DESIGN and REQUIREMENTS and from nothing of what is being tried.

A thing is told with what its scope hangs on; each kind of thing has one rule that says whether a seat sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.access.seats import Seat, path_of

WHOLE = frozenset({"government", "leading_group", "campaign_office", "inspection_office"})
"""Kinds of units that see the whole of their territory (docs/permissions.md)."""
BY_LINE = frozenset({"department", "party_body", "work_group", "task_force"})
"""Kinds of units that see their own lines of work in their territory."""


KEEPERS = frozenset({"administrator", "security", "auditor"})
"""The three administrators: none of them sees a problem."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something told into the world: its kind, a word found nowhere else, and what its scope hangs on.

    `takes_part` are the units that handle or handled it, its writer included. `of_firm` is the own unit of whom it is about.
    `named` are the ids and numbers that its addresses are made of.
    """

    kind: str
    word: str
    region: str = ""
    line: str = ""
    takes_part: frozenset[str] = frozenset()
    of_firm: str = ""
    is_confidential: bool = False
    named: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


def sees(seat: Seat | None, thing: Thing) -> bool:
    """Whether somebody who looks from a seat sees a thing; nobody and the postless see none."""
    return seat is not None and RULES[thing.kind](seat, thing)


def traces(seat: Seat | None, thing: Thing) -> bool:
    """Whether an auditor traces who sees a thing and what was done to it: in the whole of his territory, by number and name."""
    return seat is not None and seat.post == "auditor" and thing.kind in ("problem", "subject") and _is_above(seat, thing)


def _is_above(seat: Seat, thing: Thing) -> bool:
    return seat.region in path_of(thing.region)


def _sees_whole(seat: Seat, thing: Thing) -> bool:
    """An office or a government of the thing's territory; an auditor watches and reads nothing."""
    return seat.kind in WHOLE and seat.is_territorial and seat.post != "auditor" and _is_above(seat, thing)


def _oversees(seat: Seat, thing: Thing) -> bool:
    """The whole of the territory, or any line of it: for what is about the territory and not one line's."""
    ours = seat.kind in BY_LINE and seat.is_territorial and seat.post != "auditor" and _is_above(seat, thing)
    return ours or _sees_whole(seat, thing)


def _takes_part(seat: Seat, thing: Thing) -> bool:
    return seat.unit in thing.takes_part or (bool(thing.of_firm) and seat.unit == thing.of_firm)


def problem(seat: Seat, thing: Thing) -> bool:
    """Reporter, handlers, the whole territory above; a line or delegates only what is not confidential (DESIGN 3, Scope).

    None of the three administrators.
    """
    if seat.post in KEEPERS:
        return False
    if _takes_part(seat, thing) or _sees_whole(seat, thing):
        return True
    if thing.is_confidential or not seat.is_territorial or not _is_above(seat, thing):
        return False
    return seat.kind == "delegates" or (seat.kind in BY_LINE and thing.line in seat.lines)


def taken_part(seat: Seat, thing: Thing) -> bool:
    """Its parties alone, whatever their reach: complaints, and what is a unit's own."""
    return _takes_part(seat, thing)


def of_offices(seat: Seat, thing: Thing) -> bool:
    """Who takes part, and who sees the whole of a territory that holds it."""
    return _takes_part(seat, thing) or _sees_whole(seat, thing)


def around(seat: Seat, thing: Thing) -> bool:
    """Every unit that oversees a territory holding it or held by it: what a plan says of a region binds those below."""
    is_below = thing.region in seat.path and seat.is_territorial and seat.post != "auditor" and seat.kind in WHOLE | BY_LINE
    return is_below or _oversees(seat, thing)


def of_the_territory(seat: Seat, thing: Thing) -> bool:
    """Who takes part, and every unit that oversees a territory that holds it."""
    return _takes_part(seat, thing) or _oversees(seat, thing)


RULES: dict[str, Callable[[Seat, Thing], bool]] = {
    "problem": problem, "file": problem,
    "complaint": taken_part, "draft_card": taken_part, "figures": taken_part, "upload": taken_part, "instruction": taken_part,
    "edition": taken_part,
    "card": of_offices, "common": of_offices, "visit": of_offices, "supervision": of_offices, "piece": of_offices,
    "cycle": of_offices, "inspection": of_offices,
    "subject": of_the_territory, "report": of_the_territory, "visit_plan": of_the_territory, "extra": of_the_territory,
    "milestone": around,
}
"""By kind of thing: who sees it."""
