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
    sender = directory.standing(from_unit_id)
    if sender is None:
        return None
    region_id = sender.region_id
    found = directory.counterpart(sender.id, line_id) if line_id else None
    if found is None or found.is_consulted:
        return directory.office_above(region_id)
    return found


def relay_units(chain: Sequence[Climbed], answering_id: UUID, region_id: UUID, directory: Directory) -> list[UUID]:
    """The units that pass an answer down, highest first: those who sent the matter up to the answering level.

    A unit at or above the answering level passes nothing; one that sent it up twice passes once; a dissolved one's successor
    passes in its place.
    """
    depth = len(directory.path(directory.units[answering_id].region_id))
    senders = (directory.standing(one.from_unit_id) for one in reversed(chain))
    return list(dict.fromkeys(
        unit.id for unit in senders
        if unit is not None and unit.id != answering_id and len(directory.path(unit.region_id)) > depth
    ))
