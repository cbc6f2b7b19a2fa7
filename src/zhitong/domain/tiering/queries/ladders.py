"""Ladders as pages see them: who stands where, who is ready to move and why, and the moves that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.tallies.queries import counts
from zhitong.domain.tiering.models import Footing, RungSpell
from zhitong.domain.tiering.queries.runs import require_open, sees_words
from zhitong.domain.tiering.queries.standards import book_of
from zhitong.domain.tiering.rules.cuts import RUNGS, ladder_word
from zhitong.domain.tiering.rules.ladders import Ladder
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class RungCount:
    """How many stand on a rung ("" : not yet on the ladder), and how many of them the rule sees elsewhere."""

    rung: str
    name: str
    standing: int
    ready: int


@dataclass(frozen=True, slots=True)
class FootingFilters:
    """What those on a ladder are narrowed to; `rung` None asks nothing, "" asks who is on no rung yet."""

    rung: str | None = None
    only_ready: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class FootingRow:
    """Where one stands and where the rule sees it; `words` and `lacking` are empty for who may not see figures."""

    id: UUID
    subject_id: UUID
    name: str
    kind: SubjectKind
    region: str
    rung: str
    proposed: str
    is_ready: bool
    words: str
    lacking: str


@dataclass(frozen=True, slots=True)
class RungMove:
    """A move on a ladder: rungs by their names, "" for none."""

    id: UUID
    subject_id: UUID
    name: str
    region: str
    ladder: str
    before: str
    after: str
    reason: str
    unit: str
    at: datetime


def ladders_of(campaign: str) -> tuple[Ladder, ...]:
    """The ladders of a campaign."""
    return book_of(campaign).ladders


def ladder_of(campaign: str, code: str) -> Ladder:
    """One ladder. Raises NotFound: the campaign has none of that code."""
    found = next((one for one in ladders_of(campaign) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def may_lead(viewer: Viewer, ladder: Ladder) -> bool:
    """Whether the viewer moves firms on a ladder: a campaign office, or the line that leads it."""
    if viewer.may(Permission.DISPATCH):
        return True
    lines = directory().lines
    leads = any(lines[one].code == ladder.line for one in viewer.line_ids if one in lines)
    return leads and viewer.may(Permission.HANDLE)


def rungs_counted(viewer: Viewer, campaign: str, ladder: Ladder) -> list[RungCount]:
    """The rungs from the lowest up, after them who is on none yet (one query on tallies).

    Raises NotFound: the ladders are not this viewer's to look at.
    """
    require_open(viewer)
    word = ladder_word(campaign, ladder.code)
    found: dict[tuple[Any, ...], int] = {
        **counts(RUNGS, [viewer.region_id], by=("rung", "ready"), where={"ladder": [word]})
    }
    return [
        RungCount(
            code, name, sum(found.get((viewer.region_id, code, ready), 0) for ready in ("true", "false")),
            found.get((viewer.region_id, code, "true"), 0),
        )
        for code, name in [*((rung.code, rung.name) for rung in ladder.rungs), ("", "")]
    ]


def footings_for(
    viewer: Viewer, campaign: str, ladder: Ladder, filters: FootingFilters, *, after: UUID | None = None,
    turned: bool = False, limit: int = 50,
) -> list[FootingRow]:
    """One page of who stands on a ladder or is ready for it (one query). Raises NotFound: not this viewer's."""
    kept = _footings(viewer, campaign, ladder, filters)
    if after is not None:
        kept = kept.filter(id__lt=after) if turned else kept.filter(id__gt=after)
    rows = kept.select_related("subject").order_by("-id" if turned else "id")[:limit]
    regions, sees = directory().regions, sees_words(viewer)
    return [
        FootingRow(
            row.id, row.subject_id, row.subject.name, SubjectKind(row.subject.kind), regions[row.subject.region_id].name,
            ladder.named(row.rung), ladder.named(row.proposed), row.is_ready, row.words if sees else "",
            row.lacking if sees else "",
        )
        for row in rows
    ]


def count_footings(viewer: Viewer, campaign: str, ladder: Ladder, filters: FootingFilters, *, most: int) -> int:
    """How many a filter leaves, counted up to `most`."""
    return _footings(viewer, campaign, ladder, filters).order_by()[:most].count()


def proposed_rungs(campaign: str, ladder: Ladder, footing_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Where the rule sees those footings, by subject; what is not there is left out."""
    rows = Footing.objects.filter(campaign=campaign, ladder=ladder.code, id__in=footing_ids)
    return dict(rows.values_list("subject_id", "proposed"))


def rung_moves(
    viewer: Viewer, campaign: str, ladder: Ladder, *, since: date | None = None, after: UUID | None = None, limit: int = 50
) -> list[RungMove]:
    """Moves on a ladder, the newest first, from a day on (two queries). Raises NotFound: not this viewer's."""
    require_open(viewer)
    rows = _in_territory(viewer, RungSpell.objects.filter(campaign=campaign, ladder=ladder.code))
    if since is not None:
        rows = rows.filter(since__gte=since)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return _moves(list(rows.select_related("subject").order_by("-id")[:limit]), {ladder.code: ladder})


def rung_moves_of(viewer: Viewer, campaign: str, subject_id: UUID) -> list[RungMove]:
    """One firm's moves on every ladder, the newest first; the caller has opened the firm."""
    rows = RungSpell.objects.filter(campaign=campaign, subject_id=subject_id)
    return _moves(list(rows.select_related("subject").order_by("-id")), {one.code: one for one in ladders_of(campaign)})


def _moves(rows: Sequence[RungSpell], ladders: Mapping[str, Ladder]) -> list[RungMove]:
    names, regions = unit_names(row.unit_id for row in rows), directory().regions
    return [
        RungMove(
            row.id, row.subject_id, row.subject.name, regions[row.subject.region_id].name, ladders[row.ladder].name,
            ladders[row.ladder].named(row.before), ladders[row.ladder].named(row.rung), row.reason,
            names.get(row.unit_id, "") if row.unit_id else "", row.at,
        )
        for row in rows if row.ladder in ladders
    ]


def _footings(viewer: Viewer, campaign: str, ladder: Ladder, filters: FootingFilters) -> QuerySet[Footing]:
    require_open(viewer)
    rows = _in_territory(viewer, Footing.objects.filter(campaign=campaign, ladder=ladder.code))
    if filters.rung is not None:
        rows = rows.filter(rung=filters.rung)
    if filters.only_ready:
        rows = rows.filter(is_ready=True)
    if filters.words:
        rows = rows.filter(subject__name__icontains=filters.words)
    return rows


def _in_territory(viewer: Viewer, rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(subject__in=through(viewer, Lens.TERRITORY, None).order_by().values("id"))
