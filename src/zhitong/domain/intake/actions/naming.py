"""Whom a matter is about: one of the registry, or a name typed for who is not in it, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.one import may_see
from zhitong.kit.refusals import NotFound

LONGEST_NAME = 120
NOBODY = "未指明的企业"


@dataclass(frozen=True, slots=True)
class Named:
    """A firm by its id in the registry, else by a name and the region it is in (the viewer's own when none is given)."""

    subject_id: UUID | None = None
    name: str = ""
    region_id: UUID | None = None


def subject_named(viewer: Viewer, firm: Named) -> dict[str, Any]:
    """What a report says of its subject.

    Raises NotFound: the subject, or the region, lies outside the viewer's reach.
    """
    if firm.subject_id is not None:
        row = Subject.objects.filter(id=firm.subject_id, ended_on__isnull=True).first()
        if row is None or not may_see(viewer, row):
            raise NotFound
        return of_subject(row)
    region_id, here = firm.region_id or viewer.region_id, directory()
    if region_id not in here.regions or viewer.region_id not in {one.id for one in here.path(region_id)}:
        raise NotFound
    return {
        "subject_id": None, "subject_name": firm.name.strip()[:LONGEST_NAME] or NOBODY, "subject_kind": "",
        "reporter_unit_id": None, "region_id": region_id,
    }


def of_subject(row: Subject) -> dict[str, Any]:
    """What a report says of one of the registry."""
    return {
        "subject_id": row.id, "subject_name": row.name, "subject_kind": row.kind, "sub_kind": row.sub_kind,
        "subject_stage": row.stage, "tier": row.tier, "reporter_unit_id": row.unit_id, "region_id": row.region_id,
    }
