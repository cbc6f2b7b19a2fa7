"""Runs as pages and programs see them: the latest of a region, its results by name, and what another standard would move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.queries.caring import SUB_KINDS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import HELPED
from zhitong.domain.tiering.models import Result, Run
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import decided_at
from zhitong.domain.tiering.rules.standards import Standard, read_standard
from zhitong.domain.tiering.rules.summary import Summary, read_summary
from zhitong.kit.refusals import NotFound

NAMED = 300
"""How many results beyond or next to quotas are named beside the table; the list has them all."""


@dataclass(frozen=True, slots=True)
class RunView:
    """A kept run; `own_moves` is how many of its moves the viewer's level decides, `may_adopt` whether this post may."""

    id: UUID
    campaign: str
    kind: SubjectKind
    region_id: UUID
    region: str
    rank: Rank
    unit: str
    made_at: datetime
    adopted_at: datetime | None
    reason: str
    trims: bool
    standard: Standard
    summary: Summary
    may_adopt: bool

    @property
    def own_moves(self) -> int:
        """How many moves the level of the run's region decides."""
        return self.summary.decided_by(self.rank)


@dataclass(frozen=True, slots=True)
class ResultFilters:
    """What the results are narrowed to; empty asks nothing. `words` looks in name and code."""

    tier: Rank | None = None
    conflict: Conflict | None = None
    place: QuotaPlace | None = None
    line: str = ""
    only_moves: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result by name; `words` is empty for who may not see figures."""

    id: UUID
    subject_id: UUID
    name: str
    code: str
    region: str
    sub_kind: str
    tier_before: Rank | None
    by_rule: Rank | None
    tier: Rank | None
    is_by_hand: bool
    conflicts: tuple[Conflict, ...]
    place: QuotaPlace | None
    line: str
    words: str

    @property
    def decided_at(self) -> Rank | None:
        """The level that decides the move; None when nothing moves."""
        return decided_at(self.tier_before, self.tier)


def open_to(viewer: Viewer) -> bool:
    """Whether the tiering of a territory is this viewer's to look at: offices, governments, lines; not the served."""
    return viewer.may(Permission.OVERSEE) and viewer.reach in (Reach.SUBTREE, Reach.LINE)


def require_open(viewer: Viewer) -> None:
    """Raises NotFound: the tiering is not this viewer's to look at."""
    if not open_to(viewer):
        raise NotFound


def latest_run(viewer: Viewer, campaign: str, kind: SubjectKind, region_id: UUID | None = None) -> RunView | None:
    """The newest run of a region inside the viewer's own (his own by default), or None (three queries).

    Raises NotFound: the viewer may not look, or the region lies outside.
    """
    asked = _region(viewer, region_id)
    row = Run.objects.filter(campaign=campaign, kind=kind.value, region_id=asked).order_by("-made_at", "-id").first()
    return _view(viewer, row) if row else None


def run_seen(viewer: Viewer, run_id: UUID) -> RunView:
    """One run. Raises NotFound: it is not there, or not for this viewer."""
    row = Run.objects.filter(id=run_id).first()
    if row is None:
        raise NotFound
    _region(viewer, row.region_id)
    return _view(viewer, row)


def results_for(
    viewer: Viewer, run: RunView, filters: ResultFilters, *, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> list[ResultRow]:
    """One page of a run's results in the order in which quotas are filled (one query); `turned` reads from the end."""
    kept = _narrowed(run.id, filters)
    if after is not None:
        kept = kept.filter(id__lt=after) if turned else kept.filter(id__gt=after)
    return _rows(viewer, kept.order_by("-id" if turned else "id")[:limit])


def count_results(run: RunView, filters: ResultFilters, *, most: int) -> int:
    """How many results a filter leaves, counted up to `most`."""
    return _narrowed(run.id, filters).order_by()[:most].count()


def named_at_quotas(viewer: Viewer, run: RunView) -> Mapping[tuple[str, QuotaPlace], Sequence[ResultRow]]:
    """Who stands beyond a quota and who comes next, by the key of the line (one query, NAMED rows at most)."""
    found: dict[tuple[str, QuotaPlace], list[ResultRow]] = defaultdict(list)
    for row in _rows(viewer, _narrowed(run.id, ResultFilters()).exclude(place="").order_by("id")[:NAMED]):
        if row.place:
            found[row.line, row.place].append(row)
    return found


def sees_words(viewer: Viewer) -> bool:
    """Whether the viewer may read what names a firm's figures."""
    return viewer.reach is Reach.SUBTREE


def _region(viewer: Viewer, region_id: UUID | None) -> UUID:
    require_open(viewer)
    here = directory()
    asked = viewer.region_id if region_id is None else region_id
    if asked not in here.regions:
        raise NotFound
    if first_wall_stands() and viewer.region_id not in {one.id for one in here.path(asked)}:
        raise NotFound
    return asked


def _view(viewer: Viewer, row: Run) -> RunView:
    region, standard = directory().regions[row.region_id], read_standard(row.standard)
    return RunView(
        row.id, row.campaign, SubjectKind(row.kind), row.region_id, region.name, region.rank,
        unit_names([row.unit_id]).get(row.unit_id, "") if row.unit_id else "", row.made_at, row.adopted_at, row.reason,
        row.trims, standard, read_summary(row.summary, standard),
        row.adopted_at is None and row.region_id == viewer.region_id and viewer.may(Permission.DISPATCH)
        and region.rank in HELPED,
    )


def _narrowed(run_id: UUID, filters: ResultFilters) -> QuerySet[Result]:
    rows = Result.objects.filter(run_id=run_id)
    if filters.tier:
        rows = rows.filter(tier=filters.tier.value)
    if filters.conflict:
        rows = rows.filter(conflicts__contains=[filters.conflict.value])
    if filters.place:
        rows = rows.filter(place=filters.place.value)
    if filters.line:
        rows = rows.filter(line=filters.line)
    if filters.only_moves:
        rows = rows.exclude(tier=F("tier_before"))
    if filters.words:
        rows = rows.filter(subject__name__icontains=filters.words) | rows.filter(subject__code__icontains=filters.words)
    return rows


_COLUMNS = (
    "id", "subject_id", "subject__name", "subject__code", "subject__region_id", "subject__sub_kind", "tier_before",
    "by_rule", "tier", "is_by_hand", "conflicts", "place", "line", "words",
)


def _rows(viewer: Viewer, kept: QuerySet[Result]) -> list[ResultRow]:
    here, sees = directory(), sees_words(viewer)
    return [_row(values, here.regions, sees) for values in kept.values_list(*_COLUMNS)]


def _row(values: Sequence[Any], regions: Mapping[UUID, Any], sees: bool) -> ResultRow:
    (result_id, subject_id, name, code, region_id, sub_kind, before, by_rule, tier, by_hand, conflicts, place, line,
     words) = values
    return ResultRow(
        result_id, subject_id, name, code, regions[region_id].name, SUB_KINDS.get(sub_kind, ""), rank_of(before),
        rank_of(by_rule), rank_of(tier), by_hand, tuple(Conflict(word) for word in conflicts),
        QuotaPlace(place) if place else None, line, words if sees else "",
    )


def rank_of(word: str) -> Rank | None:
    """The rank a stored word names; None for the empty word."""
    return Rank(word) if word else None
