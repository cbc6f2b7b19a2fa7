"""The plan as a tree with lights: sections, their tasks, in each task its targets as they stand in one region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import TargetView, TaskView
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.plans.rules import Role
from zhitong.domain.progress.queries.watching import WatchedTarget
from zhitong.web.plan import rows
from zhitong.web.progress import saying
from zhitong.web.progress.saying import Counted
from zhitong.web.shell.components import Light

CLOSED, OPEN = "none", "all"
NEED_A_LOOK = (Standing.RED, Standing.AMBER)


@dataclass(frozen=True)
class Leaf:
    """A target in the tree: what is asked, what was reached, what was due, and the light with its rule."""

    name: str
    goal: str
    target: TargetView
    watched: WatchedTarget | None = None
    url: str = ""
    light: Light | None = None
    override: Light | None = None
    actual: str = ""
    expected: str = ""
    share: str = ""
    meter: int = 0
    changed: str = ""


@dataclass(frozen=True)
class Branch:
    """A task in the tree; `parts` counts the targets that only its own page has."""

    task: TaskView
    url: str
    leads: str
    roles: Sequence[rows.RoleLine]
    leaves: Sequence[Leaf]
    parts: int
    lights: Sequence[Counted]
    is_open: bool


@dataclass(frozen=True)
class Bough:
    """A section of the paper with its tasks and the lights of all their targets."""

    number: str
    name: str
    count: str
    branches: Sequence[Branch]
    lights: Sequence[Counted]


@dataclass(frozen=True)
class Watch:
    """Whose progress the tree shows: `found` by indicator in the region with this code; `light` leaves other leaves out."""

    region: str
    found: Mapping[UUID, WatchedTarget] = field(default_factory=dict)
    is_own: bool = True
    light: Standing | None = None


def boughs_of(
    tasks: Sequence[TaskView], viewer: Viewer, here: Directory, watch: Watch | None, unfolded: str = "",
) -> list[Bough]:
    """Tasks by section in the order of the paper; `unfolded` opens every task, or none."""
    found = []
    for (number, kind), some in groupby(tasks, key=lambda task: (task.section, task.kind)):
        branches = [_branch(task, viewer, here, watch, unfolded) for task in some]
        if watch and watch.light:
            branches = [one for one in branches if one.leaves]
        leaves = [leaf for one in branches for leaf in one.leaves]
        if branches:
            found.append(Bough(number, kind.label, _("%d 项") % len(branches), branches, _lights(leaves)))
    return found


def _branch(task: TaskView, viewer: Viewer, here: Directory, watch: Watch | None, unfolded: str) -> Branch:
    reached = [one for one in task.targets if one.reading_class in rows.REACHED]
    own = {one.code for one in reached}
    whole = [one for one in reached if own.isdisjoint(one.part_of)]
    leaves = [leaf_of(one, watch) for one in (reached if watch and watch.light else whole)]
    if watch and watch.light:
        leaves = [one for one in leaves if one.watched and one.watched.light is watch.light]
    leads = "、".join(one.as_printed for one in task.units if one.role is Role.LEAD)
    return Branch(
        task, rows.page_of(task.campaign, task.number), leads, rows.roles_of(task.units, viewer, here), leaves,
        0 if watch and watch.light else len(reached) - len(whole), _lights(leaves), _is_open(leaves, watch, unfolded),
    )


def _is_open(leaves: Sequence[Leaf], watch: Watch | None, unfolded: str) -> bool:
    """As asked; else the paper lies open, and of the plan watched what needs a look."""
    if unfolded in (OPEN, CLOSED):
        return unfolded == OPEN
    if watch is None or watch.light:
        return True
    return any(leaf.watched and leaf.watched.light in NEED_A_LOOK for leaf in leaves)


def leaf_of(one: TargetView, watch: Watch | None) -> Leaf:
    """A target of the paper with how it stands; without a watch, or where the region has none, the paper alone."""
    watched = watch.found.get(one.indicator_id) if watch else None
    name = rows.target_name(one)
    if watch is None or watched is None:
        return Leaf(name, one.goal if watch is None or watch.is_own else "", one)
    judged, measure = watched.judged, watched.measure
    share = judged.share if judged else None
    return Leaf(
        name, watched.goal, one, watched, saying.page_of_task(watched, watch.region), saying.light_of(watched.light),
        saying.light_of(watched.override.light) if watched.override else None,
        saying.actual_in_words(judged, measure), saying.expected_in_words(judged, measure), saying.percent(share),
        saying.meter(share), saying.changed(watched),
    )


def _lights(leaves: Sequence[Leaf]) -> list[Counted]:
    counts = saying.counts_of([leaf.watched for leaf in leaves if leaf.watched and leaf.watched.judged])
    return [one for one in saying.counted(counts, "") if one.number]
