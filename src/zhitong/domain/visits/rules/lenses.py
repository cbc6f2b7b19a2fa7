"""The ways of looking at visits. Pure."""

from __future__ import annotations

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.kit.choices import Word


class Lens(Word):
    """A way of looking at visits."""

    UNIT = "unit", "本单位走访"
    CARE = "care", "我们分包的"
    TERRITORY = "territory", "本辖区"
    MINE = "mine", "到本企业的"


def lenses_of(unit_kind: UnitKind, reach: Reach) -> list[Lens]:
    """The lenses of a viewer, the most useful first."""
    if unit_kind is UnitKind.SERVED:
        return [Lens.MINE]
    return [Lens.UNIT, Lens.CARE, Lens.TERRITORY] if reach is Reach.SUBTREE else [Lens.UNIT, Lens.CARE]
