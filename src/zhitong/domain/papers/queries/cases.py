"""What people corrected, as a list and as cases by which the reader can be tested."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import person_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Correction, Paper
from zhitong.domain.papers.queries.sight import paper_for
from zhitong.domain.papers.rules.kinds import CorrectionKind
from zhitong.kit.refusals import NotFound

AROUND = 120
"""Characters of the text before and after a correction that go along with its case."""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction with who made it, when and why; `restored_at` when it was taken back."""

    number: int
    kind: CorrectionKind
    thing: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    by: str
    at: datetime
    restored_at: datetime | None


def corrections_of(viewer: Viewer, paper_id: UUID) -> list[CorrectionView]:
    """The corrections of an own paper, the newest first (three queries).

    Raises NotFound: the paper is not the viewer's unit's.
    """
    paper = _own(viewer, paper_id)
    rows = list(Correction.objects.filter(paper=paper).order_by("-number"))
    names = person_names([row.by_person_id for row in rows])
    return [
        CorrectionView(
            row.number, CorrectionKind(row.kind), row.thing, row.before, row.after, row.reason,
            names.get(row.by_person_id, "") if row.by_person_id else "", row.at, row.restored_at,
        ) for row in rows
    ]


def cases_of(viewer: Viewer, paper_id: UUID) -> Iterator[str]:
    """One line of JSON for each standing correction, oldest first: what the reader made of which words, and what is right.

    {"document", "number", "kind", "thing", "before", "after", "reason", "start", "text"}; `start` is the place of `text`,
    the words around the thing, in the document. Raises NotFound: the paper is not the viewer's unit's.
    """
    paper = _own(viewer, paper_id)
    for row in Correction.objects.filter(paper=paper, restored_at__isnull=True).order_by("number"):
        start, end = _around(row, paper)
        yield json.dumps({
            "document": paper.document, "number": row.number, "kind": row.kind, "thing": row.thing, "before": row.before,
            "after": row.after, "reason": row.reason, "start": start, "text": paper.text[start:end],
        }, ensure_ascii=False) + "\n"


def _own(viewer: Viewer, paper_id: UUID) -> Paper:
    paper = paper_for(viewer, paper_id)
    if paper.by_unit_id != viewer.unit_id:
        raise NotFound
    return paper


def _around(row: Correction, paper: Paper) -> tuple[int, int]:
    """Where the words of a correction stand, with some around them; of a thing told by its id alone, where it stood."""
    told = {**_standing(row, paper), **row.before, **row.after}
    start, end = told.get("start"), told.get("end")
    if start is None or end is None:
        return 0, 0
    return max(0, start - AROUND), min(len(paper.text), end + AROUND)


def _standing(row: Correction, paper: Paper) -> dict[str, Any]:
    reading = paper.reading
    rows = [*reading.draft["tasks"], *reading.draft["indicators"], *reading.plan["tasks"], *reading.plan["indicators"]]
    return next(({"start": one["start"], "end": one["end"]} for one in rows if one["id"] == row.thing), {})
