"""What is reported where: categories across the regions below one, from the kept counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Category
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS
from zhitong.domain.progress.queries.watching import watched_region
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Spread:
    """A category with what was reported of it: in the whole region, and in each region directly below that has any."""

    label: str
    total: int
    by_region: Mapping[UUID, int]


def categories_across(viewer: Viewer, region_id: UUID) -> list[Spread]:
    """Every category reported in a region, the most frequent first; confidential problems are in none (two queries).

    A code means the same for every kind of subject: it is one, called as where it is reported most.

    Raises NotFound: the region is not wholly the viewer's to watch.
    """
    if viewer.reach is not Reach.SUBTREE:
        raise NotFound
    whole = watched_region(viewer, region_id)
    nodes = [whole.id, *(one.id for one in directory().children(whole.id))]
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    places: dict[str, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for (node, kind, category), number in counts(cuts.STATES, nodes, by=("kind", "category")).items():
        code = str(category)
        if node == whole.id:
            kinds[code][str(kind)] = number
        else:
            places[code][node] += number
    named = category_labels()
    spreads = [
        Spread(named(max(by_kind, key=lambda kind: (by_kind[kind], kind)), code), sum(by_kind.values()), dict(places[code]))
        for code, by_kind in kinds.items()
    ]
    return sorted(spreads, key=lambda one: (-one.total, one.label))


def category_labels() -> Callable[[str, str], str]:
    """How a category of a kind of subject is called, whichever campaign it belongs to; its bare code when none has it (one query)."""
    labels = {(kind, code): label for kind, code, label in Category.objects.values_list("kind", "code", "label")}
    labels |= {("", code): label for (_kind, code), label in labels.items()} | {("", UNDECIDED): UNDECIDED_WORDS}
    return lambda kind, code: labels.get((kind, code)) or labels.get(("", code), code)
