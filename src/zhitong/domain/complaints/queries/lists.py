"""The complaints of a unit: those it brought, or those it holds or held. There is no other list, and no count of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.complaints.models import Complaint
from zhitong.domain.complaints.rules.kinds import State
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.kit.refusals import NotFound

_ROW = (
    "id", "number", "state", "accused_region_id", "accused_unit_id", "accused_person", "is_unnamed",
    "complainant_name", "holder_id", "due_at", "warn_at", "submitted_at",
)


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as a list shows it: never a word of what was said."""

    id: UUID
    number: str
    state: State
    accused: str
    complainant: str
    is_unnamed: bool
    holder: str
    is_mine: bool
    due_at: datetime | None
    light: Light
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next_id` follows it where there is more."""

    rows: list[ComplaintRow]
    next_id: UUID | None


def may_look(viewer: Viewer) -> bool:
    """Whether a post may come to see any complaint: one of the served, or one that may unseal."""
    return viewer.unit_kind is UnitKind.SERVED or viewer.may(Permission.UNSEAL)


def seen_by(viewer: Viewer) -> QuerySet[Complaint]:
    """The complaints that the viewer's unit takes part in, and nothing for a post that may not look.

    Raises NotFound: the post may not look.
    """
    if not first_wall_stands():
        return Complaint.objects.all()
    if not may_look(viewer):
        raise NotFound
    return Complaint.objects.filter(parties__unit_id=viewer.unit_id)


def complaints_for(
    viewer: Viewer, *, now: datetime, only_open: bool = False, after: UUID | None = None, limit: int = 20
) -> Page:
    """The unit's complaints, the newest first, in two queries.

    Raises NotFound: the post may not look.
    """
    found = seen_by(viewer).order_by("-id")
    if only_open:
        found = found.exclude(state=State.NOTIFIED.value)
    if after is not None:
        found = found.filter(id__lt=after)
    rows = list(found.values(*_ROW)[: limit + 1])
    names = names_in(rows)
    shown = [row_of(row, viewer, names, now) for row in rows[:limit]]
    return Page(shown, shown[-1].id if len(rows) > limit else None)


def asked_of(viewer: Viewer, *, now: datetime) -> list[ComplaintRow]:
    """The complaints of one of the served that wait for what it was asked, the newest first; officials have none."""
    if viewer.unit_kind is not UnitKind.SERVED:
        return []
    rows = list(seen_by(viewer).filter(state=State.ASKED.value).order_by("-id").values(*_ROW))
    names = names_in(rows) if rows else {}
    return [row_of(row, viewer, names, now) for row in rows]


def waiting_for(viewer: Viewer) -> int:
    """How many complaints wait for the viewer's own unit to go on; 0 for a post that may not unseal (no query)."""
    if not viewer.may(Permission.UNSEAL):
        return 0
    mine = seen_by(viewer).filter(holder_id=viewer.unit_id)
    return mine.exclude(state__in=(State.NOTIFIED.value, State.ASKED.value)).count()


def names_in(rows: Iterable[Mapping[str, Any]]) -> dict[UUID, str]:
    """The names of the units that rows speak of, dissolved ones too (one query)."""
    return unit_names(row[name] for row in rows for name in ("accused_unit_id", "holder_id"))


def row_of(row: Mapping[str, Any], viewer: Viewer, names: Mapping[UUID, str], now: datetime) -> ComplaintRow:
    """A stored row as a list shows it to this viewer."""
    return ComplaintRow(
        id=row["id"], number=row["number"], state=State(row["state"]), accused=_accused_in_words(row, names),
        complainant=row["complainant_name"], is_unnamed=row["is_unnamed"], holder=names[row["holder_id"]],
        is_mine=row["holder_id"] == viewer.unit_id, due_at=row["due_at"],
        light=light_of(row["due_at"], row["warn_at"], now), submitted_at=row["submitted_at"],
    )


def _accused_in_words(row: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Whom it is about: the unit and the person as they were named, or the level and the person."""
    unit_id = row["accused_unit_id"]
    place = names[unit_id] if unit_id else directory().regions[row["accused_region_id"]].name
    return " · ".join(filter(None, (place, row["accused_person"])))
