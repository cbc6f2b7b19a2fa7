"""Anything by words: every kind of thing that the viewer may see, each group with its best."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from zhitong.domain.finding.queries.asking import Asked, Group, require_words
from zhitong.domain.finding.queries.places import place_groups
from zhitong.domain.finding.queries.plans import indicator_group, paper_group, plans_in_force, task_group
from zhitong.domain.finding.queries.problems import problem_group
from zhitong.domain.finding.queries.subjects import subject_group
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound

SHOWN = 5


def may_search(viewer: Viewer) -> bool:
    """Whether there is anything to search: the served have their own few things before them."""
    return viewer.unit_kind is not UnitKind.SERVED


def found(viewer: Viewer, asked: Asked, *, now: datetime, limit: int = SHOWN) -> tuple[Group, ...]:
    """The groups of what was found, in the order of the kinds; kinds of which nothing was found are left out.

    Cost: about a dozen queries, those of problems and of the served by the index of words. Raises NotFound: the viewer
    is one of the served, or the region lies outside the viewer's own. Raises BadInput, at `words`: they cannot be
    looked for.
    """
    if not may_search(viewer):
        raise NotFound
    require_words(asked.words)
    return tuple(group for group in _groups(viewer, asked, limit, now) if group.hits) if asked.phrases else ()


def _groups(viewer: Viewer, asked: Asked, limit: int, now: datetime) -> Iterator[Group]:
    if asked.wants(FoundKind.PROBLEM):
        yield problem_group(viewer, asked, limit, now)
    if asked.wants(FoundKind.SUBJECT):
        yield subject_group(viewer, asked, limit)
    if asked.wants(FoundKind.TASK) or asked.wants(FoundKind.INDICATOR):
        plans = plans_in_force(viewer)
        groups = (task_group(plans, asked, limit), indicator_group(plans, asked, limit))
        yield from (group for group in groups if asked.wants(group.kind))
    if asked.wants(FoundKind.PAPER):
        yield paper_group(viewer, asked, limit)
    if asked.wants(FoundKind.REGION) or asked.wants(FoundKind.UNIT):
        yield from (group for group in place_groups(viewer, asked, limit) if asked.wants(group.kind))
