"""How far collection is, by region, from the tallies; and the rounds there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from zhitong.domain.cards.models import Round
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.collection import (
    BY_CARE,
    BY_LIST,
    LATE,
    LATE_BY_CARE,
    LATE_BY_LIST,
    OBLIGATIONS,
    STANDINGS,
    Collection,
)
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.tallies.queries import counts
from zhitong.domain.tallies.rules import Cut
from zhitong.kit.choices import Word

W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class AskedRound:
    """A round that has opened."""

    round_id: UUID
    name: str
    period: str
    template_name: str
    subject_kind: str
    region_id: UUID
    opens_on: date
    due_on: date
    locked_on: date


@dataclass(frozen=True, slots=True)
class CollectionMeter:
    """Collection in a region, all together and by kind of subject."""

    total: Collection
    by_kind: Mapping[str, Collection]


def rounds_asked(viewer: Viewer, *, today: date, limit: int = 36) -> list[AskedRound]:
    """The rounds that have opened and concern the viewer's region, newest period first; two queries, and one
    for each template that this process has not read yet."""
    here = directory()
    path = [region.id for region in here.path(viewer.region_id)]
    below = list(here.within(viewer.region_id))
    rows = Round.objects.filter(opens_on__lte=today, region_id__in={*path, *below}).order_by(
        "-period", "opens_on", "id"
    ).values_list(
        "id", "name", "period", "template_id", "template__subject_kind", "region_id", "opens_on",
        "due_on", "locked_on",
    )
    return [
        AskedRound(round_id, name, period, template(template_id).name, kind, region_id, opens_on, due_on, locked_on)
        for round_id, name, period, template_id, kind, region_id, opens_on, due_on, locked_on in rows[:limit]
    ]


def collection_meter(
    viewer: Viewer, region_ids: Sequence[UUID], round_ids: Sequence[UUID]
) -> dict[UUID, CollectionMeter]:
    """Collection of the rounds in each region, everything below included; five queries whatever their number.

    Raises NotFound: a region is not wholly within the viewer's subtree or line.
    """
    ask_regions(viewer, region_ids, Reach.LINE)
    asked = [str(round_id) for round_id in round_ids]
    standings = _counted(STANDINGS, region_ids, asked, MeterStanding)
    late = _counted(LATE[Lateness.OWN], region_ids, asked, MeterStanding)
    above = _counted(LATE[Lateness.ABOVE], region_ids, asked, MeterStanding)
    states = _counted(OBLIGATIONS, region_ids, asked, ObligationState)
    return {
        region_id: CollectionMeter(
            Collection(
                _together(standings[region_id]), _together(late[region_id]), _together(states[region_id]),
                _together(above[region_id]),
            ),
            {
                kind: Collection(
                    found, late[region_id].get(kind, {}), states[region_id].get(kind, {}), above[region_id].get(kind, {})
                )
                for kind, found in standings[region_id].items()
            },
        )
        for region_id in region_ids
    }


def _counted(
    cut: Cut, region_ids: Sequence[UUID], rounds: Sequence[str], words: type[W]
) -> dict[UUID, dict[str, dict[W, int]]]:
    """Counts of a cut by region, kind of subject and the word of its second dimension; one query."""
    found: dict[UUID, dict[str, dict[W, int]]] = {region_id: {} for region_id in region_ids}
    rows = counts(cut, region_ids, by=["subject_kind", cut.dimensions[1]], where={"round": rounds})
    for (region_id, kind, word), count in rows.items():
        found[region_id].setdefault(str(kind), {})[words(str(word))] = count
    return found


def _together(kinds: Mapping[str, Mapping[W, int]]) -> dict[W, int]:
    total: dict[W, int] = {}
    for found in kinds.values():
        for word, count in found.items():
            total[word] = total.get(word, 0) + count
    return total


def collection_by_round(viewer: Viewer, region_id: UUID, round_ids: Sequence[UUID]) -> dict[UUID, Collection]:
    """Collection of each of the rounds in a region, everything below included, without what came late; one query.

    Raises NotFound: the region is not wholly within the viewer's subtree or line.
    """
    return _cut_by(STANDINGS, {}, "round", viewer, region_id, round_ids, [])


def collection_by_list(
    viewer: Viewer, region_id: UUID, round_ids: Sequence[UUID], list_ids: Sequence[UUID], *, late: bool = True
) -> dict[UUID, Collection]:
    """Collection of the rounds in a region by assistance list; a subject on two lists counts in both.

    Four queries, two where it is not asked what came late.

    Raises NotFound: the region is not wholly within the viewer's subtree or line.
    """
    return _cut_by(BY_LIST, LATE_BY_LIST if late else {}, "list", viewer, region_id, round_ids, list_ids)


def collection_by_care(
    viewer: Viewer, region_id: UUID, round_ids: Sequence[UUID], unit_ids: Sequence[UUID], *, late: bool = True
) -> dict[UUID, Collection]:
    """Collection of the rounds in a region by the unit that cared when they opened.

    Four queries, two where it is not asked what came late.

    Raises NotFound: the region is not wholly within the viewer's subtree or line.
    """
    return _cut_by(BY_CARE, LATE_BY_CARE if late else {}, "unit", viewer, region_id, round_ids, unit_ids)


def _cut_by(
    cut: Cut, late: Mapping[Lateness, Cut], name: str, viewer: Viewer, region_id: UUID, round_ids: Sequence[UUID],
    wanted: Sequence[UUID],
) -> dict[UUID, Collection]:
    ask_regions(viewer, [region_id], Reach.LINE)
    where: dict[str, Sequence[str]] = {"round": [str(one) for one in round_ids]}
    if wanted:
        where[name] = [str(one) for one in wanted]
    standings = _by_thing(cut, name, region_id, where)
    found = {whose: _by_thing(one, name, region_id, where) for whose, one in late.items()}
    own, above = found.get(Lateness.OWN, {}), found.get(Lateness.ABOVE, {})
    return {
        what: Collection(counted, own.get(what, {}), late_above=above.get(what, {})) for what, counted in standings.items()
    }


def _by_thing(
    cut: Cut, name: str, region_id: UUID, where: dict[str, Sequence[str]]
) -> dict[UUID, dict[MeterStanding, int]]:
    """Counts of a cut in a region by list or unit and standing; one query."""
    found: dict[UUID, dict[MeterStanding, int]] = {}
    for (_region, what, word), count in counts(cut, [region_id], by=[name, "standing"], where=where).items():
        found.setdefault(UUID(str(what)), {})[MeterStanding(str(word))] = count
    return found
