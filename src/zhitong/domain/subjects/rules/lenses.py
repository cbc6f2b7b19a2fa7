"""The ways of looking at the registry, and who sees a firm's figures. Pure."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.kit.choices import Word


class Lens(Word):
    """A way of looking at the served."""

    TERRITORY = "territory", "本辖区"
    CARE = "care", "本单位分包"
    MINE = "mine", "本单位"


def lenses_of(unit_kind: UnitKind, reach: Reach) -> list[Lens]:
    """The lenses of a viewer, the widest first."""
    if unit_kind is UnitKind.SERVED:
        return [Lens.MINE]
    return [Lens.CARE] if reach in (Reach.OWN, Reach.OPEN) else [Lens.TERRITORY, Lens.CARE]


def may_see_figures(
    unit_id: UUID, reach: Reach, *, own_unit_id: UUID | None, caring_unit_ids: Collection[UUID],
    drawing_unit_ids: Collection[UUID],
) -> bool:
    """Whether a firm's figures are shown: to itself, who looks after it, who drew its list, and offices above it.

    Others see totals of five firms or more. Source: R-F13, DESIGN principle 3.
    """
    return (
        unit_id == own_unit_id or unit_id in caring_unit_ids or unit_id in drawing_unit_ids or reach is Reach.SUBTREE
    )
