"""How many rows each set has for a viewer: kept counts where a territory is counted, else counted to a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.rules.collection import STANDINGS
from zhitong.domain.opendata.queries.reading import count_of
from zhitong.domain.opendata.rules.asking import Asked
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.cuts import CONFIDENTIAL, STATES
from zhitong.domain.subjects.rules.cuts import KINDS
from zhitong.domain.tallies.queries import counts
from zhitong.domain.tallies.rules import Cut
from zhitong.kit.paging import EXACT_TO, HowMany

_CUTS: Mapping[str, tuple[Cut, ...]] = {
    "problems": (STATES, CONFIDENTIAL), "subjects": (KINDS,), "obligations": (STANDINGS,),
}
"""What is counted as it happens: the rows of a territory."""


@dataclass(frozen=True, slots=True)
class Size:
    """The number of rows; `is_kept` where it was counted as things happened and holds the viewer's territory alone."""

    rows: int
    is_kept: bool

    def __str__(self) -> str:
        return str(self.rows) if self.is_kept else str(HowMany(self.rows))


def sizes(viewer: Viewer, *, now: datetime) -> dict[str, Size]:
    """The number of rows of every set, by its name; a statement for each set or cut. Raises TooMuch."""
    return {name: _kept(viewer, name) or _counted(viewer, name, now) for name in SETS}


def _kept(viewer: Viewer, name: str) -> Size | None:
    if name not in _CUTS or viewer.reach is not Reach.SUBTREE:
        return None
    return Size(sum(_at(cut, viewer.region_id) for cut in _CUTS[name]), is_kept=True)


def _at(cut: Cut, region_id: UUID) -> int:
    return sum(counts(cut, [region_id], by=()).values())


def _counted(viewer: Viewer, name: str, now: datetime) -> Size:
    return Size(count_of(viewer, Asked(SETS[name]), now=now, most=EXACT_TO + 1), is_kept=False)
