"""Up and down between levels: who receives what a level sends up, and through whom an answer comes back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry


@dataclass(frozen=True, slots=True)
class Climbed:
    """One step up that took effect."""

    escalation_id: UUID
    from_unit_id: UUID


def receiver_above(from_unit_id: UUID, line_id: UUID | None, directory: Directory) -> UnitEntry | None:
    """The unit one level up that keeps the line, or the office above when none does or when it is only consulted.

    None at the root: there is nobody above.
    """
    region_id = directory.units[from_unit_id].region_id
    found = directory.counterpart(from_unit_id, line_id) if line_id else None
    if found is None or found.is_consulted:
        return directory.office_above(region_id)
    return found


def relay_units(chain: Sequence[Climbed], answering_id: UUID, region_id: UUID, directory: Directory) -> list[UUID]:
    """The units that pass an answer down, highest first: those who sent the matter up to the answering level.

    A unit at or above the answering level passes nothing; one that sent it up twice passes once.
    """
    depth = len(directory.path(directory.units[answering_id].region_id))
    senders = dict.fromkeys(one.from_unit_id for one in reversed(chain))
    return [
        unit_id for unit_id in senders
        if unit_id != answering_id and len(directory.path(directory.units[unit_id].region_id)) > depth
    ]
