"""Templates being drawn up: the office's own drafts and those below it, and what publishing one would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.cards.models import TemplateDraft, TemplateRow
from zhitong.domain.cards.queries.forms.asking import costs, live_templates, reporters_of
from zhitong.domain.cards.rules.burden import Alike, Burden, Known, alike, known_elsewhere
from zhitong.domain.cards.rules.designing import lacking
from zhitong.domain.cards.rules.differences import differences
from zhitong.domain.cards.rules.soundness import Fault
from zhitong.domain.cards.rules.templates import Definition, Template, template_of
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands, require
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: UUID
    name: str
    kind: str
    unit: str
    is_own: bool
    fields: int
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft to look at or to change; `faults` stand against its publishing, `notes` are what an import left out."""

    id: UUID
    version: int
    campaign: str
    definition: Definition
    template: Template
    unit: str
    edited_at: datetime
    edited_by: str
    notes: Sequence[Mapping[str, Any]]
    faults: tuple[Fault, ...]
    published_id: UUID | None
    is_open: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What publishing a draft would ask of people: its burden, what is known already, what is like it, what changes."""

    burden: Burden
    known: tuple[Known, ...]
    alike: tuple[Alike, ...]
    changes: tuple[str, ...]
    next_version: int


def drafts_seen(viewer: Viewer, campaign: str) -> list[DraftLine]:
    """The open drafts of the viewer's office and of those below it, last changed first; one query.

    Raises NotYours: the post draws up no templates.
    """
    require(viewer, Permission.DESIGN)
    rows = TemplateDraft.objects.filter(campaign=campaign, settled_at__isnull=True)
    if first_wall_stands():
        rows = rows.filter(region_id__in=list(directory().within(viewer.region_id)))
    here = directory()
    return [
        DraftLine(
            row.id, row.definition["name"], row.definition["kind"], here.name_of(row.unit_id),
            row.unit_id == viewer.unit_id, sum(len(one["fields"]) for one in row.definition["sections"]), row.edited_at,
        )
        for row in rows.order_by("-edited_at", "-id")
    ]


def draft_seen(viewer: Viewer, draft_id: UUID) -> DraftView:
    """One draft; two queries.

    Raises NotFound: it is neither the office's nor one's below it. Raises NotYours: the post draws up none.
    """
    require(viewer, Permission.DESIGN)
    row = TemplateDraft.objects.filter(id=draft_id).first()
    if row is None or (first_wall_stands() and not _may_see(viewer, row)):
        raise NotFound
    return DraftView(
        id=row.id, version=row.version, campaign=row.campaign, definition=row.definition,
        template=template_of(row.definition), unit=directory().name_of(row.unit_id), edited_at=row.edited_at,
        edited_by=person_names([row.edited_by_id]).get(row.edited_by_id, "") if row.edited_by_id else "",
        notes=row.notes, faults=tuple(lacking(row.definition)), published_id=row.published_id,
        is_open=row.settled_at is None, may_change=row.unit_id == viewer.unit_id and row.settled_at is None,
    )


def review_of(viewer: Viewer, draft: DraftView) -> Review:
    """What publishing the draft would cost in the viewer's region; three queries."""
    code = draft.definition["code"]
    others = live_templates(draft.campaign, without=code)
    newest = TemplateRow.objects.filter(campaign=draft.campaign, code=code).order_by("-version").first()
    return Review(
        burden=costs(draft.template, reporters_of(viewer)), known=tuple(known_elsewhere(draft.template, others)),
        alike=tuple(alike(draft.template, others)),
        changes=tuple(differences(template_of(newest.definition), draft.template)) if newest else (),
        next_version=newest.version + 1 if newest else 1,
    )


def _may_see(viewer: Viewer, row: TemplateDraft) -> bool:
    if row.unit_id == viewer.unit_id:
        return True
    return viewer.reach is Reach.SUBTREE and any(one.id == viewer.region_id for one in directory().path(row.region_id))
