"""Which township looks first at an entry from its territory (乡镇初核). Pure. Source: R-F9, 冀发〔2018〕7号 四（三）."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, UnitKind


def township_of(region_id: UUID, directory: Directory) -> UnitEntry | None:
    """The government of the township where a matter was raised; None where the region is none, or departments share its lines."""
    if directory.regions[region_id].rank is not Rank.TOWNSHIP:
        return None
    keepers = {unit.id: unit for line_id in directory.lines if (unit := directory.keeper(region_id, line_id))}
    only = next(iter(keepers.values())) if len(keepers) == 1 else None
    return only if only is not None and only.kind is UnitKind.GOVERNMENT and not only.is_consulted else None
