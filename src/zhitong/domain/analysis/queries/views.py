"""Saved views: those of one's post and those that others share, and one of them cut to its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from zhitong.domain.analysis.models import SavedView
from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import Form, Look, Opened, Sharing, opened_by
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

LISTED = 60
_COLUMNS = (
    "id", "name", "post_id", "unit_id", "region_id", "line_id", "stretch", "first", "last", "dimension", "form", "shared",
)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view as a list shows it; `unit` is whose it is, by its short name, `is_own` where it belongs to the viewer's post."""

    id: UUID
    name: str
    unit: str
    is_own: bool
    sharing: Sharing
    look: Look


def views_for(viewer: Viewer) -> list[ViewRow]:
    """The views a viewer finds: first those of the own post, then those shared, by name; at most LISTED, one query."""
    here = directory()
    own_first = Case(When(post_id=viewer.post_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = _found(viewer, here).order_by(own_first, "name", "id").values(*_COLUMNS)[:LISTED]
    return [_row(row, viewer, here) for row in rows]


def view_seen(viewer: Viewer, view_id: UUID) -> ViewRow:
    """One view that the viewer finds; one query.

    Raises NotFound: there is none.
    """
    here = directory()
    row = _found(viewer, here).filter(id=view_id).values(*_COLUMNS).first()
    if row is None:
        raise NotFound
    return _row(row, viewer, here)


def opened(viewer: Viewer, found: ViewRow) -> Opened:
    """A view cut to its reader's own region and lines, with a sentence for each thing that is not as it was saved."""
    return opened_by(viewer, found.look, directory())


def name_taken(post_id: UUID, name: str, *, but: UUID | None = None) -> bool:
    """Whether a post has a view of this name, another than `but`."""
    others = SavedView.objects.exclude(id=but) if but else SavedView.objects.all()
    return others.filter(post_id=post_id, name=name).exists()


def _found(viewer: Viewer, here: Directory) -> QuerySet[SavedView]:
    """The rows of the post, of the unit where they are shared, and those shared from the region or above."""
    if not first_wall_stands():
        return SavedView.objects.all()
    if not viewer.may(Permission.OVERSEE):
        return SavedView.objects.none()
    own = viewer.region_id
    above: Sequence[UUID] = [one.id for one in here.path(own) if one.id != own]
    return SavedView.objects.filter(
        Q(post_id=viewer.post_id)
        | Q(unit_id=viewer.unit_id) & ~Q(shared=Sharing.POST.value)
        | Q(unit__region_id=own, shared=Sharing.REGION.value)
        | Q(unit__region_id__in=above, shared__in=[Sharing.REGION.value, Sharing.BELOW.value])
    )


def _row(row: dict[str, Any], viewer: Viewer, here: Directory) -> ViewRow:
    look = Look(
        row["region_id"], row["line_id"], StretchKind(row["stretch"]), row["first"], row["last"], row["dimension"],
        Form(row["form"]),
    )
    unit = here.units.get(row["unit_id"])
    return ViewRow(
        row["id"], row["name"], unit.short if unit else here.name_of(row["unit_id"]), row["post_id"] == viewer.post_id,
        Sharing(row["shared"]), look,
    )
