"""How problems stand in a region and in each region below it: kept counts, and the due index for what changes by itself.

Confidential problems are a number apart. A region that is only shown beside another is never summed
there, and has figures only where it lies inside the viewer's own region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.models import Category
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import OPEN_STATES, UNDECIDED, UNDECIDED_WORDS, State
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import WARNED_WITHIN
from zhitong.domain.problems.rules.phases import Dimension, Numbers, numbers_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tallies.queries import counts
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import NotFound


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


_CLOCKS = """
SELECT within.ancestor_id,
       count(*) FILTER (WHERE problem.stage_due_at < %(now)s),
       count(*) FILTER (WHERE problem.stage_due_at >= %(now)s AND problem.warn_at <= %(now)s)
FROM problems_problem problem JOIN organisations_region_within within ON within.region_id = problem.region_id
WHERE within.ancestor_id = ANY(%(nodes)s) AND problem.open_spell_id IS NOT NULL AND NOT problem.confidential
  AND problem.stage_due_at >= %(midnight)s AND problem.stage_due_at < %(until)s {lines}
GROUP BY within.ancestor_id
"""

_KINDS = [(kind.value, kind.label) for kind in SubjectKind]

Found = dict[UUID, Numbers]
Counted = Mapping[tuple[Any, ...], int]


def overview(viewer: Viewer, region_id: UUID, now: datetime) -> Overview:
    """A region's figures: ten queries for viewers of a territory, four for viewers of a line, whatever the region.

    Raises NotFound: the viewer oversees nothing, or the region does not lie wholly inside the viewer's own.
    """
    here = directory()
    path = here.path(region_id) if region_id in here.regions else []
    if not _may_look(viewer, path):
        raise NotFound
    lines = None if viewer.reach is Reach.SUBTREE else tuple(str(line) for line in viewer.line_ids)
    children = here.children(region_id)
    shown = [here.regions[one] for one in here.shown.get(region_id, ())]
    seen = [one for one in shown if _may_look(viewer, here.path(one.id))]
    nodes = [one.id for one in (path[-1], *children, *seen)]
    numbers, slices = _of_lines(nodes, lines, here, now) if lines is not None else _of_territory(nodes, here, now)
    whole = numbers[region_id]
    confidential = counts(cuts.CONFIDENTIAL, [region_id], by=("state",)) if lines is None else None
    recorded = sum(counts(cuts.RECORDED, [region_id], by=("state",)).values()) if lines is None else None
    return Overview(
        path[-1], tuple(path), viewer.region_id, _lens(viewer), whole,
        whole.without(numbers[one.id] for one in children),
        tuple(RegionNumbers(one, numbers[one.id]) for one in children),
        tuple(RegionNumbers(one, numbers.get(one.id)) for one in shown),
        slices, None if confidential is None else sum(confidential.values()), _open(confidential), recorded, now,
    )


def _may_look(viewer: Viewer, path: Sequence[RegionEntry]) -> bool:
    """Whether a region, told by its path, lies inside the viewer's own and the viewer oversees it."""
    if not first_wall_stands():
        return bool(path)
    return viewer.may(Permission.OVERSEE) and viewer.region_id in {one.id for one in path}


def _lens(viewer: Viewer) -> Lens:
    wanted = Lens.TERRITORY if viewer.reach is Reach.SUBTREE else Lens.LINE
    return wanted if wanted in lenses_of(viewer) else Lens.UNIT


def _of_territory(
    nodes: Sequence[UUID], here: Directory, now: datetime
) -> tuple[Found, dict[Dimension, tuple[Slice, ...]]]:
    """Everything that is not confidential, at every node and divided for the first."""
    whole = nodes[:1]
    by_category = counts(cuts.STATES, whole, by=("kind", "category", "state"))
    by_level = _divided(counts(cuts.LEVELS, whole, by=("rank", "state")))
    by_line = _divided(counts(cuts.LINES, whole, by=("line", "state")))
    slices = {
        Dimension.CATEGORY: _categories(_divided(by_category)),
        Dimension.KIND: _worded([*_KINDS, ("", "名录以外")], _divided(_summed(by_category, 1, 3))),
        Dimension.LEVEL: _worded(((rank.value, rank.label) for rank in Rank), by_level),
        Dimension.LINE: _lines(by_line, here),
    }
    by_state = counts(cuts.STATES, nodes, by=("state",))
    return _numbers(nodes, by_state, _clocks(nodes, now, None)), slices


def _of_lines(
    nodes: Sequence[UUID], lines: Sequence[str], here: Directory, now: datetime
) -> tuple[Found, dict[Dimension, tuple[Slice, ...]]]:
    """What belongs to some lines of work, at every node and line by line for the first."""
    counted = counts(cuts.LINES, nodes, by=("line", "state"), where={"line": lines})
    divided = _divided({key: number for key, number in counted.items() if key[0] == nodes[0]})
    return _numbers(nodes, _summed(counted, 2), _clocks(nodes, now, lines)), {Dimension.LINE: _lines(divided, here)}


def _numbers(nodes: Sequence[UUID], by_state: Counted, clocks: Mapping[UUID, tuple[int, int]]) -> Found:
    states: dict[UUID, list[tuple[State, int]]] = defaultdict(list)
    for (node, state), number in by_state.items():
        states[node].append((State(state), number))
    return {node: numbers_of(states[node], *clocks.get(node, (0, 0))) for node in nodes}


def _clocks(nodes: Sequence[UUID], now: datetime, lines: Sequence[str] | None) -> dict[UUID, tuple[int, int]]:
    """Overdue and due soon at every node: earlier days from the kept counts, today and the next from the due index."""
    where = None if lines is None else {"line": lines}
    today = day_of(now)
    overdue: dict[UUID, int] = defaultdict(int)
    for (node, day), number in counts(cuts.DUE, nodes, by=("day",), where=where).items():
        overdue[node] += number if str(day) < today.isoformat() else 0
    midnight = datetime.combine(today, time(), SHANGHAI)
    parameters: dict[str, Any] = {
        "nodes": list(nodes), "now": now, "midnight": midnight, "until": now + WARNED_WITHIN, "lines": list(lines or ())
    }
    with connection.cursor() as cursor:
        own = "" if lines is None else "AND problem.line_id = ANY(%(lines)s::uuid[])"
        cursor.execute(_CLOCKS.format(lines=own), parameters)
        today_and_next = {node: (late, soon) for node, late, soon in cursor.fetchall()}
    found = {node: today_and_next.get(node, (0, 0)) for node in nodes}
    return {node: (overdue[node] + late, soon) for node, (late, soon) in found.items()}


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


def _open(confidential: Counted | None) -> int | None:
    if confidential is None:
        return None
    return sum(number for (_node, state), number in confidential.items() if State(state) in OPEN_STATES)
