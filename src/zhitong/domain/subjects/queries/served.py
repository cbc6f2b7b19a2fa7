"""The own units of the served: of those chosen from a list, and of everyone in a territory for the count of who has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.lenses import Lens


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """One of the served with the unit for which its people sign in."""

    subject_id: UUID
    name: str
    unit_id: UUID
    region_id: UUID


def units_served(viewer: Viewer, subject_ids: Collection[UUID]) -> Mapping[UUID, OwnUnit]:
    """Those of the subjects that lie in the viewer's territory, by id; one query.

    Raises NotFound: the viewer has no territory.
    """
    rows = through(viewer, Lens.TERRITORY, None).filter(id__in=set(subject_ids), unit__isnull=False)
    return {row[0]: OwnUnit(*row) for row in rows.values_list("id", "name", "unit_id", "region_id")}
