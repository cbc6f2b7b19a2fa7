"""Lists of papers, one paper opened for its desk, and its doubts with what people hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Judged, Paper
from zhitong.domain.papers.queries.plans import SeenPlan, plan_seen
from zhitong.domain.papers.queries.sight import FILES_OF, is_office, paper_for, seen_by
from zhitong.domain.papers.rules.doubts import doubts_in
from zhitong.domain.papers.rules.kinds import ALLOWED, Judgement, PaperAct, PaperKind, PaperState
from zhitong.policy.shapes import Finding


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a list shows it."""

    id: UUID
    title: str
    number: str
    kind: PaperKind
    state: PaperState
    region_id: UUID
    region: str
    by_unit: str
    name: str
    campaign: str
    taken_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A doubt with what a person holds of it; `judgement` is None while nobody has said."""

    key: str
    finding: Finding
    judgement: Judgement | None
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper opened: `seen` is None while it is read or where it could not be; `acts` what the viewer may do now."""

    row: PaperRow
    text: str
    noise: tuple[tuple[int, int], ...]
    refusal: str
    seen: SeenPlan | None
    files: tuple[FileView, ...]
    acts: frozenset[PaperAct]

    @property
    def is_own(self) -> bool:
        """Whether the viewer's office works on it."""
        return bool(self.acts) or self.row.state is PaperState.WITHDRAWN


def papers_for(
    viewer: Viewer, *, kind: PaperKind | None = None, state: PaperState | None = None, words: str = "",
    after: UUID | None = None, turned: bool = False, limit: int = 50,
) -> list[PaperRow]:
    """Up to `limit` papers that the viewer may see, the newest first, after the one named (one query)."""
    rows = _narrowed(viewer, kind, state, words)
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    here = directory()
    return [_row(row, here) for row in rows.defer("text", "noise").order_by("id" if turned else "-id")[:limit]]


def count_of_papers(
    viewer: Viewer, *, kind: PaperKind | None = None, state: PaperState | None = None, words: str = "", most: int = 1001
) -> int:
    """How many those are, counted up to `most` (one query)."""
    return _narrowed(viewer, kind, state, words).order_by()[:most].count()


def paper_seen(viewer: Viewer, paper_id: UUID) -> PaperView:
    """One paper with its text and the plan that the viewer reads (five queries).

    Raises NotFound: there is none for this viewer.
    """
    row = paper_for(viewer, paper_id)
    state = PaperState(row.state)
    has_plan = PaperAct.COMPARE in ALLOWED[state]
    acts = ALLOWED[state] if row.by_unit_id == viewer.unit_id and is_office(viewer) else frozenset()
    if row.kind == PaperKind.UPPER.value:
        acts -= {PaperAct.PUBLISH}
    return PaperView(
        _row(row, directory()), row.text, tuple((start, end) for start, end in row.noise), row.refusal,
        plan_seen(viewer, row) if has_plan else None, tuple(files_of(FILES_OF, [row.id])[row.id]), frozenset(acts),
    )


def doubts_of(viewer: Viewer, paper: PaperView) -> list[DoubtView]:
    """The doubts of the plan that the viewer reads, the open and weighty first (two queries)."""
    if paper.seen is None:
        return []
    said = {row.key: row for row in Judged.objects.filter(paper_id=paper.row.id)}
    names = person_names([row.by_person_id for row in said.values()])
    views = [_doubt(key, finding, said, names) for key, finding in doubts_in(paper.seen.plan.findings)]
    return sorted(views, key=lambda one: one.judgement is not None)


def _doubt(key: str, finding: Finding, said: Mapping[str, Judged], names: Mapping[UUID, str]) -> DoubtView:
    row = said.get(key)
    if row is None:
        return DoubtView(key, finding, None, "", "", None)
    by = names.get(row.by_person_id, "") if row.by_person_id else ""
    return DoubtView(key, finding, Judgement(row.judgement), row.reason, by, row.at)


def _row(row: Paper, here: Directory) -> PaperRow:
    return PaperRow(
        row.id, row.title, row.number, PaperKind(row.kind), PaperState(row.state), row.region_id,
        here.regions[row.region_id].name, here.name_of(row.by_unit_id), row.name, row.campaign, row.taken_at, row.published_at,
    )


def _narrowed(viewer: Viewer, kind: PaperKind | None, state: PaperState | None, words: str) -> QuerySet[Paper]:
    rows = Paper.objects.filter(seen_by(viewer))
    if kind:
        rows = rows.filter(kind=kind.value)
    if state:
        rows = rows.filter(state=state.value)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words))
    return rows
