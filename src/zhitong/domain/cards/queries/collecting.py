"""How far collection is, by region, from the tallies; and the rounds there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.cards.models import Round
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.rules.collection import OBLIGATIONS, Collection
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.tallies.queries import counts


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
    """The rounds that have opened and concern the viewer's region, newest period first; two queries."""
    here = directory()
    path = [region.id for region in here.path(viewer.region_id)]
    below = list(here.within(viewer.region_id))
    rows = Round.objects.filter(opens_on__lte=today, region_id__in={*path, *below}).order_by(
        "-period", "opens_on", "id"
    ).values_list(
        "id", "name", "period", "template__definition__name", "template__subject_kind", "region_id", "opens_on",
        "due_on", "locked_on",
    )
    return [AskedRound(*row) for row in rows[:limit]]


def collection_meter(
    viewer: Viewer, region_ids: Sequence[UUID], round_ids: Sequence[UUID]
) -> dict[UUID, CollectionMeter]:
    """Collection of the rounds in each region, everything below included; two queries whatever their number.

    Raises NotFound: a region is not wholly within the viewer's subtree or line.
    """
    ask_regions(viewer, region_ids, Reach.LINE)
    wanted: dict[str, Sequence[str]] = {"round": [str(round_id) for round_id in round_ids]}
    found: dict[UUID, dict[str, dict[ObligationState, int]]] = {region_id: {} for region_id in region_ids}
    for cell, count in counts(OBLIGATIONS, region_ids, by=["subject_kind", "state"], where=wanted).items():
        region_id, kind, state = cell
        found[region_id].setdefault(str(kind), {})[ObligationState(str(state))] = count
    return {region_id: _meter(kinds) for region_id, kinds in found.items()}


def _meter(kinds: Mapping[str, Mapping[ObligationState, int]]) -> CollectionMeter:
    total: dict[ObligationState, int] = {}
    for states in kinds.values():
        for state, count in states.items():
            total[state] = total.get(state, 0) + count
    return CollectionMeter(Collection(total), {kind: Collection(states) for kind, states in kinds.items()})
