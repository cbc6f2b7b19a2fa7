"""How problems stand or stood in a region and in each region below it: kept counts, and what changes by itself from the rows.

At a moment of the past everything is as it stood then, lights too. Confidential problems are a number apart. A region that
is only shown beside another is never summed there, and has figures only where it lies inside the viewer's own region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.models import Category
from zhitong.domain.problems.queries.reckoning import (
    Counted,
    Found,
    Reading,
    clocks,
    numbers_at,
    numbers_by_state,
    reading_of,
)
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import OPEN_STATES, UNDECIDED, UNDECIDED_WORDS, State
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase, numbers_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class RegionNumbers:
    """A region below with its numbers; None where they are not the viewer's to see."""

    region: RegionEntry
    numbers: Numbers | None


@dataclass(frozen=True, slots=True)
class Slice:
    """One value of a dimension; `kind` is the kind of subject that a category belongs to, else empty."""

    key: str
    label: str
    kind: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Overview:
    """A region's figures at a moment.

    `path` leads from the root to the region; `children` add up with `own` (what was reported by the region itself) to
    `numbers`, `shown` do not. `confidential`, `confidential_open` and `recorded` (written down afterwards, within the numbers) are None for
    viewers of a line.
    """

    region: RegionEntry
    path: tuple[RegionEntry, ...]
    top_id: UUID
    lens: Lens
    numbers: Numbers
    own: Numbers
    children: tuple[RegionNumbers, ...]
    shown: tuple[RegionNumbers, ...]
    slices: Mapping[Dimension, tuple[Slice, ...]]
    confidential: int | None
    confidential_open: int | None
    recorded: int | None
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A region's numbers at the beginning and at the end of a period."""

    region: RegionEntry
    before: Numbers
    after: Numbers

    @property
    def reported(self) -> int:
        """How many were reported in the period."""
        return self.after.reported - self.before.reported

    @property
    def closed(self) -> int:
        """By how many the closed ones grew: those closed less those taken up again."""
        return self.after.of(Phase.CLOSED) - self.before.of(Phase.CLOSED)

    @property
    def settled(self) -> int:
        """By how many all that is over grew, closed or ended otherwise."""
        return self.reported - self.waiting

    @property
    def waiting(self) -> int:
        """By how many what is not settled grew; less than 0 when more was settled than reported."""
        return self.after.unsettled - self.before.unsettled

    @property
    def overdue(self) -> int:
        """By how many the overdue ones grew."""
        return self.after.overdue - self.before.overdue


@dataclass(frozen=True, slots=True)
class Movement:
    """What a period changed in a region and in each region below it that the viewer may see."""

    whole: Moved
    children: tuple[Moved, ...]
    since: datetime
    until: datetime


_KINDS = [(kind.value, kind.label) for kind in SubjectKind]


def overview(
    viewer: Viewer, region_id: UUID, now: datetime, *, at: datetime | None = None, line_id: UUID | None = None
) -> Overview:
    """A region's figures: eight queries for viewers of a territory, two for viewers of a line, whatever the region.

    `at` asks for them as they stood at a moment, what happened at it included: three queries more. `line_id` asks for one line
    of work alone, as a viewer of that line would see it.
    Raises NotFound: the viewer oversees nothing, the region does not lie wholly inside the viewer's own, or the line is none
    of the viewer's. Raises BadInput: the moment is still to come. Raises TooEarly: the past is not kept that far back.
    """
    here = directory()
    path, lines = _asked(viewer, region_id, here, line_id)
    reading = reading_of(now, at)
    children = here.children(region_id)
    shown = [here.regions[one] for one in here.shown.get(region_id, ())]
    seen = [one for one in shown if _may_look(viewer, here.path(one.id))]
    nodes = [one.id for one in (path[-1], *children, *seen)]
    if lines is None:
        numbers, slices = _of_territory(nodes, here, reading)
    else:
        numbers, slices = _of_lines(nodes, lines, here, reading)
    confidential = reading.counts(cuts.CONFIDENTIAL, [region_id], by=("state",)) if lines is None else None
    recorded = sum(reading.counts(cuts.RECORDED, [region_id], by=("state",)).values()) if lines is None else None
    whole = numbers[region_id]
    own = whole.without(numbers[one.id] for one in children)
    if children:
        slices[Dimension.REGION] = _regions(children, numbers, path[-1], own)
    return Overview(
        path[-1], tuple(path), viewer.region_id, _lens(viewer), whole, own,
        tuple(RegionNumbers(one, numbers[one.id]) for one in children),
        tuple(RegionNumbers(one, numbers.get(one.id)) for one in shown),
        slices, None if confidential is None else sum(confidential.values()), _open(confidential), recorded, reading.at,
    )


def movement(
    viewer: Viewer, region_id: UUID, since: datetime, until: datetime, *, line_id: UUID | None = None
) -> Movement:
    """What changed after one moment and up to another, of one line where one is asked for: ten queries, whatever the region.

    Of a line what came to it from another counts as reported, what left it is taken off.
    Raises NotFound: the viewer oversees nothing, the region does not lie wholly inside the viewer's own, or the line is none
    of the viewer's.
    Raises BadInput: the period ends before it begins. Raises TooEarly: the past is not kept that far back.
    """
    here = directory()
    path, lines = _asked(viewer, region_id, here, line_id)
    if until < since:
        raise BadInput("截止时间不能早于起始时间，请重新选择。", {"until": "请选择不早于起始时间的时点。"})
    regions = [path[-1], *here.children(region_id)]
    before, after = (numbers_at([one.id for one in regions], lines, reading_of(at, at)) for at in (since, until))
    whole, *children = (Moved(one, before[one.id], after[one.id]) for one in regions)
    return Movement(whole, tuple(children), since, until)


def _asked(
    viewer: Viewer, region_id: UUID, here: Directory, line_id: UUID | None
) -> tuple[list[RegionEntry], tuple[str, ...] | None]:
    """The path to the region asked for, and the lines that the figures are confined to (None: to none)."""
    path = here.path(region_id) if region_id in here.regions else []
    if not _may_look(viewer, path):
        raise NotFound
    lines = None if viewer.reach is Reach.SUBTREE else viewer.line_ids
    if line_id is not None:
        if line_id not in (here.lines if lines is None else lines) and first_wall_stands():
            raise NotFound
        lines = (line_id,)
    return path, None if lines is None else tuple(str(line) for line in lines)


def _may_look(viewer: Viewer, path: Sequence[RegionEntry]) -> bool:
    """Whether a region, told by its path, lies inside the viewer's own and the viewer oversees it."""
    if not first_wall_stands():
        return bool(path)
    return viewer.may(Permission.OVERSEE) and viewer.region_id in {one.id for one in path}


def _lens(viewer: Viewer) -> Lens:
    wanted = Lens.TERRITORY if viewer.reach is Reach.SUBTREE else Lens.LINE
    return wanted if wanted in lenses_of(viewer) else Lens.UNIT


def _of_territory(
    nodes: Sequence[UUID], here: Directory, reading: Reading
) -> tuple[Found, dict[Dimension, tuple[Slice, ...]]]:
    """Everything that is not confidential, at every node and divided for the first."""
    whole = nodes[:1]
    by_category = reading.counts(cuts.STATES, whole, by=("kind", "category", "state"))
    by_level = _divided(reading.counts(cuts.LEVELS, whole, by=("rank", "state")))
    by_line = _divided(reading.counts(cuts.LINES, whole, by=("line", "state")))
    slices = {
        Dimension.CATEGORY: _categories(_divided(by_category)),
        Dimension.KIND: _worded([*_KINDS, ("", "名录以外")], _divided(_summed(by_category, 1, 3))),
        Dimension.LEVEL: _worded(((rank.value, rank.label) for rank in Rank), by_level),
        Dimension.LINE: _lines(by_line, here),
    }
    return numbers_at(nodes, None, reading), slices


def _of_lines(
    nodes: Sequence[UUID], lines: Sequence[str], here: Directory, reading: Reading
) -> tuple[Found, dict[Dimension, tuple[Slice, ...]]]:
    """What belongs to some lines of work, at every node and line by line for the first."""
    counted = reading.counts(cuts.LINES, nodes, by=("line", "state"), where={"line": lines})
    divided = _divided({key: number for key, number in counted.items() if key[0] == nodes[0]})
    return numbers_by_state(nodes, _summed(counted, 2), clocks(nodes, reading, lines)), {Dimension.LINE: _lines(divided, here)}


def _summed(counted: Counted, *places: int) -> Counted:
    """Counts with all but the node and the named places of the key summed away."""
    found: dict[tuple[Any, ...], int] = defaultdict(int)
    for key, number in counted.items():
        found[key[0], *(key[place] for place in places)] += number
    return found


def _divided(counted: Counted) -> dict[tuple[str, ...], Numbers]:
    """Counts of one node as numbers for each value of its dimensions; the last part of a key is the state."""
    states: dict[tuple[str, ...], list[tuple[State, int]]] = defaultdict(list)
    for (_node, *values, state), number in counted.items():
        states[tuple(str(value) for value in values)].append((State(state), number))
    return {key: numbers_of(found) for key, found in states.items()}


def _worded(words: Iterable[tuple[str, str]], divided: Mapping[tuple[str, ...], Numbers]) -> tuple[Slice, ...]:
    """The values of a dimension that occur, in the order of their words."""
    return tuple(Slice(key, label, "", divided[key,]) for key, label in words if (key,) in divided)


def _lines(divided: Mapping[tuple[str, ...], Numbers], here: Directory) -> tuple[Slice, ...]:
    names = [(str(line.id), line.name) for line in here.lines.values()]
    return _worded([*names, ("", "尚未确定")], divided)


def _categories(divided: Mapping[tuple[str, ...], Numbers]) -> tuple[Slice, ...]:
    """The most frequent first; a category no package has any more is named by its code."""
    labels = {(kind, code): label for kind, code, label in Category.objects.values_list("kind", "code", "label")}
    labels |= {("", code): label for (_kind, code), label in labels.items()}
    found = (
        Slice(code, UNDECIDED_WORDS if code == UNDECIDED else labels.get((kind, code), code), kind, numbers)
        for (kind, code), numbers in divided.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.numbers.reported, one.kind, one.key)))


def _regions(
    children: Sequence[RegionEntry], numbers: Mapping[UUID, Numbers], here: RegionEntry, own: Numbers
) -> tuple[Slice, ...]:
    """The regions below in their order, and without a code what the region reported itself where it did."""
    below = tuple(Slice(one.code, one.name, "", numbers[one.id]) for one in children)
    return (*below, Slice("", f"{here.short}本级", "", own)) if own.reported else below


def _open(confidential: Counted | None) -> int | None:
    if confidential is None:
        return None
    return sum(number for (_node, state), number in confidential.items() if State(state) in OPEN_STATES)
