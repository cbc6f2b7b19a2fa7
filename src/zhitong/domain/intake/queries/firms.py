"""Firms to name in a form: those in the viewer's reach by name or code, and the one that is meant exactly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import Filters, subjects_for, through
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.lenses import lenses_of

OFFERED = 8


@dataclass(frozen=True, slots=True)
class FirmChoice:
    """A firm as a form offers it; its kind says which categories its matters can have."""

    id: UUID
    kind: str
    name: str
    code: str
    region: str


def firms_called(viewer: Viewer, words: str) -> list[FirmChoice]:
    """Up to OFFERED of the served whose name or code has the words in it, in the viewer's widest lens; four queries."""
    words = words.strip()
    if not words:
        return []
    widest = lenses_of(viewer.unit_kind, viewer.reach)[0]
    page = subjects_for(viewer, widest, Filters(words=words), limit=OFFERED)
    return [FirmChoice(one.id, one.kind.value, one.name, one.code, one.region) for one in page.rows]


def firms_meant(viewer: Viewer, words: Collection[str]) -> dict[str, Subject]:
    """For each word the one subject of the viewer's reach that has it as its code or its whole name; one query.

    A name that several bear means none of them.
    """
    wanted = {word.strip() for word in words if word.strip()}
    codes = {word: written_right(word) for word in wanted}
    rows = Subject.objects.none()
    for lens in lenses_of(viewer.unit_kind, viewer.reach):
        rows = rows | through(viewer, lens, None).filter(name__in=wanted) | through(viewer, lens, None).filter(code__in=codes.values())
    found = list(rows.distinct()) if wanted else []
    by_code = {row.code: row for row in found}
    by_name: dict[str, list[Subject]] = {}
    for row in found:
        by_name.setdefault(row.name, []).append(row)
    meant = {word: by_code.get(codes[word]) or _only(by_name.get(word, ())) for word in wanted}
    return {word: row for word, row in meant.items() if row is not None}


def _only(rows: Collection[Subject]) -> Subject | None:
    return next(iter(rows)) if len(rows) == 1 else None
