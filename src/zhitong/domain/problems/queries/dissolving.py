"""What a unit has open, before it is dissolved: everything that its successor would take over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.models import Part, Problem
from zhitong.domain.problems.rules.kinds import PartState
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much a unit has open: problems it is accountable for, answers to pass down, parts of others' matters; and the
    names of the lines that it keeps."""

    problems: int
    relays: int
    parts: int
    lines: tuple[str, ...]


def open_work(viewer: Viewer, unit_id: UUID) -> OpenWork:
    """What a unit of the viewer's own level has open; three queries.

    Raises NotYours: the post does not dispatch. Raises NotFound: there is no such unit at the viewer's level.
    """
    require(viewer, Permission.DISPATCH)
    here = directory()
    unit = here.units.get(unit_id)
    if unit is None or unit.region_id != viewer.region_id:
        raise NotFound
    return OpenWork(
        Problem.objects.filter(accountable_unit_id=unit_id).count(),
        Problem.objects.filter(relay_unit_id=unit_id).exclude(accountable_unit_id=unit_id).count(),
        Part.objects.filter(unit_id=unit_id, state=PartState.ASKED.value).count(),
        tuple(sorted(here.lines[one].name for one in unit.line_ids)),
    )
