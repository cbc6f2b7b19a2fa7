"""What another standard would do: judged now, by name, and stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.queries.judging import outcome_in
from zhitong.domain.tiering.queries.runs import require_open, sees_words
from zhitong.domain.tiering.queries.standards import standard_in_force
from zhitong.domain.tiering.rules.running import Judged, decided_at
from zhitong.domain.tiering.rules.standards import Standard
from zhitong.domain.tiering.rules.summary import Summary, summary_of

SHOWN = 500
"""How many moves are named; the counts are of all."""


@dataclass(frozen=True, slots=True)
class WouldMove:
    """Somebody who would move, and the level that decides it; `words` is empty for who may not see figures."""

    subject_id: UUID
    name: str
    region: str
    before: Rank | None
    after: Rank | None
    decided_at: Rank | None
    words: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a standard would come to beside the one in force: figures of both, and the first moves by name."""

    standard: Standard
    summary: Summary
    in_force: Standard
    moves: tuple[WouldMove, ...]


def what_if(
    viewer: Viewer, campaign: str, kind: SubjectKind, *, thresholds: Mapping[str, int], numbers: Mapping[str, int | None],
    trims: bool = False,
) -> WhatIf:
    """Judge the viewer's region by a changed standard (five queries, nothing stored).

    Thresholds in yuan and quotas are keyed by line (`province`, `city.retail`, `preparation`). Lowest levels first.
    Raises NotFound: the viewer may not look, or the campaign has no standard for the kind.
    """
    require_open(viewer)
    in_force = standard_in_force(campaign, kind, viewer.region_id)
    standard = in_force.changed(thresholds, numbers)
    outcome = outcome_in(viewer.region_id, standard, campaign=campaign, trims=trims)
    moves = [one for one in outcome.judged if one.is_move]
    return WhatIf(standard, summary_of(outcome), in_force, tuple(_named(viewer, moves[:SHOWN])))


def _named(viewer: Viewer, moves: list[Judged]) -> list[WouldMove]:
    regions, sees = directory().regions, sees_words(viewer)
    known = {
        subject_id: (name, regions[region_id].name)
        for subject_id, name, region_id in Subject.objects.filter(id__in=[one.candidate.id for one in moves])
        .values_list("id", "name", "region_id")
    }
    return [
        WouldMove(
            one.candidate.id, *known[one.candidate.id], one.candidate.tier, one.tier,
            decided_at(one.candidate.tier, one.tier), one.words if sees else "",
        )
        for one in moves if one.candidate.id in known
    ]
