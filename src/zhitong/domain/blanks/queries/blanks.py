"""The blanks that a county's offices know, one opened with its form and pointing, and what was filled of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from zhitong.domain.blanks.models import Blank, Filling, Version, Written
from zhitong.domain.blanks.queries.answering import names_known
from zhitong.domain.blanks.queries.asked import require_filler
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.form.shapes import Form
from zhitong.domain.blanks.rules.pointing import Memory, Pointing
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

REMEMBERED = 50
"""So many blanks of a county help to guess a new one."""


@dataclass(frozen=True, slots=True)
class BlankView:
    """A blank; `version` is the newest, `unit` who sent it first, `pointed_by` who last said what its columns are."""

    id: UUID
    name: str
    unit: str
    version: int
    version_id: UUID
    file_name: str
    said: tuple[str, ...]
    sent_at: datetime
    pointing: Pointing
    pointed_at: datetime | None
    pointed_by: str
    dropped_at: datetime | None


@dataclass(frozen=True, slots=True)
class FillingView:
    """What was filled: from which version, for which region and cut-off, how many rows, what was missing by head."""

    id: UUID
    blank_id: UUID
    name: str
    version: int
    region_id: UUID
    region: str
    since: datetime | None
    at: datetime
    rows: int
    missing: Mapping[str, int]
    made_at: datetime


def blanks_for(viewer: Viewer, *, after: UUID | None = None, turned: bool = False, limit: int) -> list[BlankView]:
    """The blanks in use in the viewer's region, those known last first; two queries. Raises NotFound: not for this post."""
    require_filler(viewer)
    rows = _seen(viewer).filter(dropped_at__isnull=True).order_by("id" if turned else "-id")
    if after is not None:
        rows = rows.filter(**{"id__gt" if turned else "id__lt": after})
    return _views(rows[:limit])


def count_of_blanks(viewer: Viewer, most: int) -> int:
    """How many there are, counted no further than `most`. Raises NotFound: not for this post."""
    require_filler(viewer)
    return len(_seen(viewer).filter(dropped_at__isnull=True).values_list("id")[:most])


def blank_seen(viewer: Viewer, blank_id: UUID) -> BlankView:
    """One blank of the viewer's region; two queries. Raises NotFound."""
    require_filler(viewer)
    found = _views(_seen(viewer).filter(id=blank_id))
    if not found:
        raise NotFound
    return found[0]


def content_of(viewer: Viewer, version_id: UUID) -> bytes:
    """The bytes of a version of a blank of the viewer's region, as they were sent. Raises NotFound."""
    require_filler(viewer)
    row = Version.objects.filter(id=version_id, blank__in=_seen(viewer)).values_list("content", flat=True).first()
    if row is None:
        raise NotFound
    return bytes(row)


def form_of(viewer: Viewer, version_id: UUID) -> Form:
    """The tables and gaps of a version. Raises NotFound."""
    book, _left = open_form(content_of(viewer, version_id))
    return form_in(book)


def fillings_of(viewer: Viewer, blank_id: UUID, limit: int) -> list[FillingView]:
    """What the viewer's unit has filled of a blank, the newest first; one query."""
    rows = _own(viewer).filter(version__blank_id=blank_id).order_by("-id")[:limit]
    return [_filling(row) for row in rows]


def filling_seen(viewer: Viewer, filling_id: UUID) -> FillingView:
    """One filling of the viewer's unit. Raises NotFound."""
    return _filling(filling_row(viewer, filling_id))


def filling_row(viewer: Viewer, filling_id: UUID) -> Filling:
    """The row of a filling of the viewer's unit, with its version and blank. Raises NotFound."""
    require_filler(viewer)
    row = _own(viewer).filter(id=filling_id).first()
    if row is None:
        raise NotFound
    return row


def written_by(viewer: Viewer, blank_id: UUID) -> dict[str, dict[str, str]]:
    """What the viewer's unit has written itself into a blank; one query."""
    row = Written.objects.filter(blank_id=blank_id, unit_id=viewer.unit_id).first()
    return dict(row.cells) if row else {}


def memory_of(viewer: Viewer) -> Memory:
    """What helps to guess: the names known here, and how the region's offices pointed their blanks; two queries."""
    rows = _seen(viewer).filter(pointed_at__isnull=False).order_by("-pointed_at", "-id")[:REMEMBERED]
    return Memory(names_known(), [Pointing.kept(kept) for kept in rows.values_list("pointing", flat=True)])


def _seen(viewer: Viewer) -> QuerySet[Blank]:
    rows = Blank.objects.all()
    return rows.filter(region_id=viewer.region_id) if first_wall_stands() else rows


def _own(viewer: Viewer) -> QuerySet[Filling]:
    rows = Filling.objects.select_related("version__blank").defer("version__content")
    return rows.filter(unit_id=viewer.unit_id) if first_wall_stands() else rows


def _views(blanks: QuerySet[Blank]) -> list[BlankView]:
    newest = Version.objects.filter(blank_id=OuterRef("pk")).order_by("-number")
    rows: list[Any] = list(blanks.annotate(**{
        f"newest_{name}": Subquery(newest.values(name)[:1]) for name in ("id", "number", "name", "said")
    }))  # fmt: skip
    units = unit_names([one for row in rows for one in (row.unit_id, row.pointed_unit_id)])
    return [
        BlankView(
            row.id, row.name, units.get(row.unit_id, ""), row.newest_number, row.newest_id, row.newest_name,
            tuple(row.newest_said), row.sent_at, Pointing.kept(row.pointing), row.pointed_at,
            units.get(row.pointed_unit_id, "") if row.pointed_unit_id else "", row.dropped_at,
        )
        for row in rows
    ]


def _filling(row: Filling) -> FillingView:
    blank = row.version.blank
    return FillingView(
        row.id, blank.id, blank.name, row.version.number, row.region_id, directory().regions[row.region_id].name, row.since,
        row.at, row.rows, row.missing, row.made_at,
    )
