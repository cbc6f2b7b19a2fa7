"""Uploads as their pages show them: the unit's own, newest first; one with its rows, narrowed to a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.exchange.models import Progress, Upload, UploadRow
from zhitong.domain.exchange.rules.kinds import UploadKind, UploadState, Verdict
from zhitong.domain.exchange.rules.rights import kinds_for
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

COUNTED = (Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED, Verdict.SKIPPED, Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class UploadView:
    """An upload; `done` of `rows` are through where the worker is at it."""

    id: UUID
    kind: UploadKind
    name: str
    sheet: str
    said: tuple[str, ...]
    heads: tuple[str, ...]
    mapping: Mapping[str, str]
    options: Mapping[str, Any]
    state: UploadState
    counts: Mapping[Verdict, int]
    refusal: str
    staged_at: datetime
    settled_at: datetime | None
    done: int = 0

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it was sent, what it is, and what is wrong with it by the code of the column."""

    id: UUID
    line: int
    cells: tuple[str, ...]
    verdict: Verdict
    faults: Mapping[str, str]
    note: str


def uploads_of(viewer: Viewer, *, after: UUID | None = None, turned: bool = False, limit: int) -> list[UploadView]:
    """The uploads of the viewer's unit, of the kinds that his post may send in, newest first; one query."""
    rows = _seen(viewer).order_by("id" if turned else "-id")
    if after is not None:
        rows = rows.filter(**{"id__gt" if turned else "id__lt": after})
    return [_view(row, 0) for row in rows[:limit]]


def count_of_uploads(viewer: Viewer, most: int) -> int:
    """How many there are, counted no further than `most`."""
    return len(_seen(viewer).values_list("id")[:most])


def upload_seen(viewer: Viewer, upload_id: UUID) -> UploadView:
    """One upload of the viewer's unit; two queries. Raises NotFound: there is none such."""
    row = _seen(viewer).filter(id=upload_id).first()
    if row is None:
        raise NotFound
    done = Progress.objects.filter(upload_id=row.id).values_list("done", flat=True).first() or 0
    return _view(row, done if row.state == UploadState.ORDERED.value else 0)


def rows_of(
    viewer: Viewer, upload_id: UUID, verdicts: Sequence[Verdict] = (), *, after: int | None = None, turned: bool = False,
    limit: int,
) -> list[RowView]:
    """Rows of an upload after a line (before it when `turned`), of some verdicts or all; two queries.

    Raises NotFound: there is no such upload.
    """
    if not _seen(viewer).filter(id=upload_id).exists():
        raise NotFound
    rows = UploadRow.objects.filter(upload_id=upload_id).order_by("-line" if turned else "line")
    if after is not None:
        rows = rows.filter(**{"line__lt" if turned else "line__gt": after})
    if verdicts:
        rows = rows.filter(verdict__in=[one.value for one in verdicts])
    return [
        RowView(row.id, row.line, tuple(row.original), Verdict(row.verdict), row.faults, row.note) for row in rows[:limit]
    ]


def words_in(viewer: Viewer, upload_id: UUID, code: str, *, most: int = 30) -> list[str]:
    """The different words under the head that means a column, at most `most`; for mapping states by hand."""
    upload = _seen(viewer).filter(id=upload_id).first()
    if upload is None:
        raise NotFound
    place = next((place for place, head in enumerate(upload.heads) if upload.mapping.get(head) == code), None)
    if place is None:
        return []
    words = UploadRow.objects.filter(upload=upload).exclude(**{f"original__{place}": ""})
    found = words.values_list(f"original__{place}", flat=True).distinct().order_by(f"original__{place}")
    return [str(word) for word in found[:most] if word]


def _seen(viewer: Viewer):  # type: ignore[no-untyped-def]
    rows = Upload.objects.all()
    if not first_wall_stands():
        return rows
    return rows.filter(unit_id=viewer.unit_id, kind__in=[kind.value for kind in kinds_for(viewer)])


def _view(row: Upload, done: int) -> UploadView:
    return UploadView(
        row.id, UploadKind(row.kind), row.name, row.sheet, tuple(row.said), tuple(row.heads),
        {head: row.mapping.get(head, "") for head in row.heads if head}, row.options,
        UploadState(row.state), {verdict: row.counts.get(verdict.value, 0) for verdict in COUNTED}, row.refusal,
        row.staged_at, row.settled_at, done,
    )
