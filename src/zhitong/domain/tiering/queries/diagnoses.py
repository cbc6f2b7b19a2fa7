"""How the enterprises of a territory are: totals from the tallies, lists by diagnosis with what each was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.kinds import Diagnosis, SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.tallies.queries import counts
from zhitong.domain.tiering.models import DiagnosisSpell
from zhitong.domain.tiering.queries.runs import rank_of, require_open, sees_words
from zhitong.domain.tiering.rules.cuts import DIAGNOSES

SMALLEST = 5
"""Fewer firms than this are not told as a total to who may not see figures (DESIGN, principle 3)."""


@dataclass(frozen=True, slots=True)
class DiagnosisFilters:
    """What the diagnoses are narrowed to; empty asks nothing."""

    diagnosis: Diagnosis | None = None
    before: Diagnosis | None = None
    kind: SubjectKind | None = None
    region_id: UUID | None = None
    only_changed: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """An enterprise's standing diagnosis; `before` is None where it is the first."""

    id: UUID
    subject_id: UUID
    name: str
    kind: SubjectKind
    region: str
    tier: Rank | None
    before: Diagnosis | None
    diagnosis: Diagnosis
    period: str
    since: datetime
    words: str


@dataclass(frozen=True, slots=True)
class DiagnosisTold:
    """One of an enterprise's diagnoses, and whether it stands today."""

    before: Diagnosis | None
    diagnosis: Diagnosis
    words: str
    since: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class RegionDiagnoses:
    """The totals of a region in the order of the diagnoses; None where they are too few to be told."""

    region_id: UUID
    code: str
    name: str
    numbers: tuple[int | None, ...]


def diagnosed_by_region(viewer: Viewer, kind: SubjectKind | None = None) -> list[RegionDiagnoses]:
    """The viewer's region first, then those below it (one query on tallies). Raises NotFound: not this viewer's."""
    require_open(viewer)
    here = directory()
    regions = [here.regions[viewer.region_id], *here.children(viewer.region_id)]
    where: dict[str, Sequence[str]] = {"kind": [str(kind)]} if kind else {}
    found: dict[tuple[Any, ...], int] = {**counts(DIAGNOSES, [one.id for one in regions], by=("diagnosis",), where=where)}
    hides = not sees_words(viewer)
    return [
        RegionDiagnoses(
            one.id, one.code, one.name, _numbers([found.get((one.id, str(word)), 0) for word in Diagnosis], hides)
        )
        for one in regions
    ]


def diagnoses_for(
    viewer: Viewer, filters: DiagnosisFilters, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[DiagnosisRow]:
    """One page of standing diagnoses, the newest change first (one query).

    Only for who may see figures. Raises NotFound: not this viewer's.
    """
    kept = _narrowed(viewer, filters)
    if after is not None:
        kept = kept.filter(id__gt=after) if turned else kept.filter(id__lt=after)
    regions = directory().regions
    return [
        DiagnosisRow(
            row.id, row.subject_id, row.subject.name, SubjectKind(row.kind), regions[row.subject.region_id].name,
            rank_of(row.subject.tier), Diagnosis(row.before) if row.before else None, Diagnosis(row.diagnosis), row.period,
            row.since, row.words,
        )
        for row in kept.select_related("subject").order_by("id" if turned else "-id")[:limit]
    ]


def count_diagnoses(viewer: Viewer, filters: DiagnosisFilters, *, most: int) -> int:
    """How many a filter leaves, counted up to `most`."""
    return _narrowed(viewer, filters).order_by()[:most].count()


def diagnoses_of(subject_id: UUID) -> list[DiagnosisTold]:
    """One enterprise's diagnoses, the newest first (one query); the caller has opened its figures."""
    rows = DiagnosisSpell.objects.filter(subject_id=subject_id).order_by("-id")
    return [
        DiagnosisTold(
            Diagnosis(row.before) if row.before else None, Diagnosis(row.diagnosis), row.words, row.since, row.until is None
        )
        for row in rows
    ]


def _narrowed(viewer: Viewer, filters: DiagnosisFilters) -> QuerySet[DiagnosisSpell]:
    require_open(viewer)
    rows = DiagnosisSpell.objects.filter(until__isnull=True)
    if not sees_words(viewer):
        return rows.none()
    inside: QuerySet[Subject] = through(viewer, Lens.TERRITORY, filters.region_id)
    rows = rows.filter(subject__in=inside.order_by().values("id"))
    if filters.diagnosis:
        rows = rows.filter(diagnosis=filters.diagnosis.value)
    if filters.before:
        rows = rows.filter(before=filters.before.value)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.only_changed:
        rows = rows.exclude(before="")
    if filters.words:
        rows = rows.filter(subject__name__icontains=filters.words)
    return rows


def _numbers(found: Sequence[int], hides: bool) -> tuple[int | None, ...]:
    return tuple(None if hides and 0 < number < SMALLEST else number for number in found)
