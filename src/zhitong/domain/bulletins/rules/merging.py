"""Two people at one text: what each changed against what both began with; nothing of either is lost. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from zhitong.domain.bulletins.rules.drawn import Section

NOTHING = Section("", "")


@dataclass(frozen=True, slots=True)
class Merged:
    """The sections put together; `clashes` are the places (from 0) that both changed, and differently."""

    sections: tuple[Section, ...]
    clashes: tuple[int, ...]


def merged(base: Sequence[Section], mine: Sequence[Section], theirs: Sequence[Section]) -> Merged:
    """What I typed and what another saved meanwhile, section by section: a section that only one changed is his.

    Where both changed one differently, mine stands in the result and its place among the clashes.
    """
    found: list[Section] = []
    clashes: list[int] = []
    for place, (was, my, their) in enumerate(zip_longest(base, mine, theirs, fillvalue=NOTHING)):
        if my == was:
            found.append(their)
            continue
        found.append(my)
        if their not in (was, my):
            clashes.append(place)
    return Merged(tuple(one for one in found if one != NOTHING), tuple(clashes))
